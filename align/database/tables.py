"""The tables of the store as SQLAlchemy describes them. The migrations make them; a test compares the two."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, ForeignKey, Index, Integer, MetaData, String, Table, Text

METADATA = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "uq": "uq_%(table_name)s_%(column_0_name)s",
        "ix": "ix_%(table_name)s_%(column_0_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    }
)

EVENTS = Table(
    "events",
    METADATA,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("event", String(32), nullable=False, unique=True),
    Column("time", String(24), nullable=False),
    Column("by", String(200), nullable=False),
    Column("kind", String(16), nullable=False),
    Column("key", String(16), nullable=False),
    Column("decision", String(32)),
    Column("flag", Boolean, nullable=False),
    Column("based_on", String(32)),
    Column("batch", String(200)),
    # JSON in ASCII: value, comment, texts, content and where. Letters that a database refuses are escapes there.
    Column("more", Text, nullable=False),
    Index("ix_events_kind_key", "kind", "key", "number"),
    Index("ix_events_based_on", "based_on"),
    Index("ix_events_batch", "batch"),
)
"""The events, numbered from 1 in the order in which they were taken. Rows are only ever added."""

ACCOUNTS = Table(
    "accounts",
    METADATA,
    # The name as it is compared: in small letters.
    Column("folded", String(300), primary_key=True),
    Column("name", String(100), nullable=False),
    Column("role", String(16), nullable=False),
    Column("password", String(200), nullable=False),
    Column("active", Boolean, nullable=False),
    Column("since", String(24), nullable=False),
)

SESSIONS = Table(
    "sessions",
    METADATA,
    Column("digest", String(64), primary_key=True),
    Column("account", String(300), ForeignKey("accounts.folded"), nullable=False),
    Column("begun", String(24), nullable=False),
    Column("seen", String(24), nullable=False),
    Index("ix_sessions_account", "account"),
)
