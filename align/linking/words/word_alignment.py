"""Words as read beside words as written: which of a stretch stand for each other, which are on one side alone.

Both sides are sequences of words, folded to letters. The cheapest way to turn one into the other is found, where words
may stand for each other one to one, or two to one (an engine parts a word, or joins two), and runs of words may be on
one side alone. Letters cost less on one side alone than in a pair of unrelated words of different length, and a run of
missing words costs less than the same words missing here and there (Gotoh 1982), so that a sentence left out stays
whole. Long runs of equal words are taken as they are; the rest is small.

Example: "came late He sat" beside "came very late Hesat" gives came = came, – = very, late = late, He sat = Hesat.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from rapidfuzz.distance import Indel, Levenshtein

# Equal words in a row, with so many letters, that stand for each other whatever is around them.
ANCHOR_WORDS, ANCHOR_LETTERS = 3, 10
# What a letter on one side alone costs in edits, and what a run of them costs besides, in the middle of a line; two
# unrelated words of one length cost about 0.85 edits a letter.
ALONE, RUN = 0.6, 1.5
# What it costs, besides the edits, that two words stand for one.
JOINED = 0.4
# A part with more pairs of words than this is not collated, as one whole is not with another: its words stand alone.
LARGEST = 250_000


@dataclass(frozen=True, slots=True)
class Step:
    """Words read, and words written that they stand for, as half-open ranges of indices; one of them may be empty."""

    read: tuple[int, int]
    written: tuple[int, int]
    edits: int

    @property
    def paired(self) -> bool:
        """Whether there are words on both sides."""
        return self.read[0] < self.read[1] and self.written[0] < self.written[1]


def collate(read: Sequence[str], written: Sequence[str]) -> list[Step]:
    """The steps that lead through both sequences of folded words, in order, leaving none out; no word is empty."""
    steps: list[Step] = []
    for same, (i, j), (k, m) in _parts(read, written):
        if same:
            steps += [Step((i + n, i + n + 1), (k + n, k + n + 1), 0) for n in range(j - i)]
        else:
            steps += _shifted(_cheapest(read[i:j], written[k:m]), i, k)
    return steps


def _parts(read: Sequence[str], written: Sequence[str]) -> Iterator[tuple[bool, tuple[int, int], tuple[int, int]]]:
    """The sequences in parts: runs of equal words that are sure, and what lies between them."""
    blocks = Indel.opcodes(read, written)
    at = (0, 0)
    for block in blocks:
        i, j, k = block.src_start, block.src_end, block.dest_start
        whole = block.tag == "equal" and (j - i >= ANCHOR_WORDS and sum(map(len, read[i:j])) >= ANCHOR_LETTERS)
        outer = block.tag == "equal" and (i == k == 0 or (j == len(read) and block.dest_end == len(written)))
        if not (whole or outer):
            continue
        # A word at either end of a run may as well be its like on the other side of a gap: the rest decides.
        first = 0 if i == k == 0 else 1
        last = 0 if j == len(read) and block.dest_end == len(written) else 1
        if j - i <= first + last:
            continue
        if at != (i + first, k + first):
            yield False, (at[0], i + first), (at[1], k + first)
        yield True, (i + first, j - last), (k + first, k + (j - i) - last)
        at = j - last, k + (j - i) - last
    if at != (len(read), len(written)):
        yield False, (at[0], len(read)), (at[1], len(written))


def _shifted(steps: Sequence[Step], i: int, k: int) -> list[Step]:
    return [Step((s.read[0] + i, s.read[1] + i), (s.written[0] + k, s.written[1] + k), s.edits) for s in steps]


_Tables = list[list[list[float]]]


def _cheapest(read: Sequence[str], written: Sequence[str]) -> list[Step]:
    """The cheapest steps through two short sequences: three tables, for steps in pairs and runs on either side."""
    n, m = len(read), len(written)
    if not n or not m or n * m > LARGEST:
        return [Step((i, i + 1), (0, 0), 0) for i in range(n)] + [Step((n, n), (k, k + 1), 0) for k in range(m)]
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
                own, other = reads[a][i], writes[b][k]
                joined = JOINED if a + b > 2 else 0.0
                # Words differ in as many letters at least as one is longer than the other.
                if cost + (abs(len(own) - len(other)) + joined) >= best[0][i][k]:
                    continue
                edits = Levenshtein.distance(own, other)
                if cost + (edits + joined) < best[0][i][k]:
                    best[0][i][k] = cost + (edits + joined)
                    came[0, i, k] = (before, a, b, edits)
            if i:
                _alone(best, came, 1, (i, k), (1, 0), ALONE * len(read[i - 1]))
            if k:
                _alone(best, came, 2, (i, k), (0, 1), ALONE * len(written[k - 1]))
    state = min(range(3), key=lambda s: best[s][n][m])
    steps = []
    i, k = n, m
    while i or k:
        before, a, b, edits = came[state, i, k]
        steps.append(Step((i - a, i), (k - b, k), edits))
        i, k, state = i - a, k - b, before
    return steps[::-1]


def _joined(words: Sequence[str]) -> dict[int, list[str]]:
    """The letters of the one word, or the two words, before each index, by how many words."""
    return {1: ["", *words], 2: ["", "", *(one + other for one, other in pairwise(words))]}


def _least(best: _Tables, i: int, k: int) -> tuple[int, float]:
    """The state that is cheapest to be in after so many words, and what it costs."""
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
) -> None:
    """Extend or begin a run of words that are on one side alone."""
    (i, k), (a, b) = at, step
    before, cost = _least(best, i - a, k - b)
    if before != state:
        own = best[state][i - a][k - b]
        if own < cost + RUN or (own == cost + RUN and state < before):
            before, cost = state, own
        else:
            cost += RUN
    if cost + letters < best[state][i][k]:
        best[state][i][k] = cost + letters
        came[state, i, k] = (before, a, b, 0)


def runs_alone(steps: Sequence[Step]) -> list[tuple[int, int]]:
    """The runs of neighbouring steps (half-open) in which words are on one side alone."""
    marks = [False, *(not step.paired for step in steps), False]
    edges = [at for at, (one, other) in enumerate(pairwise(marks)) if one != other]
    return list(zip(edges[::2], edges[1::2], strict=True))
