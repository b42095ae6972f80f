"""The results of a run in the output folder: volumes are written, and read back as the same values.

A volume is read as a whole, one at a time. Its files leave some fields out, see `align.records.decoded`.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from align.errors import InputError
from align.files.paths import shown
from align.files.store.result_store import ResultStore, Stamp
from align.files.store.versions import ResultsVersion, results_version
from align.files.store.written import RUN, differing_files, has_records, is_run_of, record_of
from align.model import Finding, PlainText, VolumeResult
from align.records import (
    LOOSE_RECORDS,
    RECORDS,
    SCHEMA_VERSION,
    DamagedRecord,
    Pieces,
    decoded,
    decoded_findings,
    encoded_findings,
    encoded_rows,
)
from align.records.record import Record

# Damaged files that a message names.
_NAMED = 5


@dataclass(frozen=True, slots=True)
class Results:
    """The results of a collection: run.json, the volumes' names in order, and the findings of no volume (`loose`)."""

    store: ResultStore
    run: Mapping[str, Any]
    volumes: tuple[str, ...]
    loose: tuple[Finding, ...]

    @classmethod
    def opened(cls, out: Path) -> Results:
        """The results under this folder; InputError ("no-results", "damaged") where there are none to read."""
        store = ResultStore(out)
        data = store.read_bytes(RUN)
        if data is None and not os.path.lexists(store.out / RUN):
            raise InputError(
                f"{shown(str(out))} holds no results (there is no run.json): run align run first, or name the folder "
                "of the results with --out.",
                cause="no-results",
            )
        try:
            run = json.loads(data or b"")
            version, names = run["schema_version"], tuple(run["volumes"])
        except (ValueError, LookupError, TypeError, RecursionError) as error:
            raise damage(store, [RUN]) from error
        if version != SCHEMA_VERSION:
            raise InputError(
                f"The results in {shown(str(out))} are of another version of this program: run align run again.",
                cause="damaged",
            )
        outside = record_of(store, None)
        if outside is not None and outside.whole and not is_run_of(store, outside):
            raise damage(store, [RUN])
        return cls(store, run, names, read_loose(store))

    def version(self) -> ResultsVersion:
        """Which results these are: a digest over their files, and when they were written."""
        return results_version(self.store, self.volumes)

    def volume(self, name: str) -> VolumeResult:
        """This volume as it was written; InputError ("damaged") where one of its files is missing or damaged."""
        return read_volume(self.store, name)

    def pieces(self, name: str) -> Pieces:
        """This volume, to be read by document or by page; InputError ("damaged") where a file is missing or damaged."""
        files = _Files.of(self.store, name)
        try:
            return Pieces(name, files.of_records(RECORDS))
        except DamagedRecord as error:
            raise damage(self.store, [name]) from error

    def texts_of(self, volume: VolumeResult) -> tuple[PlainText, ...]:
        """The plain texts of the volume's documents; a text without sentences is left out."""
        return _texts(_Files.of(self.store, volume.volume), volume)

    def bytes_of(self, volume: str | None, path: str) -> bytes:
        """The bytes of one file of a volume, or of none; InputError ("damaged") where it is missing or damaged."""
        return _Files.of(self.store, volume).bytes_of(path)

    def differing(self, volumes: Collection[str] | None = None) -> tuple[str, ...]:
        """The paths of the files that are no longer as the run wrote them: of these volumes, or of all, and of none."""
        return differing_files(self.store, self.volumes if volumes is None else volumes)

    def require_whole(
        self, volumes: Collection[str] | None = None, *, needed: Callable[[str], bool] = bool
    ) -> tuple[str, ...]:
        """The differing files that are not needed; InputError ("damaged") names those that are, and what to run."""
        paths = self.differing(volumes)
        if any(map(needed, paths)):
            raise damage(self.store, [path for path in paths if needed(path)])
        return paths


def write_volume(store: ResultStore, volume: VolumeResult, *, only: Sequence[Record] = ()) -> dict[str, Stamp]:
    """Write the files of this volume, which are its records and the plain text of each source text; their stamps.

    Rows are made as they are written: the files of a large volume take more memory than the volume itself.
    With `only`, no files but those of these records.
    """
    written = {}
    for name, rows in encoded_rows(volume, only or RECORDS).items():
        written[f"{volume.volume}/{name}"] = store.write_lines(f"{volume.volume}/{name}", rows)
    for text in volume.texts if not only else ():
        path = _text_file(volume.volume, text.document, text.language)
        written[path] = store.write_text(path, text.content)
    return written


def read_volume(store: ResultStore, name: str) -> VolumeResult:
    """The volume of this name as it was written; InputError ("damaged") where a file of it is missing or damaged."""
    files = _Files.of(store, name)
    try:
        volume = decoded(name, files.of_records(RECORDS))
    except DamagedRecord as error:
        raise damage(store, [f"{name}/{error.file}" if error.file else name]) from error
    return replace(volume, texts=_texts(files, volume))


def read_loose(store: ResultStore) -> tuple[Finding, ...]:
    """The findings that belong to no volume; InputError ("damaged") where a file of them is missing or damaged."""
    try:
        return decoded_findings(_Files.of(store, None).of_records(LOOSE_RECORDS))
    except DamagedRecord as error:
        raise damage(store, [error.file or LOOSE_RECORDS[0].file]) from error


def write_loose(store: ResultStore, findings: Iterable[Finding]) -> dict[str, Stamp]:
    """Write the findings that belong to no volume; the stamps of their files."""
    return {path: store.write_text(path, content) for path, content in encoded_findings(findings).items()}


@dataclass(frozen=True, slots=True)
class _Files:
    """The files of a volume, or of none. Each is compared with its stamp when it is read, where there are records."""

    store: ResultStore
    volume: str | None
    stamps: Mapping[str, Stamp] | None

    @classmethod
    def of(cls, store: ResultStore, volume: str | None) -> _Files:
        """The files of this volume; InputError ("damaged") where its record is damaged, or says they are not whole."""
        written = record_of(store, volume)
        if written is not None and written.whole:
            return cls(store, volume, written.files)
        if has_records(store):
            raise damage(store, [RUN if volume is None else volume])
        return cls(store, volume, None)

    def bytes_of(self, path: str) -> bytes:
        data = self.store.read_bytes(path)
        if data is None or (self.stamps is not None and self.stamps.get(path) != Stamp.of(data)):
            raise damage(self.store, [path])
        return data

    def of_records(self, records: Iterable[Record]) -> dict[str, bytes]:
        """The bytes of these records' files by their names; an optional file may be absent."""
        folder = "" if self.volume is None else f"{self.volume}/"
        return {
            record.file: self.bytes_of(f"{folder}{record.file}")
            for record in records
            if not record.optional or self._has(f"{folder}{record.file}")
        }

    def _has(self, path: str) -> bool:
        return self.store.holds(path) if self.stamps is None else path in self.stamps


def _texts(files: _Files, volume: VolumeResult) -> tuple[PlainText, ...]:
    """The plain texts of the volume. A text without sentences is left out, because no link says its language."""
    named = {link.text: (link.document, link.language) for link in volume.links}
    texts = []
    for path in dict.fromkeys(path for document in volume.documents for path in document.texts):
        if path in named:
            file = _text_file(volume.volume, *named[path])
            try:
                texts.append(PlainText(path, *named[path], files.bytes_of(file).decode("utf-8")))
            except UnicodeDecodeError as error:
                raise damage(files.store, [file]) from error
    return tuple(texts)


def _text_file(volume: str, document: str, language: str) -> str:
    return f"{volume}/texts/{document}.{language}.txt"


def damage(store: ResultStore, paths: Sequence[str]) -> InputError:
    """The error for files of the results that are missing or damaged: a few by name, then how many more."""
    if len(paths) == 1:
        message = (
            f"{shown(str(store.out / paths[0]))} is missing or damaged: run align run again, which writes it anew."
        )
    else:
        names = ", ".join(shown(path) for path in paths[:_NAMED])
        more = f" and {len(paths) - _NAMED} more" if len(paths) > _NAMED else ""
        message = (
            f"{len(paths)} files in {shown(str(store.out))} are missing or damaged ({names}{more}): run align run "
            "again, which writes them anew."
        )
    return InputError(message, cause="damaged")
