"""The version of results: a digest over the files that a run wrote, and the time when the last of them changed."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from align.files.store.result_store import ResultStore
from align.records import LOOSE_RECORDS, RECORDS


@dataclass(frozen=True, slots=True)
class ResultsVersion:
    """Which results there are: 16 hex digits over their files, and when they were written, in seconds since 1970.

    Results that a run writes again as they were keep both.
    """

    digest: str
    written: float

    def __str__(self) -> str:
        """The version for a message, in the time of this computer: "2026-11-28 04:10 (3f2a9c1b)"."""
        return f"{datetime.fromtimestamp(self.written).astimezone():%Y-%m-%d %H:%M} ({self.digest[:8]})"


def results_version(store: ResultStore, volumes: Iterable[str]) -> ResultsVersion:
    """The version of the results of these volumes, and of the findings that belong to none; missing files count too."""
    digest, written = hashlib.sha256(), 0.0
    for name in _files(store.out, volumes):
        digest.update(f"{name}\0".encode("utf-8", "surrogateescape"))
        with suppress(FileNotFoundError, NotADirectoryError), (store.out / name).open("rb") as stream:
            digest.update(hashlib.file_digest(stream, "sha256").digest())
            written = max(written, os.fstat(stream.fileno()).st_mtime)
    return ResultsVersion(digest.hexdigest()[:16], written)


def _files(out: Path, volumes: Iterable[str]) -> Iterator[str]:
    yield from (record.file for record in LOOSE_RECORDS)
    for volume in volumes:
        yield from (f"{volume}/{record.file}" for record in RECORDS)
        yield from sorted(f"{volume}/texts/{path.name}" for path in (out / volume / "texts").glob("*.txt"))
