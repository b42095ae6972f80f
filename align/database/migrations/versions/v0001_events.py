"""The events."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision: str | None = None


def upgrade() -> None:
    """Make the table of events."""
    op.create_table(
        "events",
        sa.Column("number", sa.Integer, autoincrement=False, nullable=False),
        sa.Column("event", sa.String(32), nullable=False),
        sa.Column("time", sa.String(24), nullable=False),
        sa.Column("by", sa.String(200), nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("key", sa.String(16), nullable=False),
        sa.Column("decision", sa.String(32)),
        sa.Column("flag", sa.Boolean, nullable=False),
        sa.Column("based_on", sa.String(32)),
        sa.Column("batch", sa.String(200)),
        sa.Column("more", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("number", name="pk_events"),
        sa.UniqueConstraint("event", name="uq_events_event"),
    )
    op.create_index("ix_events_kind_key", "events", ["kind", "key", "number"])
    op.create_index("ix_events_based_on", "events", ["based_on"])
    op.create_index("ix_events_batch", "events", ["batch"])
