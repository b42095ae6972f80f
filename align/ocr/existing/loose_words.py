"""Words that no line names: put into the line on which they lie, or one after the other into lines of their own."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from enum import Enum

from align.model import Rotation
from align.ocr.existing.building.claims import holds
from align.ocr.existing.building.cutting import direction, extent, high, low
from align.ocr.existing.rows import Row, turn_of_corners
from align.ocr.existing.stated import Piece

# Two words are on one level if they share this much of the lower one's height.
_LEVEL = 0.5
# In heights of a line: a space is wider than the one, and the next column begins behind the other.
_SPACE = 0.15
_COLUMN = 4.0
# A page has some hundred lines; so many are looked through for a word at most.
_MOST_ROWS = 1000


class Step(Enum):
    """How a word follows the one before it."""

    TOUCHES = "touches"
    SPACED = "spaced"
    NEW_LINE = "new line"


def step(before: Piece, after: Piece, turn: Rotation) -> Step:
    """How a word follows the one before it, by their places; behind a space where one of them states none."""
    one, other = before.outline, after.outline
    if one is None or other is None:
        return Step.SPACED
    axis, backwards = direction([before.text, after.text], turn)
    height = max(extent(one, 1 - axis), extent(other, 1 - axis))
    first, second = (other, one) if backwards else (one, other)
    gap = low(second, axis) - high(first, axis)
    if gap > _COLUMN * height or not _in_one_row(before, after, turn):
        return Step.NEW_LINE
    return Step.SPACED if gap > _SPACE * height else Step.TOUCHES


def _in_one_row(before: Piece, after: Piece, turn: Rotation) -> bool:
    """Whether a word stands behind another on the same level, however far."""
    one, other = before.outline, after.outline
    if one is None or other is None:
        return False
    axis, backwards = direction([before.text, after.text], turn)
    across = 1 - axis
    shared = min(high(one, across), high(other, across)) - max(low(one, across), low(other, across))
    first, second = (other, one) if backwards else (one, other)
    lowest = min(extent(one, across), extent(other, across))
    return shared >= _LEVEL * lowest and low(second, axis) >= low(first, axis)


def in_lines(pieces: Sequence[Piece]) -> list[list[Piece]]:
    """The words as lines: a new one begins where a word does not follow the one before it.

    A single word that is elsewhere, between two that follow each other, stays in their line.
    """
    turn = turn_of_corners(piece.outline for piece in pieces) or 0
    lines: list[list[Piece]] = []
    before: Piece | None = None
    strayed = False
    for n, piece in enumerate(pieces):
        follows = before is not None and step(before, piece, turn) is not Step.NEW_LINE
        if before is not None and not follows:
            if strayed and _in_one_row(before, piece, turn):
                follows = True
            elif n + 1 < len(pieces) and _in_one_row(before, pieces[n + 1], turn):
                lines[-1].append(piece)
                strayed = True
                continue
        if not follows:
            lines.append([])
        lines[-1].append(piece)
        before, strayed = piece, False
    return lines


def adopted(rows: Sequence[Row], loose: Sequence[Piece]) -> tuple[list[Row], list[int]]:
    """The rows with the words that lie on them and are in their text alone; and which of the words are left."""
    made, left = list(rows), []
    lacking = [Counter(row.text.split()) - Counter(piece.text for piece in row.pieces) for row in rows]
    rows_of: dict[str, list[int]] = {}
    for n, words in enumerate(lacking if loose else ()):
        for word in words:
            rows_of.setdefault(word, []).append(n)
    for k, piece in enumerate(loose):
        owners = rows_of.get(piece.text, [])[:_MOST_ROWS]
        owner = next((n for n in owners if lacking[n][piece.text] > 0 and _lies_on(piece, made[n])), None)
        if owner is None:
            left.append(k)
            continue
        lacking[owner][piece.text] -= 1
        made[owner] = replace(made[owner], pieces=_put_in(made[owner].pieces, piece))
    return made, left


def _lies_on(piece: Piece, row: Row) -> bool:
    return piece.outline is not None and row.outline is not None and holds(row.outline, piece.outline)


def _put_in(pieces: Sequence[Piece], piece: Piece) -> list[Piece]:
    """The words of a line and one more, before the first that stands behind it."""
    axis, backwards = direction([piece.text], turn_of_corners([piece.outline]) or 0)

    def begins(word: Piece) -> float:
        place = word.outline or ((0.0, 0.0),)
        return -high(place, axis) if backwards else low(place, axis)

    at = next((n for n, other in enumerate(pieces) if other.outline and begins(other) > begins(piece)), len(pieces))
    return [*pieces[:at], piece, *pieces[at:]]
