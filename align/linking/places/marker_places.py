"""What page markers claim, and where the text after them really stands.

A marker claims that the words after it stand on the page with its label, and the words before it on an earlier page.
Both are looked up in the links. If the words on both sides stand on one page, the marker is in the wrong place,
whatever its label says.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import zip_longest

from align.linking.places.placing import Showing
from align.model import ASIDE, Link, Marker, Page, SentenceAt, SourceText, index_by_order
from align.tuning.linking import LINKING, LinkingTuning


@dataclass(frozen=True, slots=True)
class MarkerPlace:
    """A marker, the index of its text, and the page indices where the words before and after it were found, or None.

    `runs_on` says that these two pages are neighbours and that no text is missing between them.
    """

    text: int
    marker: Marker
    before: int | None
    after: int | None
    runs_on: bool = False


def claims_of(places: Sequence[MarkerPlace]) -> dict[int, list[str]]:
    """For each page, by index, the labels that markers claim for it; pages without claims are left out."""
    claims: dict[int, list[str]] = defaultdict(list)
    for place in places:
        if place.marker.label and place.after is not None and place.before != place.after:
            claims[place.after].append(place.marker.label)
    return dict(claims)


def marker_places(
    texts: Sequence[SourceText], showings: Mapping[SentenceAt, Sequence[Showing]], tuning: LinkingTuning = LINKING
) -> list[MarkerPlace]:
    """For each marker of each text, where the words on both sides of it stand."""
    shown: dict[int, list[tuple[int, int, int]]] = defaultdict(list)
    for (number, sentence), showings_of_sentence in showings.items():
        if texts[number].sentences[sentence].role in ASIDE:
            continue  # A note stands at the foot of the page, not where it was dropped into the text.
        for showing in showings_of_sentence:
            shown[number] += [(start, end, showing.page) for start, end in showing.spans]
    return [place for index, text in enumerate(texts) for place in _places(index, text, shown[index], tuning)]


def translated_marker_places(
    texts: Sequence[SourceText], links: Sequence[Link], pages: Sequence[Page], tuning: LinkingTuning = LINKING
) -> list[MarkerPlace]:
    """For each marker of each translation, where the sentences around it were linked.

    A translation is placed sentence by sentence. Of a sentence over several pages, only the places of its two ends are
    known.
    """
    index_of = index_by_order(pages)
    shown: dict[str, list[tuple[int, int, int]]] = defaultdict(list)
    for link in links:
        if not link.areas or link.role in ASIDE:
            continue
        first, last = index_of[link.areas[0].page], index_of[link.areas[-1].page]
        if first == last:
            shown[link.text] += [(start, end, first) for start, end in link.spans]
        else:
            start, end = link.spans[0][0], link.spans[-1][1]
            shown[link.text] += [(start, start + 1, first), (end - 1, end, last)]
    return [place for index, text in enumerate(texts) for place in _places(index, text, shown[text.path], tuning)]


def _places(
    index: int, text: SourceText, shown: Sequence[tuple[int, int, int]], tuning: LinkingTuning
) -> list[MarkerPlace]:
    """The places of one text's markers; `shown` holds ranges of the text, each with the index of the page it is on."""
    reach_characters, slack_characters = tuning.places.marker_reach_characters, tuning.places.marker_slack_characters
    places = []
    spans = sorted(shown)
    starts = [s for s, _, _ in spans]
    ends = sorted((e, s, page) for s, e, page in spans)
    for marker, following in zip_longest(text.markers, text.markers[1:]):
        reach = min(marker.end + reach_characters, following.start if following else len(text.content))
        i = bisect_left(ends, (marker.end + slack_characters, 0, 0))
        after = ends[i][2] if i < len(ends) and (ends[i][0] + ends[i][1]) / 2 < reach else None
        j = bisect_right(starts, marker.start - slack_characters) - 1
        before = spans[j][2] if j >= 0 and marker.start - spans[j][1] <= reach_characters else None
        runs_on = (
            before is not None
            and after == before + 1
            and marker.start - spans[j][1] <= slack_characters
            and ends[i][1] - marker.end <= slack_characters
        )
        places.append(MarkerPlace(index, marker, before, after, runs_on))
    return places
