"""Proposals against one loop over neighbours."""

from __future__ import annotations

import itertools

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from align.matching.gaps import fill, propose

LENGTHS = st.lists(st.integers(1, 20), min_size=1, max_size=8)


@st.composite
def claims(draw: st.DrawFn) -> tuple[list[int], list[tuple[int, int, int]]]:
    """Starts of pieces, and some of them claimed anywhere."""
    lengths = draw(LENGTHS)
    starts = [sum(lengths[:i]) for i in range(len(lengths) + 1)]
    claimed = sorted(draw(st.sets(st.integers(0, len(lengths) - 1))))
    return starts, [(p, a := draw(st.integers(0, 150)), a + draw(st.integers(1, 20))) for p in claimed]


def columns(claimed: list[tuple[int, int, int]]) -> list[np.ndarray]:
    return [np.array([c[i] for c in claimed], np.int64) for i in range(3)]


@given(claims())
def test_proposals_continue_a_neighbour(case: tuple[list[int], list[tuple[int, int, int]]]) -> None:
    """Proposed are the places that neighbours up to four pieces off give, two passed at most, where there is room."""
    starts, claimed = case
    expected = set()
    for i, (piece, start, end) in enumerate(claimed):
        following = claimed[i + 1] if i + 1 < len(claimed) else (len(starts) - 1, 200, 0)
        preceding = claimed[i - 1] if i else (-1, 0, 0)
        limit = following[1] if following[1] >= end else 200
        floor = preceding[2] if preceding[2] <= start else 0
        for passed in range(3):
            for other in range(piece + 1 + passed, min(piece + 5, following[0])):
                place = end + starts[other] - starts[piece + 1 + passed]
                if place + (starts[other + 1] - starts[other]) // 2 <= limit:
                    expected.add((other, place))
            for other in range(max(piece - 4, preceding[0] + 1), piece - passed):
                place = start - (starts[piece - passed] - starts[other])
                if place + (starts[other + 1] - starts[other]) // 2 >= floor:
                    expected.add((other, place))
    pieces, places = propose(np.array(starts), *columns(claimed), 200)
    assert set(zip(pieces.tolist(), places.tolist(), strict=True)) == expected


@given(claims())
def test_a_filled_gap_is_shared_out_whole(case: tuple[list[int], list[tuple[int, int, int]]]) -> None:
    """Ranges that fill a gap follow each other from its start to its end, each as long as its piece, give or take."""
    starts, claimed = case
    pieces, begins, ends = fill(np.array(starts), *columns(claimed))
    found = dict(zip(pieces.tolist(), zip(begins.tolist(), ends.tolist(), strict=True), strict=True))
    for (piece, _, end), (following, start, _) in itertools.pairwise(claimed):
        letters, gap = starts[following] - starts[piece + 1], start - end
        waiting = list(range(piece + 1, following))
        if waiting and len(waiting) <= 4 and gap > 0 and abs(letters - gap) <= 2.5 * (0.2 * gap) ** 0.5:
            assert [found[p][0] for p in waiting] == [end, *(found[p][1] for p in waiting[:-1])]
            assert found[waiting[-1]][1] == start
            sizes = [(found[p][1] - found[p][0], starts[p + 1] - starts[p]) for p in waiting]
            assert all(abs(given - own) <= abs(letters - gap) + 1 for given, own in sizes)
        else:
            assert not set(waiting) & found.keys()


def test_the_example_in_the_docstring_holds() -> None:
    """A page number and a body line between claims are proposed as the module says."""
    starts = np.array([0, 50, 100, 150, 200, 250, 252, 302, 350])
    pieces, places = propose(starts, np.array([4, 7]), np.array([200, 302]), np.array([250, 350]), 1000)
    found = set(zip(pieces.tolist(), places.tolist(), strict=True))
    assert {(5, 250), (6, 252), (6, 250)} <= found
