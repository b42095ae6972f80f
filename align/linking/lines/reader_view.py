"""Lines as the reader of a page sees them, whichever way it lies on its scan."""

from __future__ import annotations

from math import floor
from statistics import median

from align.model import Box, Page
from align.tuning.linking import LINKING, LinkingTuning


def upright_box(page: Page, index: int) -> Box:
    """The box of a line as `upright` gives it."""
    return upright(page, page.lines[index].box)


def upright(page: Page, box: Box) -> Box:
    """A box of the page in the reader's directions (x right, y down), in pixels from some point of the page.

    Such boxes of one page can be compared with each other. They are not places on the scan, and may be negative.
    """
    rotation = page.frame.rotation if page.frame else 0
    if rotation == 90:
        return Box(-box.bottom, box.left, -box.top, box.right)
    if rotation == 180:
        return Box(-box.right, -box.bottom, -box.left, -box.top)
    if rotation == 270:
        return Box(box.top, -box.right, box.bottom, -box.left)
    return box


def middle_down(page: Page, index: int) -> float:
    """How far down the page the middle of a line is, in pixels, as its reader sees it."""
    box = upright_box(page, index)
    return (box.top + box.bottom) / 2


def reading_ranks(page: Page, tuning: LinkingTuning = LINKING) -> list[int]:
    """For each line of a page its rank in reading order: the engine's order, but never a line before the one above it.

    An engine that stumbles over a stamp may give a line before the line above it. Lines beside each other, in columns
    or margins, stay in the engine's order.
    """
    boxes = [_level_box(page, index) for index in range(len(page.lines))]
    order: list[int] = []
    for index, box in enumerate(boxes):
        at = len(order)
        while at and _plainly_above(box, boxes[order[at - 1]], tuning):
            at -= 1
        order.insert(at, index)
    ranks = [0] * len(order)
    for rank, index in enumerate(order):
        ranks[index] = rank
    return ranks


def _level_box(page: Page, index: int) -> Box:
    """The upright box of a line, as high as its words usually are: dirt or a stroke may make one word higher."""
    boxes = [upright(page, word.box) for word in page.lines[index].words]
    top, bottom = median(box.top for box in boxes), median(box.bottom for box in boxes)
    return Box(min(box.left for box in boxes), floor(top), max(box.right for box in boxes), floor(bottom))


def _plainly_above(upper: Box, lower: Box, tuning: LinkingTuning) -> bool:
    """Whether a line is above another in the same column, however the two slope."""
    shared = min(upper.right, lower.right) - max(upper.left, lower.left)
    down = (lower.top + lower.bottom - upper.top - upper.bottom) / 2
    return shared > tuning.lines.same_column_share * min(
        upper.width, lower.width
    ) and down > tuning.lines.above_heights * min(upper.height, lower.height)
