"""What a file states of a line and of a region, before it is known what of it can be used."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from math import atan2, degrees
from typing import cast

from align.model import Point, Rotation
from align.ocr.existing.building.cutting import extent, middle
from align.ocr.existing.stated import Outline, Piece, clean, right_to_left

# A line that is so much higher than wide runs up or down the page.
_UPRIGHT = 2.0


@dataclass(frozen=True, slots=True)
class Draft:
    """A line: its words as pieces, its own text where it has one beside them, and all that is said of its place.

    `region` is the block it is in; `within` are all regions around it that have a text of their own. `turn`: the
    clockwise turn that makes it upright, where that is stated. `absurd`: a place is stated that can be none.
    """

    pieces: Sequence[Piece] = ()
    outline: Outline | None = None
    text: str = ""
    baseline: Outline | None = None
    region: int = 1
    within: frozenset[int] = frozenset()
    turn: Rotation | None = None
    language: str | None = None
    absurd: bool = False
    estimated: bool = False

    @property
    def content(self) -> str:
        """Its text, with single spaces: its own, or that of its pieces."""
        return clean(self.text) or clean(" ".join(piece.text for piece in self.pieces))


@dataclass(frozen=True, slots=True)
class DraftRegion:
    """A region: its outline, and its own text, whose rows stand on lines of their own."""

    outline: Outline | None = None
    text: str = ""


def with_usual_turn(drafts: Sequence[Draft]) -> list[Draft]:
    """The drafts; on a page that lies turned, lines that state no direction have that in which most words follow.

    Then a line that has no words with places, or too few, is read as the others are.
    """
    if any(draft.turn is not None for draft in drafts):
        return list(drafts)
    steps = [_steps(draft.pieces) for draft in drafts]
    usual = _of_most(sum(steps, Counter()))
    if not usual:
        return list(drafts)
    return [
        replace(draft, turn=usual) if draft.baseline is None and _of_most(own) in (None, usual) else draft
        for draft, own in zip(drafts, steps, strict=True)
    ]


def _steps(pieces: Sequence[Piece]) -> Counter[Rotation]:
    """The turns that make each word follow the one before it to the right: one that is elsewhere is outvoted."""
    pairs = pairwise(piece for piece in pieces if piece.outline is not None)
    return Counter(turn for pair in pairs if (turn := turn_by_words(pair)) is not None)


def _of_most(turns: Counter[Rotation]) -> Rotation | None:
    """The turn that has more than half of the votes."""
    turn, votes = turns.most_common(1)[0] if turns else (None, 0)
    return turn if 2 * votes > turns.total() else None


def turn_by_words(pieces: Sequence[Piece]) -> Rotation | None:
    """The turn that makes the words follow one another to the right; None where fewer than two have a place."""
    places = [piece.outline for piece in pieces if piece.outline is not None]
    if len(places) < 2 or right_to_left("".join(piece.text for piece in pieces)):
        return None
    first, last = ((middle(place, 0), middle(place, 1)) for place in (places[0], places[-1]))
    return None if first == last else turn_along(first, last)


def turn_along(start: Point, end: Point) -> Rotation:
    """The clockwise turn, in whole quarters, after which the end is to the right of the start."""
    return cast(Rotation, -round(degrees(atan2(end[1] - start[1], end[0] - start[0])) / 90) % 4 * 90)


def turn_of(draft: Draft) -> Rotation:
    """The turn that makes the line upright: as stated, or by its baseline, or as its shape has it; 0 is usual."""
    if draft.turn is not None:
        return draft.turn
    if draft.baseline is not None:
        return turn_along(draft.baseline[0], draft.baseline[-1])
    words = [(len(clean(piece.text)), piece.outline) for piece in draft.pieces if piece.outline is not None]
    whole = draft.outline or (words[0][1] if len(words) == 1 else None)
    if whole is None or len(draft.content) < 4 or extent(whole, 1) < _UPRIGHT * extent(whole, 0):
        return 0
    if any(letters > 1 and extent(place, 0) > extent(place, 1) for letters, place in words):
        return 0
    return 270 if len(words) > 1 and middle(words[-1][1], 1) > middle(words[0][1], 1) else 90
