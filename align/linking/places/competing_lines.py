"""Several lines that claim the same words: copies of pages, and single lines of which only one can be right."""

from __future__ import annotations

from array import array
from collections import Counter, defaultdict
from collections.abc import Sequence
from itertools import pairwise

from align.linking.places.placing import PlacedLine
from align.tuning.linking import LINKING, LinkingTuning


def copied_pages(placed: Sequence[PlacedLine], tuning: LinkingTuning = LINKING) -> dict[int, int]:
    """For each page that repeats an earlier one, the index of the page it repeats.

    Example: pages 0, 1, 2 where 2 shows the same words as 0 give {2: 0}.
    """
    by_page: dict[int, list[PlacedLine]] = defaultdict(list)
    for place in placed:
        by_page[place.page].append(place)
    # For each character of the running text the first page that claims it, copies left out; -1 for none.
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
            if shared[most] >= max(tuning.places.copy_share * total, tuning.places.copy_characters):
                copies[page] = most
                continue
        for place in places:
            for at in range(place.start, place.end):
                if first_page[at] < 0:
                    first_page[at] = page
    return copies


def without_rivals(placed: Sequence[PlacedLine], tuning: LinkingTuning = LINKING) -> list[PlacedLine]:
    """The lines, in page order, without those whose words another line has a better right to.

    Of lines that claim mostly the same words, the one is kept that more neighbours on the page continue in the text;
    among equals the more similar one, then the first.
    """
    rights = [
        (near, place.similarity, -k)
        for k, (place, near) in enumerate(zip(placed, continued(placed, tuning), strict=True))
    ]
    # The lines kept so far, by where in the text they begin: a rival begins within the length of the longest line.
    longest = max((place.end - place.start for place in placed), default=0) or 1
    kept: dict[int, list[PlacedLine]] = defaultdict(list)
    better: list[int] = []
    same_words_share = tuning.places.same_words_share
    for k in sorted(range(len(placed)), key=lambda k: rights[k], reverse=True):
        place = placed[k]
        rivals = (n for at in range(place.start // longest - 1, place.end // longest + 1) for n in kept.get(at, ()))
        if not any(_rivals(place, rival, same_words_share) for rival in rivals):
            kept[place.start // longest].append(place)
            better.append(k)
    return [placed[k] for k in sorted(better)]


def _rivals(first: PlacedLine, second: PlacedLine, same_words_share: float) -> bool:
    """Whether two lines claim mostly the same words."""
    overlap = min(first.end, second.end) - max(first.start, second.start)
    return overlap > same_words_share * min(first.end - first.start, second.end - second.start)


def continued(placed: Sequence[PlacedLine], tuning: LinkingTuning = LINKING) -> list[int]:
    """For each line how many of its two neighbours on the page stand next to it in the text as well, 0 to 2."""
    near = tuning.places.near_characters
    joined = [a.page == b.page and 0 <= b.start - a.end < near for a, b in pairwise(placed)]
    return [before + after for before, after in zip([False, *joined], [*joined, False], strict=True)][: len(placed)]
