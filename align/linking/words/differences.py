"""Where the words of a passage and the words read on its pages are not the same, and what room the page has there.

Neighbouring words that are on one side alone, or that stand for each other but have little in common, are one
difference. A pair of words that have most letters in common is a difference by itself. For words that no line shows it
matters whether the page has room for them: if it has, something is there that could not be read.

Example: the page has "came late. [stain] He sat", the text "came late. He had eaten. He sat". If the stain is small,
the page has no room for "He had eaten".
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby, pairwise
from statistics import median
from typing import NamedTuple

from rapidfuzz.distance import Levenshtein

from align.linking.lines.reader_view import upright
from align.linking.words.passages import Passage, ReadWord, WrittenWord
from align.linking.words.word_alignment import Step
from align.model import Box, Page, WordAt
from align.tuning.linking import LINKING, LinkingTuning

_SENTENCE_END = re.compile(r"[.!?…][\"'’”»)\]]*$")


@dataclass(frozen=True, slots=True)
class Difference:
    """Words read, and the words of the text in whose place they stand; one of the two may be empty.

    `before` and `after` are the words read on both sides, if they are in the passage. `room` is how many letters more
    than a space the page has room for between them. `read_at` and `written_at` are the indices of its first word in the
    passage. `replaced` says that several words were read well that have nothing to do with the words of the text.
    """

    read: tuple[ReadWord, ...]
    written: tuple[WrittenWord, ...]
    edits: int
    before: ReadWord | None
    after: ReadWord | None
    room: float
    passage: Passage = field(repr=False, compare=False)
    read_at: int
    written_at: int
    replaced: bool

    @property
    def needed(self) -> int:
        """How many letters wide the words of the text are, with spaces between them."""
        return sum(len(word.text) + 1 for word in self.written) - 1 if self.written else 0

    def context(self, words: int) -> tuple[str, str]:
        """The difference with this many words before and after it, as read and as written."""
        return _around(self.passage.read, self.read_at, len(self.read), words), _around(
            self.passage.written, self.written_at, len(self.written), words
        )


def _around(passage: Sequence[ReadWord] | Sequence[WrittenWord], at: int, count: int, words: int) -> str:
    return " ".join(word.text for word in passage[max(0, at - words) : at + count + words])


def differences(
    pages: Sequence[Page], passage: Passage, content: str, tuning: LinkingTuning = LINKING
) -> list[Difference]:
    """The differences of a passage, in its order; `content` is the running text's."""
    columns: dict[int, _Column] = {}
    return [_difference(pages, columns, passage, content, *steps, tuning) for steps in _runs(passage, tuning)]


class _StepRange(NamedTuple):
    """A half-open range of the steps of a passage."""

    first: int
    end: int


def _runs(passage: Passage, tuning: LinkingTuning) -> Iterator[tuple[_StepRange, _StepRange]]:
    """For each difference its steps, and the run of unlike steps that it is part of."""
    first: int | None = None
    for index, step in enumerate(passage.steps):
        if unlike(passage, step, tuning):
            first = index if first is None else first
            continue
        if first is not None:
            yield from _divided(passage, _StepRange(first, index), tuning)
            first = None
        if step.edits:
            alone = _StepRange(index, index + 1)
            yield alone, alone
    if first is not None:
        yield from _divided(passage, _StepRange(first, len(passage.steps)), tuning)


def unlike(passage: Passage, step: Step, tuning: LinkingTuning = LINKING) -> bool:
    """Whether the words of a step are on one side alone, or have little in common."""
    letters = max(_letters(passage, [step]))
    return not step.paired or step.edits > tuning.words.unlike_share * letters


def _letters(passage: Passage, steps: Sequence[Step]) -> tuple[int, int]:
    """How many letters are read, and written, in these steps."""
    return (
        sum(len(word.folded) for step in steps for word in passage.read[slice(*step.read)]),
        sum(len(word.folded) for step in steps for word in passage.written[slice(*step.written)]),
    )


def _divided(passage: Passage, run: _StepRange, tuning: LinkingTuning) -> Iterator[tuple[_StepRange, _StepRange]]:
    """A run of unlike steps as one; or, if one side has far more letters, in pairs and runs on one side.

    In a short run two numbers that are paired are a pair by themselves: two digits that change places are all of "27".
    """
    steps = passage.steps[slice(*run)]
    sides = [(passage.read[slice(*step.read)], passage.written[slice(*step.written)]) for step in steps]
    short = min(sum(map(len, side)) for side in zip(*sides, strict=True)) < tuning.words.several_words
    numbers = [short and step.paired and _are_numbers(*side) for step, side in zip(steps, sides, strict=True)]
    at = run.first
    for is_number, group in groupby(numbers):
        size = len(list(group))
        part = _StepRange(at, at + size)
        at += size
        if is_number:
            yield from ((one, one) for one in (_StepRange(n, n + 1) for n in range(*part)))
        else:
            yield from _comparable(passage, part, run, tuning)


def _are_numbers(read: Sequence[ReadWord], written: Sequence[WrittenWord]) -> bool:
    """Whether all words have digits and no letters."""
    texts = [word.text for word in read] + [word.text for word in written]
    return all(any(c.isdigit() for c in text) and not any(c.isalpha() for c in text) for text in texts)


def _comparable(
    passage: Passage, part: _StepRange, run: _StepRange, tuning: LinkingTuning
) -> Iterator[tuple[_StepRange, _StepRange]]:
    """A part of a run of unlike steps as one; or in pairs and runs on one side, if one side has far more letters."""
    steps = passage.steps[slice(*part)]
    read, written = _letters(passage, steps)
    if not read or not written or max(read, written) <= tuning.words.comparable_times * min(read, written):
        yield part, run
        return
    kinds = ["pair" if step.paired else "read" if step.read.start < step.read.end else "written" for step in steps]
    at = part.first
    for _, group in groupby(kinds):
        size = len(list(group))
        yield _StepRange(at, at + size), run
        at += size


def _difference(
    pages: Sequence[Page],
    columns: dict[int, _Column],
    passage: Passage,
    content: str,
    of_difference: _StepRange,
    whole: _StepRange,
    tuning: LinkingTuning,
) -> Difference:
    """The difference that these steps are; `whole` is the run of unlike steps that it is part of."""
    steps = passage.steps[slice(*of_difference)]
    read = passage.read[steps[0].read.start : steps[-1].read.end]
    written = passage.written[steps[0].written.start : steps[-1].written.end]
    i, j = passage.steps[whole.first].read.start, passage.steps[whole.end - 1].read.end
    before = passage.read[i - 1] if i else None
    after = passage.read[j] if j < len(passage.read) else None
    room = 0.0
    if written and before and after:
        broken = _paragraph_ends(content, passage, steps)
        room = _room(pages, columns, before.places[-1], after.places[0], tuning, broken=broken)
        # Words beside it that were read well take up room.
        beside = [*passage.read[i : steps[0].read.start], *passage.read[steps[-1].read.end : j]]
        room = max(
            0.0, room - sum(len(word.text) + 1 for word in beside if word.confidence >= tuning.words.well_confidence)
        )
    edits = sum(step.edits for step in steps)
    if read and written and not all(step.paired for step in steps):
        # The words on one side stand for the words on the other side, though not one for one.
        edits = Levenshtein.distance("".join(w.folded for w in read), "".join(w.folded for w in written))
    at = steps[0].read.start, steps[0].written.start
    replaced = _is_replaced(read, written, edits, tuning)
    return Difference(read, written, edits, before, after, room, passage, *at, replaced)


def _is_replaced(read: Sequence[ReadWord], written: Sequence[WrittenWord], edits: int, tuning: LinkingTuning) -> bool:
    """Whether several words were read well that have nothing to do with the words of the text."""
    if min(len(read), len(written)) < tuning.words.several_words:
        return False
    letters = sum(len(w.folded) for w in read), sum(len(w.folded) for w in written)
    return (
        edits > tuning.words.unlike_share * max(letters)
        and sum(w.confidence * len(w.folded) for w in read) >= tuning.words.well_confidence * letters[0]
    )


def _paragraph_ends(content: str, passage: Passage, steps: Sequence[Step]) -> bool:
    """Whether a paragraph of the text begins or ends at or within these words: lines end short there."""
    k, m = steps[0].written.start, steps[-1].written.end
    start = passage.written[k - 1].end if k else passage.written[k].start
    end = passage.written[m].start if m < len(passage.written) else passage.written[m - 1].end
    return "\n" in content[start:end]


def _room(
    pages: Sequence[Page],
    columns: dict[int, _Column],
    before: WordAt,
    after: WordAt,
    tuning: LinkingTuning,
    *,
    broken: bool,
) -> float:
    """How many letters the page has room for between two words: within a line, at its ends, and in lines between.

    If a paragraph ends there (`broken`), lines end short and stand apart. Then only the room within a line counts.
    """
    (p, line, word), (q, following, _) = before, after
    letter = _letter_width(pages[p], line)
    for k in (p, q):
        if k not in columns:
            columns[k] = _column(pages[k])
    left, right = (upright(pages[k], pages[k].lines[n].words[w].box) for k, n, w in (before, after))
    ends = max(0.0, columns[p].right - left.right) + max(0.0, right.left - columns[q].left)
    if _SENTENCE_END.search(pages[p].lines[line].words[word].text):
        # A line that ends with a sentence may be the last of a paragraph on the page, whatever the text says.
        ends = 0.0
    if p != q:
        return 0.0 if broken else max(0.0, ends / letter - 2)
    if line == following:
        return max(0.0, (right.left - left.right) / letter - 1)
    if broken:
        return 0.0
    column = columns[p]
    down = ((right.top + right.bottom) - (left.top + left.bottom)) / 2
    apart = column.pitch and down > tuning.words.line_apart_pitches * column.pitch
    lines = max(0, round(down / column.pitch) - 1) if apart else 0
    return max(0.0, ends / letter - 2) + lines * (column.right - column.left) / letter


def _letter_width(page: Page, line: int) -> float:
    """The usual width of a letter of a line, in pixels."""
    words = page.lines[line].words
    return max(1.0, sum(upright(page, w.box).width for w in words) / sum(len(w.text) for w in words))


@dataclass(frozen=True, slots=True)
class _Column:
    """Where the lines of a page usually begin and end, and how far one is below another, in upright pixels."""

    left: float
    right: float
    pitch: float


def _column(page: Page) -> _Column:
    boxes: list[Box] = [upright(page, line.box) for line in page.lines if line.role == "body"] or [
        upright(page, line.box) for line in page.lines
    ]
    middles = [(box.top + box.bottom) / 2 for box in boxes]
    steps = [b - a for a, b in pairwise(middles) if b > a]
    return _Column(
        median(box.left for box in boxes), median(box.right for box in boxes), median(steps) if steps else 0.0
    )
