"""The counts of sentences, pages and findings: of a document, a volume, a collection."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace

from align.model import Finding, Link, Severity, VolumeResult

SEVERITIES: tuple[Severity, ...] = ("error", "warning", "note")


@dataclass(frozen=True, slots=True)
class Counts:
    """The counts of a volume or a collection, as run.json holds them.

    `findings` are those that no editor has decided, `decided` all others.
    """

    pages: int = 0
    pages_ok: int = 0
    blank: int = 0
    failed: int = 0
    documents: int = 0
    sentences: int = 0
    linked: int = 0
    partial: int = 0
    doubtful: int = 0
    unlinked: int = 0
    apart: int = 0
    lines: int = 0
    lines_matched: int = 0
    decided: int = 0
    findings: Mapping[Severity, int] = field(default_factory=lambda: dict.fromkeys(SEVERITIES, 0))

    def with_findings(self, findings: Iterable[Finding]) -> Counts:
        """The counts with these findings added, which belong to no volume."""
        added = list(findings)
        return replace(
            self,
            decided=self.decided + sum(finding.decided for finding in added),
            findings=_summed_findings([self.findings, _by_severity(added)]),
        )


@dataclass(frozen=True, slots=True)
class DocumentCount:
    """How many sentences of a document there are, and how many are linked."""

    volume: str
    document: str
    sentences: int
    linked: int


def counted(volume: VolumeResult) -> Counts:
    """The counts of a volume."""
    statuses = Counter(link.status for link in volume.links)
    pages = Counter(page.status for page in volume.pages)
    return Counts(
        pages=len(volume.pages),
        pages_ok=pages["ok"],
        blank=pages["blank"],
        failed=pages["failed"],
        documents=len(volume.documents),
        sentences=len(volume.links),
        linked=statuses["linked"],
        partial=statuses["partial"],
        doubtful=statuses["doubtful"],
        unlinked=statuses["unlinked"],
        apart=statuses["apart"],
        lines=sum(len(page.lines) for page in volume.pages),
        lines_matched=sum(bool(matches) for by_line in volume.matches for matches in by_line.values()),
        decided=sum(finding.decided for finding in volume.findings),
        findings=_by_severity(volume.findings),
    )


def documents_counted(volume: str, links: Iterable[Link]) -> tuple[DocumentCount, ...]:
    """The counts of each document, in the order of the links; notes and commentary are not counted."""
    linked: dict[str, list[bool]] = defaultdict(list)
    for link in links:
        if link.role in ("body", "heading"):
            linked[link.document].append(link.status == "linked")
    return tuple(DocumentCount(volume, document, len(flags), sum(flags)) for document, flags in linked.items())


def summed(volumes: Sequence[Counts]) -> Counts:
    """The counts of all volumes together."""
    numbers = [entry.name for entry in fields(Counts) if entry.name != "findings"]
    return Counts(
        **{name: sum(getattr(counts, name) for counts in volumes) for name in numbers},
        findings=_summed_findings([counts.findings for counts in volumes]),
    )


def _by_severity(findings: Iterable[Finding]) -> dict[Severity, int]:
    numbers = Counter(finding.severity for finding in findings if not finding.decided)
    return {severity: numbers[severity] for severity in SEVERITIES}


def _summed_findings(counts: Sequence[Mapping[Severity, int]]) -> dict[Severity, int]:
    return {severity: sum(by_severity.get(severity, 0) for by_severity in counts) for severity in SEVERITIES}
