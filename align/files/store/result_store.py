"""The store of results: whole files or none, in an output folder that never touches the inputs."""

from __future__ import annotations

import errno
import filecmp
import hashlib
import os
import secrets
import stat
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import BinaryIO

from align.errors import OutputError
from align.files.paths import shown
from align.files.store.lock import locked

INPUT_FOLDERS = ("images", "transcripts", "ocr")
# The folder in which files are written before they get their names. It is one folder on the same disk, so that the
# leftovers of a killed run are found without a walk through millions of readings.
_PARTS = ".parts"
# The files that this program writes into a volume's folder, by subfolder and suffix. Only these may be removed.
_OURS = (("", (".jsonl",)), ("texts", (".txt",)), ("overlays", (".svg", ".png")))


@dataclass(frozen=True, slots=True)
class Stamp:
    """The size of a file in bytes, and the SHA-256 digest of its bytes: by these a damaged file is found."""

    size: int
    digest: str

    @classmethod
    def of(cls, data: bytes) -> Stamp:
        """The stamp of a file that holds these bytes."""
        return cls(len(data), hashlib.sha256(data).hexdigest())


class ResultStore:
    """Writes results under one folder: each file whole or not at all, whatever stops the run.

    Paths are relative to the folder, with forward slashes. `sync` puts a file's bytes on the disk before the file gets
    its name (os.fsync; tests pass a function that fails). Every fault is an OutputError: "unwritable", "disk-full",
    "locked", "holds-inputs", "outside".
    """

    def __init__(self, out: Path, *, collection: Path | None = None, sync: Callable[[int], None] = os.fsync) -> None:
        """Take the output folder, and the collection whose inputs it must not touch; write nothing yet."""
        self.out = Path(os.path.realpath(out))
        self._sync = sync
        if collection is not None:
            asked = Path(os.path.realpath(out.parent)) / out.name
            _keep_clear(asked, self.out, Path(os.path.realpath(collection)))

    @contextmanager
    def opened(self) -> Iterator[ResultStore]:
        """The store; its folder exists, is locked against other runs, and is cleared of half-written files."""
        with _os_errors_explained(self.out, self.out):
            self.out.mkdir(parents=True, exist_ok=True)
        lock: AbstractContextManager[None] = locked(self.out)
        with lock:
            self._clear_parts()
            yield self

    def write_bytes(self, relative: str, data: bytes) -> Stamp:
        """The stamp of these bytes, which are now written to this path, all at once.

        A file that holds them already is not touched. Whatever else is there is replaced: a link, a file that cannot be
        read, an empty folder; a folder that holds something is not.
        """
        path, stamp = self._place(relative), Stamp.of(data)
        with _os_errors_explained(self.out, path):
            held = _holds(path, data)
        if not held:
            with self.writing(relative) as stream:
                stream.write(data)
        return stamp

    @contextmanager
    def writing(self, relative: str) -> Iterator[BinaryIO]:
        """A stream, for a file too large for memory: its bytes are put at this path when the block ends, all at once.

        Where the block fails, what was at the path stays.
        """
        path = self._place(relative)
        with _os_errors_explained(self.out, path):
            with suppress(OSError):
                path.rmdir()
            path.parent.mkdir(parents=True, exist_ok=True)
            part = self.out / _PARTS / secrets.token_hex(16)
            part.parent.mkdir(exist_ok=True)
            try:
                # Opened here and not by tempfile, whose files only their owner can read.
                handle = os.open(part, os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC, 0o666)
                with os.fdopen(handle, "w+b") as stream:
                    yield stream
                    stream.flush()
                    self._sync(stream.fileno())
                if _same(part, path):
                    part.unlink()
                else:
                    part.replace(path)
            except BaseException:
                with suppress(OSError):
                    part.unlink()
                raise

    def write_text(self, relative: str, text: str) -> Stamp:
        """As write_bytes, of the text as UTF-8; half a surrogate pair, which UTF-8 cannot hold, becomes U+FFFD."""
        return self.write_bytes(relative, _utf8(text))

    def write_lines(self, relative: str, lines: Iterable[str]) -> Stamp:
        """As write_text, of lines that are written as they come; one of them at a time is in memory."""
        return self.write_chunks(relative, map(_utf8, lines))

    def write_chunks(self, relative: str, chunks: Iterable[bytes]) -> Stamp:
        """As write_bytes, of bytes that are written as they come; one chunk at a time is in memory."""
        digest = hashlib.sha256()
        with self.writing(relative) as stream:
            for chunk in chunks:
                digest.update(chunk)
                stream.write(chunk)
            return Stamp(stream.tell(), digest.hexdigest())

    def read_bytes(self, relative: str) -> bytes | None:
        """The bytes of the file at this path; None where there is no such file, or it cannot be read."""
        try:
            return self._place(relative).read_bytes()
        except OSError:
            return None

    def stamp(self, relative: str) -> Stamp | None:
        """The stamp of the file at this path; None where there is no file of its own that can be read."""
        path = self._place(relative)
        try:
            if not stat.S_ISREG(path.lstat().st_mode):
                return None
            with path.open("rb") as stream:
                digest = hashlib.file_digest(stream, "sha256").hexdigest()
                return Stamp(stream.tell(), digest)
        except OSError:
            return None

    def identity(self, relative: str) -> tuple[int, int] | None:
        """What tells the file at this path from all others, whatever their paths; None where there is none."""
        with suppress(OSError):
            status = self._place(relative).lstat()
            return status.st_dev, status.st_ino
        return None

    def names(self, folder: str) -> tuple[str, ...]:
        """The names of the files in a folder, sorted; none where there is no such folder."""
        path = self._place(f"{folder}/x").parent
        with _os_errors_explained(self.out, path):
            return tuple(_file_names(path))

    def holds(self, relative: str) -> bool:
        """Whether there is a file at this path."""
        path = self._place(relative)
        with _os_errors_explained(self.out, path):
            return path.is_file() and not path.is_symlink()

    def remove(self, relative: str) -> None:
        """Remove the file at this path, if there is one, and the folders that are then empty."""
        path = self._place(relative)
        with _os_errors_explained(self.out, path):
            path.unlink(missing_ok=True)
        with suppress(OSError):
            while path.parent != self.out:
                path = path.parent
                path.rmdir()

    def remove_empty(self, folder: str) -> None:
        """Remove this folder and those in it, if they hold no file."""
        top = self._place(f"{folder}/x").parent
        for place, _, _ in os.walk(top, topdown=False):
            with suppress(OSError):
                Path(place).rmdir()

    def remove_stale(self, volume: str, keep: Collection[str]) -> tuple[str, ...]:
        """Remove the volume's results that are not in `keep`, which a run no longer makes; their paths.

        Only files of the kinds that this program writes are removed, and only from the places where it writes them.
        """
        kept, removed = set(keep), []
        for folder, suffixes in _OURS:
            place = PurePosixPath(volume, folder)
            inner = {name.rpartition("/")[2] for name in kept if PurePosixPath(name).parent == place}
            removed += [str(place / name) for name in self.remove_unlisted(str(place), suffixes, inner)]
        return tuple(sorted(removed))

    def remove_unlisted(self, folder: str, suffixes: tuple[str, ...], keep: Collection[str]) -> tuple[str, ...]:
        """Remove the files of a folder that have one of the suffixes and are not in `keep`; their names."""
        path = self._place(folder)
        removed = []
        with _os_errors_explained(self.out, path):
            for name in _file_names(path):
                if name.endswith(suffixes) and name not in keep:
                    (path / name).unlink()
                    removed.append(name)
        return tuple(removed)

    def remove_others(self, folder: str, keep: Collection[str]) -> None:
        """Remove all files below a folder that only this program writes, except these paths within it."""
        top = self._place(f"{folder}/x").parent
        with _os_errors_explained(self.out, top):
            for place, _, names in os.walk(top):
                for name in names:
                    path = Path(place, name)
                    if path.relative_to(top).as_posix() not in keep:
                        path.unlink()

    def _place(self, relative: str) -> Path:
        pure = PurePosixPath(relative)
        path = self.out / pure
        if "\0" in relative or not pure.parts or pure.is_absolute() or ".." in pure.parts:
            raise ValueError(f"not a path within the output folder: {relative!r}")
        if not Path(os.path.realpath(path.parent)).is_relative_to(self.out):
            raise OutputError(
                f"{shown(str(path.parent))} is a link out of the output folder: remove it.", cause="outside"
            )
        return path

    def _clear_parts(self) -> None:
        parts = self._place(f"{_PARTS}/x").parent
        with _os_errors_explained(self.out, parts):
            for name in _file_names(parts):
                (parts / name).unlink(missing_ok=True)


def _keep_clear(asked: Path, out: Path, collection: Path) -> None:
    name = shown(str(asked))
    if collection.is_relative_to(out):
        raise OutputError(
            f"{name} holds the collection itself, and results would mix with its inputs: choose another folder, such "
            f"as {shown(str(collection / 'aligned'))}.",
            cause="holds-inputs",
        )
    for folder in INPUT_FOLDERS:
        source = Path(os.path.realpath(collection / folder))
        if out.is_relative_to(source) or source.is_relative_to(out):
            raise OutputError(
                f"{name} lies where the collection has its {folder}/: choose another folder, such as "
                f"{shown(str(collection / 'aligned'))}.",
                cause="holds-inputs",
            )
    if asked.is_relative_to(collection) and not out.is_relative_to(collection):
        raise OutputError(
            f"{name} is a link out of the collection: remove it, or name the folder itself with --out.", cause="outside"
        )


@contextmanager
def _os_errors_explained(out: Path, path: Path) -> Iterator[None]:
    """A block in which an error of the operating system becomes an OutputError, one sentence for the user."""
    try:
        yield
    except OSError as error:
        full = error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
        folder = error.errno in (errno.EISDIR, errno.ENOTEMPTY)
        advice = "make room" if full else "move that folder elsewhere" if folder else "allow writing there"
        raise OutputError(
            f"{shown(str(path))} cannot be written ({error.strerror or error}): {advice}, or choose another folder "
            f"than {shown(str(out))} with --out.",
            cause="disk-full" if full else "unwritable",
        ) from error


def _holds(path: Path, data: bytes) -> bool:
    # A second run that changes nothing touches no file. So the dates stay, and so do copies made by date.
    try:
        return not path.is_symlink() and path.stat().st_size == len(data) and path.read_bytes() == data
    except OSError:
        return False


def _same(made: Path, path: Path) -> bool:
    """Whether the file at the path holds what was made for it, so that it can stay as it is."""
    try:
        return not path.is_symlink() and filecmp.cmp(made, path, shallow=False)
    except OSError:
        return False


def _file_names(folder: Path) -> list[str]:
    try:
        with os.scandir(folder) as entries:
            return sorted(entry.name for entry in entries if entry.is_file(follow_symlinks=False))
    except (FileNotFoundError, NotADirectoryError):
        return []


def _utf8(text: str) -> bytes:
    try:
        return text.encode("utf-8")
    except UnicodeEncodeError:
        return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace").encode("utf-8")
