"""Fits against every substring there is."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz.distance import Levenshtein

from align.matching.fit import compare, fit_pieces, margin

PIECES = st.lists(st.integers(1, 3), min_size=1, max_size=10)


@given(PIECES, st.lists(st.integers(1, 3), min_size=1, max_size=30), st.integers(-20, 50))
def test_a_fit_is_the_nearest_substring_of_its_window(piece: list[int], text: list[int], place: int) -> None:
    """No substring near the place is nearer to the piece, and the range found is as near as is said."""
    lines, letters = np.array(piece, np.uint8), np.array(text, np.uint8)
    lengths = np.array([len(piece)])
    fits = fit_pieces(lines, letters, np.array([0]), lengths, np.array([place]))
    start, end, distance = int(fits.starts[0]), int(fits.ends[0]), int(fits.distances[0])
    reach = int(margin(lengths)[0])
    low, high = (min(max(0, at), len(text)) for at in (place - reach, place + len(piece) + reach))
    every = [Levenshtein.distance(piece, text[a:b]) for a in range(low, high + 1) for b in range(a, high + 1)]
    assert distance == min(every, default=len(piece))
    assert Levenshtein.distance(piece, text[start:end]) == distance


@given(PIECES, st.lists(st.integers(1, 3), max_size=12))
def test_compare_is_the_edit_distance(piece: list[int], text: list[int]) -> None:
    """A piece and a whole range differ by their edit distance."""
    lines, letters = np.array(piece, np.uint8), np.array([*text, 9], np.uint8)
    found = compare(lines, letters, np.array([0]), np.array([len(piece)]), np.array([0]), np.array([len(text)]))
    assert found.tolist() == [Levenshtein.distance(piece, text)]


def test_of_equal_places_the_expected_one_is_taken() -> None:
    """A piece that stands twice in its window is put where its candidate says."""
    lines, letters = np.array([1, 2], np.uint8), np.array([1, 2, 3, 3, 1, 2, 3], np.uint8)
    for place in (0, 4):
        fits = fit_pieces(lines, letters, np.array([0]), np.array([2]), np.array([place]))
        assert (fits.starts[0], fits.ends[0], fits.distances[0]) == (place, place + 2, 0)
