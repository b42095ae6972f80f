"""Bit-vector edit distances against the textbook's table."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from align.matching.bitvectors import columns_after, columns_before, distances

LETTERS = st.lists(st.integers(1, 4), max_size=12)


def table_row(pattern: list[int], window: list[int], free_start: bool) -> list[int]:
    """The last row of the dynamic-programming table, cell by cell."""
    row = [0 if free_start else j for j in range(len(window) + 1)]
    for i, letter in enumerate(pattern, 1):
        above, row = row, [i]
        for j, other in enumerate(window, 1):
            row.append(min(above[j - 1] + (letter != other), above[j] + 1, row[-1] + 1))
    return row


@given(st.lists(st.tuples(LETTERS, LETTERS), min_size=1, max_size=5), st.booleans())
def test_distances_are_those_of_the_table(pairs: list[tuple[list[int], list[int]]], free_start: bool) -> None:
    """Each lane's distances equal the last row of its own table."""
    widest, longest = max(len(w) for _, w in pairs), max(len(p) for p, _ in pairs)
    patterns = np.array([p + [0] * (longest - len(p)) for p, _ in pairs], np.uint8).T
    windows = np.array([w + [0] * (widest - len(w)) for _, w in pairs], np.uint8).T
    lengths = np.array([len(p) for p, _ in pairs])
    found = distances(patterns, lengths, windows, free_start=free_start)
    for lane, (pattern, window) in enumerate(pairs):
        assert found[: len(window) + 1, lane].tolist() == table_row(pattern, window, free_start)


@pytest.mark.parametrize("free_start", [False, True])
def test_a_pattern_may_fill_the_word(free_start: bool) -> None:
    """64 letters, the most there is room for, are compared as exactly as few."""
    rng = np.random.default_rng(5)
    pattern, window = rng.integers(1, 5, 64), rng.integers(1, 5, 90)
    found = distances(
        pattern[:, None].astype(np.uint8), np.array([64]), window[:, None].astype(np.uint8), free_start=free_start
    )
    assert found[:, 0].tolist() == table_row(pattern.tolist(), window.tolist(), free_start)


def test_the_example_in_the_docstring_holds() -> None:
    """The module's worked example is true."""
    pattern, window = np.array([[1, 2, 3]], np.uint8).T, np.array([[4, 1, 2, 3, 5]], np.uint8).T
    assert distances(pattern, np.array([3]), window, free_start=True)[:, 0].tolist() == [3, 3, 2, 1, 0, 1]
    assert distances(pattern, np.array([3]), window, free_start=False)[:, 0].tolist() == [3, 3, 3, 2, 1, 2]


def test_columns_are_filled_up_with_nothing() -> None:
    """Ranges of different lengths become columns, forwards and back to front, with zeros below."""
    letters = np.array([1, 2, 3, 4], np.uint8)
    assert columns_after(letters, np.array([0, 2]), np.array([3, 1])).T.tolist() == [[1, 2, 3], [3, 0, 0]]
    assert columns_before(letters, np.array([4, 1]), np.array([3, 1])).T.tolist() == [[4, 3, 2], [1, 0, 0]]
