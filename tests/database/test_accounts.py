"""Accounts and sessions in the store."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from argon2 import PasswordHasher
from sqlalchemy import text

from align.database.accounts import Accounts, fit_name
from align.database.opening import opened
from align.errors import UsageError

PASSWORD = "a long password"


class Clock:
    """A time that a test sets."""

    def __init__(self) -> None:
        self.now = datetime(2026, 11, 28, 8, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def clock():
    """The time."""
    return Clock()


@pytest.fixture
def accounts(tmp_path, clock):
    """Accounts in a store of their own, with one chief editor; hashes are as quick as they can be."""
    found = Accounts(opened(tmp_path / "decisions.sqlite"), clock, PasswordHasher(time_cost=1, memory_cost=32))
    found.add("Anna", "chief", PASSWORD)
    return found


def test_passwords_are_kept_as_hashes(accounts):
    """The store holds neither a password nor the token of a session."""
    token = accounts.begin_session("Anna")
    with accounts.database.reading() as connection:
        rows = [list(connection.execute(text(f"SELECT * FROM {table}"))) for table in ("accounts", "sessions")]
    assert PASSWORD not in str(rows)
    assert token not in str(rows)
    assert "$argon2id$" in str(rows)


def test_names_and_passwords(accounts):
    """A name is the same in capitals; a wrong password, an unknown name and somebody shut out are all nobody."""
    accounts.add("Вера  Иванова", "reader", PASSWORD)
    assert accounts.checked("вера иванова", PASSWORD).name == "Вера Иванова"
    for name, password in (
        ("Anna", "x"),
        ("Anna", ""),
        ("Anna", "x" * 10_000),
        ("Nobody", PASSWORD),
        ("\x00", PASSWORD),
    ):
        assert accounts.checked(name, password) is None
    accounts.change("Вера Иванова", active=False)
    assert accounts.checked("Вера Иванова", PASSWORD) is None


def test_the_usual_cost_is_compared_for_nobody(tmp_path):
    """Where there is no such person a hash of the same cost is computed, and found wrong."""
    accounts = Accounts(opened(tmp_path / "decisions.sqlite"))
    assert accounts.checked("Nobody", PASSWORD) is None
    assert not accounts.hasher.check_needs_rehash(accounts._nobody)


def test_sessions_end(accounts, clock):
    """A session ends a week after it was used last, a month after it began, and when it is ended."""
    used, idle, left = (accounts.begin_session("Anna") for _ in range(3))
    accounts.end_session(left)
    assert accounts.of_session(left) is None
    for _ in range(4):
        clock.now += timedelta(days=6)
        assert accounts.of_session(used).name == "Anna"
    assert accounts.of_session(idle) is None
    assert accounts.all()[0].sessions == 1
    clock.now += timedelta(days=6, minutes=1)
    assert accounts.of_session(used) is None
    for token in ("", "x", "\ud800", "é" * 1000):
        assert accounts.of_session(token) is None


@pytest.mark.parametrize(
    ("act", "cause"),
    [
        (lambda own: own.add("ANNA", "reader", PASSWORD), "name-taken"),
        (lambda own: own.add("Boris", "reader", "short"), "password-unfit"),
        (lambda own: own.add("", "reader", PASSWORD), "name-unfit"),
        (lambda own: own.set_password("Boris", PASSWORD), "no-person"),
        (lambda own: own.change("Anna", role="editor"), "last-chief"),
        (lambda own: own.change("Anna", active=False), "last-chief"),
        (lambda own: own.begin_session("Boris"), "no-person"),
    ],
)
def test_what_is_refused_has_its_cause(accounts, act, cause):
    """Each refusal is one sentence with a cause, and nothing is changed."""
    with pytest.raises(UsageError) as refused:
        act(accounts)
    assert refused.value.cause == cause
    assert [(own.name, own.role, own.active) for own in accounts.all()] == [("Anna", "chief", True)]


def test_names_that_fit():
    """White space is made plain; controls, directions and what nobody sees do not pass."""
    assert fit_name("  Anna \t Petrova ") == "Anna Petrova"
    hidden = "\xad\u061c\u200b\u200f\u202a\u202e\u2060\u2066\u2069\ufeff"
    for wrong in ("", "  ", "a\x00", "x" * 101, "\ud800", *(f"Anna{sign}" for sign in hidden)):
        with pytest.raises(UsageError):
            fit_name(wrong)
