"""Where the words of a passage and the words read on its pages are not the same, and what room the page has there.

Neighbouring words that are on one side alone, or that stand for each other and have little in common, are one
difference; a pair of words that have most letters in common is one by itself. Of words that nothing shows it matters
whether the page has room for them: where it has, something stands there that could not be read.

Example: beside "came late. [stain] He sat" the text "came late. He had eaten. He sat" lacks room for "He had eaten" if
the stain is small.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby, pairwise
from statistics import median

from rapidfuzz.distance import Levenshtein

from align.linking.lines.reader_view import upright
from align.linking.words.passages import Passage, ReadWord, WordPlace, WrittenWord
from align.linking.words.word_alignment import Step
from align.model import Box, Page

# Words that differ in more than this share of their letters have nothing to do with each other.
UNLIKE = 0.5
# Of a word read with this confidence nobody thinks that it may be others.
READ_WELL = 0.8
# Fewer words in the place of others are a matter of each of them.
SEVERAL = 3
# Letters of one side and of the other that may stand for each other are not more than so many times as many.
COMPARABLE = 3
# Lines whose middles are further apart than so many usual distances have room for a line between them.
LINE_APART = 1.6
_SENTENCE_END = re.compile(r"[.!?…][\"'’”»)\]]*$")


@dataclass(frozen=True, slots=True)
class Difference:
    """Words read, and the words of the text in whose place they stand; one of them may be empty.

    `before` and `after` are the words read on both sides, where they are of the passage. `room` is how many letters
    the page has room for between these, beyond a space. `read_at` and `written_at` say where in the passage it is.
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

    @property
    def needed(self) -> int:
        """How many letters wide the words of the text are, with spaces between them."""
        return sum(len(word.text) + 1 for word in self.written) - 1 if self.written else 0

    @property
    def replaced(self) -> bool:
        """Whether several words were read, and surely, that have nothing to do with those of the text."""
        letters = sum(len(w.folded) for w in self.read), sum(len(w.folded) for w in self.written)
        return (
            min(len(self.read), len(self.written)) >= SEVERAL
            and self.edits > UNLIKE * max(letters)
            and sum(w.confidence * len(w.folded) for w in self.read) >= READ_WELL * letters[0]
        )

    def context(self, words: int) -> tuple[str, str]:
        """It with so many words before and after, as read and as written."""
        return _around(self.passage.read, self.read_at, len(self.read), words), _around(
            self.passage.written, self.written_at, len(self.written), words
        )


def _around(passage: Sequence[ReadWord] | Sequence[WrittenWord], at: int, count: int, words: int) -> str:
    return " ".join(word.text for word in passage[max(0, at - words) : at + count + words])


def differences(pages: Sequence[Page], passage: Passage, content: str) -> list[Difference]:
    """The differences of a passage, in its order; `content` is the haystack's."""
    columns: dict[int, _Column] = {}
    return [_difference(pages, columns, passage, content, *steps) for steps in _runs(passage)]


_Range = tuple[int, int]


def _runs(passage: Passage) -> Iterator[tuple[int, int, _Range]]:
    """The steps of each difference, as half-open ranges, and the run of unlike steps that it is part of."""
    first: int | None = None
    for index, step in enumerate(passage.steps):
        if unlike(passage, step):
            first = index if first is None else first
            continue
        if first is not None:
            yield from _divided(passage, first, index)
            first = None
        if step.edits:
            yield index, index + 1, (index, index + 1)
    if first is not None:
        yield from _divided(passage, first, len(passage.steps))


def unlike(passage: Passage, step: Step) -> bool:
    """Whether the words of a step are on one side alone, or have little in common."""
    letters = max(_letters(passage, [step]))
    return not step.paired or step.edits > UNLIKE * letters


def _letters(passage: Passage, steps: Sequence[Step]) -> tuple[int, int]:
    """How many letters are read, and written, in these steps."""
    return (
        sum(len(word.folded) for step in steps for word in passage.read[slice(*step.read)]),
        sum(len(word.folded) for step in steps for word in passage.written[slice(*step.written)]),
    )


def _divided(passage: Passage, first: int, last: int) -> Iterator[tuple[int, int, _Range]]:
    """A run of unlike steps as one, or in parts where far more is on one side: what is on one side alone, and pairs."""
    read, written = _letters(passage, passage.steps[first:last])
    if not read or not written or max(read, written) <= COMPARABLE * min(read, written):
        yield first, last, (first, last)
        return
    kinds = [
        "pair" if step.paired else "read" if step.read[0] < step.read[1] else "written"
        for step in passage.steps[first:last]
    ]
    at = first
    for _, group in groupby(kinds):
        size = len(list(group))
        yield at, at + size, (first, last)
        at += size


def _difference(
    pages: Sequence[Page],
    columns: dict[int, _Column],
    passage: Passage,
    content: str,
    first: int,
    last: int,
    whole: _Range,
) -> Difference:
    steps = passage.steps[first:last]
    read = passage.read[steps[0].read[0] : steps[-1].read[1]]
    written = passage.written[steps[0].written[0] : steps[-1].written[1]]
    i, j = passage.steps[whole[0]].read[0], passage.steps[whole[1] - 1].read[1]
    before = passage.read[i - 1] if i else None
    after = passage.read[j] if j < len(passage.read) else None
    room = 0.0
    if written and before and after:
        broken = _paragraph_ends(content, passage, steps)
        room = _room(pages, columns, before.places[-1], after.places[0], broken=broken)
        # Words that were read well fill their place.
        others = [*passage.read[i : steps[0].read[0]], *passage.read[steps[-1].read[1] : j]]
        room = max(0.0, room - sum(len(word.text) + 1 for word in others if word.confidence >= READ_WELL))
    edits = sum(step.edits for step in steps)
    if read and written and not all(step.paired for step in steps):
        # Words that are on one side alone stand for those of the other side, though not one for one.
        edits = Levenshtein.distance("".join(w.folded for w in read), "".join(w.folded for w in written))
    return Difference(read, written, edits, before, after, room, passage, steps[0].read[0], steps[0].written[0])


def _paragraph_ends(content: str, passage: Passage, steps: Sequence[Step]) -> bool:
    """Whether a paragraph begins or ends with, or within, the words of the text: lines end short there."""
    k, m = steps[0].written[0], steps[-1].written[1]
    start = passage.written[k - 1].end if k else passage.written[k].start
    end = passage.written[m].start if m < len(passage.written) else passage.written[m - 1].end
    return "\n" in content[start:end]


def _room(
    pages: Sequence[Page], columns: dict[int, _Column], one: WordPlace, other: WordPlace, *, broken: bool
) -> float:
    """How many letters there is room for between two words: within a line, at the ends of two, and in lines between.

    Where a paragraph is broken lines end short and stand apart, and only the room within a line says anything.
    """
    (p, line, word), (q, following, _) = one, other
    letter = _letter_width(pages[p], line)
    for k in (p, q):
        if k not in columns:
            columns[k] = _column(pages[k])
    left, right = (upright(pages[k], pages[k].lines[n].words[w].box) for k, n, w in (one, other))
    ends = max(0.0, columns[p].right - left.right) + max(0.0, right.left - columns[q].left)
    if _SENTENCE_END.search(pages[p].lines[line].words[word].text):
        # A line that ends short with its sentence is the last of a paragraph on the page, whatever the text says.
        ends = 0.0
    if p != q:
        return 0.0 if broken else max(0.0, ends / letter - 2)
    if line == following:
        return max(0.0, (right.left - left.right) / letter - 1)
    if broken:
        return 0.0
    column = columns[p]
    down = ((right.top + right.bottom) - (left.top + left.bottom)) / 2
    lines = max(0, round(down / column.pitch) - 1) if column.pitch and down > LINE_APART * column.pitch else 0
    return max(0.0, ends / letter - 2) + lines * (column.right - column.left) / letter


def _letter_width(page: Page, line: int) -> float:
    """The usual width of a letter of a line, in pixels."""
    words = page.lines[line].words
    return max(1.0, sum(upright(page, w.box).width for w in words) / sum(len(w.text) for w in words))


@dataclass(frozen=True, slots=True)
class _Column:
    """Where the lines of a page usually begin and end, and how far one is below the other, in upright pixels."""

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
