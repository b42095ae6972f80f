"""Which parts of a page belong to which document, so that the viewer can veil the other documents."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from align.model import Box, Transform, VolumeResult

# A share of the page's height, added above and below: strokes that stick out of a line's box belong to its document.
_PAD = 0.005


@dataclass(frozen=True, slots=True)
class Share:
    """The box of a run of lines of one document, in pixels of the upright page from its top left corner."""

    document: str
    box: Box


def shares(volume: VolumeResult, places: Mapping[int, tuple[Transform, Box]]) -> dict[int, list[Share]]:
    """The shares of each page with several documents, by order, in the order of its lines.

    One box for all lines of a document would be wrong: its footnote is below the next document. A share ends at a
    line of another document, and where the lines go on further up, in the next column. It is as wide as the page and a
    little higher than its lines, unless another document is there. `places` are the transforms to the upright
    pages, by order.
    """
    lines: dict[int, set[tuple[int, Box, str]]] = defaultdict(set)
    together = _together(volume)
    for link in volume.links:
        for area in link.areas:
            if area.page in together and area.page in places:
                lines[area.page] |= {
                    (n, box, link.document) for n, box in zip(area.lines, area.boxes, strict=True) if n is not None
                }
    return {order: _runs(own, *places[order]) for order, own in lines.items()}


def _together(volume: VolumeResult) -> set[int]:
    seen: dict[int, int] = defaultdict(int)
    for document in volume.documents:
        for order, _ in document.areas:
            seen[order] += 1
    return {order for order, number in seen.items() if number > 1}


def _runs(lines: set[tuple[int, Box, str]], to_upright: Transform, paper: Box) -> list[Share]:
    runs: list[Share] = []
    last: Box | None = None
    for _, scanned, document in sorted(lines, key=lambda own: (own[0], own[1].xywh, own[2])):
        placed = Box.around(to_upright.points(scanned.corners))
        box = Box(
            placed.left - paper.left, placed.top - paper.top, placed.right - paper.left, placed.bottom - paper.top
        )
        if last is not None and runs[-1].document == document and box.bottom > last.top:
            runs[-1] = Share(document, Box.union((runs[-1].box, box)))
        else:
            runs.append(Share(document, box))
        last = box
    return [_widened(run, runs, paper) for run in runs]


def _widened(run: Share, runs: list[Share], paper: Box) -> Share:
    pad = round(_PAD * paper.height)
    for by in (pad, 0):
        top, bottom = max(0, run.box.top - by), min(paper.height, run.box.bottom + by)
        if not any(own.document != run.document and own.box.top < bottom and top < own.box.bottom for own in runs):
            return Share(run.document, Box(0, top, paper.width, bottom))
    return run
