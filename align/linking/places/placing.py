"""Where sentences stand on pages: from lines placed in the text to areas.

Lines are located in the running text. A line's range of it leads back to the sentences that the line shows, and each of
these gets its fragment of the line. The fragments of a sentence on one page are one area.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from align.linking.places.fragments import Fragment, fragments, read_against
from align.linking.places.outlines import Outline, letter_height, outlines
from align.linking.places.running_text import RunningText
from align.model import Area, Line, LineAt, Match, Page, SentenceAt, SourceText, Span, WordAt
from align.tuning.linking import LINKING, LinkingTuning


@dataclass(frozen=True, slots=True)
class PlacedLine:
    """A line (page and line index) and the half-open range of the running text that it shows; similarity 0..1."""

    page: int
    line: int
    start: int
    end: int
    similarity: float

    @property
    def at(self) -> LineAt:
        """Which line it is."""
        return LineAt(self.page, self.line)


@dataclass(frozen=True, slots=True)
class Showing:
    """A fragment of a line (its page and itself by index) that shows part of a sentence.

    `spans` are the parts of the sentence shown here, as ranges of its text; `outlines` say where on the scan.
    """

    page: int
    line: int
    fragment: Fragment
    spans: tuple[Span, ...]
    outlines: tuple[Outline, ...]

    @property
    def at(self) -> LineAt:
        """Which line it is a fragment of."""
        return LineAt(self.page, self.line)


@dataclass(frozen=True, slots=True)
class LinePart:
    """What a line is a part of: the whole line, and which word there (page, line, word by index) it begins with."""

    whole: Line
    begins: WordAt


SentenceSpans = Sequence[Sequence[Span]]
"""For each sentence of a text its spans."""


def spans_of(text: SourceText) -> SentenceSpans:
    """For each sentence of a text its spans."""
    return [sentence.spans for sentence in text.sentences]


def sentence_showings(
    pages: Sequence[Page],
    texts: Sequence[SentenceSpans],
    running_text: RunningText,
    placed: Sequence[PlacedLine],
    tuning: LinkingTuning = LINKING,
    *,
    parts: Mapping[LineAt, LinePart] | None = None,
) -> dict[SentenceAt, tuple[Showing, ...]]:
    """For each sentence that some line shows, the fragments that show it, in the order of `placed`.

    `texts` are the texts that are joined in it, each as the spans of its sentences. Of a line that is one of the
    `parts` of another line the whole line's fragment is given, drawn among the words of the whole line.
    """
    indices: dict[int, SpanIndex] = {}
    heights: dict[int, float] = {}
    showings_of: dict[SentenceAt, list[Showing]] = defaultdict(list)
    for place in placed:
        line = pages[place.page].lines[place.line]
        if place.page not in heights:
            heights[place.page] = letter_height(pages[place.page])
        reading = read_against([w.text for w in line.words], running_text.content[place.start : place.end])
        owners: list[SentenceAt] = []
        shown: list[list[Span]] = []
        # The same spans, counted from the start of the line's own range.
        local: list[Span] = []
        for position, text, (start, end) in running_text.within(place.start, place.end):
            shift = position - start - place.start
            if text not in indices:
                indices[text] = SpanIndex.of(texts[text])
            for sentence, (s, e) in indices[text].within(start, end):
                span = (s + shift, e + shift)
                if owners and owners[-1] == (text, sentence):
                    shown[-1].append((s, e))
                    local[-1] = (local[-1][0], span[1])
                else:
                    owners.append(SentenceAt(text, sentence))
                    shown.append([(s, e)])
                    local.append(span)
        for owner, spans, fragment in zip(owners, shown, fragments(reading, local, tuning), strict=True):
            if fragment is not None:
                part = (parts or {}).get(place.at) or LinePart(line, WordAt(place.page, place.line, 0))
                before = part.begins.word
                own = replace(fragment, first=fragment.first + before, last=fragment.last + before)
                unread = (0,) * before + reading.unread + (0,) * (len(part.whole.words) - before - len(line.words))
                drawn = outlines(part.whole, own, heights[place.page], unread=unread, tuning=tuning)
                showings_of[owner].append(Showing(place.page, part.begins.line, own, tuple(spans), drawn))
    return {owner: tuple(showings) for owner, showings in showings_of.items()}


def areas_of(
    pages: Sequence[Page], content: str, sentence: Sequence[Span], showings: Sequence[Showing]
) -> tuple[Area, ...]:
    """One area for each page that shows a sentence of the text with this content; pages and fragments in text order.

    `sentence` are the spans of the whole sentence.
    """
    by_page: dict[int, list[Showing]] = defaultdict(list)
    for showing in sorted(showings, key=lambda s: (s.spans[0], s.page, s.line)):
        by_page[showing.page].append(showing)
    return tuple(
        Area(
            page=pages[page].order,
            boxes=tuple(own.box for s in shown for own in s.outlines),
            polygons=tuple(own.polygon for s in shown for own in s.outlines),
            lines=tuple(s.line for s in shown for _ in s.outlines),
            spans=_joined([span for s in shown for span in s.spans], content, sentence),
        )
        for page, shown in by_page.items()
    )


def line_matches(
    texts: Sequence[SourceText], running_text: RunningText, placed: Sequence[PlacedLine]
) -> list[tuple[Match, ...]]:
    """For each placed line its matches in the source texts: one, or two where a note stands inside."""
    return [
        tuple(
            Match(texts[text].path, span, place.similarity)
            for text, span in (
                (text, _stripped(texts[text].content, span))
                for _, text, span in running_text.within(place.start, place.end)
            )
            if span[0] < span[1]
        )
        for place in placed
    ]


def _stripped(content: str, span: Span) -> Span:
    """The span without white space at its ends."""
    part = content[span[0] : span[1]]
    start = span[0] + len(part) - len(part.lstrip())
    return start, max(start, span[1] - len(part) + len(part.rstrip()))


def _joined(spans: Sequence[Span], content: str, whole: Sequence[Span]) -> tuple[Span, ...]:
    """The spans in order; two become one if no letter or digit is between them and one span of `whole` holds both."""
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
class SpanIndex:
    """The spans of a text's sentences, ascending, each with its sentence's index; `starts` are where they begin."""

    starts: tuple[int, ...]
    spans: tuple[tuple[Span, int], ...]

    @classmethod
    def of(cls, sentences: SentenceSpans) -> SpanIndex:
        """The index over these sentences."""
        spans = sorted((span, index) for index, own_spans in enumerate(sentences) for span in own_spans)
        return cls(tuple(span[0] for span, _ in spans), tuple(spans))

    def within(self, start: int, end: int) -> list[tuple[int, Span]]:
        """The index of each sentence that meets the range, with the part of its span inside the range."""
        inside = []
        for at in range(max(0, bisect_right(self.starts, start) - 1), bisect_left(self.starts, end)):
            (a, b), sentence = self.spans[at]
            if max(a, start) < min(b, end):
                inside.append((sentence, (max(a, start), min(b, end))))
        return inside
