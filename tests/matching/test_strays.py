"""Strays against one look at every fit."""

from __future__ import annotations

import random

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from align import locate_lines
from align.matching.strays import find_strays

FITS = st.lists(
    st.tuples(st.integers(0, 8), st.integers(0, 120), st.integers(15, 40), st.integers(0, 12)), max_size=10
).map(sorted)


@given(FITS, st.sets(st.integers(0, 9)))
def test_a_stray_is_the_only_claim_to_free_text(fits: list[tuple[int, int, int, int]], chosen: set[int]) -> None:
    """A stray fits well, is of a piece not claimed, and shares its text with no claim and no other stray."""
    claimed = [i for i in chosen if i < len(fits)]
    columns = [np.array([f[n] for f in fits], np.int64) for n in range(4)]
    pieces, starts, lengths, distances = columns
    found = find_strays(pieces, starts, starts + lengths, distances, np.array(sorted(claimed), np.int64)).tolist()
    held = {letter for i in claimed for letter in range(fits[i][1], fits[i][1] + fits[i][2])}
    for i in found:
        piece, start, length, distance = fits[i]
        assert length >= 20
        assert distance <= length / 4
        assert piece not in {fits[n][0] for n in claimed}
        assert len(held & set(range(start, start + length))) <= 2
        others = {x for n in found if n != i for x in range(fits[n][1], fits[n][1] + fits[n][2])}
        assert len(others & set(range(start, start + length))) <= 2
    assert len({fits[i][0] for i in found}) == len(found)


WORDS = random.Random(3).sample(
    [
        a + b + c
        for a in ("бо", "ве", "гу", "да", "жи", "зо")
        for b in ("ра", "лу", "не", "ты")
        for c in ("к", "м", "ст", "вый")
    ],
    90,
)
ROWS = [" ".join(WORDS[i : i + 6]) for i in range(0, 90, 6)]
TEXT = "\n".join(ROWS)
SPANS = [(TEXT.index(row), TEXT.index(row) + len(row)) for row in ROWS]


def test_a_line_out_of_reading_order_is_found() -> None:
    """A single line that the engine put far too early gets its range, and the others keep theirs."""
    order = [0, 1, 12, *range(2, 12), 13, 14]
    assert locate_lines([ROWS[i] for i in order], TEXT) == [SPANS[i] for i in order]


def test_heads_of_a_missing_title_get_nothing() -> None:
    """Of several lines that fit the same free text none is believed."""
    lines = [*ROWS[1:5], ROWS[0].upper() + " 2", *ROWS[5:10], ROWS[0].upper() + " 3", *ROWS[10:]]
    assert locate_lines(lines, TEXT) == [*SPANS[1:5], None, *SPANS[5:10], None, *SPANS[10:]]
