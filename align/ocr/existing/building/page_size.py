"""The stated size of a page as a claim: whether the lines of a file go on behind the edges of the page."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from align.ocr.existing.building.cutting import extent, high, low, middle
from align.ocr.existing.building.drafts import Draft
from align.ocr.existing.stated import Outline, around
from align.tuning.existing_ocr import EXISTING_OCR, ExistingOcrTuning


def is_too_small(drafts: Sequence[Draft], page: Outline, tuning: ExistingOcrTuning = EXISTING_OCR) -> bool:
    """Whether a page of this size cannot hold its lines: then its size is wrong, and not the places of some lines.

    A line that is elsewhere by mistake lies outside as a whole, and far from the line before it.
    """
    placed = [(place, len(draft.content)) for draft in drafts if (place := _place(draft)) is not None]
    behind = sum(_crosses(place, page, tuning) for place, _ in placed)
    behind += sum(_follows_below(one, other, page, tuning) for (one, _), (other, _) in pairwise(placed))
    outside = sum(letters for place, letters in placed if _is_outside(place, page))
    fewest = max(tuning.page_fewest_lines, tuning.page_lines * len(placed))
    return behind >= fewest or outside > tuning.page_letters * sum(letters for _, letters in placed)


def _place(draft: Draft) -> Outline | None:
    words = [piece.outline for piece in draft.pieces if piece.outline is not None]
    return draft.outline or (around(words) if words else None)


def _crosses(place: Outline, page: Outline, tuning: ExistingOcrTuning) -> bool:
    """Whether a line begins on the page and goes on behind its right or its lower edge."""
    return any(
        0 <= low(place, axis) < edge and high(place, axis) - edge > tuning.page_behind * extent(place, axis)
        for axis, edge in enumerate(page[2])
    )


def _follows_below(before: Outline, place: Outline, page: Outline, tuning: ExistingOcrTuning) -> bool:
    """Whether a line is below the page and next to the line before it."""
    gap = low(place, 1) - high(before, 1)
    return low(place, 1) >= page[2][1] and -extent(place, 1) < gap < tuning.page_next * extent(place, 1)


def _is_outside(place: Outline, page: Outline) -> bool:
    return any(middle(place, axis) > edge for axis, edge in enumerate(page[2]))
