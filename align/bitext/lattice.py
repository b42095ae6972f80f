"""The lattice of beads: every bead that a band allows, with its evidence summed in log-odds.

A node (i, j) means that i sentences of the left text and j of the right are behind; a bead leads from one node to a
later one. Rows of nodes go in blocks, and all rows of a block share one window of columns.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from align.bitext.words import FloatArray, IntArray

Shape = tuple[int, int]

# Beads by (left, right) sentences: up to four for one anywhere; longer ones for quoted speech that one language keeps
# in one sentence.
MOST_EVEN, LONGEST = 4, 16
SHAPES: tuple[Shape, ...] = (
    (1, 1), (1, 2), (2, 1), (2, 2), (1, 3), (3, 1), (2, 3), (3, 2), (1, 4), (4, 1),
    *((1, n) for n in range(5, LONGEST + 1)),
    *((n, 1) for n in range(5, LONGEST + 1)),
)  # fmt: skip
# The score of a bead that is impossible. It is finite, so that the difference of two such scores is a number.
NEVER = np.float32(-1e9)
BLOCK_ROWS = 64


@dataclass(frozen=True, slots=True)
class Block:
    """Rows `first` to first + rows - 1 of the lattice, and in each row the nodes of the columns `low` to `high`.

    scores[k] has the shape (rows, high - low + 1). It holds, for each node, the log-odds of the bead of SHAPES[k] that
    starts there, or NEVER if that bead would go past the end of a text. It is None if no bead of this shape fits here.
    """

    first: int
    rows: int
    low: int
    high: int
    scores: tuple[FloatArray | None, ...]


@dataclass(frozen=True, slots=True)
class Lattice:
    """Blocks for rows 0..left_count (the last holds the last row), and what gaps cost.

    left_gap, right_gap: log-odds of leaving one sentence without a counterpart; opening: that of beginning to.
    """

    blocks: tuple[Block, ...]
    left_count: int
    right_count: int
    left_gap: FloatArray
    right_gap: FloatArray
    opening: float

    def block(self, row: int) -> Block:
        """The block that holds this row of nodes."""
        return self.blocks[min(row // BLOCK_ROWS, len(self.blocks) - 1)]


def windows(left_count: int, band: Callable[[int, int], tuple[int, int]]) -> list[tuple[int, int, int, int]]:
    """The blocks of rows as (first, rows, low, high): rows 0..left_count in blocks of 64, columns as `band` says.

    >>> windows(70, lambda first, last: (first, last + 5))
    [(0, 64, 0, 69), (64, 7, 64, 75)]
    """
    count = max(1, -(-left_count // BLOCK_ROWS))
    found = []
    for k in range(count):
        first = k * BLOCK_ROWS
        rows = min(BLOCK_ROWS, left_count - first) + (k == count - 1)
        last = min(first + BLOCK_ROWS, left_count)
        found.append((first, rows, *band(first, last)))
    return found


def window_sums(values: npt.NDArray[Any], width: int, count: int) -> npt.NDArray[Any]:
    """Sums of `width` neighbours from each of `count` places on; places past the end hold nothing.

    >>> window_sums(np.array([1, 2, 3]), 2, 4).tolist()
    [3.0, 5.0, 3.0, 0.0]
    """
    padded = np.zeros(count + width + 1, np.float64)
    kept = np.asarray(values[: count + width], np.float64)
    padded[1 : len(kept) + 1] = np.cumsum(kept)
    padded[len(kept) + 1 :] = padded[len(kept)]
    return padded[width : width + count] - padded[:count]


def column_sums(matrix: FloatArray, width: int, count: int) -> FloatArray:
    """`window_sums` along the second axis."""
    padded = np.zeros((matrix.shape[0], max(count + width, matrix.shape[1]) + 1), np.float64)
    np.cumsum(matrix, axis=1, out=padded[:, 1 : matrix.shape[1] + 1])
    padded[:, matrix.shape[1] + 1 :] = padded[:, matrix.shape[1] : matrix.shape[1] + 1]
    return (padded[:, width : width + count] - padded[:, :count]).astype(np.float32)


def starts_of(paragraphs: IntArray | None, count: int) -> FloatArray | None:
    """1 where a paragraph starts, else 0; None for None."""
    if paragraphs is None:
        return None
    found = np.zeros(count, np.float32)
    found[paragraphs] = 1
    return found
