"""Places as claims: what a word, its line and the page say of one place, and which of them is believed.

A word is believed where it is in its line. Where all words are elsewhere, the line is believed, unless its outline
cannot be that of a line.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from statistics import median

from align.model import Rotation
from align.ocr.existing.building.cutting import direction, extent, high, low, middle, strip
from align.ocr.existing.stated import Outline, Piece, around

# A word or a line that is higher than this many others is none: some programs state the whole page as its place.
_MOST_LINES = 3.0
# A word is apart from its line if their middles are so many heights apart, and they share less than this of the lower.
_APART = 0.75
_SHARED = 0.25
# A word that is out of the line's ends by so many heights has another place than the line.
_BEYOND = 2.0
# A letter is at least so many heights wide; an outline with less for each letter is not that of its text.
_NARROWEST = 0.1


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What else a file says of a line's place: its page, its region, its baseline, and whether it is another's too."""

    page: Outline | None = None
    region: Outline | None = None
    baseline: Outline | None = None
    shared: bool = False


NOWHERE = Surroundings()


def believed(
    pieces: Sequence[Piece], line: Outline | None, turn: Rotation, around_it: Surroundings
) -> tuple[list[Piece], Outline | None]:
    """The pieces, without the places that cannot be, and the line's outline, None where it cannot be."""
    across = 1 if turn in (0, 180) else 0
    kept, line = _without_towers(pieces, line, across)
    words = [piece.outline for piece in kept if piece.outline is not None]
    if line is None or not words:
        return kept, line
    if _is_off(words, line, across):
        apart = {n for n, piece in enumerate(kept) if piece.outline is not None}
    else:
        apart = {n for n in range(len(kept)) if _is_apart(kept, n, line, across, turn)}
    if not apart:
        return kept, line
    if len(apart) == len(words) and not _believes_line(line, words, kept, across, around_it):
        return kept, None
    return [replace(p, outline=None, absurd=True) if n in apart else p for n, p in enumerate(kept)], line


def is_apart(one: Outline, other: Outline, axis: int) -> bool:
    """Whether two outlines lie beside each other along this axis: they hardly share any of it."""
    sizes = extent(one, axis), extent(other, axis)
    shared = min(high(one, axis), high(other, axis)) - max(low(one, axis), low(other, axis))
    return abs(middle(one, axis) - middle(other, axis)) > _APART * max(sizes) and shared < _SHARED * min(sizes)


def holds(outer: Outline, inner: Outline) -> bool:
    """Whether the middle of an outline is in the box around another."""
    return all(low(outer, axis) <= middle(inner, axis) <= high(outer, axis) for axis in (0, 1))


def is_too_narrow(outline: Outline, letters: int, across: int) -> bool:
    """Whether so many letters have no room in one line of this outline, by its length and how thick it is there."""
    along = extent(outline, 1 - across)
    return along**2 < _NARROWEST * letters * _area(outline)


def _area(outline: Outline) -> float:
    """The area inside of an outline (the surveyor's formula)."""
    turned = zip(outline, outline[1:] + outline[:1], strict=True)
    return abs(sum(x0 * y1 - x1 * y0 for (x0, y0), (x1, y1) in turned)) / 2


def _without_towers(pieces: Sequence[Piece], line: Outline | None, across: int) -> tuple[list[Piece], Outline | None]:
    """The pieces and the line; what is much higher than the line and its other words has no place."""
    heights = [extent(piece.outline, across) for piece in pieces if piece.outline is not None]
    usual = median(heights) if len(heights) > 2 else None
    own = None if line is None else extent(line, across)
    if own is not None and usual is not None and own > _MOST_LINES * usual:
        line, own = None, None
    if own is None and usual is None:
        return list(pieces), line
    most = _MOST_LINES * max(own or 0.0, usual or 0.0)
    return [
        replace(piece, outline=None, absurd=True)
        if piece.outline is not None and extent(piece.outline, across) > most
        else piece
        for piece in pieces
    ], line


def _is_off(words: Sequence[Outline], line: Outline, across: int) -> bool:
    """Whether all words are moved along their line, so that they begin and end far behind it, or far before it."""
    along = 1 - across
    whole = around(words)
    starts, ends = low(whole, along) - low(line, along), high(whole, along) - high(line, along)
    return starts * ends > 0 and min(abs(starts), abs(ends)) > _BEYOND * extent(line, across)


def _is_apart(pieces: Sequence[Piece], n: int, line: Outline, across: int, turn: Rotation) -> bool:
    """Whether the n-th piece is above or below its line, or beyond its ends and out of order."""
    word = pieces[n].outline
    if word is None:
        return False
    along = 1 - across
    beyond = max(low(line, along) - high(word, along), low(word, along) - high(line, along))
    if beyond > 0:
        return is_apart(word, line, across) or (
            beyond > _BEYOND * extent(line, across) and _is_out_of_order(pieces, n, along, turn)
        )
    here = strip(line, along, max(low(word, along), low(line, along)), min(high(word, along), high(line, along)))
    return is_apart(word, here, across)


def _is_out_of_order(pieces: Sequence[Piece], n: int, along: int, turn: Rotation) -> bool:
    backwards = direction([piece.text for piece in pieces], turn)[1]
    placed = [(k, middle(piece.outline, along)) for k, piece in enumerate(pieces) if piece.outline is not None]
    own = next(value for k, value in placed if k == n)
    before = [value for k, value in placed if k < n][-1:]
    after = [value for k, value in placed if k > n][:1]
    if backwards:
        before, after = after, before
    return any(value > own for value in before) or any(value < own for value in after)


def _believes_line(
    line: Outline, words: Sequence[Outline], pieces: Sequence[Piece], across: int, around_it: Surroundings
) -> bool:
    """Whether the line is where its outline says, and not where all its words are."""
    whole = around(words)
    if around_it.shared or is_too_narrow(line, sum(len(piece.text) for piece in pieces), across):
        return False
    for outer in (around_it.page, around_it.region):
        if outer is not None and holds(outer, line) != holds(outer, whole):
            return holds(outer, line)
    if around_it.baseline is not None:
        distances = [abs(middle(around_it.baseline, across) - middle(place, across)) for place in (line, whole)]
        return distances[0] <= distances[1]
    return True
