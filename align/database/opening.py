"""Stores opened by their address: a path is a SQLite file, postgresql://... a PostgreSQL database."""

from __future__ import annotations

import logging
import os
from importlib.util import find_spec
from pathlib import Path

from sqlalchemy import URL, create_engine, event, make_url
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import ArgumentError, DisconnectionError

from align.database import sqlite_file
from align.database.database import WAIT_S, Database
from align.database.migrating import migrate, version
from align.errors import InputError, MissingDependencyError, UsageError
from align.files.paths import leads_out, shown

_POSTGRESQL = ("postgresql", "postgres", "postgresql+pg8000")
_CONNECTIONS = 16
_CONNECTING_S = 10
"""Seconds for which a PostgreSQL server may be silent before it counts as unreachable."""


def address_of(collection: Path, stated: str | None = None) -> str | Path:
    """Where the decisions of a collection are: the stated address, or review/decisions.sqlite in the collection.

    InputError ("outside") where a link leads that file out of the collection.
    """
    if stated:
        return stated if "://" in stated else Path(stated)
    path = collection / "review" / "decisions.sqlite"
    if leads_out(Path(os.path.realpath(collection)), path):
        raise InputError(
            f"{shown(str(path))} leads out of the collection: put the file itself there, or name its place with "
            "--decisions.",
            cause="outside",
        )
    return path


def opened(address: str | Path) -> Database:
    """The store at this address, ready for writing: made where there is none, and brought to the newest layout.

    Raises an AlignError of one sentence, and leaves what is there as it is: "newer", "other-program", "damaged",
    "full", "unwritable", "busy", "refused", "unreachable", "address", "no-driver".
    """
    if isinstance(address, Path) or "://" not in address:
        return sqlite_file.for_writing(Path(address))
    database = _server(_url(address))
    try:
        migrate(database)
    except BaseException:
        database.close()
        raise
    return database


def opened_to_read(address: str | Path) -> Database | None:
    """The store at this address, of which nothing is changed; None where there is none. Errors as of `opened`."""
    if isinstance(address, Path) or "://" not in address:
        database = sqlite_file.for_reading(Path(address))
    else:
        database = _server(_url(address))
    if database is None:
        return None
    try:
        with database.reading() as connection:
            if version(connection, database.place):
                return database
    except BaseException:
        database.close()
        raise
    database.close()
    return None


def _url(address: str) -> URL:
    try:
        url = make_url(address)
    except (ArgumentError, ValueError) as error:
        raise UsageError(
            "The address of the decisions cannot be read: write postgresql://NAME:PASSWORD@HOST/DATABASE, or the path "
            "of a file.",
            cause="address",
        ) from error
    if url.drivername not in _POSTGRESQL:
        raise UsageError(
            f"Decisions cannot be kept in {shown(url.drivername)}://: write postgresql://NAME:PASSWORD@HOST/DATABASE, "
            "or the path of a file.",
            cause="address",
        )
    if find_spec("pg8000") is None:
        raise MissingDependencyError(
            "Decisions in PostgreSQL need a package that is not installed: pip install 'facsimile-align[postgres]'.",
            cause="no-driver",
        )
    return url.set(drivername="postgresql+pg8000")


def _server(url: URL) -> Database:
    engine = create_engine(
        url,
        pool_size=_CONNECTIONS,
        isolation_level="READ COMMITTED",
        connect_args={"timeout": _CONNECTING_S},
    )

    event.listen(engine, "connect", _connected)
    event.listen(engine, "checkout", _checked_out)
    # A connection that the server has closed is replaced: that is nothing for an editor to read.
    logging.getLogger("sqlalchemy.pool").addHandler(logging.NullHandler())
    return Database(engine, shown(url.set(drivername="postgresql").render_as_string(hide_password=True)))


def _connected(connection: DBAPIConnection, _record: object) -> None:
    """Set that each decision is on the disk before it is acknowledged, and that a writer that hangs lets go."""
    cursor = connection.cursor()
    cursor.execute("SET synchronous_commit = on")
    cursor.execute(f"SET lock_timeout = '{WAIT_S:.0f}s'")
    cursor.execute(f"SET idle_in_transaction_session_timeout = '{WAIT_S:.0f}s'")
    cursor.close()
    connection.commit()


def _checked_out(connection: DBAPIConnection, _record: object, _proxy: object) -> None:
    """See that the server is still there; SQLAlchemy's own ping does not know the errors of a socket as such."""
    try:
        cursor = connection.cursor()
        cursor.execute("SELECT 1")
        cursor.close()
        connection.rollback()
    except Exception as error:
        raise DisconnectionError from error
