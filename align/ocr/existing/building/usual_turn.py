"""The direction in which a page that does not state it is read: that of most words, for lines that do not show it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from align.model import Rotation
from align.ocr.existing.building.drafts import Draft, turn_by_words
from align.ocr.existing.building.fitting import fitted
from align.ocr.existing.stated import Piece
from align.tuning.existing_ocr import EXISTING_OCR, ExistingOcrTuning


def with_usual_turn(drafts: Sequence[Draft], tuning: ExistingOcrTuning = EXISTING_OCR) -> list[Draft]:
    """The drafts; on a page that lies turned, lines that state no direction have that in which most words follow.

    Then a line that has no words with places, or too few, is read as the others are.
    """
    if any(draft.turn is not None for draft in drafts):
        return list(drafts)
    steps = [_steps(draft.pieces) for draft in drafts]
    if not _of_most(sum(steps, Counter())):
        return list(drafts)
    # Words may be listed in another order than that of the line's text, which counts.
    steps = [_steps(fitted(draft.text, draft.pieces, tuning)) for draft in drafts]
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
