"""The order of pages and documents against the order of the texts.

A text says in which order its pages belong. The fewest pages that must be left out, so that the others are in the
text's order, are out of order; neighbours among them that belong together are one finding. Where the numbers printed
on the pages confirm their order, the text has another order, and not the pages.

Example: a text goes on over the pages 1, 2, 4, 3, 5: page 4 (or 3, one is enough) is out of order.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from align.linking.findings.catalogue.document_entries import DOCUMENT_OUT_OF_ORDER
from align.linking.findings.catalogue.page_entries import PAGE_OUT_OF_ORDER
from align.linking.links.rising import longest_rising
from align.model import Around, Finding, Link, Page, PageName, Span, key
from align.tuning.linking import LINKING, LinkingTuning


@dataclass(frozen=True, slots=True)
class Misplaced:
    """A page that stands elsewhere than its text asks for: the text's path, and the pages around there."""

    text: str
    before: int | None
    after: int | None


def misplaced_pages(
    pages: Sequence[Page], links: Sequence[Link], tuning: LinkingTuning = LINKING
) -> dict[int, Misplaced]:
    """The pages (by order) that stand elsewhere in the volume than the transcriptions ask for.

    A page whose own number says that it is in its place is none of them: there the text has another order. Nor is one
    of which only a part stands elsewhere in the text.
    """
    settled = settled_pages(pages)
    wrong: dict[int, Misplaced] = {}
    for text, shown in _shown(links, tuning.findings.shown_letters).items():
        orders = sorted(shown)
        places = [_middle(shown[order]) for order in orders]
        kept = longest_rising(places)
        steady = sorted((places[index], orders[index]) for index in kept)
        offsets, standing = [offset for offset, _ in steady], [order for _, order in steady]
        for index, order in enumerate(orders):
            if index in kept or order in settled:
                continue
            here = bisect_left(standing, order)
            low = offsets[here - 1] if here else 0
            high = offsets[here] if here < len(offsets) else None
            if _share_outside(shown[order], low, high) >= tuning.findings.moved_share:
                at = bisect_left(offsets, places[index])
                before = standing[at - 1] if at else None
                after = standing[at] if at < len(standing) else None
                wrong.setdefault(order, Misplaced(text, before, after))
    return wrong


def settled_pages(pages: Sequence[Page]) -> set[int]:
    """The pages (by order) whose printed numbers run on from, or to, those of the pages beside them."""
    numbers = {
        page.order: int(page.label)
        for page in pages
        if page.label is not None and page.label.isdecimal() and page.label_source in ("printed", "assigned")
    }
    settled = set()
    for order, number in numbers.items():
        beside = [numbers[other] - number == other - order for other in (order - 1, order + 1) if other in numbers]
        if beside and all(beside):
            settled.add(order)
    return settled


def page_order_findings(pages: Sequence[Page], misplaced: Mapping[int, Misplaced]) -> list[Finding]:
    """The misplaced pages, a run of them that belongs together as one finding."""
    by_order = {page.order: page for page in pages}
    findings = []
    run: list[int] = []
    for order in [*sorted(misplaced), None]:
        if run and (order is None or order != run[-1] + 1 or misplaced[order] != misplaced[run[0]]):
            findings.append(_out_of_order([by_order[o] for o in run], by_order, misplaced[run[0]]))
            run = []
        if order is not None:
            run.append(order)
    return findings


def _shown(links: Sequence[Link], shown_letters: int) -> dict[str, dict[int, list[Span]]]:
    """For each transcription and each page that shows enough of it, the ranges that it shows."""
    shown: dict[str, dict[int, list[Span]]] = defaultdict(lambda: defaultdict(list))
    for link in links:
        if link.kind != "transcription" or link.role not in ("body", "heading"):
            continue
        for area in link.areas:
            shown[link.text][area.page] += area.spans or ()
    return {
        text: {page: sorted(spans) for page, spans in own.items() if sum(b - a for a, b in spans) >= shown_letters}
        for text, own in shown.items()
    }


def _middle(spans: Sequence[Span]) -> int:
    """The offset in the middle of what these ranges, ascending, hold."""
    left = sum(end - start for start, end in spans) // 2
    for start, end in spans:
        if left < end - start:
            return start + left
        left -= end - start
    return spans[-1][1]


def _share_outside(spans: Sequence[Span], low: int, high: int | None) -> float:
    """The share of these ranges that is not between two offsets."""
    inside = sum(max(0, (end if high is None else min(end, high)) - max(start, low)) for start, end in spans)
    return 1 - inside / sum(end - start for start, end in spans)


def _out_of_order(run: Sequence[Page], pages: Mapping[int, Page], misplaced: Misplaced) -> Finding:
    before, after = (
        None if order is None else PageName.of(pages[order]) for order in (misplaced.before, misplaced.after)
    )
    return Finding(
        code=PAGE_OUT_OF_ORDER.code,
        severity=PAGE_OUT_OF_ORDER.severity,
        case="several" if len(run) > 1 else "one",
        values={
            "count": len(run),
            "first": PageName.of(run[0]),
            "file": misplaced.text.rsplit("/", 1)[-1],
            "around": Around(before, after),
        },
        subjects=tuple(page.key for page in run),
        text=misplaced.text,
        pages=tuple(page.order for page in run),
    )


def document_order_findings(documents: Sequence[str], links: Sequence[Link]) -> list[Finding]:
    """Documents out of order by name: the fewest that, left out, leave the rest in the order of the pages."""
    first: dict[str, tuple[int, int, int]] = {}
    for link in links:
        for area in link.areas:
            if area.lines_read:
                place = (area.page, area.lines_read[0], area.boxes[0].left)
                first[link.document] = min(first.get(link.document, place), place)
    placed = [d for d in documents if d in first]
    in_order = longest_rising([first[d] for d in placed])
    return [
        Finding(
            code=DOCUMENT_OUT_OF_ORDER.code,
            severity=DOCUMENT_OUT_OF_ORDER.severity,
            values={"document": document},
            subjects=(key(document),),
            document=document,
            pages=(first[document][0],),
        )
        for index, document in enumerate(placed)
        if index not in in_order
    ]
