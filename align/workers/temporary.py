"""A folder of the command's own for temporary files, which the next command removes if this one is killed.

It lies in the system's folder for temporary files (TMPDIR), and all that this process and its children write there goes
into it. Its owner holds a lock on it, which the system releases when the owner ends, in whatever way.
"""

from __future__ import annotations

import errno
import fcntl
import os
import re
import shutil
import socket
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from align.errors import OutputError

# Bytes: the name of a socket that multiprocessing makes in such a folder, and the most that the path of a socket has.
_SOCKET, _SOCKET_PATH = len("/pymp-12345678/listener-12345678"), 103
# Where sockets go if the path of the usual folder is too long for them.
_SHORT = "/tmp"  # noqa: S108 - multiprocessing makes a folder of its own in it
_DEAD = "-dead"
# How the names of temporary files begin: images for Tesseract, and the sockets of multiprocessing.
_NAMES = ("align-ocr-", "pymp-")
_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


@dataclass(frozen=True, slots=True)
class TemporaryFolder:
    """A folder for the temporary files of one process, locked while that process lives."""

    path: Path
    _handle: int

    @classmethod
    def made(cls, parent: Path) -> TemporaryFolder | None:
        """A new folder in `parent`; None where there can be none, so that temporary files go where they usually do."""
        with suppress(OSError):
            path = Path(tempfile.mkdtemp(prefix=f"align-{_boot()}{_host()}-", dir=parent))
            handle = _opened(path)
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                # Another command has found it before it was locked, and removes it.
                os.close(handle)
                return cls.made(parent)
            except OSError:
                # Nothing can be locked there. So nobody else can lock it, and nobody removes it.
                return cls(path, handle)
            if path.is_dir():
                return cls(path, handle)
            os.close(handle)
            return cls.made(parent)
        return None

    def use(self) -> None:
        """Let this process, and those that it starts, put their temporary files there."""
        os.environ["TMPDIR"] = tempfile.tempdir = str(self.path)

    def remove(self) -> None:
        """Remove the folder with all that is in it."""
        _remove(self.path)


def remove_dead(parent: Path) -> None:
    """Remove the folders in `parent` that this user's processes on this computer made and that have no owner any more.

    Another computer may share `parent` without sharing its locks. So only folders are looked at that were made by this
    computer since it was started, or by a computer of this name.
    """
    own = re.compile(rf"align-(?:{_boot()}\w{{4}}|\w{{4}}{_host()})-\w{{8}}({_DEAD})?")
    with suppress(OSError), os.scandir(parent) as entries:
        for entry in entries:
            if own.fullmatch(entry.name) is None:
                continue
            with suppress(OSError):
                if entry.stat(follow_symlinks=False).st_uid == os.geteuid():
                    _remove_if_dead(Path(entry.path))


def _remove_if_dead(path: Path) -> None:
    handle = _opened(path)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        _remove(path)
    finally:
        os.close(handle)


def _remove(path: Path) -> None:
    """Remove a folder in which processes may still be writing: under another name they do not find it again."""
    if not path.name.endswith(_DEAD):
        path = path.rename(path.with_name(path.name + _DEAD))
    shutil.rmtree(path, ignore_errors=True)


def _opened(path: Path) -> int:
    return os.open(path, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC)


def _boot() -> str:
    """Four letters for this start of this computer; containers on it have the same ones."""
    try:
        return _letters(Path("/proc/sys/kernel/random/boot_id").read_text(encoding="ascii"))
    except OSError:
        return _host()


def _host() -> str:
    """Four letters for the name of this computer."""
    return _letters(socket.gethostname())


def _letters(text: str) -> str:
    return sha256(text.encode()).hexdigest()[:4]


@contextmanager
def short_enough() -> Iterator[None]:
    """A block in which the folder for temporary files has a path that is short enough for the socket of workers."""
    usual = tempfile.gettempdir()
    if len(os.fsencode(usual)) + _SOCKET > _SOCKET_PATH:
        tempfile.tempdir = _SHORT
    try:
        yield
    finally:
        tempfile.tempdir = usual


def unusable_folder(error: OSError) -> OutputError | None:
    """The error that the user sees where a temporary file could not be written; None where `error` is another fault."""
    folder = Path(tempfile.gettempdir())
    inside = any(str(error.filename).startswith(str(folder / name)) for name in _NAMES)
    full = error.errno in _FULL
    if not (full or error.errno == errno.EROFS or inside):
        return None
    if re.fullmatch(r"align-\w{8}-\w{8}", folder.name):
        folder = folder.parent
    return OutputError(
        f"The folder for temporary files, {folder}, {'is full' if full else 'cannot be written to'} "
        f"({error.strerror or error}): {'make room there' if full else 'allow writing there'}, or set TMPDIR to "
        "another folder.",
        cause="disk-full" if full else "unwritable",
    )
