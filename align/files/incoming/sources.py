"""An export as it came, a zip or a folder: its files by safe relative paths, and their bytes."""

from __future__ import annotations

import os
import stat
import zipfile
import zlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import IO, Protocol

from align.errors import InputError
from align.files.collection.names import composed
from align.files.collection.tree import LITTER
from align.files.incoming.kinds import OCR_KINDS, TEXT_KINDS, Kind, kind_of
from align.files.paths import name_fault, shown

# Bytes from which the kind of a file is told: PAGE states its image behind some hundred bytes of metadata.
HEAD = 65536
# Where the files of a collection lie.
_PLACES: Mapping[tuple[Kind, ...], str] = {
    ("scan", "pdf"): "images/<volume>/",
    OCR_KINDS: "ocr/<volume>/, named as its scan is named,",
    TEXT_KINDS: "transcripts/<volume>/, named <document>.<language> and its ending,",
}
# An export of a large archive has some ten thousand files; a file made to break programs names millions.
_MOST_ENTRIES = 200_000
# Scans hardly shrink in a zip, and XML shrinks to a twentieth; what shrinks more was made to fill disks.
_MOST_RATIO = 250
_SMALL = 4 * 2**20  # bytes that may shrink as they like
_PIECE = 2**20


@dataclass(frozen=True, slots=True)
class Refused:
    """A file of an export that is not taken, by its name in messages, and why."""

    path: str
    why: str


class Source(Protocol):
    """Where the files of an export are read from; `name` is that of the export without its suffix."""

    name: str
    sizes: dict[str, int]
    refused: list[Refused]

    def opened(self, path: str) -> IO[bytes]:
        """The bytes of a file, to be read once."""


@dataclass(slots=True)
class ZipSource:
    """The files of a zip, whose names are checked: none leads out, none is a link, none swells without bounds."""

    name: str
    archive: zipfile.ZipFile
    sizes: dict[str, int] = field(default_factory=dict)
    refused: list[Refused] = field(default_factory=list)
    _infos: dict[str, zipfile.ZipInfo] = field(default_factory=dict)

    def __post_init__(self) -> None:
        infos = self.archive.infolist()
        if len(infos) > _MOST_ENTRIES:
            raise InputError(
                f"{shown(self.name)} names more than {_MOST_ENTRIES} files: unpack it and import its folders.",
                cause="import-size",
            )
        for info in infos:
            path = _name_in_zip(info)
            if info.is_dir() or _is_litter(path):
                continue
            why = _fault(path) or _fault_of_entry(info)
            if why is None and path in self._infos:
                why = "the export has two files of this name"
            if why is not None:
                self.refused.append(Refused(shown(path), why))
            else:
                self._infos[path] = info
                self.sizes[path] = info.file_size

    def opened(self, path: str) -> IO[bytes]:
        """The bytes of a file as they are unpacked: never more than the zip states for it."""
        return self.archive.open(self._infos[path])


@dataclass(slots=True)
class FolderSource:
    """The files under a folder; links are not followed."""

    name: str
    root: Path
    sizes: dict[str, int] = field(default_factory=dict)
    refused: list[Refused] = field(default_factory=list)

    def __post_init__(self) -> None:
        for folder, folders, names in os.walk(self.root):
            folders.sort()
            for name in sorted(names):
                path = Path(folder, name)
                relative = path.relative_to(self.root).as_posix()
                if _is_litter(relative):
                    continue
                why = "it is a link" if path.is_symlink() else _fault(relative)
                if why is None and not path.is_file():
                    why = "it is not a file"
                if why is not None:
                    self.refused.append(Refused(shown(relative), why))
                    continue
                self.sizes[relative] = path.stat().st_size
                if len(self.sizes) > _MOST_ENTRIES:
                    raise InputError(
                        f"{shown(str(self.root))} holds more than {_MOST_ENTRIES} files: import a folder in it.",
                        cause="import-size",
                    )

    def opened(self, path: str) -> IO[bytes]:
        """The bytes of a file."""
        return (self.root / path).open("rb")


@contextmanager
def opened_source(path: Path) -> Iterator[Source]:
    """The export at a path: a zip, a folder, or the METS file in a folder.

    Raises InputError ("import-missing", "import-not-zip") where there is none.
    """
    name = path.resolve().name
    if path.is_dir():
        yield FolderSource(name, path.resolve())
        return
    try:
        if zipfile.is_zipfile(path):
            with zipfile.ZipFile(path) as archive:
                yield ZipSource(name[: -len(path.suffix)] if path.suffix else name, archive)
            return
        with path.open("rb") as stream:
            head = stream.read(HEAD)
    except FileNotFoundError as error:
        raise InputError(
            f"{shown(str(path))} is missing: give the zip, the folder or the METS file of an export.",
            cause="import-missing",
        ) from error
    except (OSError, zipfile.BadZipFile) as error:
        raise InputError(
            f"{shown(str(path))} cannot be read ({shown(str(error))[:120]}): download the export again.",
            cause="import-not-zip",
        ) from error
    kind = kind_of(head, path.name)
    if kind != "mets":
        raise InputError(f"{shown(str(path))} is {_no_export(kind)}.", cause="import-not-zip")
    yield FolderSource(path.resolve().parent.name, path.resolve().parent)


def _no_export(kind: Kind) -> str:
    """What a file is that is no export, and where it goes."""
    place = next((place for kinds, place in _PLACES.items() if kind in kinds), None)
    if place is None:
        return "neither a zip nor METS: give the zip, the folder or the METS file of an export"
    return f"a file by itself and no export: copy it into {place} of the collection"


def read_whole(source: Source, path: str, most: int) -> bytes | None:
    """The bytes of a file of at most so many bytes; None where it is larger or damaged."""
    if source.sizes[path] > most:
        return None
    return guarded(lambda: _read(source, path, most))


def head_of(source: Source, path: str) -> bytes | None:
    """The first bytes of a file; None where it is damaged."""
    return guarded(lambda: _read(source, path, HEAD))


def pieces_of(source: Source, path: str) -> Iterator[bytes]:
    """The bytes of a file, piece by piece."""
    with source.opened(path) as stream:
        while piece := stream.read(_PIECE):
            yield piece


# What zipfile raises for an entry that is damaged, encrypted, or packed in a way that it does not know.
DAMAGED = (OSError, zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, NotImplementedError, ValueError)


def guarded(read: Callable[[], bytes]) -> bytes | None:
    """What reading gives; None where the file is damaged."""
    try:
        return read()
    except DAMAGED:
        return None


def _read(source: Source, path: str, most: int) -> bytes:
    with source.opened(path) as stream:
        return stream.read(most)


def _name_in_zip(info: zipfile.ZipInfo) -> str:
    """The path of an entry, with forward slashes; names that Windows wrote in Russian are read as such."""
    name = info.filename
    if not info.flag_bits & 0x800 and not name.isascii():
        raw = name.encode("cp437", "replace")
        try:
            name = raw.decode("utf-8")
        except UnicodeDecodeError:
            name = raw.decode("cp866")
    return composed(name.replace("\\", "/"))


def _is_litter(path: str) -> bool:
    return any(LITTER.match(part) for part in path.split("/") if part not in ("", ".", ".."))


def _fault(path: str) -> str | None:
    """Why no file may have this path; None where it may."""
    pure = PurePosixPath(path)
    if pure.is_absolute() or ".." in pure.parts or not pure.parts or ":" in pure.parts[0]:
        return "its path leads out of the export"
    if name_fault(path) is not None or "\0" in path:
        return "its name has hidden characters"
    return None


def _fault_of_entry(info: zipfile.ZipInfo) -> str | None:
    if stat.S_ISLNK(info.external_attr >> 16):
        return "it is a link"
    if info.flag_bits & 0x1:
        return "it is protected by a password"
    if info.file_size > max(_SMALL, _MOST_RATIO * info.compress_size):
        return "it would swell to many times its size"
    return None
