"""The store of results: whole files or none, in an output folder that never touches the inputs."""

from __future__ import annotations

import errno
import os
import secrets
from collections.abc import Callable, Collection, Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from pathlib import Path, PurePosixPath

from align.errors import OutputError
from align.files.paths import shown
from align.files.store.lock import locked

INPUT_FOLDERS = ("images", "transcripts", "ocr")
# Where files grow before they take their name: one folder, on the same disk as all others, so that what a killed run
# left is found without a walk through millions of readings.
_PARTS = ".parts"
# What a volume's folder may hold of ours, and so what may be removed of it when a run no longer makes it.
_OURS = (("", (".jsonl",)), ("texts", (".txt",)), ("overlays", (".svg", ".png")))


class ResultStore:
    """Writes results under one folder: each file whole or not at all, whatever stops the run.

    Paths are relative to the folder, with forward slashes. `sync` is what puts a file's bytes on the disk before it
    takes its name (os.fsync; tests pass one that fails). Every fault is an OutputError: "unwritable", "disk-full",
    "locked", "holds-inputs", "outside".
    """

    def __init__(self, out: Path, *, collection: Path | None = None, sync: Callable[[int], None] = os.fsync) -> None:
        """Take the output folder, and the collection whose inputs it must keep clear of; nothing is written yet."""
        self.out = Path(os.path.realpath(out))
        self._sync = sync
        if collection is not None:
            asked = Path(os.path.realpath(out.parent)) / out.name
            _keep_clear(asked, self.out, Path(os.path.realpath(collection)))

    @contextmanager
    def opened(self) -> Iterator[ResultStore]:
        """The store, its folder made, locked against other runs and cleared of what a killed run left half-done."""
        with _told(self.out, self.out):
            self.out.mkdir(parents=True, exist_ok=True)
        lock: AbstractContextManager[None] = locked(self.out)
        with lock:
            self._clear_parts()
            yield self

    def write_bytes(self, relative: str, data: bytes) -> None:
        """Put the bytes under this path, all at once; a file that holds them already is left as it is."""
        path = self._place(relative)
        with _told(self.out, path):
            if _holds(path, data):
                return
            path.parent.mkdir(parents=True, exist_ok=True)
            part = self.out / _PARTS / secrets.token_hex(16)
            part.parent.mkdir(exist_ok=True)
            try:
                # Opened here and not by tempfile, whose files only their owner can read.
                handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC, 0o666)
                with os.fdopen(handle, "wb") as stream:
                    stream.write(data)
                    stream.flush()
                    self._sync(stream.fileno())
                part.replace(path)
            except BaseException:
                with suppress(OSError):
                    part.unlink()
                raise

    def write_text(self, relative: str, text: str) -> None:
        """Put the text under this path as UTF-8; what has no UTF-8 (half a surrogate pair) becomes U+FFFD."""
        self.write_bytes(relative, _utf8(text))

    def read_bytes(self, relative: str) -> bytes | None:
        """The bytes under this path, or None where there is no such file."""
        path = self._place(relative)
        with _told(self.out, path):
            try:
                return path.read_bytes()
            except (FileNotFoundError, NotADirectoryError, IsADirectoryError):
                return None

    def holds(self, relative: str) -> bool:
        """Whether there is a file under this path."""
        path = self._place(relative)
        with _told(self.out, path):
            return path.is_file() and not path.is_symlink()

    def remove(self, relative: str) -> None:
        """Remove the file under this path, if there is one, and the folders that it leaves empty."""
        path = self._place(relative)
        with _told(self.out, path):
            path.unlink(missing_ok=True)
        with suppress(OSError):
            while path.parent != self.out:
                path = path.parent
                path.rmdir()

    def remove_stale(self, volume: str, keep: Collection[str]) -> tuple[str, ...]:
        """The paths of the volume's results that are not in `keep`, now removed: what a run no longer makes.

        Only files of the kinds that this tool writes, in the places where it does; others are left alone.
        """
        kept, removed = set(keep), []
        for folder, suffixes in _OURS:
            place = PurePosixPath(volume, folder)
            inner = {name.rpartition("/")[2] for name in kept if PurePosixPath(name).parent == place}
            removed += [str(place / name) for name in self.remove_unlisted(str(place), suffixes, inner)]
        return tuple(sorted(removed))

    def remove_unlisted(self, folder: str, suffixes: tuple[str, ...], keep: Collection[str]) -> tuple[str, ...]:
        """The names of the files of a folder that end so and are not in `keep`, now removed."""
        path = self._place(folder)
        removed = []
        with _told(self.out, path):
            for name in _file_names(path):
                if name.endswith(suffixes) and name not in keep:
                    (path / name).unlink()
                    removed.append(name)
        return tuple(removed)

    def remove_others(self, folder: str, keep: Collection[str]) -> None:
        """Remove what stands under a folder that is wholly ours, but for these paths within it."""
        top = self._place(f"{folder}/x").parent
        with _told(self.out, top):
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
        with _told(self.out, parts):
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
def _told(out: Path, path: Path) -> Iterator[None]:
    """A time in which what the system refuses becomes one sentence."""
    try:
        yield
    except OSError as error:
        full = error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
        advice = "make room" if full else "allow writing there"
        raise OutputError(
            f"{shown(str(path))} cannot be written ({error.strerror or error}): {advice}, or choose another folder "
            f"than {shown(str(out))} with --out.",
            cause="disk-full" if full else "unwritable",
        ) from error


def _holds(path: Path, data: bytes) -> bool:
    # A second run that changes nothing touches nothing: neither dates nor what copies folders by them.
    try:
        return not path.is_symlink() and path.stat().st_size == len(data) and path.read_bytes() == data
    except (FileNotFoundError, NotADirectoryError):
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
