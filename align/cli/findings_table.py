"""The findings in a terminal: a screen of the most serious ones, then the number of findings of each code."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from rich.cells import cell_len, chop_cells

from align.decisions.calibration import Alarms
from align.files.paths import shown
from align.model import Page, PageName
from align.web.report import Report
from align.web.report.differences import differences
from align.web.report.quotations import UNCOMPARED
from align.web.report.view_model import SEVERITIES, ShownFinding

# Findings that are listed, as many as fit a screen; all are in the report.
LISTED = 20
NARROWEST_COLUMNS = 80


def findings_table(report: Report, width: int, alarms: Sequence[Alarms] = ()) -> Iterator[str]:
    """The lines of the table, `width` columns wide at most (and 80 at least): findings by rank, then counts by code.

    Notes are counted and not listed. Findings that an editor decided are left out; the table says how many. At the end
    it says how often each kind was a false alarm (`alarms`).
    """
    width = max(width, NARROWEST_COLUMNS)
    now = [item for item in report.findings if item.change != "gone"]
    present = [item for item in now if not item.finding.decided]
    listed = [item for item in present if item.finding.severity != "note"]
    pages = {(volume.name, item.page.order): item.page for volume in report.volumes for item in volume.pages}
    yield from _rows(listed[:LISTED], pages, width)
    if len(listed) > LISTED:
        yield f"… and {len(listed) - LISTED} more."
    if listed:
        yield ""
    decided = f"; {len(now) - len(present)} more are decided" if len(now) > len(present) else ""
    yield f"{_totals(report)}{decided}."
    codes = Counter((SEVERITIES.index(item.finding.severity), item.finding.code) for item in present)
    for (severity, code), number in sorted(codes.items(), key=lambda item: (item[0][0], -item[1], item[0][1])):
        yield f"{number:6d}  {SEVERITIES[severity]:<8} {code}"
    yield from _false_alarms(alarms)
    if report.compared_with is not None:
        yield from _changes(report, width)


def _false_alarms(alarms: Sequence[Alarms]) -> Iterator[str]:
    if alarms:
        yield "False alarms among the findings that were decided here:"
    for own in alarms:
        yield f"{own.false:6d} of {own.decided:<5d} {_plain(own.code)}, {100 * own.share:.0f} %"


def _rows(findings: Sequence[ShownFinding], pages: dict[tuple[str, int], Page], width: int) -> Iterator[str]:
    if not findings:
        return
    cells = [("", "code", "document", "page", "what")]
    for item in findings:
        finding = item.finding
        first = pages.get((item.volume or "", finding.pages[0])) if finding.pages else None
        page = "" if first is None else PageName.of(first).short
        more = "+" if len(finding.pages) > 1 else ""
        cells.append((finding.severity, finding.code, finding.document or "", page + more, _what(item)))
    widths = [min(max(cell_len(_plain(row[i])) for row in cells), most) for i, most in enumerate((7, 21, 16, 7))]
    left = width - sum(widths) - 2 * len(widths)
    for row in cells:
        parts = [_fit(cell, size) for cell, size in zip(row, (*widths, left), strict=True)]
        yield "  ".join(parts).rstrip()


def _what(item: ShownFinding) -> str:
    """The words that distinguish the finding: the words that differ, the text that it is about, or its message."""
    finding = item.finding
    if finding.scan_text and finding.source_text and finding.code not in UNCOMPARED:
        sides = differences(finding.scan_text, finding.source_text)
        words = [" … ".join(piece.text for piece in side if piece.differs) for side in sides]
        if any(words):
            return f"{words[0] or '–'} ≠ {words[1] or '–'}"
        return f"{finding.scan_text} ≠ {finding.source_text}"
    return (
        (finding.source_text if finding.code in UNCOMPARED else finding.scan_text)
        or finding.source_text
        or finding.message
    )


def _totals(report: Report) -> str:
    counts = report.counts
    return "Findings: " + ", ".join(f"{counts[s]} {s}{'' if counts[s] == 1 else 's'}" for s in SEVERITIES)


def _changes(report: Report, width: int) -> Iterator[str]:
    counts = Counter(item.change for item in report.findings)
    yield ""
    yield f"Against {_plain(report.compared_with or '')}: " + ", ".join(
        f"{counts[change]} {change}" for change in ("new", "gone", "moved", "same")
    )
    for change in ("new", "gone", "moved"):
        changed = [item for item in report.findings if item.change == change and item.finding.severity != "note"]
        for item in changed[:LISTED]:
            what = f"{item.finding.code}: {_what(item)}"
            yield f"  {change:<5}  {_fit(what, width - 9)}".rstrip()
        if len(changed) > LISTED:
            yield f"  … and {len(changed) - LISTED} more {change}."


def _plain(text: str) -> str:
    """The text on one line, without characters that control a terminal."""
    return shown(" ".join(text.split()))


def _fit(text: str, width: int) -> str:
    """The text in exactly `width` columns of a terminal, padded or cut."""
    text = _plain(text[: 8 * width])
    if cell_len(text) > width:
        text = (chop_cells(text, width - 1) or [""])[0] + "…"
    return text + " " * (width - cell_len(text))
