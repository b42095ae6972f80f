"""The state of each volume's results: the inputs that they were made from, and what they hold."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass

from align.batch.scans import Failed
from align.files.store.result_store import ResultStore
from align.model import key
from align.records.counts import Counts, DocumentCount

FOLDER = ".volumes"


@dataclass(frozen=True, slots=True)
class VolumeState:
    """The state of one volume's results: the digest of their inputs, their counts and files, and the failed scans."""

    volume: str
    inputs_digest: str
    counts: Counts
    documents: tuple[DocumentCount, ...]
    files: tuple[str, ...]
    failures: tuple[Failed, ...]


@dataclass(frozen=True, slots=True)
class VolumeStates:
    """The states of volumes, one file each. A state is written last, and withdrawn before its results change.

    So a run may be killed at any moment: no results that it left half written are taken for whole ones.
    """

    store: ResultStore

    def get(self, volume: str) -> VolumeState | None:
        """The state of a volume; None where the volume has no results, or some of their files are missing."""
        data = self.store.read_bytes(_path(volume))
        if not data:
            return None
        try:
            value = json.loads(data)
            state = VolumeState(
                volume=value["volume"],
                inputs_digest=value["inputs_digest"],
                counts=Counts(**value["counts"]),
                documents=tuple(DocumentCount(**count) for count in value["documents"]),
                files=tuple(value["files"]),
                failures=tuple(Failed(**failure) for failure in value["failures"]),
            )
        except (ValueError, KeyError, TypeError, RecursionError):
            return None
        whole = state.volume == volume and all((self.store.out / name).is_file() for name in state.files)
        return state if whole else None

    def withdraw(self, volume: str) -> None:
        """Note that the results of a volume are about to change."""
        self.store.write_bytes(_path(volume), b"")

    def put(self, state: VolumeState) -> None:
        """Note that the results of a volume are whole."""
        self.store.write_text(_path(state.volume), json.dumps(asdict(state)))


def _path(volume: str) -> str:
    return f"{FOLDER}/{key(volume)}.json"
