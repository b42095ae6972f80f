"""Places as claims: what a word, its line and the page say of one place, and which of them is believed.

A word is believed where it is in its line. Where all words are elsewhere, the line is believed, unless its outline
cannot be that of a line.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from statistics import median

from align.model import Rotation
from align.ocr.existing.building.cutting import direction, ends, extent, high, low, middle, strip
from align.ocr.existing.stated import Outline, Piece, around, is_upright
from align.tuning.existing_ocr import EXISTING_OCR, ExistingOcrTuning


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What else a file says of a line's place: its page, its region, its baseline, and whether it is another's too.

    `places` are the outlines of all lines of the page in the order of reading, of which this is the one at `number`.
    """

    page: Outline | None = None
    region: Outline | None = None
    baseline: Outline | None = None
    shared: bool = False
    places: Sequence[Outline | None] = ()
    number: int = 0

    def in_order(self, place: Outline, across: int) -> int:
        """How many lines of the page are before and after this place as their order has it."""
        own = middle(place, across)
        return sum(
            (middle(other, across) - own) * (n - self.number) > 0
            for n, other in enumerate(self.places)
            if other is not None and n != self.number
        )


NOWHERE = Surroundings()


def believed(
    pieces: Sequence[Piece],
    line: Outline | None,
    turn: Rotation,
    around_it: Surroundings,
    tuning: ExistingOcrTuning = EXISTING_OCR,
) -> tuple[list[Piece], Outline | None]:
    """The pieces, without the places that cannot be, and the line's outline, None where it cannot be."""
    across = 1 if turn in (0, 180) else 0
    line = _unless_a_dot(pieces, line, across, tuning)
    pieces = _on_page(pieces, line, around_it.page)
    pieces = pieces if line is not None else _without_strays(pieces, across, tuning)
    kept, line = _without_towers(_without_spans(pieces, line, 1 - across, tuning), line, across, tuning)
    words = [piece.outline for piece in kept if piece.outline is not None]
    if line is None or not words:
        return kept, line
    if _is_off(words, line, across, tuning):
        apart = {n for n, piece in enumerate(kept) if piece.outline is not None}
    else:
        apart = {n for n in range(len(kept)) if _is_apart(kept, n, line, across, turn, tuning)}
    if not apart:
        return kept, line
    if len(apart) == len(words) and not _believes_line(line, words, kept, across, around_it, tuning):
        return kept, None
    return [replace(p, outline=None, absurd=True) if n in apart else p for n, p in enumerate(kept)], line


def is_apart(one: Outline, other: Outline, axis: int, tuning: ExistingOcrTuning = EXISTING_OCR) -> bool:
    """Whether two outlines lie beside each other along this axis: they hardly share any of it."""
    (low_one, high_one), (low_other, high_other) = ends(one, axis), ends(other, axis)
    sizes = high_one - low_one, high_other - low_other
    if abs((high_one + low_one) / 2 - (high_other + low_other) / 2) <= tuning.apart * max(sizes):
        return False
    return min(high_one, high_other) - max(low_one, low_other) < tuning.shared * min(sizes)


def holds(outer: Outline, inner: Outline) -> bool:
    """Whether the middle of an outline is in the box around another."""
    return all(low(outer, axis) <= middle(inner, axis) <= high(outer, axis) for axis in (0, 1))


def is_too_narrow(outline: Outline, letters: int, across: int, tuning: ExistingOcrTuning = EXISTING_OCR) -> bool:
    """Whether so many letters have no room in one line of this outline, by its length and how thick it is there."""
    return extent(outline, 1 - across) < tuning.narrowest_letter * letters * thickness(outline, across)


def thickness(outline: Outline, across: int) -> float:
    """How high an outline is in the mean, so that a slope makes it no higher: its area by its length."""
    turned = zip(outline, outline[1:] + outline[:1], strict=True)
    area = abs(sum([x0 * y1 - x1 * y0 for (x0, y0), (x1, y1) in turned])) / 2
    return area / extent(outline, 1 - across)


def _on_page(pieces: Sequence[Piece], line: Outline | None, page: Outline | None) -> Sequence[Piece]:
    """The pieces; those outside of the page have no place, if their line is on it, or others of a line without one."""
    if page is None:
        return pieces
    outside = [piece.outline is not None and _is_outside(piece.outline, page) for piece in pieces]
    inside = any(p.outline is not None and not out for p, out in zip(pieces, outside, strict=True))
    if not any(outside) or not (inside if line is None else holds(page, line)):
        return pieces
    return [
        replace(piece, outline=None, absurd=True) if out else piece for piece, out in zip(pieces, outside, strict=True)
    ]


def _without_strays(pieces: Sequence[Piece], across: int, tuning: ExistingOcrTuning) -> Sequence[Piece]:
    """The pieces of a line that states no place; one above or below all others, if these are in a row, has none."""
    known = [(piece.outline, n) for n, piece in enumerate(pieces) if piece.outline is not None]
    if len(known) < tuning.row_words:
        return pieces
    usual = median(middle(place, across) for place, _ in known)
    place, stray = max(known, key=lambda one: abs(middle(one[0], across) - usual))
    others = [other for other, n in known if n != stray]
    row = around(others)
    most = tuning.row_height * max(extent(one, across) for one in others)
    if extent(row, across) > most or not is_apart(place, row, across, tuning):
        return pieces
    return [replace(piece, outline=None, absurd=True) if n == stray else piece for n, piece in enumerate(pieces)]


def _is_outside(place: Outline, page: Outline) -> bool:
    def apart(one: tuple[float, float], other: tuple[float, float]) -> bool:
        return one[1] <= other[0] or one[0] >= other[1]

    return any(apart(ends(place, axis), ends(page, axis)) for axis in (0, 1))


def _unless_a_dot(
    pieces: Sequence[Piece], line: Outline | None, across: int, tuning: ExistingOcrTuning
) -> Outline | None:
    """The outline; None where it is too small for the text, and the places of the words are not."""
    words = [piece.outline for piece in pieces if piece.outline is not None]
    if line is None or not words:
        return line
    letters, longest = sum(len(piece.text) for piece in pieces), extent(line, 1 - across)
    is_dot = is_too_narrow(line, letters, across, tuning) and longest < extent(around(words), 1 - across)
    return None if is_dot else line


def _without_towers(
    pieces: Sequence[Piece], line: Outline | None, across: int, tuning: ExistingOcrTuning
) -> tuple[list[Piece], Outline | None]:
    """The pieces and the line; what is much higher than the line and its other words has no place."""
    own_heights = [None if piece.outline is None else thickness(piece.outline, across) for piece in pieces]
    heights = [height for height in own_heights if height is not None]
    usual = median(heights) if len(heights) > 2 else None
    own = None if line is None else thickness(line, across)
    if own is not None and usual is not None and own > tuning.tower * usual:
        line, own = None, None
    if own is None and usual is None:
        return list(pieces), line
    most = tuning.tower * max(own or 0.0, usual or 0.0)
    return [
        replace(piece, outline=None, absurd=True) if height is not None and height > most else piece
        for piece, height in zip(pieces, own_heights, strict=True)
    ], line


def _without_spans(pieces: Sequence[Piece], line: Outline | None, along: int, tuning: ExistingOcrTuning) -> list[Piece]:
    """The pieces; words of one place, and words wide enough for several that lie over others, have none.

    Where all words have the place of their line, none states a place of its own.
    """
    places = [None if piece.outline is None else around([piece.outline]) for piece in pieces]
    known = [place for place in places if place is not None]
    if len(known) < 2:
        return list(pieces)
    counts = Counter(known)
    if len(counts) == 1 and line is not None and _covers(known[0], line, along, tuning):
        return [replace(piece, outline=None) for piece in pieces]
    letters = [extent(p, along) / len(w.text) for p, w in zip(places, pieces, strict=True) if p is not None]
    most = tuning.wide_word * median(letters)

    def spans(n: int, place: Outline) -> bool:
        if extent(place, along) <= most * len(pieces[n].text):
            return False
        others = [
            k for k, other in enumerate(places) if k != n and other is not None and _covers(place, other, along, tuning)
        ]
        return sum(len(pieces[k].text) for k in others) >= tuning.letters_under

    return [
        replace(piece, outline=None, absurd=True)
        if place is not None and (counts[place] > 1 or spans(n, place))
        else piece
        for n, (place, piece) in enumerate(zip(places, pieces, strict=True))
    ]


def _covers(outer: Outline, inner: Outline, along: int, tuning: ExistingOcrTuning) -> bool:
    """Whether a place takes up almost all of the length of another."""
    (low_outer, high_outer), (low_inner, high_inner) = ends(outer, along), ends(inner, along)
    shared = min(high_outer, high_inner) - max(low_outer, low_inner)
    return shared >= tuning.covered * (high_inner - low_inner)


def _is_off(words: Sequence[Outline], line: Outline, across: int, tuning: ExistingOcrTuning) -> bool:
    """Whether all words are moved along their line, so that they begin and end far behind it, or far before it."""
    along = 1 - across
    whole = around(words)
    starts, ends = low(whole, along) - low(line, along), high(whole, along) - high(line, along)
    return starts * ends > 0 and min(abs(starts), abs(ends)) > tuning.beyond * extent(line, across)


def _is_apart(
    pieces: Sequence[Piece], n: int, line: Outline, across: int, turn: Rotation, tuning: ExistingOcrTuning
) -> bool:
    """Whether the n-th piece is above or below its line, or beyond its ends and out of order."""
    word = pieces[n].outline
    if word is None:
        return False
    along = 1 - across
    (begin, end), (first, last) = ends(word, along), ends(line, along)
    beyond = max(first - end, begin - last)
    if beyond > 0:
        return is_apart(word, line, across, tuning) or (
            beyond > tuning.beyond * extent(line, across)
            and (_is_out_of_order(pieces, n, along, turn) or _has_room(pieces, n, line, along, tuning))
        )
    if is_upright(line):  # its parts are as high as itself
        return is_apart(word, line, across, tuning)
    here = strip(line, along, max(begin, first), min(end, last))
    return is_apart(word, here, across, tuning)


def _has_room(pieces: Sequence[Piece], n: int, line: Outline, along: int, tuning: ExistingOcrTuning) -> bool:
    """Whether the words in a line leave the room that a word beyond its end would take up there."""
    word = pieces[n].outline
    inside = [p.outline for k, p in enumerate(pieces) if k != n and p.outline is not None and holds(line, p.outline)]
    if word is None or not inside:
        return False
    whole = around(inside)
    after = low(word, along) >= high(line, along)
    room = high(line, along) - high(whole, along) if after else low(whole, along) - low(line, along)
    return room >= tuning.room * extent(word, along)


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
    line: Outline,
    words: Sequence[Outline],
    pieces: Sequence[Piece],
    across: int,
    around_it: Surroundings,
    tuning: ExistingOcrTuning,
) -> bool:
    """Whether the line is where its outline says, and not where all its words are."""
    whole = around(words)
    if around_it.shared or is_too_narrow(line, sum(len(piece.text) for piece in pieces), across, tuning):
        return False
    for outer in (around_it.page, around_it.region):
        if outer is not None and holds(outer, line) != holds(outer, whole):
            return holds(outer, line)
    if around_it.baseline is not None:
        distances = [abs(middle(around_it.baseline, across) - middle(place, across)) for place in (line, whole)]
        return distances[0] <= distances[1]
    return around_it.in_order(line, across) >= around_it.in_order(whole, across)
