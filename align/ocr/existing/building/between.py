"""Lines without a place, put between the lines beside them, into the room that their region or page has there."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import ceil

from align.model import Rotation
from align.ocr.existing.building.cutting import direction, extent, high, low, strip
from align.ocr.existing.stated import Outline, around
from align.tuning.existing_ocr import EXISTING_OCR, ExistingOcrTuning

# Most rows that one text is cut into: a longer one is no text of a page.
_MOST_ROWS = 300


@dataclass(frozen=True, slots=True)
class Type:
    """How high the lines of a page usually are, and how wide a letter; 0 where no line shows it."""

    height: float = 0.0
    letter: float = 0.0


def rows_between(
    area: Outline,
    texts: Sequence[str],
    sides: tuple[Outline | None, Outline | None],
    turn: Rotation,
    *,
    usual: Type,
    whole: bool,
    tuning: ExistingOcrTuning = EXISTING_OCR,
) -> list[tuple[str, Outline]]:
    """The texts in rows over what two lines leave of an area, each with its part; empty where there is no room.

    `whole`: each text is one row; else one that is too long for a row is divided at spaces.
    """
    axis, backwards = _rows(turn)
    first, last = reversed(sides) if backwards else sides
    lower = low(area, axis) if first is None else max(low(area, axis), high(first, axis))
    upper = high(area, axis) if last is None else min(high(area, axis), low(last, axis))
    along = extent(area, 1 - axis)
    most = tuning.row_highest * usual.height * sum(max(1, ceil(len(text) * usual.letter / along)) for text in texts)
    if most and first is not None and last is None:
        upper = min(upper, lower + most)
    elif most and first is None and last is not None:
        lower = max(lower, upper - most)
    height = upper - lower
    if height <= 0:
        return []
    rows = list(texts) if whole or _fit(texts, along, height, tuning) else _wrapped(texts, along, height, tuning)
    letter = min(usual.letter or along, along / max(map(len, rows)))
    if height < tuning.row_lowest * usual.height * len(rows):
        return []
    if letter * height < tuning.row_least_letter**2 * len(rows):
        return []
    area = strip(area, axis, lower, upper)
    if not whole or height > tuning.row_one_line * usual.height * len(rows):
        return list(_laid(rows, area, turn, letter))
    area = _from_their_begin(area, sides, direction(rows, turn)[1], 1 - axis)
    return [(row, _as_high_as_usual(part, usual.height, axis)) for row, part in _laid(rows, area, turn, letter)]


def _from_their_begin(
    area: Outline, sides: tuple[Outline | None, Outline | None], backwards: bool, along: int
) -> Outline:
    """The area from where the first of the lines beside it begins."""
    known = [side for side in sides if side is not None]
    lower, upper = low(area, along), high(area, along)
    if backwards:
        upper = max([high(side, along) for side in known], default=upper)
    else:
        lower = min([low(side, along) for side in known], default=lower)
    return strip(area, along, max(lower, low(area, along)), min(upper, high(area, along)))


def _as_high_as_usual(part: Outline, height: float, axis: int) -> Outline:
    """The middle of a row: as high as lines usually are."""
    middle = (low(part, axis) + high(part, axis)) / 2
    half = min(height, extent(part, axis)) / 2
    return strip(part, axis, middle - half, middle + half)


def _laid(rows: Sequence[str], area: Outline, turn: Rotation, letter: float) -> Iterator[tuple[str, Outline]]:
    """Each row with its part of the area; all parts are equally high, and as wide as the row has letters."""
    axis, backwards = _rows(turn)
    start, height = low(area, axis), extent(area, axis) / len(rows)
    for n, row in enumerate(rows):
        k = len(rows) - 1 - n if backwards else n
        part = strip(area, axis, start + k * height, start + (k + 1) * height)
        yield row, _beginning(part, row, 1 - axis, turn, letter)


def _fit(texts: Sequence[str], along: float, height: float, tuning: ExistingOcrTuning) -> bool:
    """Whether the texts can be a row each: letters so narrow, for lines so far apart, would be none."""
    return along / max(map(len, texts)) >= tuning.row_narrowest * height / len(texts)


def _wrapped(texts: Sequence[str], along: float, height: float, tuning: ExistingOcrTuning) -> list[str]:
    """The texts as rows that fit, as many as their letters need at the size that the area has for them."""
    for count in range(len(texts), _MOST_ROWS):
        rows = _filled(texts, max(1, ceil(along / (tuning.row_letter * height / count))))
        if len(rows) <= count:
            return rows
    return list(texts)


def _filled(texts: Sequence[str], most: int) -> list[str]:
    """The texts, each divided at spaces into rows of at most so many letters."""
    rows: list[str] = []
    for text in texts:
        row = ""
        for token in text.split():
            if row and len(row) + 1 + len(token) > most:
                rows.append(row)
                row = token
            else:
                row = f"{row} {token}".strip()
        rows.append(row)
    return rows


def _beginning(part: Outline, text: str, axis: int, turn: Rotation, letter: float) -> Outline:
    """The part of a row that the text takes up, from where it begins."""
    width = min(extent(part, axis), letter * len(text))
    if direction([text], turn)[1]:
        return strip(part, axis, high(part, axis) - width, high(part, axis))
    return strip(part, axis, low(part, axis), low(part, axis) + width)


def gap(before: Outline | None, after: Outline | None, page: Outline | None, turn: Rotation) -> Outline | None:
    """The area between two lines one after the other, as wide as both; without one of them, to the end of the page.

    None where the second does not follow the first, as at the begin of a column, or where there is neither.
    """
    axis, backwards = _rows(turn)
    sides = [outline for outline in (before, after) if outline is not None]
    if len(sides) < 2:
        if page is None or not sides:
            return None
        return strip(page, 1 - axis, low(sides[0], 1 - axis), high(sides[0], 1 - axis))
    first, last = reversed(sides) if backwards else sides
    if low(last, axis) <= high(first, axis) or low(last, 1 - axis) >= high(first, 1 - axis):
        return None
    return around(sides)


def _rows(turn: Rotation) -> tuple[int, bool]:
    """The axis along which lines follow one another, and whether they run towards lower numbers."""
    return 1 if turn in (0, 180) else 0, turn in (180, 270)
