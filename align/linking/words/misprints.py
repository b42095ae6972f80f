"""Whether the text or the engine is wrong where a word reads otherwise than it is written.

The score (misprint_score.py) weighs the evidence. The evidence is:

- The engine's confidence in the word, and how well it reads the rest of the page.
- Which letters differ. To the engine two letters may have one shape, or it misreads them elsewhere in this volume too.
  Two letters that change places are not a misreading.
- Whether letters were only lost, or only gained.
- Whether the box of the word, and the room between its neighbours, fit the letters of the text or the letters read.
- Whether the words beside it were misread.
- Whether the word read stands elsewhere in the volume, or the word written is read elsewhere as it is written.
- Which of the two has its letters in an order that the volume's words seldom have.

Example: the text has "Багрицов", the page reads "Багрецов" with 0.96, a name that stands elsewhere: the text is wrong.
The page reads "рассуждаль," where the text has "рассуждать,": ль for ть is misread elsewhere, and no word ends so: the
engine is wrong.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from math import log

from align.linking.words.differences import Difference, unlike
from align.linking.words.misprint_score import MisprintEvidence, misprint_probability
from align.linking.words.passages import Passage, ReadWord, WrittenWord
from align.linking.words.volume_words import Chunk, VolumeWords, chunks_of, letters, page_of
from align.model import Page, WordAt
from align.text.fold import letters_of_word
from align.tuning.linking import LINKING, LinkingTuning
from align.tuning.linking_parts.linking_words import WordsTuning

# Letters that engines take for each other, in the folded form (look-alikes of the two alphabets are one letter there).
SHAPES = (
    "инпл", "щшцим", "сео", "ьъы", "тги", "ао", "дл", "взб", "хжк", "чцгу", "нкм", "рфп", "бо", "еэ", "уч",
    "nhurm", "litfj", "vyw", "gqy", "bh", "as", "589з", "6б8", "и7", "94", "оба9", "о689",
)  # fmt: skip
# Ten per cent of misread words count as one. It is a matter of scale: evidence is about 0 to 10.
MISREAD_SCALE = 10


@dataclass(frozen=True, slots=True)
class Candidate:
    """A word that reads otherwise than it is written: the difference, its letters, and the evidence for a misprint.

    `probability` is the probability that the text is wrong, 0..1. `guessed` says that the confidence of a word read is
    a guess, and `possible` is what the probability would be if the word was read surely. `looked` says that the words
    were looked at again.
    """

    difference: Difference
    read: str
    written: str
    chunks: tuple[Chunk, ...]
    number: bool
    evidence: MisprintEvidence
    probability: float
    possible: float
    guessed: bool
    looked: bool = False


def candidates(
    volume: VolumeWords,
    differences: Sequence[Difference],
    tuning: LinkingTuning = LINKING,
    guessed: Collection[WordAt] = frozenset(),
) -> list[Candidate]:
    """The differences that may be misprints, each with the evidence that this volume gives.

    `guessed` are the words whose confidence is not stated. Each candidate has one or two words on either side, in the
    alphabet of the text. A number counts only if it was read as digits alone. A word counts only if no stray sign was
    read inside it.
    """
    numbers = tuning.words
    return [
        _candidate(volume, difference, tuning, guessed)
        for difference in differences
        if 0 < len(difference.read) <= numbers.misprint_words
        and 0 < len(difference.written) <= numbers.misprint_words
        and not volume.foreign(difference)
        and (_all_digits(difference.read) if is_number(difference) else not _is_marred(difference))
    ]


def _candidate(
    volume: VolumeWords, difference: Difference, tuning: LinkingTuning, guessed: Collection[WordAt]
) -> Candidate:
    numbers = tuning.words
    attached = _attached_numbers(difference)
    read, written = attached or letters(difference)
    chunks = tuple(chunks_of(read, written))
    sizes = [(len(a), len(b)) for a, b in chunks]
    confidence = min(max(min(w.confidence for w in difference.read), numbers.least_confidence), numbers.most_confidence)
    sure = confidence >= numbers.known_confidence
    is_guess = any(place in guessed for word in difference.read for place in word.places)
    page = page_of(difference)
    edits = sum(max(a, b) for a, b in sizes)
    number = attached is not None or is_number(difference)
    if is_guess:
        # A number that stands elsewhere too is no surer for that.
        confidence = numbers.guess_beside if number else max(confidence, numbers.guess_beside)
    width = _width(volume, difference, tuning)
    # A single letter was not lost if the box has no room for it. Of several lost letters the box may be lost as well.
    whole = width >= numbers.clearly_log and len(written) - len(read) == 1
    lost = all(not a for a, _ in sizes) and not whole
    # A typist exchanges letters; an engine does not, whatever it lost or gained elsewhere.
    transposed = len(read) == len(written) and sorted(read) == sorted(written)
    familiar = volume.familiar
    strange = familiar.strangeness(written, without=written) - familiar.strangeness(read, without=written)
    known = float(not number and volume.familiar.words[read] + volume.read[read] - sure > 0)
    misread_here = MISREAD_SCALE * min(
        numbers.much_misread_share, max(0, volume.misread[page] - 1) / max(1, volume.words[page])
    )
    evidence = MisprintEvidence(
        confidence=_log_odds(confidence),
        unsure=float(confidence < numbers.unsure_confidence),
        misread=misread_here,
        misread_known=misread_here * known,
        seen=0.0 if transposed else log(1 + min((max(0, volume.chunks[chunk] - 1) for chunk in chunks), default=0)),
        edits=min(numbers.most_edits, edits),
        alike=sum(_alike(a, b) for a, b in chunks) / max(1, edits),
        lost=float(lost),
        gained=float(all(not b for _, b in sizes)),
        fits=_fits(difference, numbers),
        width=width,
        beside=float(any(w is not None and w.confidence < numbers.unsure_confidence for w in _neighbours(difference))),
        strange=0.0 if number else max(-numbers.most_strange_nats, min(numbers.most_strange_nats, strange)),
        known=known,
        steady=float(not number and volume.same[written] > 0),
        joined=float(len(difference.read) != 1 or len(difference.written) != 1),
        short=float(min(len(read), len(written)) <= numbers.short_letters),
        cut=float(_is_cut(volume.pages, difference, read, written, tuning, whole=whole)),
    )
    weights = numbers.number_misprints if number else numbers.word_misprints
    probability = misprint_probability(evidence, weights)
    possible = probability
    if is_guess:
        possible = misprint_probability(
            replace(evidence, confidence=_log_odds(numbers.most_confidence), unsure=0.0), weights
        )
    return Candidate(difference, read, written, chunks, number, evidence, probability, possible, is_guess)


def _log_odds(share: float) -> float:
    return log(share / (1 - share))


def _is_cut(
    pages: Sequence[Page], difference: Difference, read: str, written: str, tuning: LinkingTuning, *, whole: bool
) -> bool:
    """Whether the word read is a part of the word written, with the rest lost at a line end or in a misread word.

    A word that is `whole` has lost nothing at a line end.
    """
    if len(written) <= len(read):
        return False
    first, last = difference.read[0].places[0], difference.read[-1].places[-1]
    words = pages[last.page].lines[last.line].words
    before, after = difference.read_at - 1, difference.read_at + len(difference.read)
    at_start, at_end = not whole and first.word == 0, not whole and last.word == len(words) - 1
    return (written.startswith(read) and (at_end or _is_garbled(difference.passage, after, tuning))) or (
        written.endswith(read) and (at_start or _is_garbled(difference.passage, before, tuning))
    )


def _is_garbled(passage: Passage, index: int, tuning: LinkingTuning) -> bool:
    """Whether a word read stands for no word of the text, or for one with which it has little in common."""
    if not 0 <= index < len(passage.read):
        return False
    at = bisect_right(passage.steps, index, key=lambda step: step.read.start) - 1
    return unlike(passage, passage.steps[at], tuning)


def _neighbours(difference: Difference) -> tuple[ReadWord | None, ReadWord | None]:
    """The words read just before and after, in the passage."""
    read, at = difference.passage.read, difference.read_at
    end = at + len(difference.read)
    return read[at - 1] if at else None, read[end] if end < len(read) else None


def _width(volume: VolumeWords, difference: Difference, tuning: LinkingTuning) -> float:
    """How much better the box of the one word read fits its letters than the letters of the one word written."""
    if len(difference.read) != 1 or len(difference.written) != 1:
        return 0.0
    (word,), (written,) = difference.read, difference.written
    as_written = word.text.replace(bare(word.text), bare(written.text), 1)
    return volume.widths.speaks_for(volume.pages, word, as_written, tuning)


def bare(text: str) -> str:
    """A word without the points and quotes around it."""
    kept = [n for n, c in enumerate(text) if c.isalnum()]
    return text[kept[0] : kept[-1] + 1] if kept else text


def is_number(difference: Difference) -> bool:
    """Whether the text has a number there, in digits."""
    return _all_digits(difference.written)


def _is_marred(difference: Difference) -> bool:
    """Whether a sign stands inside a word read, and inside no word of the text: more than the word was read there."""
    read, written = (any(_SIGN_INSIDE.search(w.text) for w in words) for words in (difference.read, difference.written))
    return read and not written


_SIGN_INSIDE = re.compile(r"\w[^\w\s'’‘`´.,-]+\w")


def _all_digits(words: Sequence[ReadWord] | Sequence[WrittenWord]) -> bool:
    """Whether words hold digits and no letters: beside a letter read, a digit may be misread as well."""
    return all(any(c.isdigit() for c in w.text) and not any(c.isalpha() for c in w.text) for w in words)


def _attached_numbers(difference: Difference) -> tuple[str, str] | None:
    """The digits, as read and as written, of words that differ in nothing else, "word[7]" and "word[2]"; else None.

    These are marks of notes, and numbers without a space between them and their words.
    """
    sides = [_SIDES.findall("".join(w.text for w in words)) for words in (difference.read, difference.written)]
    (read, written) = sides
    rest = [letters_of_word("".join(text for _, text in side)) for side in sides]
    if not rest[0] or rest[0] != rest[1] or len(read) != len(written):
        return None
    digits = [(a, b) for (a, _), (b, _) in zip(read, written, strict=True) if a or b]
    if not digits or not all(a and b for a, b in digits):
        return None
    digits_read, digits_written = ("".join(pair[side] for pair in digits) for side in (0, 1))
    return letters_of_word(digits_read), letters_of_word(digits_written)


# A run of digits, or of anything else.
_SIDES = re.compile(r"(\d+)|(\D+)")


def _alike(read: str, written: str) -> int:
    """How many letters of a chunk have the same shape as the letters in whose place they stand."""
    if len(read) != len(written):
        return 0
    return sum(any(a in shape and b in shape for shape in SHAPES) for a, b in zip(read, written, strict=True))


def _fits(difference: Difference, numbers: WordsTuning) -> float:
    """How many letters better the room on the page fits what was read than what is written, -3 to 3."""
    read = sum(len(w.text) + 1 for w in difference.read) - 1
    words = [w for w in (difference.before, *difference.read, difference.after) if w is not None]
    if any(w.shared for w in words):
        return 0.0
    places = [w.places for w in words]
    lines = {place.of_line for of_word in (places[0][-1:], *places[1:-1], places[-1][:1]) for place in of_word}
    if difference.room <= 0 or read == difference.needed or len(lines) > 1:
        return 0.0
    # The room is counted from word to word, and half of the usual space on either side belongs to the word.
    room = difference.room - numbers.space_letters
    return max(
        -numbers.most_room_letters, min(numbers.most_room_letters, abs(room - difference.needed) - abs(room - read))
    )
