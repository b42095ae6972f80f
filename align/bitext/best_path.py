"""The best path through a lattice of beads, and the probability of each step on it.

A gap is a run of sentences without a counterpart. Its first sentence costs more than each further one (affine gaps,
Gotoh 1982). Each node has three states: a bead ends here, a gap of left sentences ends here, or a gap of right ones.
If two gaps touch, the left one comes first, so that each alignment is exactly one path. The best path takes the maximum
over the paths to a node; the probabilities take the sum over them, by the same steps (Baum's forward-backward).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from align.bitext.lattice import LONGEST, NEVER, SHAPES, Lattice
from align.tuning.bitext import BITEXT

Row = npt.NDArray[np.float64]
Step = tuple[int, int, int, int]  # left start, left end, right start, right end


@dataclass(frozen=True, slots=True)
class Ends:
    """For each row of nodes, over its block's window: value of the paths that end in each state."""

    beads: list[Row]
    lefts: list[Row]
    rights: list[Row]


def _overlap(low: int, size: int, other_low: int, other_size: int) -> tuple[slice, slice]:
    """The columns that two windows share, as a slice of each."""
    start = max(low, other_low)
    end = max(start, min(low + size, other_low + other_size))
    return slice(start - low, end - low), slice(start - other_low, end - other_low)


def _gap_sums(lattice: Lattice, heat: float) -> Row:
    return np.asarray(np.r_[0.0, np.cumsum(lattice.right_gap, dtype=np.float64)] * heat)


def forward(lattice: Lattice, combine: np.ufunc, *, heat: float = 1.0) -> Ends:
    """What the paths from the first node to each node are worth; combine is np.maximum or np.logaddexp.

    heat multiplies all log-odds: below 1 it takes from their confidence.
    """
    beads: list[Row] = []
    lefts: list[Row] = []
    rights: list[Row] = []
    anys: list[Row] = []
    gaps = _gap_sums(lattice, heat)
    opening = lattice.opening * heat
    for i in range(lattice.left_count + 1):
        block = lattice.block(i)
        size = block.high - block.low + 1
        bead = np.full(size, float(NEVER))
        if i == 0 and block.low == 0:
            bead[0] = 0.0
        for k, (n, m) in enumerate(SHAPES):
            if n > i:
                continue
            source = lattice.block(i - n)
            scores = source.scores[k]
            if scores is None:
                continue
            columns, source_columns = _overlap(block.low, size, source.low + m, source.high - source.low + 1)
            values = anys[i - n][source_columns] + heat * scores[i - n - source.first, source_columns]
            combine(bead[columns], values, out=bead[columns])
        left = np.full(size, float(NEVER))
        if i:
            above = lattice.block(i - 1)
            columns, source_columns = _overlap(block.low, size, above.low, above.high - above.low + 1)
            left[columns] = (
                combine(beads[-1][source_columns] + opening, lefts[-1][source_columns]) + heat * lattice.left_gap[i - 1]
            )
        base = combine(bead, left)
        cost = gaps[block.low : block.high + 1]
        right = np.full(size, float(NEVER))
        right[1:] = combine.accumulate((base - cost)[:-1]) + cost[1:] + opening
        beads.append(bead)
        lefts.append(left)
        rights.append(right)
        anys.append(combine(base, right))
    return Ends(beads, lefts, rights)


def best_path(lattice: Lattice) -> list[Step]:
    """The steps of the likeliest path, in order; a sentence without a counterpart is a step of its own.

    The path covers both texts. ValueError where the band cuts the last node off.
    """
    ends = forward(lattice, np.maximum)
    i, j = lattice.left_count, lattice.right_count
    if not lattice.block(0).low == 0 or not lattice.block(i).low <= j <= lattice.block(i).high:
        raise ValueError(f"the band leaves out the first or the last node: {i}, {j}")

    def value(rows: list[Row], row: int, column: int) -> float:
        block = lattice.block(row)
        return float(rows[row][column - block.low]) if block.low <= column <= block.high else float(NEVER)

    steps: list[Step] = []
    states = (ends.beads, ends.lefts, ends.rights)
    state = max(range(3), key=lambda s: value(states[s], i, j))
    while i or j:
        if state == 2:
            steps.append((i, i, j - 1, j))
            j -= 1
            opened = max(value(ends.beads, i, j), value(ends.lefts, i, j)) + lattice.opening
            if opened >= value(ends.rights, i, j):
                state = 0 if value(ends.beads, i, j) >= value(ends.lefts, i, j) else 1
        elif state == 1:
            steps.append((i - 1, i, j, j))
            i -= 1
            state = 0 if value(ends.beads, i, j) + lattice.opening >= value(ends.lefts, i, j) else 1
        else:
            options = []
            for k, (n, m) in enumerate(SHAPES):
                if n <= i and m <= j:
                    source = lattice.block(i - n)
                    scores = source.scores[k]
                    if scores is not None and source.low <= j - m <= source.high:
                        score = float(scores[i - n - source.first, j - m - source.low])
                        options += [(value(states[s], i - n, j - m) + score, -k, s, n, m) for s in range(3)]
            _, _, state, n, m = max(options)
            steps.append((i - n, i, j - m, j))
            i, j = i - n, j - m
    return steps[::-1]


def link_probabilities(lattice: Lattice, *, heat: float, negligible: float = BITEXT.negligible) -> list[Row]:
    """For each left sentence the probability of a link to each right sentence of its block's window (low..high-1).

    The sum over all paths, after each log-odds is multiplied by heat. Beads less likely than `negligible` are left out.
    """
    ends = forward(lattice, np.logaddexp, heat=heat)
    anys = [np.logaddexp(np.logaddexp(b, x), y) for b, x, y in zip(ends.beads, ends.lefts, ends.rights, strict=True)]
    last = lattice.block(lattice.left_count)
    total = anys[-1][lattice.right_count - last.low]
    gaps, opening = _gap_sums(lattice, heat), lattice.opening * heat
    links = [np.zeros(lattice.block(i).high - lattice.block(i).low + 1) for i in range(lattice.left_count)]
    after_bead: dict[int, Row] = {}
    after_left = np.zeros(0)
    for i in range(lattice.left_count, -1, -1):
        block = lattice.block(i)
        size = block.high - block.low + 1
        out = np.full(size, float(NEVER))
        if i == lattice.left_count:
            out[lattice.right_count - block.low] = 0.0
        for k, (n, m) in enumerate(SHAPES):
            scores = block.scores[k]
            if i + n > lattice.left_count or scores is None:
                continue
            target = lattice.block(i + n)
            columns, target_columns = _overlap(block.low + m, size, target.low, target.high - target.low + 1)
            ahead = heat * scores[i - block.first, columns] + after_bead[i + n][target_columns]
            np.logaddexp(out[columns], ahead, out=out[columns])
            share = np.exp(np.minimum(anys[i][columns] + ahead - total, 0.0))
            if share.max(initial=0.0) > negligible:
                _add_links(links, lattice, i, n, block.low + (columns.start or 0), m, share)
        cost = gaps[block.low : block.high + 1]
        after_right = np.logaddexp.accumulate((out + cost)[::-1])[::-1] - cost
        to_right = np.full(size, float(NEVER))
        to_right[:-1] = after_right[1:] + np.diff(cost) + opening
        to_left = np.full(size, float(NEVER))
        if i < lattice.left_count:
            below = lattice.block(i + 1)
            columns, target_columns = _overlap(block.low, size, below.low, below.high - below.low + 1)
            to_left[columns] = after_left[target_columns] + heat * lattice.left_gap[i]
        on = np.logaddexp(out, to_right)
        after_bead[i] = np.logaddexp(on, to_left + opening)
        after_left = np.logaddexp(on, to_left)
        after_bead.pop(i + LONGEST + 1, None)
    return links


def _add_links(links: list[Row], lattice: Lattice, i: int, n: int, start: int, m: int, share: Row) -> None:
    """Add the probability of the beads n-m that start at (i, start), (i, start + 1), ... to every link in them."""
    for row in range(i, i + n):
        low = lattice.block(row).low
        for shift in range(m):
            here, there = _overlap(low, len(links[row]), start + shift, len(share))
            links[row][here] += share[there]
