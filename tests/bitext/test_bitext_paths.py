"""Paths through a lattice against a slow, obvious search; probabilities against an enumeration of all paths."""

from __future__ import annotations

from functools import cache
from math import exp

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from align.bitext.best_path import best_path, link_probabilities
from align.bitext.lattice import NEVER, SHAPES, Block, Lattice, windows

USED = [k for k, (n, m) in enumerate(SHAPES) if max(n, m) <= 4]


@st.composite
def lattices(draw):
    """A lattice of small texts with random log-odds, in one block or in a band of blocks."""
    left, right = draw(st.integers(1, 5)), draw(st.integers(1, 5))
    random = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    scores = []
    for n, m in SHAPES:
        values = random.normal(-1, 3, (left + 1, right + 1)).astype(np.float32)
        values[max(0, left - n + 1) :] = NEVER
        values[:, max(0, right - m + 1) :] = NEVER
        scores.append(values)
    gaps = [random.normal(-1, 1, size).astype(np.float32) for size in (left, right)]
    return Lattice((Block(0, left + 1, 0, right, tuple(scores)),), left, right, *gaps, -float(random.random()))


def all_paths(lattice):
    """Every path as (log-odds, steps), one for each alignment: left gaps before right ones."""
    scores = lattice.blocks[0].scores

    @cache
    def onward(i, j, state):
        found = [(0.0, ())] if (i, j) == (lattice.left_count, lattice.right_count) else []
        for k, (n, m) in enumerate(SHAPES):
            if i + n <= lattice.left_count and j + m <= lattice.right_count:
                rest = onward(i + n, j + m, "bead")
                found += [(float(scores[k][i, j]) + s, ((i, i + n, j, j + m), *p)) for s, p in rest]
        if i < lattice.left_count and state != "right":
            cost = float(lattice.left_gap[i]) + (lattice.opening if state != "left" else 0.0)
            found += [(cost + s, ((i, i + 1, j, j), *p)) for s, p in onward(i + 1, j, "left")]
        if j < lattice.right_count:
            cost = float(lattice.right_gap[j]) + (lattice.opening if state != "right" else 0.0)
            found += [(cost + s, ((i, i, j, j + 1), *p)) for s, p in onward(i, j + 1, "right")]
        return tuple(found)

    return onward(0, 0, "bead")


def worth(lattice, steps):
    """The log-odds of a path by its definition."""
    total, before = 0.0, "bead"
    for i0, i1, j0, j1 in steps:
        if i0 == i1:
            total += float(lattice.right_gap[j0]) + (lattice.opening if before != "right" else 0.0)
            before = "right"
        elif j0 == j1:
            total += float(lattice.left_gap[i0]) + (lattice.opening if before != "left" else 0.0)
            before = "left"
        else:
            total += float(lattice.blocks[0].scores[SHAPES.index((i1 - i0, j1 - j0))][i0, j0])
            before = "bead"
    return total


@settings(max_examples=40, deadline=None)
@given(lattices())
def test_the_best_path_is_the_best_of_all_paths(lattice):
    """No alignment of two small texts is worth more than the one that is found."""
    assert worth(lattice, best_path(lattice)) == pytest.approx(max(s for s, _ in all_paths(lattice)), abs=1e-4)


@settings(max_examples=25, deadline=None)
@given(lattices(), st.floats(0.2, 1.0))
def test_link_probabilities_are_those_of_the_enumeration(lattice, heat):
    """The probability of a link is the share of the paths that hold it, each weighed by its odds."""
    paths = all_paths(lattice)
    total = sum(exp(heat * s) for s, _ in paths)
    expected = np.zeros((lattice.left_count, lattice.right_count))
    for s, steps in paths:
        for i0, i1, j0, j1 in steps:
            expected[i0:i1, j0:j1] += exp(heat * s) / total
    found = np.array([row[: lattice.right_count] for row in link_probabilities(lattice, heat=heat)])
    # a bead under 1e-4 is left out of the sum, and there may be a few dozen
    assert np.abs(found - expected).max() < 5e-3


def test_rows_are_cut_into_blocks_that_share_a_window():
    """Every row of nodes, the last one included, is in one block."""
    blocks = windows(130, lambda first, last: (first, last))
    assert [row for first, rows, _, _ in blocks for row in range(first, first + rows)] == [*range(131)]


def test_a_band_that_leaves_out_the_end_is_refused():
    """A lattice whose last node is outside its window has no path, and says so."""
    scores = tuple(np.zeros((2, 1), np.float32) for _ in SHAPES)
    lattice = Lattice((Block(0, 2, 0, 0, scores),), 1, 2, np.zeros(1, np.float32), np.zeros(2, np.float32), -1.0)
    with pytest.raises(ValueError, match="band leaves out"):
        best_path(lattice)
