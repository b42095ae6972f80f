"""The record of what exports wrote for a volume: by it files of documents that are gone are found, and no others.

There is one record for each format and volume. It has the stamp of each file, so that a file that somebody changed
since is known, and is left alone.
"""

from __future__ import annotations

import json
from collections.abc import Container, Iterator
from dataclasses import dataclass, field

from align.files.store.result_store import ResultStore, Stamp
from align.model import key
from align.records import json_document

FOLDER = ".exports"


@dataclass(frozen=True, slots=True)
class ExportedFile:
    """A file as an export wrote it; `document` is the one that it was made of alone, None where it is of the volume."""

    stamp: Stamp
    document: str | None = None


@dataclass(slots=True)
class ExportRecord:
    """What exports in one format wrote for a volume: the files by their paths in the store.

    `known` are those of earlier exports, `made` those of this one. A block of it writes a volume: at its end the record
    is saved, even if the block is stopped.
    """

    store: ResultStore
    format_name: str
    volume: str
    known: dict[str, ExportedFile] = field(default_factory=dict)
    made: dict[str, ExportedFile] = field(default_factory=dict)

    @classmethod
    def of(cls, store: ResultStore, format_name: str, volume: str) -> ExportRecord:
        """The record of a volume, with nothing made; one without files where it is missing or damaged."""
        found = _read(store, format_name, _path(format_name, volume))
        return cls(store, format_name, volume) if found is None or found.volume != volume else found

    @classmethod
    def others(cls, store: ResultStore, format_name: str, volumes: Container[str]) -> Iterator[ExportRecord]:
        """The records of all volumes but these."""
        for name in store.names(f"{FOLDER}/{format_name}"):
            found = _read(store, format_name, f"{FOLDER}/{format_name}/{name}")
            if found is not None and found.volume not in volumes:
                yield found

    def __enter__(self) -> ExportRecord:
        """The record, to put in what is written."""
        return self

    def __exit__(self, *_: object) -> None:
        """Write the record."""
        files = self.known | self.made
        rows = {path: [file.stamp.size, file.stamp.digest, file.document] for path, file in sorted(files.items())}
        if rows:
            self.store.write_text(
                _path(self.format_name, self.volume), json_document({"volume": self.volume, "files": rows})
            )
        else:
            self.store.remove(_path(self.format_name, self.volume))

    def put(self, path: str, stamp: Stamp | None, document: str | None = None) -> None:
        """Record a file that was just written."""
        if stamp is not None:
            self.made[path] = ExportedFile(stamp, document)

    def keep(self, path: str) -> None:
        """Record that a file belongs where it is, if an earlier export wrote it."""
        if path in self.known:
            self.made[path] = self.known[path]

    def stale(self, documents: Container[str]) -> tuple[str, ...]:
        """The files of earlier exports that do not belong there once the volume with these documents is written whole.

        A file of one document belongs there as long as the volume has the document. A path whose letters were changed
        from large to small may be the same file.
        """
        gone = [
            path
            for path, file in self.known.items()
            if path not in self.made and (file.document is None or file.document not in documents)
        ]
        fresh = {self.store.identity(path) for path in self.made} - {None} if gone else set()
        return tuple(path for path in gone if self.store.identity(path) not in fresh)

    def remove_stale(self, documents: Container[str]) -> tuple[str, ...]:
        """Remove the stale files; the paths of those that stay because they were changed since. All are forgotten."""
        stay = []
        for path in self.stale(documents):
            found = self.store.stamp(path)
            if found == self.known.pop(path).stamp:
                self.store.remove(path)
            elif found is not None:
                stay.append(path)
        return tuple(stay)


def _path(format_name: str, volume: str) -> str:
    return f"{FOLDER}/{format_name}/{key(volume)}.json"


def _read(store: ResultStore, format_name: str, path: str) -> ExportRecord | None:
    try:
        row = json.loads(store.read_bytes(path) or b"")
        files = {
            str(name): ExportedFile(Stamp(size, digest), own) for name, (size, digest, own) in row["files"].items()
        }
        inside = all(name.startswith(f"{format_name}/") and ".." not in name.split("/") for name in files)
        return ExportRecord(store, format_name, str(row["volume"]), files) if inside else None
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError):
        return None
