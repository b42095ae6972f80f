"""Candidates against all pairs of equal letter runs."""

from __future__ import annotations

from collections import defaultdict

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from align.matching.seeds import find_candidates, seed_length
from align.tuning.matching import MATCHING

CODES = st.lists(st.integers(1, 3), min_size=1, max_size=40)


def slow_votes(lines: list[int], text: list[int], starts: list[int], k: int) -> dict[int, dict[int, float]]:
    """For each piece its votes by diagonal: every pair of places compared."""
    votes: dict[int, dict[int, float]] = defaultdict(lambda: defaultdict(float))
    for p in range(len(lines) - k + 1):
        places = [t for t in range(len(text) - k + 1) if text[t : t + k] == lines[p : p + k]]
        piece = max(i for i, start in enumerate(starts[:-1]) if start <= p)
        for t in places if len(places) <= MATCHING.seed_rare_places else ():
            votes[piece][t - p] += 1 / len(places)
    return votes


@given(CODES, CODES, st.integers(1, 4))
def test_candidates_are_the_best_voted_diagonals(lines: list[int], text: list[int], parts: int) -> None:
    """Every piece with votes keeps its best group of diagonals, and none is kept without votes."""
    starts = sorted({0, *(len(lines) * i // parts for i in range(1, parts)), len(lines)})
    found = find_candidates(np.array(lines, np.uint8), np.array(text, np.uint8), np.array(starts))
    votes = slow_votes(lines, text, starts, seed_length(len(text)))
    kept: dict[int, list[int]] = defaultdict(list)
    for piece, diagonal in zip(found.pieces.tolist(), found.diagonals.tolist(), strict=True):
        assert diagonal in votes[piece]
        kept[piece].append(diagonal)
    assert {piece for piece, diagonals in votes.items() if diagonals} == {piece for piece in kept if kept[piece]}
    for piece, diagonals in kept.items():
        assert len(diagonals) <= MATCHING.seed_kept_candidates
        groups: list[list[int]] = []
        for diagonal in sorted(votes[piece]):
            if groups and diagonal - groups[-1][-1] <= MATCHING.seed_drift_letters:
                groups[-1].append(diagonal)
            else:
                groups.append([diagonal])
        weights = {tuple(group): sum(votes[piece][d] for d in group) for group in groups}
        best = max(weights.values())
        assert any(abs(weights[group] - best) < 1e-9 and set(group) & set(diagonals) for group in weights)


def test_seeds_grow_with_the_text() -> None:
    """A longer text needs longer runs for one to be rare."""
    assert [seed_length(n) for n in (0, 30, 20_000, 1_000_000, 5_000_000)] == [3, 3, 6, 8, 9]


def test_blocks_do_not_show() -> None:
    """A stream longer than one block has the candidates of its parts."""
    rng = np.random.default_rng(3)
    text = rng.integers(1, 30, 300_000).astype(np.uint8)
    starts = np.arange(0, 300_001, 50)
    found = find_candidates(text, text, starts)
    assert found.pieces[found.diagonals == 0].tolist() == list(range(6000))
