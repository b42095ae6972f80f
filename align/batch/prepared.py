"""A volume before it is linked, and what its results will be made from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from align.batch.assembly import Assembled
from align.batch.deciding import VolumeDecisions
from align.batch.keeping.volume_states import Sources, VolumeState
from align.batch.scans import ScanResult
from align.files.collection.names import meant
from align.files.collection.settings import DocumentSettings
from align.files.collection.volumes import Volume
from align.linking.findings.stated_facts import StatedFacts
from align.model import Decided, SourceText, VolumeResult


@dataclass(frozen=True, slots=True)
class Prepared:
    """A volume before it is linked: the readings of its scans, its texts, and the state of its last results.

    `damaged` are the files of these results that are no longer as they were written. `pages` are in the order that
    editors decided; `decided` is what linking obeys of their `decisions`.
    """

    volume: Volume
    scans: Sequence[ScanResult]
    pages: Assembled
    texts: tuple[SourceText, ...]
    settings: Mapping[str, DocumentSettings]
    digest: str
    decisions: VolumeDecisions
    decided: Decided
    before: VolumeState | None
    damaged: tuple[str, ...] = ()


def shown_sources(prepared: Prepared, result: VolumeResult) -> Sources:
    """The files of the collection that the results of a volume show, without those of which a page failed."""
    failed = {scan.scan.path for scan in prepared.scans if scan.failure is not None}
    read = {scan.scan.path: scan.existing for scan in prepared.scans if scan.scan.path not in failed}
    return Sources(
        scans=tuple(sorted(read)),
        texts=tuple(sorted({path for document in result.documents for path in document.texts})),
        ocr=tuple(sorted(file.path for file in prepared.volume.ocr if read.get(file.scan))),
    )


def named_text(wanted: str | None, document: str, texts: Sequence[SourceText]) -> str | None:
    """The path of the text that an editor named as the transcription, by language or by file name."""
    for text in texts:
        if wanted and text.document == document and meant(wanted, (text.language, text.path.rsplit("/", 1)[-1])):
            return text.path
    return None


def assigned_labels(prepared: Prepared) -> list[str | None]:
    """The labels that collection.toml assigns, page by page: counted as pages stand, or listed as their scans do."""
    labels = prepared.volume.labels
    orders = prepared.pages.orders if labels.listed else range(1, len(prepared.pages.pages) + 1)
    return [labels.of(order) for order in orders]


def transcription_paths(prepared: Prepared) -> dict[str, str]:
    """The path of the transcription of each document for which the editor has chosen one."""
    return {
        document: path
        for document, settings in prepared.settings.items()
        if (path := named_text(settings.transcription, document, prepared.texts))
    }


def stated_facts(prepared: Prepared) -> StatedFacts:
    """What the editor states of the volume, to be compared with its pages."""
    pages = {document: settings.pages for document, settings in prepared.settings.items() if settings.pages}
    return StatedFacts(prepared.volume.labels.listed, pages)
