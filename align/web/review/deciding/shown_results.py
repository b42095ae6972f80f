"""The results that are reviewed: what can be decided on, and where it stands; read once after each run."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from align.decisions.subjects import SubjectAt, subjects_of
from align.export.documents import titles
from align.files.store.results import Results
from align.model import Finding, Severity, VolumeResult
from align.model.decision import Subject, document_key
from align.web.report.differences import differences
from align.web.review.deciding.drawn_boxes import Sizes


@dataclass(frozen=True, slots=True)
class FoundAt:
    """A finding as it is counted and chosen: `likeness` is the same for findings that say the same of other places."""

    key: str
    code: str
    severity: Severity
    volume: str | None
    document: str | None
    likeness: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DocumentAt:
    """A document, and those of its findings that are no notes, which are to be decided on."""

    volume: str
    document: str
    title: str
    key: str
    findings: tuple[Subject, ...]


@dataclass(frozen=True, slots=True)
class ShownResults:
    """What a run found, as far as the review needs it. `version` is the digest of the results.

    `subjects` has one subject of each key, `every` also those of other volumes that have the same key; `sizes` are
    those of the scans.
    """

    version: str
    title: str
    documents: tuple[DocumentAt, ...] = ()
    findings: Mapping[str, FoundAt] = field(default_factory=lambda: MappingProxyType({}))
    subjects: Mapping[Subject, SubjectAt] = field(default_factory=lambda: MappingProxyType({}))
    every: tuple[SubjectAt, ...] = ()
    sizes: Sizes = field(default_factory=lambda: MappingProxyType({}))

    def outside(self) -> tuple[Subject, ...]:
        """The findings that are no notes and belong to no document."""
        found = (own for own in self.findings.values() if own.document is None and own.severity != "note")
        return tuple(Subject("finding", own.key) for own in found)


def shown_results(results: Results, *, title: str) -> ShownResults:
    """The results as they are reviewed; InputError where a file of them is missing or damaged."""
    documents: list[DocumentAt] = []
    findings: dict[str, FoundAt] = {}
    every: list[SubjectAt] = []
    sizes: dict[str, tuple[int, int]] = {}
    for name in (*results.volumes, None):
        volume = VolumeResult("", findings=results.loose) if name is None else results.volume(name)
        found = [_found(name, finding) for finding in volume.findings]
        for own in found:
            findings.setdefault(own.key, own)
        every += subjects_of(volume)
        documents += _documents(volume, found)
        sizes |= {page.key: (page.scan.width, page.scan.height) for page in volume.pages}
    subjects = {at.subject: at for at in reversed(every)}
    return ShownResults(results.version().digest, title, tuple(documents), findings, subjects, tuple(every), sizes)


def _documents(volume: VolumeResult, found: list[FoundAt]) -> Iterator[DocumentAt]:
    named = titles(volume.documents, volume.links)
    for own in volume.documents:
        name = own.document
        grave = tuple(Subject("finding", at.key) for at in found if at.document == name and at.severity != "note")
        yield DocumentAt(volume.volume, name, named[name].text, document_key(volume.volume, name), grave)


def _found(volume: str | None, finding: Finding) -> FoundAt:
    return FoundAt(finding.key, finding.code, finding.severity, volume, finding.document, _likeness(finding))


def _likeness(finding: Finding) -> tuple[str, ...]:
    """What is the same in findings that are alike: the code, and the words that differ or else those quoted."""
    scan, source = finding.scan_text or "", finding.source_text or ""
    if scan and source:
        sides = differences(scan, source)
        words = tuple(_letters(" ".join(piece.text for piece in side if piece.differs)) for side in sides)
        if any(words):
            return (finding.code, *words)
    return (finding.code, _letters(scan), _letters(source))


def _letters(text: str) -> str:
    """The words of a text without case and punctuation."""
    return " ".join("".join(c if c.isalnum() else " " for c in text.casefold()).split())
