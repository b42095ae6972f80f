"""The findings as a table for a spreadsheet: one row each, an editor's decision first, told apart by key."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from urllib.parse import urlencode

from align.decisions.subjects import finding_content, unchanged
from align.decisions.table import COMMENT, DECISION, EVENT, KEY, READING, SECOND, YES, cells_of, choices
from align.export.images.place_pictures import Picture
from align.export.spreadsheet import Cell, Column, Link
from align.export.viewer_addresses import viewer_address
from align.model import Page
from align.model.decision import Event, Subject
from align.web.report.quotations import Quotation, QuotationKind
from align.web.report.view_model import SEVERITIES, ShownFinding, ShownPage

COLUMNS = (
    Column(DECISION, 16, choices("finding")),
    Column(COMMENT, 30),
    Column(READING, 18),
    Column(SECOND, 8, (YES,)),
    Column("place", pictured=True),
    Column("in the report", 12),
    Column("in the viewer", 12),
    Column(KEY, 18, opaque=True),
    Column("rank", 6),
    Column("severity", 9),
    Column("code", 22),
    Column("score", 7),
    Column("likely here", 10),
    Column("change", 8),
    Column("volume", 12),
    Column("document", 14),
    Column("page", 10),
    Column("scan", 22),
    Column("box", 20),
    Column("message", 50),
    Column("scan text", 50),
    Column("source text", 50),
    Column("transcription", 50),
    Column("translation", 50),
    Column("suggestion", 40),
    Column("text", 34),
    Column("finding", 18),
    Column("decided by", 24),
    Column(EVENT, 34, opaque=True),
)


def table_rows(
    findings: Iterable[ShownFinding],
    pages: Mapping[str, Mapping[int, ShownPage]],
    standing: Mapping[Subject, Event],
    pictures: Mapping[str, Picture],
) -> Iterator[tuple[Cell, ...]]:
    """The rows, in the order given; `pages` by volume and order, `pictures` of places by the key of the finding."""
    for rank, own in enumerate(findings, start=1):
        finding = own.finding
        named = pages.get(own.volume or "", {}) if own.change != "gone" else {}
        seen = [named[order] for order in finding.pages if order in named]
        event = standing.get(Subject("finding", finding.key))
        yield (
            *cells_of(event),
            pictures.get(finding.key),
            Link("report", _in_report(finding.key)),
            _in_viewer(own, seen),
            finding.key,
            rank,
            finding.severity,
            finding.code,
            finding.score,
            "" if finding.calibrated is None else finding.calibrated,
            own.change or "",
            own.volume or "",
            finding.document or "",
            ", ".join(page.name.short for page in seen),
            ", ".join(dict.fromkeys(_scan(page.page) for page in seen)),
            _boxes(finding.areas[0].boxes[0].xywh) if finding.areas else "",
            finding.message,
            finding.scan_text or "",
            finding.source_text or "",
            _text(own.quotations, "transcription"),
            _text(own.quotations, "translation"),
            finding.suggestion or "",
            finding.text or "",
            finding.id,
            _decided_by(event, own),
            event.event if event else "",
        )


def _in_report(key: str) -> str:
    """The address of the report's list with this finding alone, whatever its severity."""
    return "index.html#" + urlencode({"severity": " ".join(SEVERITIES), "q": key})


def _in_viewer(own: ShownFinding, seen: list[ShownPage]) -> Link | None:
    """The address at which the viewer opens: the sentence, else the page, else the document."""
    if own.volume is None or own.change == "gone":
        return None
    parts: list[str] = []
    if own.finding.document is not None and (own.sentence or not seen):
        parts += ["d", own.finding.document, *(["s", own.sentence] if own.sentence else [])]
    elif seen:
        parts += ["p", seen[0].page.key]
    return Link("viewer", "../" + viewer_address(own.volume, *parts))


def _decided_by(event: Event | None, own: ShownFinding) -> str:
    """Who decided and when, and whether on a text that has changed since."""
    if event is None:
        return ""
    earlier = "" if unchanged(event.content, finding_content(own.finding)) else ", on an earlier text"
    return f"{event.by}, {event.time[:10]}{earlier}"


def _scan(page: Page) -> str:
    return page.scan.path if page.scan.index is None else f"{page.scan.path}#{page.scan.index + 1}"


def _boxes(xywh: tuple[int, int, int, int]) -> str:
    return ",".join(str(value) for value in xywh)


def _text(quotations: Iterable[Quotation], kind: QuotationKind) -> str:
    return "\n".join(quotation.text for quotation in quotations if quotation.kind == kind and quotation.text)
