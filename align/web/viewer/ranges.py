"""Answers to questions about places in a text, found by bisection: a document may have thousands of pages."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Sequence
from itertools import accumulate

from align.model import Marker, Span


def meeting(spans: Iterable[Span]) -> Callable[[Span], bool]:
    """A question about a span: does it share a letter with one of these spans? They may overlap each other.

    >>> meets = meeting([(5, 9), (1, 2)])
    >>> meets((2, 5)), meets((2, 6))
    (False, True)
    """
    ordered = sorted(spans)
    starts = [start for start, _ in ordered]
    # The furthest end of the spans that begin no later.
    reach = list(accumulate((end for _, end in ordered), max))

    def meets(span: Span) -> bool:
        before = bisect_left(starts, span[1])
        return before > 0 and span[0] < reach[before - 1]

    return meets


def between(places: Sequence[int], start: int, end: int) -> Sequence[int]:
    """The places (in ascending order) that lie between the ends of the range, the ends left out.

    >>> between([1, 4, 4, 7], 1, 7)
    [4, 4]
    """
    return places[bisect_right(places, start) : bisect_left(places, end)]


def first_within(markers: Sequence[Marker], start: int, end: int) -> Marker | None:
    """The first marker (they are in text order) that begins after `start` and ends no later than `end`."""
    for n in range(bisect_right(markers, start, key=lambda m: m.start), len(markers)):
        if markers[n].start > end:
            break
        if markers[n].end <= end:
            return markers[n]
    return None
