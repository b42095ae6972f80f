"""The order of pages and documents against the order of the texts.

A text tells the order of the pages on which it stands. The fewest pages that must be left out for the others to stand
in the text's order are out of order; neighbours among them that belong together are one finding.

Example: a text goes on over the pages 1, 2, 4, 3, 5: page 4 (or 3, one is enough) is out of order.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Sequence
from typing import TypeVar

from align.linking.findings import Draft, page_name
from align.model import Link, Page, key

Place = TypeVar("Place", int, tuple[int, int, int])

# A page that shows fewer characters of a text than this says nothing of its order: a heading may stand anywhere.
SHOWN = 60


def page_order_findings(pages: Sequence[Page], links: Sequence[Link]) -> list[Draft]:
    """Pages that stand elsewhere in the volume than the transcriptions ask for, a run of them as one finding."""
    by_order = {page.order: page for page in pages}
    wrong: dict[int, tuple[str, int | None, int | None]] = {}
    for text, places in _places(links).items():
        orders = sorted(places)
        kept = longest_rising([places[order] for order in orders])
        steady = sorted((places[order], order) for index, order in enumerate(orders) if index in kept)
        offsets = [offset for offset, _ in steady]
        for index, order in enumerate(orders):
            if index not in kept:
                at = bisect_left(offsets, places[order])
                before = steady[at - 1][1] if at else None
                after = steady[at][1] if at < len(steady) else None
                wrong.setdefault(order, (text, before, after))
    drafts = []
    run: list[int] = []
    for order in sorted(wrong):
        if run and (order != run[-1] + 1 or wrong[order] != wrong[run[0]]):
            drafts.append(_out_of_order([by_order[o] for o in run], by_order, *wrong[run[0]]))
            run = []
        run.append(order)
    if run:
        drafts.append(_out_of_order([by_order[o] for o in run], by_order, *wrong[run[0]]))
    return drafts


def _places(links: Sequence[Link]) -> dict[str, dict[int, int]]:
    """For each transcription and each page that shows enough of it, the offset at which it begins there."""
    first: dict[str, dict[int, int]] = defaultdict(dict)
    shown: dict[tuple[str, int], int] = defaultdict(int)
    for link in links:
        if link.kind != "transcription" or link.role not in ("body", "heading"):
            continue
        for area in link.areas:
            for start, end in area.spans or ():
                first[link.text][area.page] = min(first[link.text].get(area.page, start), start)
                shown[link.text, area.page] += end - start
    return {
        text: {page: offset for page, offset in own.items() if shown[text, page] >= SHOWN}
        for text, own in first.items()
    }


def _out_of_order(
    run: Sequence[Page], pages: dict[int, Page], text: str, before: int | None, after: int | None
) -> Draft:
    name = page_name(run[0])
    what = f"{len(run)} pages, from {name} on, are" if len(run) > 1 else f"{name[0].upper()}{name[1:]} is"
    where = [f"{how} {page_name(pages[o])}" for how, o in (("after", before), ("before", after)) if o is not None]
    return Draft(
        code="page-out-of-order",
        severity="warning",
        message=f"{what} out of order: by the text of {text.rsplit('/', 1)[-1]} the place is {' and '.join(where)}.",
        subjects=tuple(page.key for page in run),
        text=text,
        pages=tuple(page.order for page in run),
        suggestion="Put the scans in this order (collection.toml: order), or the text.",
    )


def document_order_findings(documents: Sequence[str], links: Sequence[Link]) -> list[Draft]:
    """Documents out of order by name: the fewest that, left out, leave the rest in the order of the pages."""
    first: dict[str, tuple[int, int, int]] = {}
    for link in links:
        for area in link.areas:
            place = (area.page, area.lines[0], area.boxes[0].left)
            first[link.document] = min(first.get(link.document, place), place)
    found = [d for d in documents if d in first]
    kept = longest_rising([first[d] for d in found])
    return [
        Draft(
            "document-out-of-order",
            "note",
            f"By its name “{document}” comes elsewhere in the volume than where it stands on the pages.",
            (key(document),),
            document=document,
            pages=(first[document][0],),
        )
        for index, document in enumerate(found)
        if index not in kept
    ]


def longest_rising(places: Sequence[Place]) -> set[int]:
    """The indices of a longest rising subsequence (patience sorting; Fredman 1975).

    >>> sorted(longest_rising([1, 2, 4, 3, 5]))
    [0, 1, 3, 4]
    """
    tails: list[Place] = []
    ends: list[int] = []
    previous: list[int | None] = []
    for index, place in enumerate(places):
        at = bisect_left(tails, place)
        previous.append(ends[at - 1] if at else None)
        if at == len(tails):
            tails.append(place)
            ends.append(index)
        else:
            tails[at], ends[at] = place, index
    kept: set[int] = set()
    last = ends[-1] if ends else None
    while last is not None:
        kept.add(last)
        last = previous[last]
    return kept
