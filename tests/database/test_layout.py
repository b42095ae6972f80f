"""The layout of the store: the migrations make what the code expects, with SQLite and with PostgreSQL."""

from __future__ import annotations

from importlib.resources import files

from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext

from align.database.migrating import VERSION_TABLE, newest
from align.database.tables import METADATA


def test_migrations_make_the_tables(store):
    """After all steps the database has the tables and indexes that the code describes, and no others."""
    with store.database.reading() as connection:
        context = MigrationContext.configure(connection, opts={"version_table": VERSION_TABLE})
        assert compare_metadata(context, METADATA) == []


def test_steps_are_numbered_without_a_gap():
    """Each step has the number after the one before."""
    names = sorted(item.name for item in files("align.database.migrations.versions").iterdir() if item.name[0] == "v")
    assert [int(name[1:5]) for name in names] == list(range(1, newest() + 1))
