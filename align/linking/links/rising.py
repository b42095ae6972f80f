"""The most of a sequence that is in order."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from typing import TypeVar

Place = TypeVar("Place", int, tuple[int, int, int])


def longest_rising(places: Sequence[Place]) -> set[int]:
    """The indices of a longest rising subsequence (patience sorting; Fredman 1975).

    >>> sorted(longest_rising([1, 2, 4, 3, 5]))
    [0, 1, 3, 4]
    """
    tails: list[Place] = []
    ends: list[int] = []
    previous: list[int | None] = []
    for index, place in enumerate(places):
        at = bisect_left(tails, place)
        previous.append(ends[at - 1] if at else None)
        if at == len(tails):
            tails.append(place)
            ends.append(index)
        else:
            tails[at], ends[at] = place, index
    kept: set[int] = set()
    last = ends[-1] if ends else None
    while last is not None:
        kept.add(last)
        last = previous[last]
    return kept
