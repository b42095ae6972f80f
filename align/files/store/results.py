"""The results of a run in the output folder: volumes are written, and read back as the same values.

A volume is read as a whole, one at a time. Its files leave some fields out, see `align.records.decoded`.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from align.errors import InputError
from align.files.paths import shown
from align.files.store.result_store import ResultStore
from align.files.store.versions import ResultsVersion, results_version
from align.model import Finding, PlainText, VolumeResult
from align.records import (
    LOOSE_RECORDS,
    RECORDS,
    SCHEMA_VERSION,
    DamagedRecord,
    decoded,
    decoded_findings,
    encoded,
    encoded_findings,
)
from align.records.record import Record


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
        data = store.read_bytes("run.json")
        if data is None:
            raise InputError(
                f"{shown(str(out))} holds no results (there is no run.json): run align run first, or name the folder "
                "of the results with --out.",
                cause="no-results",
            )
        try:
            run = json.loads(data)
            version, names = run["schema_version"], tuple(run["volumes"])
        except (ValueError, LookupError, TypeError, RecursionError) as error:
            raise _damaged(store, "run.json") from error
        if version != SCHEMA_VERSION:
            raise InputError(
                f"The results in {shown(str(out))} are of another version of this program: run align run again.",
                cause="damaged",
            )
        return cls(store, run, names, read_loose(store))

    def version(self) -> ResultsVersion:
        """Which results these are: a digest over their files, and when they were written."""
        return results_version(self.store, self.volumes)

    def volume(self, name: str) -> VolumeResult:
        """This volume as it was written; InputError ("damaged") where one of its files is missing or damaged."""
        return read_volume(self.store, name)


def write_volume(store: ResultStore, volume: VolumeResult) -> set[str]:
    """Write the files of this volume, which are its records and the plain text of each source text; their paths."""
    files = {f"{volume.volume}/{name}": text for name, text in encoded(volume).items()}
    for text in volume.texts:
        files[_text_file(volume.volume, text.document, text.language)] = text.content
    for path, content in files.items():
        store.write_text(path, content)
    return set(files)


def read_volume(store: ResultStore, name: str) -> VolumeResult:
    """The volume of this name as it was written; InputError ("damaged") where a file of it is missing or damaged."""
    files = _read(store, f"{name}/", RECORDS)
    try:
        volume = decoded(name, files)
    except DamagedRecord as error:
        raise _damaged(store, f"{name}/{error.file}" if error.file else name) from error
    return replace(volume, texts=_texts(store, volume))


def read_loose(store: ResultStore) -> tuple[Finding, ...]:
    """The findings that belong to no volume; InputError ("damaged") where a file of them is missing or damaged."""
    files = _read(store, "", LOOSE_RECORDS)
    try:
        return decoded_findings(files)
    except DamagedRecord as error:
        raise _damaged(store, error.file or LOOSE_RECORDS[0].file) from error


def write_loose(store: ResultStore, findings: Iterable[Finding]) -> None:
    """Write the findings that belong to no volume."""
    for path, content in encoded_findings(findings).items():
        store.write_text(path, content)


def _read(store: ResultStore, folder: str, records: Iterable[Record]) -> dict[str, bytes]:
    """The bytes of these records' files in a folder ("maisky/", or "" for none); an optional file may be absent."""
    files = {}
    for record in records:
        data = store.read_bytes(f"{folder}{record.file}")
        if data is not None:
            files[record.file] = data
        elif not record.optional:
            raise _damaged(store, f"{folder}{record.file}")
    return files


def _texts(store: ResultStore, volume: VolumeResult) -> tuple[PlainText, ...]:
    """The plain texts of the volume. A text without sentences is left out, because no link says its language."""
    named = {link.text: (link.document, link.language) for link in volume.links}
    texts = []
    for path in dict.fromkeys(path for document in volume.documents for path in document.texts):
        if path in named:
            file = _text_file(volume.volume, *named[path])
            data = store.read_bytes(file)
            if data is None:
                raise _damaged(store, file)
            try:
                texts.append(PlainText(path, *named[path], data.decode("utf-8")))
            except UnicodeDecodeError as error:
                raise _damaged(store, file) from error
    return tuple(texts)


def _text_file(volume: str, document: str, language: str) -> str:
    return f"{volume}/texts/{document}.{language}.txt"


def _damaged(store: ResultStore, path: str) -> InputError:
    return InputError(
        f"{shown(str(store.out / path))} is missing or damaged: run align run again, which writes it anew.",
        cause="damaged",
    )
