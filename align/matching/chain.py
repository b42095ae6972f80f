"""Which fits to believe: one walk through the lines in reading order that gains most.

A walk may pass over a piece (heads, stamps, passages that are in no text) and may go from any fit to any other. Going
on where the last fit ended is free; a small step costs little; a skipped passage costs with the logarithm of its
length; and nothing costs more than a **jump**, to anywhere, forwards or back: so a page moved, swapped or doubled
costs two jumps.

    gains 20, 3, 25 at text ranges 0-50, 700-712, 50-100 -> first and third: 45, no step;
    all three would be 48 less two jumps of 18: a head that repeats a body line does not earn its way there and back

Exact: since no step costs more than a jump, a state that lies a jump behind the best can never win and is forgotten,
which leaves a handful; time is linear in the number of fits.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import log2

JUMP = 18.0
"""In letters gained: less than half a line's worth each way, so that a moved passage of two clean lines pays for its
two jumps and a single line does not."""

_NEAR = 8  # letters by which noise alone moves the ends of neighbours' fits
_FAR = 4096
_PASSED = 0.5
"""For each of the first two pieces passed over between two fits: of a head and a title that say the same, the one
whose neighbours are believed too is the title."""


_HOPELESS = JUMP + 2 * _PASSED  # no state so far behind the best can win


def _step_costs() -> tuple[float, ...]:
    costs = []
    for step in range(-_FAR, _FAR + 1):
        if step < 0:
            cost = float(-step)
        elif step <= _NEAR:
            cost = 3 * step / _NEAR
        else:
            cost = 3 + 2 * log2(step / _NEAR)
        costs.append(min(cost, JUMP))
    return tuple(costs)


_STEP_COSTS = _step_costs()


def step_cost(step: int) -> float:
    """The cost of going on this many text letters after (before, if negative) the end of the last fit; 0..JUMP."""
    return _STEP_COSTS[step + _FAR] if -_FAR <= step <= _FAR else JUMP


def passing_cost(passed: int) -> float:
    """The cost of passing over so many pieces between two fits."""
    return _PASSED * min(passed, 2)


def entry_cost(pieces: int, letters: int) -> float:
    """What a walk must gain to be believed: chance finds more in more places (after Karlin and Altschul 1990)."""
    return min(JUMP, 0.5 * log2(max(2, pieces * letters)))


def best_chain(
    pieces: Sequence[int], starts: Sequence[int], ends: Sequence[int], gains: Sequence[float], *, entry: float
) -> list[int]:
    """The indices of the fits on the walk that gains most, in reading order; of equal walks the first found.

    The sequences describe the fits, sorted by piece; a walk has at most one fit a piece. Its first fit costs the entry,
    at most a jump; a walk that does not earn that is empty.
    """
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
                    score -= _STEP_COSTS[step + _FAR] if -_FAR <= step <= _FAR else JUMP
                    if pieces[last] < piece - 1:
                        score -= _PASSED if pieces[last] == piece - 2 else 2 * _PASSED
                if score > top:
                    top, origin = score, last
            before.append(origin)
            new.append((top + gains[at], ends[at], at))
            at += 1
        if len(new) > 1 or new[0][0] < states[0][0]:
            states = sorted(states + new, key=_score, reverse=True)
        elif states[0][0] <= new[0][0] - _HOPELESS:
            states = new
            continue
        else:
            states = new + states
        limit = states[0][0] - _HOPELESS
        while states[-1][0] <= limit:
            states.pop()
    walk, last = [], states[0][2]
    while last >= 0:
        walk.append(last)
        last = before[last]
    return walk[::-1]


def _score(state: tuple[float, int | None, int]) -> float:
    return state[0]
