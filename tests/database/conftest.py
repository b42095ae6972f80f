"""Stores for tests: each test of `address` or `store` runs with SQLite and with PostgreSQL."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from support.postgresql import NoPostgresqlError, Server, running_server

from align.database.decision_store import DecisionStore
from align.database.opening import opened


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    """A PostgreSQL server, started once; skipped with the reason where it cannot be had."""
    try:
        with running_server() as running:
            yield running
    except NoPostgresqlError as error:
        pytest.skip(str(error))


@pytest.fixture(params=["sqlite", "postgresql"])
def address(request: pytest.FixtureRequest, tmp_path: Path) -> str | Path:
    """Where a new store can be opened."""
    if request.param == "sqlite":
        return tmp_path / "review" / "decisions.sqlite"
    return request.getfixturevalue("server").new_database()


@pytest.fixture
def store(address: str | Path) -> Iterator[DecisionStore]:
    """An empty store."""
    database = opened(address)
    yield DecisionStore(database)
    database.close()
