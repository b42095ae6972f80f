"""Several lines that claim the same words: copies of pages, and single lines of which only one can be right."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Sequence
from itertools import pairwise

from align.linking.placing import Placed

# A page is a copy when at least this share of its placed characters were placed before, and at least so many of them:
# a page that repeats only a heading or a formula is not.
COPY_SHARE = 0.6
COPY_CHARACTERS = 80
# Lines that follow each other on the page follow each other in the text with at most a lost line between them.
NEAR = 120


def copied_pages(placed: Sequence[Placed]) -> dict[int, int]:
    """For each page that repeats an earlier one, the index of the page it repeats.

    Example: pages 0, 1, 2 where 2 shows the same words as 0 give {2: 0}.
    """
    by_page: dict[int, list[Placed]] = defaultdict(list)
    for place in placed:
        by_page[place.page].append(place)
    starts: list[int] = []
    claims: list[Placed] = []
    copies: dict[int, int] = {}
    for page, places in by_page.items():
        shared: dict[int, int] = defaultdict(int)
        for place in places:
            middle = (place.start + place.end) // 2
            at = bisect_right(starts, middle) - 1
            if at >= 0 and middle < claims[at].end:
                shared[claims[at].page] += place.end - place.start
        total = sum(place.end - place.start for place in places)
        if shared:
            most = max(shared, key=lambda p: (shared[p], -p))
            if shared[most] >= max(COPY_SHARE * total, COPY_CHARACTERS):
                copies[page] = most
                continue
        for place in places:
            at = bisect_right(starts, place.start)
            starts.insert(at, place.start)
            claims.insert(at, place)
    return copies


def without_rivals(placed: Sequence[Placed]) -> list[Placed]:
    """The lines less those whose words another line claims with better right, in page order.

    Of lines that claim mostly the same words, the one is kept that its neighbours on the page continue in the text,
    then the more similar one, then the first.
    """
    right = [
        (near, place.similarity, -k) for k, (place, near) in enumerate(zip(placed, continued(placed), strict=True))
    ]
    kept: list[int] = []
    for k in sorted(range(len(placed)), key=lambda k: (placed[k].start, placed[k].end, k)):
        if kept:
            one, other = placed[kept[-1]], placed[k]
            overlap = min(one.end, other.end) - other.start
            if overlap > 0.5 * min(one.end - one.start, other.end - other.start):
                if right[k] > right[kept[-1]]:
                    kept[-1] = k
                continue
        kept.append(k)
    return [placed[k] for k in sorted(kept)]


def continued(placed: Sequence[Placed]) -> list[int]:
    """For each line how many of its neighbours on the page stand next to it in the text, 0 to 2."""
    joined = [a.page == b.page and 0 <= b.start - a.end < NEAR for a, b in pairwise(placed)]
    return [before + after for before, after in zip([False, *joined], [*joined, False], strict=True)][: len(placed)]
