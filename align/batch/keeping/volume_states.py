"""The state of each volume's results: the inputs that they were made from, and what they hold."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field

from align.batch.scans import Failed
from align.files.store.result_store import ResultStore, Stamp
from align.files.store.written import Written, differing, put_record, record_of
from align.records.counts import Counts, DocumentCount


@dataclass(frozen=True, slots=True)
class Sources:
    """The files of the collection that a volume's results show: scans that were read, texts, and existing OCR."""

    scans: tuple[str, ...] = ()
    texts: tuple[str, ...] = ()
    ocr: tuple[str, ...] = ()

    @property
    def paths(self) -> tuple[str, ...]:
        """All these files."""
        return (*self.scans, *self.texts, *self.ocr)


@dataclass(frozen=True, slots=True)
class VolumeState:
    """The state of one volume's results: the digest of their inputs, their counts and files, and the failed scans.

    `decisions` is the digest of the decisions that their rows tell of, and `earlier` counts those of them that were
    made on an earlier text.
    """

    volume: str
    inputs_digest: str
    counts: Counts
    documents: tuple[DocumentCount, ...]
    files: Mapping[str, Stamp]
    failures: tuple[Failed, ...]
    sources: Sources = field(default_factory=Sources)
    decisions: str = ""
    earlier: int = 0


@dataclass(frozen=True, slots=True)
class VolumeStates:
    """The states of volumes. A state is written last, and withdrawn before the results change.

    So a run may be killed at any moment: no results that it left half written are taken for whole ones.
    """

    store: ResultStore

    def get(self, volume: str) -> VolumeState | None:
        """The state of a volume as it was noted; None where the volume has no whole results."""
        written = self._record(volume)
        if written is None or not written.whole:
            return None
        value = written.content
        try:
            return VolumeState(
                volume=volume,
                inputs_digest=value["inputs_digest"],
                counts=Counts(**value["counts"]),
                documents=tuple(DocumentCount(**count) for count in value["documents"]),
                files=written.files,
                failures=tuple(Failed(**failure) for failure in value["failures"]),
                sources=_sources(value),
                decisions=value.get("decisions", ""),
                earlier=value.get("earlier", 0),
            )
        except (ValueError, KeyError, TypeError):
            return None

    def _record(self, volume: str) -> Written | None:
        """The record of a volume; None where its folder is gone, which says that its results are not wanted."""
        return record_of(self.store, volume) if (self.store.out / volume).is_dir() else None

    def damaged(self, state: VolumeState) -> tuple[str, ...]:
        """The files of a volume's results that are no longer as they were written."""
        return differing(self.store, Written(state.volume, state.files))

    def sources(self, volume: str) -> Sources:
        """What the results of a volume show, also after a killed run; nothing where they are gone from the disk."""
        written = self._record(volume)
        if written is None:
            return Sources()
        try:
            return _sources(written.content)
        except (ValueError, KeyError, TypeError):
            return Sources()

    def withdraw(self, volume: str) -> None:
        """Note that the results of a volume are about to change."""
        before = record_of(self.store, volume)
        put_record(self.store, Written(volume, {}, before.content if before is not None else {}, whole=False))

    def put(self, state: VolumeState) -> None:
        """Note that the results of a volume are whole."""
        content = {
            "inputs_digest": state.inputs_digest,
            "counts": asdict(state.counts),
            "documents": [asdict(count) for count in state.documents],
            "failures": [asdict(failure) for failure in state.failures],
            "sources": asdict(state.sources),
            "decisions": state.decisions,
            "earlier": state.earlier,
        }
        put_record(self.store, Written(state.volume, state.files, content))


def _sources(content: Mapping[str, object]) -> Sources:
    stated = content["sources"]
    if not isinstance(stated, dict):
        raise TypeError(stated)
    return Sources(**{kind: tuple(paths) for kind, paths in stated.items()})
