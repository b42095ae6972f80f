"""What is known of a volume's results: from which inputs they were made, and what they hold."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass

from align.batch.scans import Failed
from align.files.store.result_store import ResultStore
from align.model import key
from align.records.counts import Counts, DocumentCount

FOLDER = ".volumes"


@dataclass(frozen=True, slots=True)
class VolumeRecord:
    """A volume's results: the digest of their inputs, their counts, their files, and what failed."""

    volume: str
    inputs_digest: str
    counts: Counts
    documents: tuple[DocumentCount, ...]
    files: tuple[str, ...]
    failures: tuple[Failed, ...]


@dataclass(frozen=True, slots=True)
class Records:
    """The records of volumes, each written when all of its results are, and withdrawn before they change.

    So a run that was killed at any moment leaves no results that pass for those of other inputs.
    """

    store: ResultStore

    def get(self, volume: str) -> VolumeRecord | None:
        """The record of a volume; None where its results are not there, not whole, or not known."""
        data = self.store.read_bytes(_path(volume))
        if not data:
            return None
        try:
            value = json.loads(data)
            record = VolumeRecord(
                volume=value["volume"],
                inputs_digest=value["inputs_digest"],
                counts=Counts(**value["counts"]),
                documents=tuple(DocumentCount(**count) for count in value["documents"]),
                files=tuple(value["files"]),
                failures=tuple(Failed(**own) for own in value["failures"]),
            )
        except (ValueError, KeyError, TypeError, RecursionError):
            return None
        whole = record.volume == volume and all((self.store.out / name).is_file() for name in record.files)
        return record if whole else None

    def withdraw(self, volume: str) -> None:
        """Say that the results of a volume are about to change."""
        self.store.write_bytes(_path(volume), b"")

    def put(self, record: VolumeRecord) -> None:
        """Say that the results of a volume are whole."""
        self.store.write_text(_path(record.volume), json.dumps(asdict(record)))


def _path(volume: str) -> str:
    return f"{FOLDER}/{key(volume)}.json"
