"""Words as read beside words as written: which stand for each other, and which are on one side alone.

Both sides are sequences of words, folded to letters. The cheapest way to turn one into the other is found. Words may
stand for each other one to one, or two to one (an engine divides a word, or joins two), and runs of words may be on one
side alone. A letter on one side alone costs less than one in a pair of unrelated words of different length. A run of
missing words costs less than the same words missing here and there (Gotoh 1982), so that a sentence left out stays
whole. Long runs of equal words are paired first; only what is between them is searched.

Example: "came late He sat" beside "came very late Hesat" gives came = came, – = very, late = late, He sat = Hesat.
"""

from __future__ import annotations

from array import array
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple, Self, overload

from rapidfuzz.distance import Indel, Levenshtein

from align.tuning.linking import LINKING, LinkingTuning

_NUMBERS_A_STEP = 5


class WordRange(NamedTuple):
    """A half-open range of the indices of words."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Step:
    """Words read, and the words written for which they stand; one of the two ranges may be empty."""

    read: WordRange
    written: WordRange
    edits: int

    @property
    def paired(self) -> bool:
        """Whether there are words on both sides."""
        return self.read.start < self.read.end and self.written.start < self.written.end


class Steps(Sequence[Step]):
    """Steps in order, kept as bare numbers and made when they are asked for: a volume has one for each of its words."""

    def __init__(self, steps: Iterable[Step] = ()) -> None:
        """Take the steps."""
        self._numbers = array("q")
        self += steps

    def __iadd__(self, steps: Iterable[Step]) -> Self:
        for step in steps:
            self._numbers.extend((*step.read, *step.written, step.edits))
        return self

    def __len__(self) -> int:
        return len(self._numbers) // _NUMBERS_A_STEP

    @overload
    def __getitem__(self, at: int) -> Step: ...

    @overload
    def __getitem__(self, at: slice) -> Sequence[Step]: ...

    def __getitem__(self, at: int | slice) -> Step | Sequence[Step]:
        if isinstance(at, slice):
            return [self._step(n) for n in range(*at.indices(len(self)))]
        return self._step(range(len(self))[at])

    def __iter__(self) -> Iterator[Step]:
        return map(self._step, range(len(self)))

    def _step(self, number: int) -> Step:
        at = number * _NUMBERS_A_STEP
        a, b, c, d, edits = self._numbers[at : at + _NUMBERS_A_STEP]
        return Step(WordRange(a, b), WordRange(c, d), edits)


def collate(
    read: Sequence[str],
    written: Sequence[str],
    tuning: LinkingTuning = LINKING,
    *,
    before: tuple[int, int] = (0, 0),
    scraps: Collection[int] = (),
) -> list[Step]:
    """The steps that lead through both sequences of folded words, in order, leaving none out; no word may be empty.

    `before` says how many words read and how many words written come before them: the steps count these too. `scraps`
    are the indices of words read that may be dirt: none is joined with a word that fits better without it.
    """
    first_read, first_written = before
    steps: list[Step] = []
    for same, (i, j), (k, m) in _parts(read, written, tuning):
        if same:
            pairs = zip(range(first_read + i, first_read + j), range(first_written + k, first_written + m), strict=True)
            steps += [Step(WordRange(r, r + 1), WordRange(w, w + 1), 0) for r, w in pairs]
        else:
            steps += _cheapest(read[i:j], written[k:m], (first_read + i, first_written + k), tuning)
    return [part for step in steps for part in _without_scrap(step, read, written, before, scraps)] if scraps else steps


def _without_scrap(
    step: Step, read: Sequence[str], written: Sequence[str], before: tuple[int, int], scraps: Collection[int]
) -> list[Step]:
    """The step; or, where two words read stand for one that fits better without a scrap, the two apart."""
    first, end = (at - before[0] for at in step.read)
    if not step.edits or end - first != 2 or step.written.end - step.written.start != 1:
        return [step]
    word = written[step.written.start - before[1]]
    for scrap, kept in ((first, first + 1), (first + 1, first)):
        edits = Levenshtein.distance(read[kept], word)
        if scrap in scraps and edits < step.edits:
            middle = step.read.start + 1
            halves = WordRange(step.read.start, middle), WordRange(middle, step.read.end)
            at = step.written.start if scrap == first else step.written.end
            alone = Step(halves[scrap - first], WordRange(at, at), 0)
            pair = Step(halves[kept - first], step.written, edits)
            return [alone, pair] if scrap == first else [pair, alone]
    return [step]


def _parts(
    read: Sequence[str], written: Sequence[str], tuning: LinkingTuning
) -> Iterator[tuple[bool, WordRange, WordRange]]:
    """The sequences in parts: anchors (True) and what is between them (False)."""
    blocks = Indel.opcodes(read, written)
    at = (0, 0)
    for block in blocks:
        i, j, k = block.src_start, block.src_end, block.dest_start
        whole = block.tag == "equal" and (
            j - i >= tuning.words.anchor_words and sum(map(len, read[i:j])) >= tuning.words.anchor_letters
        )
        outer = block.tag == "equal" and (i == k == 0 or (j == len(read) and block.dest_end == len(written)))
        if not (whole or outer):
            continue
        # The first and last word of a run may be the equal word on the far side of a gap: the search decides.
        first = 0 if i == k == 0 else 1
        last = 0 if j == len(read) and block.dest_end == len(written) else 1
        if j - i <= first + last:
            continue
        if at != (i + first, k + first):
            yield False, WordRange(at[0], i + first), WordRange(at[1], k + first)
        yield True, WordRange(i + first, j - last), WordRange(k + first, k + (j - i) - last)
        at = j - last, k + (j - i) - last
    if at != (len(read), len(written)):
        yield False, WordRange(at[0], len(read)), WordRange(at[1], len(written))


_Tables = list[list[list[float]]]


def _cheapest(
    read: Sequence[str], written: Sequence[str], before_part: tuple[int, int], tuning: LinkingTuning
) -> list[Step]:
    """The cheapest steps through two short sequences: three tables, for steps in pairs and runs on either side.

    `before_part` says how many words read and words written come before the sequences.
    """
    n, m = len(read), len(written)
    first_read, first_written = before_part
    if not n or not m or n * m > tuning.words.largest_pairs:
        end_read, end_written = first_read + n, first_written + m
        none_written, none_read = WordRange(first_written, first_written), WordRange(end_read, end_read)
        read_alone = [Step(WordRange(i, i + 1), none_written, 0) for i in range(first_read, end_read)]
        return read_alone + [Step(none_read, WordRange(k, k + 1), 0) for k in range(first_written, end_written)]
    alone_edits, run_edits, joined_edits = tuning.words.alone_edits, tuning.words.run_edits, tuning.words.joined_edits
    infinite = float("inf")
    # best[state][i][k]: cost of the first i and k words, ending in a pair (0), in words read (1) or written (2) alone.
    best = [[[infinite] * (m + 1) for _ in range(n + 1)] for _ in range(3)]
    came: dict[tuple[int, int, int], tuple[int, int, int, int]] = {}
    best[0][0][0] = 0.0
    reads, writes = _joined(read), _joined(written)
    for i in range(n + 1):
        for k in range(m + 1):
            for a, b in ((1, 1), (2, 1), (1, 2)):
                if i < a or k < b:
                    continue
                before, cost = _least(best, i - a, k - b)
                word_read, word_written = reads[a][i], writes[b][k]
                joined = joined_edits if a + b > 2 else 0.0
                # Two words are at least as many edits apart as one is longer than the other.
                if cost + (abs(len(word_read) - len(word_written)) + joined) >= best[0][i][k]:
                    continue
                edits = Levenshtein.distance(word_read, word_written)
                if cost + (edits + joined) < best[0][i][k]:
                    best[0][i][k] = cost + (edits + joined)
                    came[0, i, k] = (before, a, b, edits)
            if i:
                _alone(best, came, 1, (i, k), (1, 0), alone_edits * len(read[i - 1]), run_edits)
            if k:
                _alone(best, came, 2, (i, k), (0, 1), alone_edits * len(written[k - 1]), run_edits)
    state = min(range(3), key=lambda s: best[s][n][m])
    steps = []
    i, k = n, m
    while i or k:
        before, a, b, edits = came[state, i, k]
        r, w = first_read + i, first_written + k
        steps.append(Step(WordRange(r - a, r), WordRange(w - b, w), edits))
        i, k, state = i - a, k - b, before
    return steps[::-1]


def _joined(words: Sequence[str]) -> dict[int, list[str]]:
    """For one word and for two: before each index, the letters of the last word, or of the last two words."""
    return {1: ["", *words], 2: ["", "", *(first + second for first, second in pairwise(words))]}


def _least(best: _Tables, i: int, k: int) -> tuple[int, float]:
    """The cheapest state after i words read and k words written, and what it costs."""
    pair, read, written = best[0][i][k], best[1][i][k], best[2][i][k]
    if pair <= read and pair <= written:
        return 0, pair
    return (1, read) if read <= written else (2, written)


def _alone(
    best: _Tables,
    came: dict[tuple[int, int, int], tuple[int, int, int, int]],
    state: int,
    at: tuple[int, int],
    step: tuple[int, int],
    letters: float,
    run_edits: float,
) -> None:
    """Extend or begin a run of words that are on one side alone."""
    (i, k), (a, b) = at, step
    before, cost = _least(best, i - a, k - b)
    if before != state:
        going_on = best[state][i - a][k - b]
        if going_on < cost + run_edits or (going_on == cost + run_edits and state < before):
            before, cost = state, going_on
        else:
            cost += run_edits
    if cost + letters < best[state][i][k]:
        best[state][i][k] = cost + letters
        came[state, i, k] = (before, a, b, 0)
