"""Runs the steps on the connection that `align.database.migrating` hands over, inside its transaction."""

from __future__ import annotations

from alembic import context

context.configure(
    connection=context.config.attributes["connection"], version_table="align_version", transactional_ddl=True
)
context.run_migrations()
