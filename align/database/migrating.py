"""The layout of a store: which version it has, and the steps that bring it to the newest."""

from __future__ import annotations

import re
from importlib.resources import files

from sqlalchemy import ColumnClause, Connection, String, inspect, select, table

from align.database.database import Database
from align.errors import InputError

VERSION_TABLE = "align_version"
_STEP = re.compile(r"v(\d{4})_\w+\.py")


def newest() -> int:
    """The number of the newest layout that this version of the program knows."""
    names = (item.name for item in files("align.database.migrations.versions").iterdir())
    return max(int(step.group(1)) for step in map(_STEP.fullmatch, names) if step)


def migrate(database: Database) -> None:
    """Bring the store to the newest layout, all steps or none.

    Raises InputError: "newer" where a later version of the program wrote it, "other-program" where it holds other
    tables than ours.
    """
    with database.reading() as connection:
        if version(connection, database.place) == newest():
            return
    with database.writing() as connection:
        if version(connection, database.place) < newest():
            _run_steps(connection)


def version(connection: Connection, place: str) -> int:
    """The number of the layout of the store, 0 for an empty database; InputError ("newer", "other-program")."""
    tables = inspect(connection).get_table_names()
    if not tables:
        return 0
    stated = _stated(connection) if VERSION_TABLE in tables else ""
    if not re.fullmatch(r"\d{4}", stated):
        raise InputError(
            f"{place} is a database of another program, which is left as it is: name another place with --decisions.",
            cause="other-program",
        )
    if int(stated) > newest():
        raise InputError(
            f"{place} was written by a newer version of this program (layout {int(stated)}, this version knows "
            f"{newest()}), and is left as it is: install the newer version.",
            cause="newer",
        )
    return int(stated)


def _stated(connection: Connection) -> str:
    column: ColumnClause[str] = ColumnClause("version_num", String())
    return " ".join(connection.execute(select(column).select_from(table(VERSION_TABLE))).scalars())


def _run_steps(connection: Connection) -> None:
    # Alembic takes a tenth of a second to import, and is needed once for each layout.
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", "align.database:migrations")
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
