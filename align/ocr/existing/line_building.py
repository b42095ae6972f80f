"""A line built from the pieces that a file states: each word keeps its own place, and others get one beside it.

One bad place never spoils the good ones beside it. A word whose place is missing or absurd gets what is left between
its neighbours, or between them and the ends of the line. Where nothing is left there, it is left out.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from statistics import median

from align.model import Box, Line, Point, Polygon, Rotation, Word
from align.ocr.existing.stated import Outline, Piece, around, clean, has_extent, right_to_left

# A word that is higher than this many lines is no word: some programs state the whole page as its place.
_MOST_LINES = 3.0
# A word has room if each letter has this share of the width that letters of the line usually have.
_LEAST_WIDTH = 0.3


@dataclass(frozen=True, slots=True)
class Built:
    """The line, None where it has no text or no place; and the words, in order, whose place could not be used."""

    line: Line | None
    misplaced: tuple[str, ...] = ()


def built_line(stated: Sequence[Piece], outline: Outline | None, *, region: int, turn: Rotation) -> Built:
    """The line of these pieces; words without a place get what is left of the line's outline, by their letters.

    `turn`: the clockwise turn that makes the line upright; it decides along which side the outline is cut.
    """
    pieces = [replace(piece, text=clean(piece.text)) for piece in stated]
    pieces = _without_towers([piece for piece in pieces if piece.text], outline, turn)
    misplaced = {n for n, piece in enumerate(pieces) if piece.absurd}
    placed = _placed(pieces, outline, turn)
    misplaced.update(n for n, place in enumerate(placed) if place is None)
    words = [
        Word(token, Box.around(part), Polygon(part), piece.confidence)
        for piece, place in zip(pieces, placed, strict=True)
        if place is not None
        for token, part in zip(piece.text.split(), _cut(place, piece.text.split(), turn), strict=True)
    ]
    told = tuple(pieces[n].text for n in sorted(misplaced) if any(c.isalnum() for c in pieces[n].text))
    if not words:
        return Built(None, told)
    place = Box.union(word.box for word in words)
    polygon = Polygon(place.corners if outline is None else outline)
    # An outline that is not where the words are is a mistake of the program that wrote it.
    if polygon.box.intersection(place) is None:
        polygon = Polygon(place.corners)
    return Built(Line(tuple(words), polygon, region=region), told)


def _without_towers(pieces: Sequence[Piece], line: Outline | None, turn: Rotation) -> list[Piece]:
    """The pieces; those that are much higher than their line and its other words have no place."""
    across = 1 if turn in (0, 180) else 0
    heights = [_extent(piece.outline, across) for piece in pieces if piece.outline is not None]
    if line is None or not heights:
        return list(pieces)
    most = _MOST_LINES * max(_extent(line, across), median(heights) if len(heights) > 2 else 0.0)
    return [
        replace(piece, outline=None, absurd=True)
        if piece.outline is not None and _extent(piece.outline, across) > most
        else piece
        for piece in pieces
    ]


def _placed(pieces: Sequence[Piece], line: Outline | None, turn: Rotation) -> list[Outline | None]:
    """The place of each piece; None where it states none and no room is left for it."""
    axis, backwards = _direction([piece.text for piece in pieces], turn)
    places = [piece.outline for piece in pieces]
    known = [place for place in places if place is not None]
    if line is None and not known:
        return places
    base = around(known) if line is None else line
    # A letter and the spaces around it, as wide as in the pieces that have a place.
    letters = sum(len(piece.text) for piece in pieces if piece.outline is not None)
    letter = sum(_extent(place, axis) for place in known) / letters if letters else 0.0
    for missing, group in groupby(range(len(pieces)), key=lambda n: pieces[n].outline is None):
        run = list(group)
        if not missing:
            continue
        sides = [pieces[run[0] - 1].outline if run[0] else None, None]
        sides[1] = pieces[run[-1] + 1].outline if run[-1] + 1 < len(pieces) else None
        left, right = reversed(sides) if backwards else sides
        low = min(p[axis] for p in base) if left is None else max(p[axis] for p in left) + letter / 2
        high = max(p[axis] for p in base) if right is None else min(p[axis] for p in right) - letter / 2
        tokens = [pieces[n].text for n in run]
        if high - low > _LEAST_WIDTH * letter * sum(map(len, tokens)):
            for n, part in zip(run, _cut(_strip(base, axis, low, high), tokens, turn), strict=True):
                places[n] = part
    return places


def _direction(tokens: Sequence[str], turn: Rotation) -> tuple[int, bool]:
    """The axis along which words follow one another (0 for x, 1 for y), and whether they run towards lower numbers."""
    return 0 if turn in (0, 180) else 1, (turn in (90, 180)) != right_to_left("".join(tokens))


def _extent(outline: Outline, axis: int) -> float:
    return max(p[axis] for p in outline) - min(p[axis] for p in outline)


def _cut(outline: Outline, tokens: Sequence[str], turn: Rotation) -> Iterator[Outline]:
    """The parts of an outline that belong to the tokens, in proportion to their letters and the spaces between them."""
    if len(tokens) == 1:
        yield outline
        return
    axis, backwards = _direction(tokens, turn)
    low = min(point[axis] for point in outline)
    extent = max(point[axis] for point in outline) - low
    total, start = sum(map(len, tokens)) + len(tokens) - 1, 0
    for token in tokens:
        a, b = start / total, (start + len(token)) / total
        if backwards:
            a, b = 1 - b, 1 - a
        yield _strip(outline, axis, low + a * extent, low + b * extent)
        start += len(token) + 1


def _strip(outline: Outline, axis: int, low: float, high: float) -> Outline:
    """The part of an outline between two levels of x (axis 0) or y (axis 1) (Sutherland & Hodgman 1974)."""
    kept = _side(_side(outline, axis, low, 1.0), axis, high, -1.0)
    if len(kept) >= 3 and has_extent(kept):
        return kept
    (left, top), _, (right, bottom), _ = around([outline])
    return around([((low, top), (high, bottom))]) if axis == 0 else around([((left, low), (right, high))])


def _side(outline: Outline, axis: int, level: float, sign: float) -> Outline:
    """The part of an outline on one side of a level: beyond it with sign 1, before it with -1."""
    kept: list[Point] = []
    for (x0, y0), (x1, y1) in zip(outline[-1:] + outline[:-1], outline, strict=True) if outline else ():
        before, here = (x0, y0)[axis] - level, (x1, y1)[axis] - level
        if before * here < 0:
            share = before / (before - here)
            kept.append((x0 + share * (x1 - x0), y0 + share * (y1 - y0)))
        if here * sign >= 0:
            kept.append((x1, y1))
    return tuple(kept)
