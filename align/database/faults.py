"""What a database refuses, as errors for a user: one sentence each, with what to do."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import exc

from align.errors import AlignError, InputError, OutputError

# What stands for the whole family of a SQLite result code is in its lowest byte.
_SQLITE: dict[int, str] = {
    sqlite3.SQLITE_NOTADB: "damaged",
    sqlite3.SQLITE_CORRUPT: "damaged",
    sqlite3.SQLITE_FORMAT: "damaged",
    sqlite3.SQLITE_FULL: "disk-full",
    sqlite3.SQLITE_READONLY: "unwritable",
    sqlite3.SQLITE_PERM: "unwritable",
    sqlite3.SQLITE_CANTOPEN: "unwritable",
    sqlite3.SQLITE_AUTH: "unwritable",
    sqlite3.SQLITE_BUSY: "busy",
    sqlite3.SQLITE_LOCKED: "busy",
    sqlite3.SQLITE_IOERR: "disk",
}
# SQLSTATE of PostgreSQL, by its beginning.
_POSTGRESQL = {
    "53100": "disk-full",
    "53": "busy",
    "55P03": "busy",
    "40": "busy",
    "25006": "unwritable",
    "42501": "unwritable",
    "28": "refused",
    "3D": "refused",
    "XX": "damaged",
    "08": "unreachable",
    "57": "unreachable",
}
_ADVICE = {
    "damaged": "is damaged: nothing in it was changed; put a copy of it back, or move it away and take in again what "
    "`align decisions export` wrote",
    "disk-full": "lies on a disk that is full: the last decision was not kept, all before it are; make room, decide it "
    "again",
    "unwritable": "cannot be written: allow writing to it and to its folder, or name another store with --decisions",
    "moved": "was moved, replaced, cut or removed while it was open, so that the last decision was not kept: end this "
    "program, put the store back if it is gone, then start again",
    "busy": "is in use by another program, which does not let go of it: close that program, then try again",
    "disk": "lies on a disk that fails: the last decision was not kept; check the disk, then decide it again",
    "refused": "does not let this user in, or is not there: check name, password and database in the address",
    "unreachable": "does not answer: check its address, and that PostgreSQL is running there; all decisions that were "
    "acknowledged are kept",
}
CAUSES = tuple(_ADVICE)
"""The causes that a failure of a database can have; docs/errors.md lists them."""


def database_error(place: str, cause: str, why: str) -> AlignError:
    """The error of this cause (a word of the table above) for the store at this place."""
    kind = InputError if cause in ("damaged", "refused") else OutputError
    return kind(f"{place} {_ADVICE[cause]} ({' '.join(why.split())}).", cause=cause)


@contextmanager
def told(place: str) -> Iterator[None]:
    """A block in which a refusal of the database becomes an AlignError that names the store at this place."""
    try:
        yield
    except exc.TimeoutError as error:
        raise database_error(place, "busy", "no connection was free") from error
    except (exc.DisconnectionError, ConnectionError) as error:
        raise database_error(place, "unreachable", "the connection was closed") from error
    except (exc.DBAPIError, sqlite3.Error) as error:
        origin = error.orig if isinstance(error, exc.DBAPIError) else error
        cause = _cause_of_sqlite(origin) if isinstance(origin, sqlite3.Error) else _cause_of_postgresql(error, origin)
        if cause is None:
            raise
        raise database_error(place, cause, _words(origin)) from error


def _cause_of_sqlite(origin: sqlite3.Error) -> str | None:
    code = getattr(origin, "sqlite_errorcode", None)
    return None if code is None else _SQLITE.get(code & 0xFF)


def _cause_of_postgresql(error: Exception, origin: BaseException | None) -> str | None:
    """The cause of what PostgreSQL or its driver refused; None for a bug of ours."""
    told_by_server = origin.args[0] if origin is not None and origin.args else None
    if isinstance(told_by_server, dict):
        state = str(told_by_server.get("C", ""))
        return next((cause for begin, cause in _POSTGRESQL.items() if state.startswith(begin)), None)
    return "unreachable" if isinstance(error, exc.InterfaceError) else None


def _words(origin: BaseException | None) -> str:
    """What the database or its driver says."""
    told_by_server = origin.args[0] if origin is not None and origin.args else origin
    said = told_by_server.get("M", "") if isinstance(told_by_server, dict) else origin
    return str(said)
