"""The findings as a table for a spreadsheet: one row each, with room for an editor's decision, told apart by key."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from align.export.spreadsheet import Cell, Column
from align.model import Page
from align.web.report.quotations import Quotation, QuotationKind
from align.web.report.view_model import ShownFinding, ShownPage

DECISIONS = ("confirmed", "dismissed", "mended", "later")
COLUMNS = (
    Column("key", 18),
    Column("rank", 6),
    Column("severity", 9),
    Column("code", 22),
    Column("score", 7),
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
    Column("decision", 12, DECISIONS),
    Column("editor's note", 40),
)


def table_rows(
    findings: Iterable[ShownFinding], pages: Mapping[str, Mapping[int, ShownPage]]
) -> Iterator[tuple[Cell, ...]]:
    """The rows, in the order given; `pages` by volume and order. The two last cells are the editor's."""
    for rank, own in enumerate(findings, start=1):
        finding = own.finding
        named = pages.get(own.volume or "", {}) if own.change != "gone" else {}
        seen = [named[order] for order in finding.pages if order in named]
        yield (
            finding.key,
            rank,
            finding.severity,
            finding.code,
            finding.score,
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
            "",
            "",
        )


def _scan(page: Page) -> str:
    return page.scan.path if page.scan.index is None else f"{page.scan.path}#{page.scan.index + 1}"


def _boxes(xywh: tuple[int, int, int, int]) -> str:
    return ",".join(str(value) for value in xywh)


def _text(quotations: Iterable[Quotation], kind: QuotationKind) -> str:
    return "\n".join(quotation.text for quotation in quotations if quotation.kind == kind and quotation.text)
