"""Whether the text or the engine is wrong where a word reads otherwise than it is written.

A logistic function of what is seen weighs it, one for words and one for numbers:

- how sure the engine is of the word, and how well it reads the page otherwise;
- what it would have misread: the letters that differ may be one shape to it, and it may have misread them elsewhere in
  this volume too (that two change places is no misreading);
- whether letters were only lost, or only gained, and whether the box of the word, and the room between its neighbours,
  are as wide as the letters of the text or as those that were read;
- whether the words beside it were misread;
- what is a word at all: the one read may stand elsewhere in the volume, or the written one be read elsewhere as it is
  written; and whose letters stand in an order that the volume's words seldom have.

Example: the text has "Багрицов", the page reads "Багрецов" with 0.96, a name that stands elsewhere: the text is wrong.
The page reads "рассуждаль," where the text has "рассуждать,": ль for ть is misread elsewhere, and no word ends so.

The weights were fitted by `scripts/eval findings --fit` on volumes with a changed word, name or number a page.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from math import exp, log

from align.linking.words.differences import Difference, unlike
from align.linking.words.passages import Passage, ReadWord, WrittenWord
from align.linking.words.volume_words import SURELY_READ, Chunk, VolumeWords, chunks_of, letters, page_of
from align.model import Page
from align.text.fold import letters_of_word

# Letters that engines take for each other, in the folded form (look-alikes of the two alphabets are one letter there).
SHAPES = (
    "инпл", "щшцим", "сео", "ьъы", "тги", "ао", "дл", "взб", "хжк", "чцгу", "нкм", "рфп", "бо", "еэ", "уч",
    "nhurm", "litfj", "vyw", "gqy", "bh", "as", "589з", "6б8", "и7", "94", "оба9", "о689",
)  # fmt: skip
# More words than these on either side are no misprint of one word.
FEW_WORDS = 2


@dataclass(frozen=True, slots=True)
class Evidence:
    """What speaks for the text's being wrong (and against it), in the order of Weights; numbers about 0 to 10."""

    confidence: float
    unsure: float
    misread: float
    misread_known: float
    seen: float
    edits: float
    alike: float
    lost: float
    gained: float
    fits: float
    width: float
    beside: float
    strange: float
    known: float
    steady: float
    joined: float
    short: float
    cut: float

    def times(self, other: Evidence) -> float:
        """The sum of the products with other evidence, or with its weights."""
        total = 0.0
        for name in self.__slots__:
            total += getattr(self, name) * getattr(other, name)
        return total


@dataclass(frozen=True, slots=True)
class Weights:
    """The logistic weights of the evidence, and the constant."""

    constant: float
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class Candidate:
    """A word that reads otherwise than it is written: the difference, its letters, and what speaks for a misprint."""

    difference: Difference
    read: str
    written: str
    chunks: tuple[Chunk, ...]
    number: bool
    evidence: Evidence

    @property
    def probability(self) -> float:
        """The probability that the text is wrong, 0..1."""
        weights = NUMBERS if self.number else WORDS
        return 1 / (1 + exp(-weights.constant - weights.evidence.times(self.evidence)))


WORDS = Weights(
    -4.2,
    Evidence(
        confidence=1.4, unsure=1.7, misread=-3.33, misread_known=-0.99, seen=-1.08, edits=0.7, alike=-1.07, lost=-3.4,
        gained=1.98, fits=0.82, width=0.02, beside=-1.46, strange=0.24, known=2.09, steady=-2.37, joined=-2.89,
        short=-3.95, cut=-2.0,
    ),
)  # fmt: skip
NUMBERS = Weights(
    -3.28,
    Evidence(
        confidence=1.96, unsure=1.63, misread=-0.71, misread_known=0.0, seen=-3.51, edits=1.45, alike=-3.19, lost=-4.2,
        gained=-6.4, fits=0.74, width=-0.59, beside=-0.15, strange=0.0, known=0.0, steady=0.0, joined=2.5, short=0.98,
        cut=0.0,
    ),
)  # fmt: skip


def candidates(volume: VolumeWords, found: Sequence[Difference]) -> list[Candidate]:
    """The differences of single words that may be misprints, with what speaks for it in this volume."""
    return [
        _candidate(volume, difference)
        for difference in found
        if 0 < len(difference.read) <= FEW_WORDS
        and 0 < len(difference.written) <= FEW_WORDS
        and not volume.foreign(difference)
        and (_all_digits(difference.read) if is_number(difference) else not _is_marred(difference))
    ]


def _candidate(volume: VolumeWords, difference: Difference) -> Candidate:
    attached = _attached_numbers(difference)
    read, written = attached or letters(difference)
    chunks = tuple(chunks_of(read, written))
    sizes = [(len(a), len(b)) for a, b in chunks]
    confidence = min(max(min(w.confidence for w in difference.read), LEAST_CONFIDENCE), 0.99)
    sure = confidence >= SURELY_READ
    page = page_of(difference)
    edits = sum(max(a, b) for a, b in sizes)
    number = attached is not None or is_number(difference)
    width = _width(volume, difference)
    # From a word whose box has no room for it a single letter was not lost; of several the box may be lost as well.
    whole = width >= CLEARLY and len(written) - len(read) == 1
    lost = all(not a for a, _ in sizes) and not whole
    # A typist changes letters about; an engine does not, whatever else it may have lost and gained elsewhere.
    transposed = len(read) == len(written) and sorted(read) == sorted(written)
    familiar = volume.familiar
    strange = familiar.strangeness(written, without=written) - familiar.strangeness(read, without=written)
    known = float(not number and volume.familiar.words[read] + volume.read[read] - sure > 0)
    misread_here = 10 * min(MUCH, max(0, volume.misread[page] - 1) / max(1, volume.words[page]))
    evidence = Evidence(
        confidence=log(confidence / (1 - confidence)),
        unsure=float(confidence < UNSURE),
        misread=misread_here,
        misread_known=misread_here * known,
        seen=0.0 if transposed else log(1 + min((max(0, volume.chunks[chunk] - 1) for chunk in chunks), default=0)),
        edits=min(6.0, edits),
        alike=sum(_alike(a, b) for a, b in chunks) / max(1, edits),
        lost=float(lost),
        gained=float(all(not b for _, b in sizes)),
        fits=_fits(difference),
        width=width,
        beside=float(any(w is not None and w.confidence < UNSURE for w in _neighbours(difference))),
        strange=0.0 if number else max(-8.0, min(8.0, strange)),
        known=known,
        steady=float(not number and volume.same[written] > 0),
        joined=float(len(difference.read) != 1 or len(difference.written) != 1),
        short=float(min(len(read), len(written)) <= SHORT),
        cut=float(_is_cut(volume.pages, difference, read, written, whole=whole)),
    )
    return Candidate(difference, read, written, chunks, number, evidence)


def _is_cut(pages: Sequence[Page], difference: Difference, read: str, written: str, *, whole: bool) -> bool:
    """Whether the word read is a part of the word written, its rest lost at the end of a line or in a misread word.

    At the end of a line nothing is lost from a word that is `whole`.
    """
    if len(written) <= len(read):
        return False
    first, last = difference.read[0].places[0], difference.read[-1].places[-1]
    words = pages[last[0]].lines[last[1]].words
    before, after = difference.read_at - 1, difference.read_at + len(difference.read)
    at_start, at_end = not whole and first[2] == 0, not whole and last[2] == len(words) - 1
    return (written.startswith(read) and (at_end or _is_garbled(difference.passage, after))) or (
        written.endswith(read) and (at_start or _is_garbled(difference.passage, before))
    )


def _is_garbled(passage: Passage, index: int) -> bool:
    """Whether a word read stands for none of the text, or for one that it has little in common with."""
    if not 0 <= index < len(passage.read):
        return False
    at = bisect_right(passage.steps, index, key=lambda step: step.read[0]) - 1
    return unlike(passage, passage.steps[at])


def _neighbours(difference: Difference) -> tuple[ReadWord | None, ReadWord | None]:
    """The words read just before and after, in the passage."""
    read, at = difference.passage.read, difference.read_at
    end = at + len(difference.read)
    return read[at - 1] if at else None, read[end] if end < len(read) else None


def _width(volume: VolumeWords, difference: Difference) -> float:
    """How much better the box of the one word read fits its letters than those of the one word written."""
    if len(difference.read) != 1 or len(difference.written) != 1:
        return 0.0
    (word,), (written,) = difference.read, difference.written
    own, other = bare(word.text), bare(written.text)
    return volume.widths.speaks_for(volume.pages, word, word.text.replace(own, other, 1))


def bare(text: str) -> str:
    """A word without the points and quotes around it."""
    kept = [n for n, c in enumerate(text) if c.isalnum()]
    return text[kept[0] : kept[-1] + 1] if kept else text


# A page on which so large a share of the words was misread is as bad as any.
MUCH = 0.1
# A word read with less confidence is mostly misread. Short words are read as each other.
UNSURE, SHORT = 0.6, 3
# Of the words that engines tell with no confidence at all as many are right as of those with this.
LEAST_CONFIDENCE = 0.3
# From this log ratio on the box of a word says that it has the letters that were read.
CLEARLY = 2.0


def is_number(difference: Difference) -> bool:
    """Whether the text has a number there, in digits."""
    return _all_digits(difference.written)


def _is_marred(difference: Difference) -> bool:
    """Whether a sign stands inside a word read and inside none of the text: not the word alone was read there."""
    read, written = (any(_SIGN_INSIDE.search(w.text) for w in words) for words in (difference.read, difference.written))
    return read and not written


_SIGN_INSIDE = re.compile(r"\w[^\w\s'’‘`´.,-]+\w")


def _all_digits(words: Sequence[ReadWord] | Sequence[WrittenWord]) -> bool:
    """Whether words hold digits and no letters: where a letter was read a digit may be misread as well."""
    return all(any(c.isdigit() for c in w.text) and not any(c.isalpha() for c in w.text) for w in words)


def _attached_numbers(difference: Difference) -> tuple[str, str] | None:
    """The digits, as read and as written, of words that differ in these alone: "word[7]" beside "word[2]"; else None.

    Marks of notes, and numbers that no space parts from their words.
    """
    sides = [_SIDES.findall("".join(w.text for w in words)) for words in (difference.read, difference.written)]
    (read, written) = sides
    rest = [letters_of_word("".join(text for _, text in own)) for own in sides]
    if not rest[0] or rest[0] != rest[1] or len(read) != len(written):
        return None
    digits = [(a, b) for (a, _), (b, _) in zip(read, written, strict=True) if a or b]
    if not digits or not all(a and b for a, b in digits):
        return None
    one, other = ("".join(pair[side] for pair in digits) for side in (0, 1))
    return letters_of_word(one), letters_of_word(other)


# A run of digits, or of anything else.
_SIDES = re.compile(r"(\d+)|(\D+)")


def _alike(read: str, written: str) -> int:
    """How many of the letters in a chunk have one shape with those in whose place they stand."""
    if len(read) != len(written):
        return 0
    return sum(any(a in shape and b in shape for shape in SHAPES) for a, b in zip(read, written, strict=True))


def _fits(difference: Difference) -> float:
    """How much better the room on the page fits what was read than what is written, in letters, -3 to 3."""
    read = sum(len(w.text) + 1 for w in difference.read) - 1
    words = [w for w in (difference.before, *difference.read, difference.after) if w is not None]
    if any(w.shared for w in words):
        return 0.0
    places = [w.places for w in words]
    lines = {place[:2] for own in (places[0][-1:], *places[1:-1], places[-1][:1]) for place in own}
    if difference.room <= 0 or read == difference.needed or len(lines) > 1:
        return 0.0
    # The room is counted from word to word: half of a space more on either side is a word's own.
    room = difference.room - SPACE
    return max(-3.0, min(3.0, abs(room - difference.needed) - abs(room - read)))


# By how much the room between two words is larger than the word between them, in letters, over the usual space.
SPACE = 0.7
