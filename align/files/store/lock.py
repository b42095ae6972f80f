"""One run at a time in an output folder."""

from __future__ import annotations

import errno
import fcntl
import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from align.errors import OutputError
from align.files.paths import shown

LOCK_NAME = ".lock"


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """A block in which no other run writes into the folder, which must exist.

    The lock is flock(2) on a file that is never removed. The system releases it when its process ends, in whatever way,
    so there are no stale locks. Forked worker processes hold the lock too. Raises OutputError: "locked", with the other
    process in the message, or "unwritable".
    """
    path = folder / LOCK_NAME
    try:
        handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC, 0o666)
    except OSError as error:
        raise OutputError(
            f"{shown(str(folder))} cannot be locked ({error.strerror}): allow writing there, or choose another folder "
            "with --out.",
            cause="unwritable",
        ) from error
    try:
        _take(handle, folder)
        yield
    finally:
        os.close(handle)


def _take(handle: int, folder: Path) -> None:
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        if error.errno not in (errno.EWOULDBLOCK, errno.EACCES):
            raise OutputError(
                f"{shown(str(folder))} lies on a disk that cannot be locked ({error.strerror}): choose a folder on "
                "another disk with --out.",
                cause="unwritable",
            ) from error
        holder = os.pread(handle, 200, 0).decode("utf-8", "replace").strip()
        raise OutputError(
            f"{shown(str(folder))} is being written by another run ({shown(holder) or 'process unknown'}): wait until "
            "it ends, or choose another folder with --out.",
            cause="locked",
        ) from error
    try:
        os.ftruncate(handle, 0)
        os.pwrite(handle, f"process {os.getpid()} on {socket.gethostname()}\n".encode(), 0)
    except OSError as error:
        # A full disk: who holds the lock is only for the message, but nothing else could be written either.
        raise OutputError(
            f"{shown(str(folder))} cannot be written to ({error.strerror}): make room, or choose another folder with "
            "--out.",
            cause="unwritable",
        ) from error
