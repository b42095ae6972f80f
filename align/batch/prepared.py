"""A volume before it is linked, and what its results will be made from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from align.batch.keeping.volume_states import Sources, VolumeState
from align.batch.scans import ScanResult
from align.files.collection.settings import DocumentSettings
from align.files.collection.volumes import Volume
from align.model import SourceText, VolumeResult


@dataclass(frozen=True, slots=True)
class Prepared:
    """A volume before it is linked: the readings of its scans, its texts, and the state of its last results.

    `damaged` are the files of these results that are no longer as they were written.
    """

    volume: Volume
    scans: Sequence[ScanResult]
    texts: tuple[SourceText, ...]
    settings: Mapping[str, DocumentSettings]
    digest: str
    before: VolumeState | None
    damaged: tuple[str, ...] = ()


def shown_sources(prepared: Prepared, result: VolumeResult) -> Sources:
    """The files of the collection that the results of a volume show."""
    read = {scan.scan.path: scan.existing for scan in prepared.scans if scan.failure is None}
    return Sources(
        scans=tuple(sorted(read)),
        texts=tuple(sorted({path for document in result.documents for path in document.texts})),
        ocr=tuple(sorted(file.path for file in prepared.volume.ocr if read.get(file.scan))),
    )


def named_text(wanted: str | None, document: str, texts: Sequence[SourceText]) -> str | None:
    """The path of the text that an editor named as the transcription, by language or by file name."""
    for text in texts:
        if wanted and text.document == document and wanted in (text.language, text.path.rsplit("/", 1)[-1]):
            return text.path
    return None
