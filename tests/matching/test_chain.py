"""The chain against every walk there is."""

from __future__ import annotations

from itertools import combinations, pairwise

from hypothesis import given
from hypothesis import strategies as st

from align.matching.chain import best_chain, entry_cost, passing_cost, step_cost
from align.tuning.matching import MATCHING

JUMP = MATCHING.jump_cost

FITS = st.lists(
    st.tuples(st.integers(0, 6), st.integers(0, 300), st.integers(1, 60), st.integers(-10, 40)), max_size=8
).map(sorted)
Fits = list[tuple[int, int, int, int]]


def worth(walk: Fits, entry: float) -> float:
    """What a walk gains, less its entry, its steps and the pieces it passes over."""
    total = sum(gain for *_, gain in walk) - (entry if walk else 0)
    for (piece, start, length, _), (next_piece, next_start, _, _) in pairwise(walk):
        total -= step_cost(next_start - start - length) + passing_cost(next_piece - piece - 1)
    return total


@given(FITS, st.sampled_from([0.0, 3.0, JUMP]))
def test_no_walk_gains_more(fits: Fits, entry: float) -> None:
    """Of all walks with at most one fit a piece the one found gains most."""
    columns = ([f[0] for f in fits], [f[1] for f in fits], [f[1] + f[2] for f in fits], [float(f[3]) for f in fits])
    found = [fits[i] for i in best_chain(*columns, entry=entry)]
    assert len({f[0] for f in found}) == len(found)
    every = (list(walk) for n in range(len(fits) + 1) for walk in combinations(fits, n))
    best = max(worth(walk, entry) for walk in every if len({f[0] for f in walk}) == len(walk))
    assert abs(worth(found, entry) - best) < 1e-9


def test_a_head_does_not_earn_its_way() -> None:
    """A head that repeats a body line elsewhere is passed over; a page from elsewhere is not."""
    assert best_chain([0, 1, 2], [0, 700, 50], [50, 712, 100], [20, 3, 25], entry=0) == [0, 2]
    page = range(1, 11)
    fits = (
        [0, *page, 11],
        [0, *(700 + 50 * i for i in page), 50],
        [50, *(750 + 50 * i for i in page), 100],
        [20.0] * 12,
    )
    assert best_chain(*fits, entry=0) == list(range(12))


def test_steps_cost_more_the_longer_they_are() -> None:
    """No step is free but none, none costs more than a jump, and farther is never cheaper."""
    forward, back = [step_cost(n) for n in range(6000)], [step_cost(-n) for n in range(6000)]
    assert forward[0] == 0
    assert forward == sorted(forward)
    assert back == sorted(back)
    assert max(forward + back) == JUMP
    assert min(forward[1:] + back[1:]) > 0


def test_more_places_ask_for_more_evidence() -> None:
    """The entry rises with the places where chance may find something, up to a jump."""
    assert 0 < entry_cost(1, 30) < entry_cost(10, 3000) < entry_cost(10**6, 10**8) == JUMP
