"""What a file states of a line and of a region, before it is known what of it can be used."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import atan2, degrees
from typing import cast

from align.model import Point, Rotation
from align.ocr.existing.building.cutting import extent, middle
from align.ocr.existing.stated import Outline, Piece, clean, right_to_left
from align.tuning.existing_ocr import EXISTING_OCR, ExistingOcrTuning


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


def turn_of(draft: Draft, tuning: ExistingOcrTuning = EXISTING_OCR) -> Rotation:
    """The turn that makes the line upright: as stated, or by its baseline, or as its shape has it; 0 is usual."""
    if draft.turn is not None:
        return draft.turn
    if draft.baseline is not None:
        return turn_along(draft.baseline[0], draft.baseline[-1])
    words = [(len(clean(piece.text)), piece.outline) for piece in draft.pieces if piece.outline is not None]
    whole = draft.outline or (words[0][1] if len(words) == 1 else None)
    if whole is None or extent(whole, 1) < tuning.upright * extent(whole, 0) or len(draft.content) < 4:
        return 0
    if any(letters > 1 and extent(place, 0) > extent(place, 1) for letters, place in words):
        return 0
    return 270 if len(words) > 1 and middle(words[-1][1], 1) > middle(words[0][1], 1) else 90
