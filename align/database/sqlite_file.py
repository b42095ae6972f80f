"""A store in one SQLite file: made whole or not at all, looked at before it is used, opened for writing or reading."""

from __future__ import annotations

import errno
import os
import secrets
import sqlite3
import stat
from collections.abc import Callable
from pathlib import Path

from sqlalchemy import QueuePool, create_engine, text

from align.database.database import WAIT_S, Database
from align.database.faults import database_error, told
from align.database.migrating import migrate
from align.database.same_file import SameFile
from align.errors import AlignError
from align.files.paths import shown

_CONNECTIONS = 16


def for_writing(path: Path) -> Database:
    """The store in this file, which is made where there is none, in the newest layout."""
    path = path.absolute()
    if not exists(path):
        _make(path)
    database = _database(path, "rw")
    try:
        _look_through(database)
        with database.writing():
            pass  # A file that may only be read is refused now, before an editor has decided anything.
        migrate(database)
    except BaseException:
        database.close()
        raise
    return database


def for_reading(path: Path) -> Database | None:
    """The store in this file, of which nothing is changed; None where there is none.

    SQLite makes a log beside the file also for one who reads, and who may not write cannot take it away again. So a
    store that nobody has open is opened for writing, with writing switched off: what is made beside it goes with it.
    """
    path = path.absolute()
    if not exists(path):
        return None
    database = _database(path, "ro" if any(_has(path, end) for end in ("-wal", "-journal")) else "rw", only_reads=True)
    try:
        _look_through(database)
    except AlignError as error:
        database.close()
        if error.cause != "unwritable" or _beside(path, "-wal").exists():
            raise
        # A folder that may not be written: SQLite has no place for its lists, and needs none where nobody writes.
        database = _database(path, "ro&immutable=1", only_reads=True)
        _look_through(database)
    return database


def exists(path: Path) -> bool:
    """Whether there is a store; InputError ("damaged") where what is there can be none, or is only a part of one.

    The file is not opened here: to close it would release the locks that SQLite holds on it in this process.
    """
    place = shown(str(path))
    try:
        status = path.stat()
    except FileNotFoundError:
        if _beside(path, "-wal").exists():
            raise database_error(place, "damaged", "its file is missing, while its log is there") from None
        return False
    except NotADirectoryError:
        return False
    except OSError as error:
        raise database_error(place, "unwritable", error.strerror or str(error)) from error
    if not stat.S_ISREG(status.st_mode) or status.st_size == 0:
        raise database_error(place, "damaged", "it is empty" if stat.S_ISREG(status.st_mode) else "it is no file")
    return True


def _beside(path: Path, end: str) -> Path:
    """A file of SQLite's beside the store: "-wal" is its log, "-journal" what a writer of another mode left."""
    return path.with_name(path.name + end)


def _has(path: Path, end: str) -> bool:
    """Whether a file beside the store holds what is not in the store yet."""
    try:
        return _beside(path, end).stat().st_size > 0
    except OSError:
        return False


def _make(path: Path) -> None:
    """Make an empty store beside its place, then put it there in one step, unless another process was quicker."""
    beside = path.with_name(f".{path.name}.{os.getpid()}.{secrets.token_hex(4)}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        beside.touch()
        database = _database(beside, "rw", named=path)
        try:
            with told(database.place), database.engine.connect() as connection:
                connection.connection.execute("PRAGMA journal_mode = WAL")
            migrate(database)
        finally:
            database.close()
        try:
            os.link(beside, path)
        except FileExistsError:
            return
        _flush_folder(path.parent)
    except OSError as error:
        cause = "disk-full" if error.errno in (errno.ENOSPC, errno.EDQUOT) else "unwritable"
        raise database_error(shown(str(path)), cause, error.strerror or str(error)) from error
    finally:
        for name in (beside.name, beside.name + "-wal", beside.name + "-shm"):
            beside.with_name(name).unlink(missing_ok=True)


def _flush_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _database(path: Path, mode: str, *, named: Path | None = None, only_reads: bool = False) -> Database:
    engine = create_engine(
        "sqlite+pysqlite://", creator=_connecting(path, mode, only_reads), poolclass=QueuePool, pool_size=_CONNECTIONS
    )
    place = shown(str(named or path))
    return Database(engine, place, path, SameFile(path, place).require)


def _connecting(path: Path, mode: str, only_reads: bool) -> Callable[[], sqlite3.Connection]:
    """What opens a connection: each decision is on the disk before it is acknowledged, and the file's code is inert."""

    def connect() -> sqlite3.Connection:
        connection = sqlite3.connect(
            f"{path.as_uri()}?mode={mode}", uri=True, timeout=WAIT_S, isolation_level=None, check_same_thread=False
        )
        if only_reads:
            connection.execute("PRAGMA query_only = ON")
        for pragma in ("synchronous = FULL", "foreign_keys = ON", "trusted_schema = OFF", "cell_size_check = ON"):
            connection.execute(f"PRAGMA {pragma}")
        return connection

    return connect


def _look_through(database: Database) -> None:
    """Read the whole file once; InputError ("damaged") where its parts do not fit together."""
    with database.reading() as connection:
        found = connection.execute(text("PRAGMA quick_check(1)")).scalar()
    if found != "ok":
        raise database_error(database.place, "damaged", str(found))
