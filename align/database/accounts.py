"""The people who may use a server: their names, roles and passwords, and the sessions in which they are signed in."""

from __future__ import annotations

import hashlib
import re
import secrets
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from threading import Semaphore
from typing import Literal, get_args

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from sqlalchemy import ColumnElement, Connection, Row, delete, func, insert, select, update

from align.database.database import Database
from align.database.tables import ACCOUNTS, SESSIONS
from align.errors import UsageError

Role = Literal["reader", "editor", "chief"]
ROLES: tuple[Role, ...] = get_args(Role)

LONGEST_NAME = 100
SHORTEST_PASSWORD = 10
"""Characters. Every guess takes the time of a hash, and few guesses a minute are let through."""
LONGEST_PASSWORD = 1_000
# Controls, halves of pairs, and what nobody sees or what turns the direction: it would pass for another name.
_UNFIT = re.compile(
    "[\x00-\x1f\x7f-\x9f\xad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\ud800-\udfff]"
)
_LASTS = timedelta(days=30)
"""A session ends after this time whatever is done in it, and after the next one if nothing is."""
_IDLE = timedelta(days=7)
_SEEN_EVERY = timedelta(minutes=10)
"""How exactly the store knows when a session was used last: each note of it is a write."""
_HASHES_AT_ONCE = 2
"""Each takes 64 MB of memory for a moment."""


@dataclass(frozen=True, slots=True)
class Account:
    """A person: a name, a role, whether they may come in, and in how many sessions they are signed in."""

    name: str
    role: Role
    active: bool = True
    sessions: int = 0


@dataclass(frozen=True, slots=True)
class Accounts:
    """The accounts of a store. Several threads and processes may use it at once.

    A name is the same in capitals and small letters. Every refusal is a UsageError with a cause: "name-taken",
    "name-unfit", "password-unfit", "no-person", "last-chief".
    """

    database: Database
    clock: Callable[[], datetime] = lambda: datetime.now(UTC)
    hasher: PasswordHasher = field(default_factory=PasswordHasher)
    _hashing: Semaphore = field(default_factory=lambda: Semaphore(_HASHES_AT_ONCE), init=False, repr=False)

    def add(self, name: str, role: Role, password: str) -> None:
        """Add a person."""
        name = fit_name(name)
        hashed = self._hash(password)
        row = {"folded": _folded(name), "name": name, "role": role, "password": hashed, "active": True}
        with self.database.writing() as connection:
            if _row(connection, name) is not None:
                raise UsageError(f"Somebody is named {name} already: choose another name.", cause="name-taken")
            connection.execute(insert(ACCOUNTS), {**row, "since": _text(self.clock())})

    def all(self) -> tuple[Account, ...]:
        """All people by name, with the numbers of their sessions."""
        open_since = _text(self.clock() - _IDLE)
        count = (
            select(func.count())
            .where(SESSIONS.c.account == ACCOUNTS.c.folded, SESSIONS.c.seen >= open_since)
            .scalar_subquery()
        )
        with self.database.reading() as connection:
            rows = connection.execute(select(ACCOUNTS, count.label("sessions")).order_by(ACCOUNTS.c.folded))
            return tuple(Account(row.name, row.role, row.active, row.sessions) for row in rows)

    def checked(self, name: str, password: str) -> Account | None:
        """The person of this name and password; None for all else, which takes as long to say."""
        with self.database.reading() as connection:
            row = _row(connection, name)
        hashed = self._nobody if row is None or not row.active else row.password
        try:
            with self._hashing:
                self.hasher.verify(hashed, password[:LONGEST_PASSWORD])
        except (VerificationError, InvalidHashError):
            return None
        return None if row is None or not row.active else Account(row.name, row.role)

    def change(self, name: str, *, role: Role | None = None, active: bool | None = None) -> None:
        """Give a person another role, or let them come in or not; who may not come in is signed out."""
        with self.database.writing() as connection:
            row = _known(connection, name)
            now = {"role": role or row.role, "active": row.active if active is None else active}
            if row.role == "chief" and row.active and (now["role"] != "chief" or not now["active"]):
                _require_another_chief(connection, row.folded)
            connection.execute(update(ACCOUNTS).where(ACCOUNTS.c.folded == row.folded).values(**now))
            if not now["active"]:
                connection.execute(delete(SESSIONS).where(SESSIONS.c.account == row.folded))

    def set_password(self, name: str, password: str) -> None:
        """Give a person another password; all their sessions end."""
        hashed = self._hash(password)
        with self.database.writing() as connection:
            row = _known(connection, name)
            connection.execute(update(ACCOUNTS).where(ACCOUNTS.c.folded == row.folded).values(password=hashed))
            connection.execute(delete(SESSIONS).where(SESSIONS.c.account == row.folded))

    def begin_session(self, name: str) -> str:
        """The token of a new session of this person. The store keeps its digest alone."""
        token, now = secrets.token_urlsafe(32), self.clock()
        with self.database.writing() as connection:
            row = _known(connection, name)
            connection.execute(delete(SESSIONS).where(_ended(now)))
            times = {"begun": _text(now), "seen": _text(now)}
            connection.execute(insert(SESSIONS), {"digest": _digest(token), "account": row.folded, **times})
        return token

    def of_session(self, token: str) -> Account | None:
        """The person who is signed in with this token; None where the session has ended, or never began."""
        now = self.clock()
        both = SESSIONS.join(ACCOUNTS, SESSIONS.c.account == ACCOUNTS.c.folded)
        query = select(ACCOUNTS.c.name, ACCOUNTS.c.role, SESSIONS.c.seen).select_from(both)
        query = query.where(SESSIONS.c.digest == _digest(token), ACCOUNTS.c.active, ~_ended(now))
        with self.database.reading() as connection:
            row = connection.execute(query).one_or_none()
        if row is None:
            return None
        if row.seen < _text(now - _SEEN_EVERY):
            with self.database.writing() as connection:
                used = update(SESSIONS).where(SESSIONS.c.digest == _digest(token))
                connection.execute(used.values(seen=_text(now)))
        return Account(row.name, row.role)

    def end_session(self, token: str) -> None:
        """End the session of this token."""
        with self.database.writing() as connection:
            connection.execute(delete(SESSIONS).where(SESSIONS.c.digest == _digest(token)))

    def end_sessions(self, name: str) -> None:
        """End all sessions of this person."""
        with self.database.writing() as connection:
            row = _known(connection, name)
            connection.execute(delete(SESSIONS).where(SESSIONS.c.account == row.folded))

    def _hash(self, password: str) -> str:
        if not SHORTEST_PASSWORD <= len(password) <= LONGEST_PASSWORD:
            raise UsageError(
                f"A password has at least {SHORTEST_PASSWORD} characters, and at most {LONGEST_PASSWORD}: choose "
                "another one.",
                cause="password-unfit",
            )
        with self._hashing:
            return self.hasher.hash(password)

    @property
    def _nobody(self) -> str:
        """The hash that is compared where there is no such person, so that nobody learns from the time who there is."""
        hasher = self.hasher
        salt, digest = "A" * 22, "A" * 43
        costs = f"m={hasher.memory_cost},t={hasher.time_cost},p={hasher.parallelism}"
        return f"$argon2id$v=19${costs}${salt}${digest}"


def fit_name(name: str) -> str:
    """The name as it is kept; UsageError ("name-unfit") for none."""
    name = unicodedata.normalize("NFC", " ".join(name.split()))
    if not 0 < len(name) <= LONGEST_NAME or _UNFIT.search(name):
        raise UsageError(
            f"A name has 1 to {LONGEST_NAME} characters, and no control or invisible ones: choose another one.",
            cause="name-unfit",
        )
    return name


def _folded(name: str) -> str:
    return unicodedata.normalize("NFKC", " ".join(name.split()).casefold())[:300]


def _row(connection: Connection, name: str) -> Row[tuple[object, ...]] | None:
    folded = _folded(name)
    if _UNFIT.search(folded):
        return None
    return connection.execute(select(ACCOUNTS).where(ACCOUNTS.c.folded == folded)).one_or_none()


def _known(connection: Connection, name: str) -> Row[tuple[object, ...]]:
    row = _row(connection, name)
    if row is None:
        raise UsageError(f"There is no {name!r} here: see /people for the names.", cause="no-person")
    return row


def _require_another_chief(connection: Connection, folded: str) -> None:
    others = select(func.count()).where(ACCOUNTS.c.role == "chief", ACCOUNTS.c.active, ACCOUNTS.c.folded != folded)
    if not connection.execute(others).scalar_one():
        raise UsageError("One chief editor must remain: make another one first.", cause="last-chief")


def _ended(now: datetime) -> ColumnElement[bool]:
    return (SESSIONS.c.begun < _text(now - _LASTS)) | (SESSIONS.c.seen < _text(now - _IDLE))


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()


def _text(time: datetime) -> str:
    """The time as the store has it: UTC, of one length, so that texts compare as times do."""
    return time.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
