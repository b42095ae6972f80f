"""A line built from the pieces that a file states: each word keeps its own place, and others get one beside it.

One bad place never spoils the good ones beside it. A word whose place is missing or absurd gets what is left between
its neighbours, or between them and the ends of the line. Where nothing is left there, it is left out.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from align.model import Box, Line, Polygon, Rotation, Word
from align.ocr.existing.building.claims import NOWHERE, Surroundings, believed
from align.ocr.existing.building.cutting import cut, direction, extent, high, low, strip
from align.ocr.existing.stated import Outline, Piece, around, cleaned
from align.tuning.existing_ocr import EXISTING_OCR, ExistingOcrTuning

_DOUBLE_HYPHEN = re.compile(r"(?<=[^\W\d_])[=\u2e17]\Z")


@dataclass(frozen=True, slots=True)
class Built:
    """The line, None where it has no text or no place; and the words, in order, whose place could not be used."""

    line: Line | None
    misplaced: tuple[str, ...] = ()


def built_line(
    stated: Sequence[Piece],
    outline: Outline | None,
    *,
    region: int,
    turn: Rotation,
    around_it: Surroundings = NOWHERE,
    sure: bool = False,
    tuning: ExistingOcrTuning = EXISTING_OCR,
) -> Built:
    """The line of these pieces; words without a place get what is left of the line's outline, by their letters.

    `turn`: the clockwise turn that makes the line upright; it decides along which side the outline is cut. `sure`: the
    words are known to be on the line, so that one without room shares the place of its neighbour.
    """
    pieces = _divided_at_end([piece for piece in map(cleaned, stated) if piece.text])
    pieces, outline = believed(pieces, outline, turn, around_it, tuning)
    misplaced = {n for n, piece in enumerate(pieces) if piece.absurd}
    placed = _placed(pieces, outline, turn, tuning)
    if sure:
        placed = _shared([piece.text for piece in pieces], placed, turn)
    misplaced.update(n for n, place in enumerate(placed) if place is None)
    words = [
        Word(token, Box.around(part), Polygon(part), piece.confidence)
        for piece, place in zip(pieces, placed, strict=True)
        if place is not None
        for token, part in zip(piece.text.split(), cut(place, piece.text.split(), turn), strict=True)
    ]
    told = tuple(pieces[n].text for n in sorted(misplaced) if any(c.isalnum() for c in pieces[n].text))
    if not words:
        return Built(None, told)
    place = Box.union(word.box for word in words)
    polygon = Polygon(place.corners if outline is None else outline)
    if polygon.box.intersection(place) is None:
        polygon = Polygon(place.corners)
    return Built(Line(tuple(words), polygon, region=region), told)


def _divided_at_end(pieces: Sequence[Piece]) -> list[Piece]:
    """The pieces; a double hyphen behind a letter at the end of the line, as Fraktur has it, is a hyphen."""
    if not pieces or _DOUBLE_HYPHEN.search(pieces[-1].text) is None:
        return list(pieces)
    return [*pieces[:-1], replace(pieces[-1], text=f"{pieces[-1].text[:-1]}-")]


def _placed(
    pieces: Sequence[Piece], line: Outline | None, turn: Rotation, tuning: ExistingOcrTuning
) -> list[Outline | None]:
    """The place of each piece; None where it states none and no room is left for it."""
    axis, backwards = direction([piece.text for piece in pieces], turn)
    places = [piece.outline for piece in pieces]
    known = [place for place in places if place is not None]
    if line is None and not known:
        return places
    base = around(known) if line is None else line
    # A letter and the spaces around it, as wide as in the pieces that have a place.
    letters = sum(len(piece.text) for piece in pieces if piece.outline is not None)
    letter = sum(extent(place, axis) for place in known) / letters if letters else 0.0
    for missing, group in groupby(range(len(pieces)), key=lambda n: pieces[n].outline is None):
        run = list(group)
        if not missing:
            continue
        sides = [pieces[run[0] - 1].outline if run[0] else None, None]
        sides[1] = pieces[run[-1] + 1].outline if run[-1] + 1 < len(pieces) else None
        left, right = reversed(sides) if backwards else sides
        lower = low(base, axis) if left is None else high(left, axis) + letter / 2
        upper = high(base, axis) if right is None else low(right, axis) - letter / 2
        tokens = [pieces[n].text for n in run]
        if upper - lower > tuning.letter_room * letter * sum(map(len, tokens)):
            for n, part in zip(run, cut(strip(base, axis, lower, upper), tokens, turn), strict=True):
                places[n] = part
    return places


def _shared(texts: Sequence[str], places: Sequence[Outline | None], turn: Rotation) -> list[Outline | None]:
    """The places; texts without one share that of the text before them, or behind them at the line's begin."""
    shared = list(places)
    owners: dict[int, list[int]] = {}
    owner = next((n for n, place in enumerate(places) if place is not None), None)
    for n, place in enumerate(places):
        owner = n if place is not None else owner
        if owner is not None:
            owners.setdefault(owner, []).append(n)
    for one, group in owners.items():
        place = places[one]
        if place is not None and len(group) > 1:
            for n, part in zip(group, cut(place, [texts[n] for n in group], turn), strict=True):
                shared[n] = part
    return shared
