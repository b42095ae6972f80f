"""How much of a line can be read: what an engine made of dirt, strokes, stamps and bleed-through is no reading.

The evidence is the engine's confidence in each word, where it is stated, whether the volume's texts have the word or
its letters are in an order that they often have, and how high the word is beside the words of the text.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from statistics import median

from align.linking.words.letter_model import Familiarity
from align.linking.words.trust import sure
from align.model import Line, Page, Word
from align.text.fold import fold
from align.tuning.linking import LINKING, LinkingTuning


def legible_share(line: Line, familiar: Familiarity, usual_height: float, tuning: LinkingTuning = LINKING) -> float:
    """The share of a line's characters, 0..1, that are in words which can be read.

    `familiar` are the words of the volume's texts; `usual_height` is that of a word of the text, in pixels, or 0.
    """
    total = sum(len(word.text) for word in line.words)
    read = sum(len(word.text) for word in line.words if _is_legible(word, familiar, usual_height, tuning))
    return read / total


def _is_legible(word: Word, familiar: Familiarity, usual_height: float, tuning: LinkingTuning) -> bool:
    numbers = tuning.findings
    folded = fold(word.text).letters().text
    least, most = numbers.legible_heights
    height = min(word.box.width, word.box.height) if len(folded) > 2 else word.box.height
    if not folded or (usual_height and not least * usual_height <= height <= most * usual_height):
        return False
    if folded in familiar.words and len(folded) >= numbers.legible_known_letters:
        return sure(word) >= numbers.legible_known_confidence
    if sure(word) >= numbers.legible_confidence:
        return len(folded) > 1 or sure(word) >= numbers.legible_sign_confidence
    usual = familiar.strangeness(folded) <= numbers.legible_strangeness * (len(folded) + 1)
    return len(folded) > 2 and usual and sure(word) >= numbers.legible_likely_confidence


def usual_height(page: Page, claimed: Collection[int]) -> float:
    """The usual height of a word of the lines that some text claims, in pixels of the scan; 0 if there is none."""
    words = _words(page.lines[i] for i in claimed if i < len(page.lines))
    return median(min(word.box.width, word.box.height) for word in words) if words else 0.0


def _words(lines: Iterable[Line]) -> Sequence[Word]:
    return [word for line in lines for word in line.words if len(word.text) > 2]
