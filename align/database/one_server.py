"""One server at a time on a store: a second one would not show what the editors of the first decide."""

from __future__ import annotations

import fcntl
import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import text

from align.database.database import Database
from align.database.faults import database_error, told
from align.errors import OutputError
from align.files.paths import shown

# Another number than that of a writer: a server holds it as long as it runs.
_LOCK = 0x616C69676F


@contextmanager
def only_server(database: Database) -> Iterator[None]:
    """A block in which no other server works on the store; OutputError ("served") where one does already.

    The system releases the lock when its process ends, in whatever way. Commands that are no servers may write.
    """
    if database.file is not None:
        with _of_file(database.file, database.place):
            yield
        return
    with told(database.place), database.engine.connect() as bare:
        connection = bare.execution_options(isolation_level="AUTOCOMMIT")
        if not connection.execute(text("SELECT pg_try_advisory_lock(:lock)"), {"lock": _LOCK}).scalar():
            raise _served(database.place, "on this or another computer")
        try:
            yield
        finally:
            connection.execute(text("SELECT pg_advisory_unlock(:lock)"), {"lock": _LOCK})


@contextmanager
def _of_file(file: Path, place: str) -> Iterator[None]:
    try:
        handle = os.open(
            file.with_name(file.name + ".server"), os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC, 0o666
        )
    except OSError as error:
        raise database_error(place, "unwritable", error.strerror or str(error)) from error
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        os.ftruncate(handle, 0)
        os.pwrite(handle, f"process {os.getpid()} on {socket.gethostname()}".encode(), 0)
        yield
    except BlockingIOError as error:
        raise _served(place, shown(os.pread(handle, 200, 0).decode("utf-8", "replace"))) from error
    finally:
        os.close(handle)


def _served(place: str, holder: str) -> OutputError:
    return OutputError(
        f"{place} is open in another server already ({holder}): work there, or end that server first.", cause="served"
    )
