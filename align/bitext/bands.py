"""The coarse pass over a volume: a band of sentence pairs that the beads are then looked for in.

Rare words that translate each other vote for cells of a grid; a monotone path through the grid collects the votes.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
import numpy.typing as npt

from align.bitext.lexicon.word_pairs import WordPairs
from align.bitext.words import FloatArray, IntArray, Words
from align.model import Bead
from align.tuning.bitext import BITEXT, BitextTuning

Band = Callable[[int, int], tuple[int, int]]


def band(left: Words, right: Words, pairs: WordPairs, *, tuning: BitextTuning = BITEXT) -> Band:
    """A function from rows first..last to the window of columns (low, high), both nodes.

    Windows cover the first and the last node, and neighbouring ones overlap.
    """
    count = len(right)
    if len(left) * count <= tuning.small_pairs:
        return lambda _first, _last: (0, count)
    cell = max(tuning.cell_sentences, -(-max(len(left), count) // tuning.most_cells))
    grid = _votes(left, right, pairs, cell, tuning.rare_sentences)
    path = _path(grid, len(left) / max(1, count), tuning)
    margin = tuning.margin_sentences
    rows, columns = path[:, 0] * cell, path[:, 1] * cell

    def window(first: int, last: int) -> tuple[int, int]:
        near = columns[(rows > first - 2 * cell) & (rows <= last + cell)]
        low = 0 if first == 0 else max(0, int(near.min()) - margin)
        high = count if last >= len(left) else min(count, int(near.max()) + cell + margin)
        return low, high

    return window


def band_along(beads: Sequence[Bead], left_count: int, right_count: int, *, tuning: BitextTuning = BITEXT) -> Band:
    """The same function for the second pass: windows around the path of the first pass, everything for small texts.

    >>> around = band_along([Bead((k,), (k,), 1.0) for k in range(1000)], 1000, 1000)
    >>> around(64, 128), around(960, 1000)
    ((31, 161), (927, 1000))
    """
    if left_count * right_count <= tuning.small_pairs:
        return lambda _first, _last: (0, right_count)
    lows, highs = np.full(left_count + 1, right_count), np.zeros(left_count + 1, np.int64)
    i = j = 0
    lows[0] = 0
    margin = tuning.second_margin_sentences
    for bead in beads:
        lows[i : i + len(bead.left) + 1] = np.minimum(lows[i : i + len(bead.left) + 1], j)
        i, j = i + len(bead.left), j + len(bead.right)
        highs[i - len(bead.left) : i + 1] = np.maximum(highs[i - len(bead.left) : i + 1], j)

    def window(first: int, last: int) -> tuple[int, int]:
        low = max(0, int(lows[first : last + 1].min()) - margin)
        return low, min(right_count, int(highs[first : last + 1].max()) + margin)

    return window


def _votes(left: Words, right: Words, pairs: WordPairs, cell: int, rare_sentences: int) -> FloatArray:
    """The grid of votes: each rare pair shares its log-odds among the places where both its words occur."""
    left_count, right_count = left.counts[pairs.pair_left], right.counts[pairs.pair_right]
    rare = (left_count <= rare_sentences) & (right_count <= rare_sentences)
    one, two = pairs.pair_left[rare], pairs.pair_right[rare]
    odds = np.log(np.maximum(pairs.forward[rare] / pairs.right_share[two], 1.0)) / np.maximum(
        left_count[rare], right_count[rare]
    )
    left_places, left_first = _places(left)
    right_places, right_first = _places(right)
    grid = np.zeros((len(left) // cell + 1, len(right) // cell + 1), np.float32)
    for a, b, weight in zip(one.tolist(), two.tolist(), odds.tolist(), strict=True):
        i = left_places[left_first[a] : left_first[a + 1]] // cell
        j = right_places[right_first[b] : right_first[b + 1]] // cell
        np.add.at(grid, (np.repeat(i, len(j)), np.tile(j, len(i))), weight)
    return grid


def _places(text: Words) -> tuple[IntArray, IntArray]:
    """The sentence of every token, sorted by type, and each type's first place there."""
    sentence = np.repeat(np.arange(len(text)), np.diff(text.starts))
    order = np.argsort(text.tokens, kind="stable")
    return sentence[order], np.r_[0, np.cumsum(text.counts)]


def _path(grid: FloatArray, slope: float, tuning: BitextTuning = BITEXT) -> npt.NDArray[np.int64]:
    """The cells of the monotone path with most votes, as rows of (row, column); without votes, the diagonal.

    >>> _path(np.eye(3, dtype=np.float32), 1.0).tolist()
    [[0, 0], [1, 1], [2, 2]]
    """
    rows, columns = grid.shape
    smooth = grid.copy()
    smooth[1:, 1:] += tuning.neighbour_votes * grid[:-1, :-1]
    smooth[:-1, :-1] += tuning.neighbour_votes * grid[1:, 1:]
    # Cells with no more votes than usual attract no path.
    worth = np.minimum(smooth - tuning.usual_votes * smooth.mean(), tuning.most_votes)
    off = np.abs(np.arange(rows)[:, None] - slope * np.arange(columns)[None]) / max(rows, columns)
    worth -= tuning.off_diagonal_cost * off.astype(np.float32)
    step = np.float32(tuning.cell_step_cost)  # a move along one side only
    tilt = step * np.arange(columns, dtype=np.float32)
    best = np.empty((rows, columns), np.float32)
    for i in range(rows):
        reached = np.full(columns, -np.inf, np.float32)
        if i == 0:
            reached[0] = worth[0, 0]
        else:
            reached[1:] = best[i - 1, :-1] + worth[i, 1:]
            np.maximum(reached, best[i - 1] - step, out=reached)
        best[i] = np.maximum.accumulate(reached + tilt) - tilt
    i, j = rows - 1, columns - 1
    cells = [(i, j)]
    while i or j:
        diagonal = best[i - 1, j - 1] + worth[i, j] if i and j else -np.inf
        up = best[i - 1, j] - step if i else -np.inf
        across = best[i, j - 1] - step if j else -np.inf
        if diagonal >= up and diagonal >= across:
            i, j = i - 1, j - 1
        elif up >= across:
            i -= 1
        else:
            j -= 1
        cells.append((i, j))
    return np.array(cells[::-1], np.int64)
