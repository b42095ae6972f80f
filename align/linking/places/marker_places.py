"""What page markers claim, and where the text after them really stands.

A marker is a claim: the words after it stand on the page with this label, those before it on an earlier one. Both are
looked up in the links. A marker whose two neighbours stand on one page is in the wrong place, whatever its label says.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import zip_longest

from align.linking.places.placing import SentenceKey, Showing
from align.model import Link, Marker, Page, SourceText


@dataclass(frozen=True, slots=True)
class MarkerPlace:
    """A marker with the page indices on which the words before and after it were found (None: not found).

    `runs_on` says that these pages are neighbours and that nothing of the text is missing between them.
    """

    text: int
    marker: Marker
    before: int | None
    after: int | None
    runs_on: bool = False


# Words further from a marker than this, or behind the next one, say nothing of it: the page between may be missing.
REACH = 400
# Nobody breaks a word to put a marker where the page breaks it: so many characters on either side are forgiven.
SLACK = 24


def claims_of(places: Sequence[MarkerPlace]) -> dict[int, list[str]]:
    """The labels that markers claim for pages, by page index."""
    claims: dict[int, list[str]] = defaultdict(list)
    for place in places:
        if place.marker.label and place.after is not None and place.before != place.after:
            claims[place.after].append(place.marker.label)
    return dict(claims)


def marker_places(texts: Sequence[SourceText], showings: Mapping[SentenceKey, Sequence[Showing]]) -> list[MarkerPlace]:
    """For each marker of each text, where the words on both sides of it stand."""
    shown: dict[int, list[tuple[int, int, int]]] = defaultdict(list)
    for (number, sentence), found in showings.items():
        if texts[number].sentences[sentence].role in ("note", "commentary"):
            continue  # it stands at the foot of the page, not where it was dropped into the text
        for showing in found:
            shown[number] += [(start, end, showing.page) for start, end in showing.spans]
    return [place for index, text in enumerate(texts) for place in _places(index, text, shown[index])]


def translated_marker_places(
    texts: Sequence[SourceText], links: Sequence[Link], pages: Sequence[Page]
) -> list[MarkerPlace]:
    """For each marker of each translation, where the sentences around it were linked.

    A translation is placed by the sentence: of one over several pages only its two ends are known.
    """
    index_of = {page.order: index for index, page in enumerate(pages)}
    shown: dict[str, list[tuple[int, int, int]]] = defaultdict(list)
    for link in links:
        if not link.areas or link.role in ("note", "commentary"):
            continue
        first, last = index_of[link.areas[0].page], index_of[link.areas[-1].page]
        if first == last:
            shown[link.text] += [(start, end, first) for start, end in link.spans]
        else:
            start, end = link.spans[0][0], link.spans[-1][1]
            shown[link.text] += [(start, start + 1, first), (end - 1, end, last)]
    return [place for index, text in enumerate(texts) for place in _places(index, text, shown[text.path])]


def _places(index: int, text: SourceText, shown: Sequence[tuple[int, int, int]]) -> list[MarkerPlace]:
    """The places of one text's markers; `shown` says which page (index) shows which range of the text."""
    places = []
    spans = sorted(shown)
    starts = [s for s, _, _ in spans]
    ends = sorted((e, s, page) for s, e, page in spans)
    for marker, following in zip_longest(text.markers, text.markers[1:]):
        reach = min(marker.end + REACH, following.start if following else len(text.content))
        i = bisect_left(ends, (marker.end + SLACK, 0, 0))
        after = ends[i][2] if i < len(ends) and (ends[i][0] + ends[i][1]) / 2 < reach else None
        j = bisect_right(starts, marker.start - SLACK) - 1
        before = spans[j][2] if j >= 0 and marker.start - spans[j][1] <= REACH else None
        runs_on = (
            before is not None
            and after == before + 1
            and marker.start - spans[j][1] <= SLACK
            and ends[i][1] - marker.end <= SLACK
        )
        places.append(MarkerPlace(index, marker, before, after, runs_on))
    return places
