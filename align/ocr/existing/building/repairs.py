"""Outlines of lines repaired: cut at the page, made from the baseline, or divided where they are those of a block."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from statistics import median

from align.ocr.existing.building.between import Type, rows_between
from align.ocr.existing.building.claims import holds, is_apart, is_too_narrow
from align.ocr.existing.building.cutting import extent, high, low, strip
from align.ocr.existing.building.drafts import Draft, turn_of
from align.ocr.existing.stated import Outline, around, has_extent
from align.tuning.existing_ocr import EXISTING_OCR, ExistingOcrTuning


def repaired(
    drafts: Sequence[Draft], page: Outline | None, tuning: ExistingOcrTuning = EXISTING_OCR
) -> tuple[list[Draft], Type]:
    """The drafts, each with an outline that can be that of a line, or none; and what is usual for these lines."""
    inside = [_inside(draft, page) for draft in drafts]
    usual = _type(inside, tuning)
    lines = [_with_baseline(draft, usual, tuning) for draft in inside]
    return [line for draft in lines for line in _divided(draft, lines, usual, tuning)], usual


def _type(drafts: Sequence[Draft], tuning: ExistingOcrTuning) -> Type:
    heights, letters = [], []
    for draft in drafts:
        across = 1 if turn_of(draft, tuning) in (0, 180) else 0
        text = draft.content
        words = [piece.outline for piece in draft.pieces if piece.outline is not None]
        place = draft.outline or (around(words) if len(words) > 1 else None)
        if place is not None and text and not is_too_narrow(place, len(text), across, tuning):
            heights.append(extent(place, across))
            letters.append(extent(place, 1 - across) / len(text))
    return Type(median(heights), median(letters)) if heights else Type()


def _inside(draft: Draft, page: Outline | None) -> Draft:
    """The draft, its outline cut off at the edges of the page, unless it is quite outside."""
    inside = None if draft.outline is None else on_page(draft.outline, page)
    return draft if inside is None else replace(draft, outline=inside)


def on_page(outline: Outline, page: Outline | None) -> Outline | None:
    """The part of an outline that is on the page; None where nothing of it is."""
    if page is None:
        return outline
    for axis in (0, 1):
        lower, upper = low(page, axis), high(page, axis)
        if high(outline, axis) <= lower or low(outline, axis) >= upper:
            return None
        if low(outline, axis) < lower or high(outline, axis) > upper:
            outline = strip(outline, axis, lower, upper)
    return outline


def _with_baseline(draft: Draft, usual: Type, tuning: ExistingOcrTuning) -> Draft:
    """The draft, its outline made from its baseline where it has none, or one that is elsewhere or goes on behind it.

    People draw and correct baselines; outlines are made from them, and may be left behind.
    """
    line = draft.baseline
    if line is None:
        return draft
    across = 1 if turn_of(draft, tuning) in (0, 180) else 0
    made = _along(draft, line, usual, tuning)
    if not has_extent(made):  # the baseline runs across the direction that is stated for the line
        return draft
    outline = draft.outline
    words = [piece.outline for piece in draft.pieces if piece.outline is not None]
    if outline is None:
        return replace(draft, outline=made)
    if _is_off(line, outline, across, tuning):
        whole = around(words) if words else None
        is_words = whole is not None and not is_apart(whole, outline, across, tuning)
        return draft if is_words else replace(draft, outline=made)
    height = extent(outline, across) if not words else 0.0
    ends = low(line, 1 - across) - tuning.behind * height, high(line, 1 - across) + tuning.behind * height
    if height and (low(outline, 1 - across) < ends[0] or high(outline, 1 - across) > ends[1]):
        narrow = (
            max(low(line, 1 - across), low(outline, 1 - across)),
            min(high(line, 1 - across), high(outline, 1 - across)),
        )
        return replace(draft, outline=strip(outline, 1 - across, *narrow) if narrow[0] < narrow[1] else made)
    return draft


def _is_off(line: Outline, outline: Outline, across: int, tuning: ExistingOcrTuning) -> bool:
    """Whether a baseline is far above or below the outline."""
    lowest, highest = low(outline, across), high(outline, across)
    beyond = (highest - lowest) * tuning.below
    return high(line, across) < lowest - beyond or low(line, across) > highest + beyond


def _along(draft: Draft, line: Outline, usual: Type, tuning: ExistingOcrTuning) -> Outline:
    """The outline of a line that stands on this baseline."""
    turn = turn_of(draft, tuning)
    length = max(extent(line, 0), extent(line, 1))
    height = usual.height or tuning.letters_a_height * length / max(1, len(draft.content))
    axis, sign = {0: (1, -1.0), 180: (1, 1.0), 90: (0, -1.0), 270: (0, 1.0)}[turn]

    def moved(by: float) -> Outline:
        return tuple((x + by, y) if axis == 0 else (x, y + by) for x, y in line)

    return (*moved(sign * tuning.above * height), *reversed(moved(-sign * tuning.below * height)))


def _divided(draft: Draft, lines: Sequence[Draft], usual: Type, tuning: ExistingOcrTuning) -> list[Draft]:
    """The draft; where its outline is that of a block, the rows of its text, or the draft without that outline.

    A block that holds other lines says nothing of this one; a block of its own holds a paragraph.
    """
    outline = draft.outline
    if outline is None or any(piece.outline is not None for piece in draft.pieces):
        return [draft]
    text, turn = draft.content, turn_of(draft, tuning)
    across = 1 if turn in (0, 180) else 0
    if len(text) < tuning.block_letters:
        return [draft]
    if not is_too_narrow(outline, len(text), across, tuning):
        return [draft]
    if usual.height and extent(outline, across) < tuning.block * usual.height:
        return [draft]
    others = (other.outline for other in lines if other is not draft and other.outline is not None)
    if any(holds(outline, other) for other in others):
        return [replace(draft, outline=None, absurd=True)]
    rows = rows_between(outline, [text], (None, None), turn, usual=usual, whole=False, tuning=tuning)
    made = [replace(draft, pieces=(), text=row, outline=part, estimated=True) for row, part in rows]
    return made or [draft]
