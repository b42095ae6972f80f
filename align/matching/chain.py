"""Which fits to believe: one walk through the lines in reading order that gains most.

A walk may pass over a piece (heads, stamps, passages that are in no text) and may go from any fit to any other. Going
on where the last fit ended is free; a small step costs little; a skipped passage costs with the logarithm of its
length; and nothing costs more than a **jump** to anywhere, forwards or back. So a page that was moved, swapped or
doubled costs two jumps.

    gains 20, 3, 25 at text ranges 0-50, 700-712, 50-100 -> first and third: 45, no step;
    all three would be 48 less two jumps of 18: a head that repeats a body line does not earn its way there and back

Exact: since no step costs more than a jump, a state that lies a jump behind the best can never win and is forgotten,
which leaves a handful; time is linear in the number of fits.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from math import log2

from align.tuning.matching import MATCHING, MatchingTuning

_MOST_STEPS = 1 << 20  # letters of the longest step in a table of costs: bounds memory


@lru_cache(maxsize=16)
def _step_costs(jump: float, near_letters: int, near_cost: float, doubling_cost: float) -> tuple[float, ...]:
    """The costs of the steps -far..far, where each longer step costs as much as a jump."""
    doublings = min(max(0.0, jump - near_cost) / doubling_cost, log2(_MOST_STEPS))
    far = min(_MOST_STEPS, 1 + int(max(jump, near_letters * 2**doublings)))
    costs = []
    for step in range(-far, far + 1):
        if step < 0:
            cost = float(-step)
        elif step <= near_letters:
            cost = near_cost * step / near_letters
        else:
            cost = near_cost + doubling_cost * log2(step / near_letters)
        costs.append(min(cost, jump))
    return tuple(costs)


def _costs(tuning: MatchingTuning) -> tuple[float, ...]:
    return _step_costs(tuning.jump_cost, tuning.near_letters, tuning.near_cost, tuning.doubling_cost)


def step_cost(step: int, *, tuning: MatchingTuning = MATCHING) -> float:
    """The cost of going on this many text letters after (before, if negative) the end of the last fit; 0..jump_cost."""
    costs = _costs(tuning)
    far = len(costs) // 2
    return costs[step + far] if -far <= step <= far else tuning.jump_cost


def passing_cost(passed: int, *, tuning: MatchingTuning = MATCHING) -> float:
    """The cost of passing over this number of pieces between two fits."""
    return tuning.passed_cost * min(passed, tuning.passed_most)


def entry_cost(pieces: int, letters: int, *, tuning: MatchingTuning = MATCHING) -> float:
    """What a walk must gain to be believed: chance finds more in more places (after Karlin and Altschul 1990)."""
    return min(tuning.jump_cost, tuning.entry_cost * log2(max(2, pieces * letters)))


def best_chain(
    pieces: Sequence[int],
    starts: Sequence[int],
    ends: Sequence[int],
    gains: Sequence[float],
    *,
    entry: float,
    tuning: MatchingTuning = MATCHING,
) -> list[int]:
    """The indices of the fits on the walk that gains most, in reading order; of equal walks the first found.

    The sequences describe the fits, sorted by piece; a walk has at most one fit a piece. Its first fit costs the entry,
    at most a jump; a walk that does not earn that is empty.
    """
    jump, costs = tuning.jump_cost, _costs(tuning)
    far = len(costs) // 2
    most_passed = tuning.passed_most
    passing = [passing_cost(passed, tuning=tuning) for passed in range(most_passed + 1)]
    hopeless = jump + passing[-1]  # no state so far behind the best can win
    before: list[int] = []
    # States: (score, end in the text, last fit), best first; the first has been nowhere.
    states: list[tuple[float, int | None, int]] = [(0.0, None, -1)]
    at, total = 0, len(pieces)
    while at < total:
        piece = pieces[at]
        new: list[tuple[float, int | None, int]] = []
        while at < total and pieces[at] == piece:
            top, origin, start = float("-inf"), -1, starts[at]
            for score, end, last in states:
                if score <= top:
                    break
                if end is None:
                    score -= entry
                else:
                    step = start - end
                    score -= costs[step + far] if -far <= step <= far else jump
                    passed = piece - 1 - pieces[last]
                    if passed:
                        score -= passing[passed] if passed < most_passed else passing[-1]
                if score > top:
                    top, origin = score, last
            before.append(origin)
            new.append((top + gains[at], ends[at], at))
            at += 1
        if len(new) > 1 or new[0][0] < states[0][0]:
            states = sorted(states + new, key=_score, reverse=True)
        elif states[0][0] <= new[0][0] - hopeless:
            states = new
            continue
        else:
            states = new + states
        limit = states[0][0] - hopeless
        while states[-1][0] <= limit:
            states.pop()
    walk, last = [], states[0][2]
    while last >= 0:
        walk.append(last)
        last = before[last]
    return walk[::-1]


def _score(state: tuple[float, int | None, int]) -> float:
    return state[0]
