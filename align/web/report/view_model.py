"""What the report shows: findings in their rank, pages with their state, documents with their counts."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from align.export.documents import titles
from align.linking.findings.weights import weight
from align.model import Document, Finding, Link, Page, PageName, Polygon, Severity, Status, VolumeResult
from align.web.report.compare import Change, Comparison, LocatedFinding
from align.web.report.page_views import Mark, View, gap_view, outlined_view, whole_view
from align.web.report.proposals import Proposal, proposal
from align.web.report.quotations import ABSENT, Quotation, VolumeTexts, loose_quotations, quotations, reasons

PageState = Literal["ok", "note", "warning", "error", "blank", "failed"]
SEVERITIES: tuple[Severity, ...] = ("error", "warning", "note")
STATUSES: tuple[Status, ...] = ("linked", "partial", "doubtful", "unlinked", "apart")
# Of a finding on many pages so many are pictured; the others are named.
MOST_VIEWS = 4


@dataclass(frozen=True, slots=True)
class ShownFinding:
    """A finding with what an editor needs to judge it.

    `reason` is by language ("en", "ru"); `change` is "gone" for a finding of the earlier run alone. `sentence` is the
    key of the sentence that it is about, at which the viewer opens.
    """

    volume: str | None
    finding: Finding
    reason: Mapping[str, str]
    quotations: tuple[Quotation, ...]
    views: tuple[View, ...]
    change: Change | Literal["gone"] | None = None
    proposal: Proposal | None = None
    sentence: str | None = None


@dataclass(frozen=True, slots=True)
class ShownPage:
    """A page with what is worst on it, and how many findings name it."""

    volume: str
    page: Page
    state: PageState
    findings: int

    @property
    def name(self) -> PageName:
        """What names the page to an editor."""
        return PageName.of(self.page)


@dataclass(frozen=True, slots=True)
class ShownDocument:
    """A document with its title if it has one, its pages, its sentences by status, its findings by severity."""

    volume: str
    document: Document
    title: str | None
    pages: tuple[int, ...]
    sentences: Mapping[Status, int]
    findings: Mapping[Severity, int]


@dataclass(frozen=True, slots=True)
class ShownVolume:
    """What the report shows of one volume; its findings are in the order of their rows."""

    name: str
    pages: tuple[ShownPage, ...]
    documents: tuple[ShownDocument, ...]
    findings: tuple[ShownFinding, ...]


def shown_volume(results: VolumeResult) -> ShownVolume:
    """A volume as the report shows it."""
    texts = VolumeTexts(results)
    findings = tuple(
        ShownFinding(
            results.volume, own, reasons(own), quotations(own, texts), views(own, texts),
            proposal=proposal(own, results.contents), sentence=_sentence(own, texts),
        )
        for own in results.findings
    )  # fmt: skip
    return ShownVolume(
        results.volume, _pages(results), tuple(_documents(results.documents, results.links, results)), findings
    )


def _sentence(finding: Finding, texts: VolumeTexts) -> str | None:
    """The key of the first sentence that the finding names, or of the one that its first span is in; else None."""
    for link in texts.sentences(finding):
        return link.key
    for start, _ in finding.spans[:1]:
        for link in texts.texts.get(finding.text or "", ()):
            if any(start < end for _, end in link.spans):
                return link.key
    return None


def loose_findings(findings: Iterable[Finding], volume: str | None = None) -> tuple[ShownFinding, ...]:
    """Findings without a page: of no volume, or of an earlier run whose scans may be gone."""
    return tuple(ShownFinding(volume, own, _messages(own), loose_quotations(own), ()) for own in findings)


def _messages(finding: Finding) -> dict[str, str]:
    return {language: finding.wording(language).message for language in ("en", *finding.translations)}


def with_changes(findings: Sequence[ShownFinding], changes: Sequence[Change]) -> list[ShownFinding]:
    """The findings, each with what became of it since the earlier run."""
    return [replace(own, change=change) for own, change in zip(findings, changes, strict=True)]


def gone_findings(comparison: Comparison) -> tuple[ShownFinding, ...]:
    """The findings that only the earlier run had."""
    return tuple(
        ShownFinding(own.volume, own.finding, _messages(own.finding), loose_quotations(own.finding), (), "gone")
        for own in comparison.gone
    )


def ranked(findings: Iterable[ShownFinding], volumes: Sequence[str]) -> tuple[ShownFinding, ...]:
    """The findings as an editor should take them: the gravest first, of these those that it costs most to pass over.

    What the earlier run alone had comes last.
    """
    return _sorted(findings, volumes, weight)


def ranked_by_score(findings: Iterable[ShownFinding], volumes: Sequence[str]) -> tuple[ShownFinding, ...]:
    """The findings by severity and score alone, whatever was decided here and whatever they cost."""
    return _sorted(findings, volumes, lambda finding: finding.score)


def _sorted(
    findings: Iterable[ShownFinding], volumes: Sequence[str], first: Callable[[Finding], float]
) -> tuple[ShownFinding, ...]:
    """The findings by severity, then the largest first, then as the pages come."""
    place = {name: i for i, name in enumerate(volumes)}

    def rank(own: ShownFinding) -> tuple[bool, int, float, int, int, str]:
        finding = own.finding
        return (
            own.change == "gone",
            SEVERITIES.index(finding.severity),
            -first(finding),
            place.get(own.volume or "", -1),
            min(finding.pages, default=0),
            finding.id,
        )

    return tuple(sorted(findings, key=rank))


def severity_counts(findings: Iterable[ShownFinding]) -> dict[Severity, int]:
    """How many findings of each severity there are now, without those that an editor decided."""
    counts = Counter(own.finding.severity for own in findings if own.change != "gone" and not own.finding.decided)
    return {severity: counts[severity] for severity in SEVERITIES}


def as_located(volume: ShownVolume) -> tuple[LocatedFinding, ...]:
    """The findings of a volume as they are compared."""
    keys = {own.page.order: own.page.key for own in volume.pages}
    return tuple(
        LocatedFinding(volume.name, own.finding, frozenset(keys[o] for o in own.finding.pages if o in keys))
        for own in volume.findings
    )


def views(finding: Finding, texts: VolumeTexts) -> tuple[View, ...]:
    """Where to look: the finding's areas, or the gap between its neighbours, or its pages, a few of them."""

    def seen(order: int) -> Page | None:
        page = texts.pages.get(order)
        return page if page is not None and page.frame is not None else None

    outlines: dict[int, list[Polygon]] = defaultdict(list)
    for area in finding.areas:
        outlines[area.page] += area.polygons
    absent = finding.code in ABSENT
    found = []
    if absent and not any(link.areas for link in texts.sentences(finding)):
        found = _gap(finding, texts, seen)
    if not found:
        mark: Mark = "around" if absent else "lines"
        found = [outlined_view(page, own, mark=mark) for order, own in outlines.items() if (page := seen(order))]
    if not found and finding.sentences:
        found = _gap(finding, texts, seen)
    if not found:
        for order in dict.fromkeys(finding.pages):
            if page := seen(order):
                label = _label_line(page, finding)
                found.append(whole_view(page) if label is None else outlined_view(page, page.lines[label].drawn))
    return tuple(found[:MOST_VIEWS])


def _gap(finding: Finding, texts: VolumeTexts, seen: Callable[[int], Page | None]) -> list[View]:
    before, after = texts.around(finding)
    if before is not None and after is not None and before.page == after.page:
        page = seen(before.page)
        return [gap_view(page, before, after)] if page else []
    found = []
    if before is not None and (page := seen(before.page)):
        found.append(gap_view(page, before, None))
    if after is not None and (page := seen(after.page)):
        found.append(gap_view(page, None, after))
    return found


def _label_line(page: Page, finding: Finding) -> int | None:
    """The line that shows the page's number, where the finding is about that number."""
    if finding.scan_text is None or finding.scan_text != page.label:
        return None
    return next((i for i, line in enumerate(page.lines) if line.role == "page-number" and line.drawn), None)


def _undecided(results: VolumeResult) -> Iterator[Finding]:
    """The findings that count: no editor has decided them."""
    return (finding for finding in results.findings if not finding.decided)


def _pages(results: VolumeResult) -> tuple[ShownPage, ...]:
    worst: dict[int, int] = {}
    counts: Counter[int] = Counter()
    for finding in _undecided(results):
        for order in dict.fromkeys(finding.pages):
            counts[order] += 1
            worst[order] = min(worst.get(order, len(SEVERITIES)), SEVERITIES.index(finding.severity))
    # Without its lines and words: those of a thousand pages take hundreds of megabytes, and their places are known.
    bare = [replace(page, lines=()) for page in results.pages]
    return tuple(ShownPage(results.volume, p, _state(p, worst.get(p.order)), counts[p.order]) for p in bare)


def _state(page: Page, worst: int | None) -> PageState:
    if page.status == "failed":
        return "failed"
    severity = None if worst is None else SEVERITIES[worst]
    if page.status == "blank" and severity in (None, "note"):
        return "blank"
    return severity or "ok"


def _documents(documents: Sequence[Document], links: Sequence[Link], results: VolumeResult) -> Iterable[ShownDocument]:
    sentences: dict[str, Counter[Status]] = defaultdict(Counter)
    findings: dict[str, Counter[Severity]] = defaultdict(Counter)
    for link in links:
        sentences[link.document][link.status] += 1
    for finding in _undecided(results):
        if finding.document is not None:
            findings[finding.document][finding.severity] += 1
    named = titles(documents, links)
    for own in documents:
        name = own.document
        yield ShownDocument(
            results.volume,
            own,
            None if named[name].text == name else named[name].text,
            tuple(dict.fromkeys(page for page, _ in own.areas)),
            {status: sentences[name][status] for status in STATUSES},
            {severity: findings[name][severity] for severity in SEVERITIES},
        )
