"""Where sentences stand on pages: located lines to areas.

Lines are located in the haystack; a line's span is led back to the sentences it shows, each of which gets its fragment
of the line; the fragments of a sentence on one page are one area.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from align.linking.places.fragments import Fragment, fragments, outline, read_against
from align.linking.places.running_text import Haystack
from align.model import Area, Box, Match, Page, Polygon, Sentence, SourceText, Span


@dataclass(frozen=True, slots=True)
class Placed:
    """A line of a page (both by index) and the half-open range of the haystack that it shows; similarity 0..1."""

    page: int
    line: int
    start: int
    end: int
    similarity: float


@dataclass(frozen=True, slots=True)
class Showing:
    """A fragment of a line that shows part of a sentence: the sentence's spans there, and the outline on the scan."""

    page: int
    line: int
    fragment: Fragment
    spans: tuple[Span, ...]
    box: Box
    polygon: Polygon


SentenceKey = tuple[int, int]
"""A sentence by the index of its text and its index there."""


def sentence_showings(
    pages: Sequence[Page], texts: Sequence[SourceText], haystack: Haystack, placed: Sequence[Placed]
) -> dict[SentenceKey, tuple[Showing, ...]]:
    """For each sentence that some line shows, the fragments that show it, in the order of `placed`."""
    index: dict[int, _SpanIndex] = {}
    found: dict[SentenceKey, list[Showing]] = defaultdict(list)
    for place in placed:
        line = pages[place.page].lines[place.line]
        reading = read_against([w.text for w in line.words], haystack.content[place.start : place.end])
        owners: list[SentenceKey] = []
        shown: list[list[Span]] = []
        local: list[Span] = []
        for position, text, (start, end) in haystack.within(place.start, place.end):
            shift = position - start - place.start
            if text not in index:
                index[text] = _SpanIndex.of(texts[text])
            for sentence, (s, e) in index[text].within(start, end):
                span = (s + shift, e + shift)
                if owners and owners[-1] == (text, sentence):
                    shown[-1].append((s, e))
                    local[-1] = (local[-1][0], span[1])
                else:
                    owners.append((text, sentence))
                    shown.append([(s, e)])
                    local.append(span)
        for owner, spans, fragment in zip(owners, shown, fragments(reading, local), strict=True):
            if fragment is not None:
                box, polygon = outline(line, fragment)
                found[owner].append(Showing(place.page, place.line, fragment, tuple(spans), box, polygon))
    return {owner: tuple(showings) for owner, showings in found.items()}


def areas_of(
    pages: Sequence[Page], text: SourceText, sentence: Sentence, showings: Sequence[Showing]
) -> tuple[Area, ...]:
    """One area for each page that shows the sentence of the text, in text order; fragments in text order."""
    by_page: dict[int, list[Showing]] = defaultdict(list)
    for showing in sorted(showings, key=lambda s: (s.spans[0], s.page, s.line)):
        by_page[showing.page].append(showing)
    return tuple(
        Area(
            page=pages[page].order,
            boxes=tuple(s.box for s in shown),
            polygons=tuple(s.polygon for s in shown),
            lines=tuple(s.line for s in shown),
            spans=_joined([span for s in shown for span in s.spans], text.content, sentence.spans),
        )
        for page, shown in by_page.items()
    )


def line_matches(texts: Sequence[SourceText], haystack: Haystack, placed: Sequence[Placed]) -> list[tuple[Match, ...]]:
    """For each placed line its matches in the source texts: one, or two where a note stands inside."""
    return [
        tuple(
            Match(texts[text].path, span, place.similarity)
            for text, span in (
                (text, _stripped(texts[text].content, span))
                for _, text, span in haystack.within(place.start, place.end)
            )
            if span[0] < span[1]
        )
        for place in placed
    ]


def _stripped(content: str, span: Span) -> Span:
    part = content[span[0] : span[1]]
    start = span[0] + len(part) - len(part.lstrip())
    return start, max(start, span[1] - len(part) + len(part.rstrip()))


def _joined(spans: Sequence[Span], content: str, whole: Sequence[Span]) -> tuple[Span, ...]:
    """The spans with those made one that only white space and points part, within each span of the whole sentence."""
    joined: list[Span] = []
    for start, end in sorted(spans):
        if (
            joined
            and not any(c.isalnum() for c in content[joined[-1][1] : start])
            and any(a <= joined[-1][0] and end <= b for a, b in whole)
        ):
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return tuple(joined)


@dataclass(frozen=True, slots=True)
class _SpanIndex:
    """The sentence spans of a text, ascending, for finding those that meet a range."""

    starts: tuple[int, ...]
    spans: tuple[tuple[Span, int], ...]

    @classmethod
    def of(cls, text: SourceText) -> _SpanIndex:
        spans = sorted((span, index) for index, sentence in enumerate(text.sentences) for span in sentence.spans)
        return cls(tuple(span[0] for span, _ in spans), tuple(spans))

    def within(self, start: int, end: int) -> list[tuple[int, Span]]:
        """The sentences that meet the range, each with the part of its span inside the range."""
        found = []
        for at in range(max(0, bisect_right(self.starts, start) - 1), bisect_left(self.starts, end)):
            (a, b), sentence = self.spans[at]
            if max(a, start) < min(b, end):
                found.append((sentence, (max(a, start), min(b, end))))
        return found
