"""Several lines that claim the same words: copies of pages, and single lines of which only one can be right."""

from __future__ import annotations

from array import array
from bisect import bisect_left, insort
from collections import Counter, defaultdict
from collections.abc import Sequence
from itertools import pairwise

from align.linking.places.placing import PlacedLine

# A page is a copy if an earlier page claims at least this share of its placed characters. Judged.
COPY_SHARE = 0.6
# And at least this many characters: a page that repeats only a heading or a formula is no copy. Judged.
COPY_CHARACTERS = 80
# Lines that follow each other on the page follow each other in the text if fewer characters than this are between
# them: one line may have been lost. Judged.
NEAR_CHARACTERS = 120
# Two lines claim mostly the same words if they share more than this part of the shorter one's range. Judged.
SAME_WORDS_SHARE = 0.5


def copied_pages(placed: Sequence[PlacedLine]) -> dict[int, int]:
    """For each page that repeats an earlier one, the index of the page it repeats.

    Example: pages 0, 1, 2 where 2 shows the same words as 0 give {2: 0}.
    """
    by_page: dict[int, list[PlacedLine]] = defaultdict(list)
    for place in placed:
        by_page[place.page].append(place)
    # For each character of the haystack the first page that claims it, copies left out; -1 for none.
    first_page = array("q", [-1]) * max((place.end for place in placed), default=0)
    copies: dict[int, int] = {}
    for page, places in by_page.items():
        shared: Counter[int] = Counter()
        for place in places:
            shared.update(first_page[place.start : place.end])
        del shared[-1]
        total = sum(place.end - place.start for place in places)
        if shared:
            most = max(shared, key=lambda p: (shared[p], -p))
            if shared[most] >= max(COPY_SHARE * total, COPY_CHARACTERS):
                copies[page] = most
                continue
        for place in places:
            for at in range(place.start, place.end):
                if first_page[at] < 0:
                    first_page[at] = page
    return copies


def without_rivals(placed: Sequence[PlacedLine]) -> list[PlacedLine]:
    """The lines, in page order, without those whose words another line has a better right to.

    Of lines that claim mostly the same words, the one is kept that more neighbours on the page continue in the text;
    among equals the more similar one, then the first.
    """
    rights = [
        (near, place.similarity, -k) for k, (place, near) in enumerate(zip(placed, continued(placed), strict=True))
    ]
    longest = max((place.end - place.start for place in placed), default=0)
    kept: list[tuple[int, int]] = []
    for k in sorted(range(len(placed)), key=lambda k: rights[k], reverse=True):
        place = placed[k]
        candidates = kept[bisect_left(kept, (place.start - longest, 0)) : bisect_left(kept, (place.end, 0))]
        if not any(_rivals(place, placed[n]) for _, n in candidates):
            insort(kept, (place.start, k))
    return [placed[k] for k in sorted(k for _, k in kept)]


def _rivals(first: PlacedLine, second: PlacedLine) -> bool:
    """Whether two lines claim mostly the same words."""
    overlap = min(first.end, second.end) - max(first.start, second.start)
    return overlap > SAME_WORDS_SHARE * min(first.end - first.start, second.end - second.start)


def continued(placed: Sequence[PlacedLine]) -> list[int]:
    """For each line how many of its two neighbours on the page stand next to it in the text as well, 0 to 2."""
    joined = [a.page == b.page and 0 <= b.start - a.end < NEAR_CHARACTERS for a, b in pairwise(placed)]
    return [before + after for before, after in zip([False, *joined], [*joined, False], strict=True)][: len(placed)]
