"""A review server for each test, and people who are inside."""

from __future__ import annotations

from pathlib import Path

import pytest
from argon2 import PasswordHasher
from support.review_server import PASSWORD, Server, Visitor


@pytest.fixture
def server(tmp_path: Path) -> Server:
    """A server over invented results."""
    return Server(tmp_path)


@pytest.fixture
def anna(server: Server) -> Visitor:
    """The one person of `align review`, inside."""
    return server.entered()


@pytest.fixture
def people(server: Server) -> dict[str, Visitor]:
    """A server with accounts, and a browser for each role that is signed in; "nobody" is not."""
    server.accounts = type(server.accounts)(server.database, hasher=PasswordHasher(time_cost=1, memory_cost=32))
    app = server.for_several()
    found = {"nobody": Visitor(app)}
    for role in ("reader", "editor", "chief"):
        server.accounts.add(role.title(), role, PASSWORD)
        found[role] = Visitor(app)
        assert found[role].sign_in(role.title()).headers["location"] == "/"
    return found
