"""How well a page's reading fits its text, and which pages went badly.

The text says what should stand on a page. Text between the lines of a page that no line shows was missed there. Lines
that agree with the text worse than the volume's lines usually do were misread. The text is used to ask for other
readings and to choose between them (better_readings.py); what was read is never changed.

Example: a page's lines show 1,900 letters of its text, and 300 letters between them are on no line: the page is to be
read again.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import median

from align.linking.words.collation import sentences_within
from align.model import Match, Page, Reread, SourceText, Span
from align.tuning.linking import LINKING, LinkingTuning


@dataclass(frozen=True, slots=True)
class Fit:
    """How a page and its text agree, in letters: shown and read alike, missed, and read worse than is usual."""

    shown: float
    missed: float = 0.0
    misread: float = 0.0

    def went_badly(self, tuning: LinkingTuning) -> bool:
        """Whether so much was missed or misread that the page should be read again."""
        loss = self.missed + self.misread
        return loss >= tuning.readings.lost_letters and loss >= tuning.readings.lost_share * (self.shown + loss)


MatchesOfPage = Mapping[int, Sequence[Match]]
"""The matches of a page's lines, by line index."""


def rereads(
    pages: Sequence[Page],
    matches: Sequence[MatchesOfPage],
    texts: Sequence[SourceText],
    *,
    tuning: LinkingTuning = LINKING,
) -> tuple[Reread, ...]:
    """The pages to be read again, in order: those that miss or spoil much of the text that should stand on them.

    `matches` are those of a finished linking, page by page; `texts` are the volume's.
    """
    requests = []
    for page, fit in zip(pages, page_fits(pages, matches, texts, tuning), strict=True):
        if page.duplicate_of is None and page.status != "failed" and fit.went_badly(tuning):
            requests.append(Reread(page.order, None, "missed" if fit.missed >= fit.misread else "misread"))
    return tuple(requests)


def page_fits(
    pages: Sequence[Page],
    matches: Sequence[MatchesOfPage],
    texts: Sequence[SourceText],
    tuning: LinkingTuning = LINKING,
) -> list[Fit]:
    """How each page agrees with the texts that were found on the volume's pages."""
    every = [match for of_page in matches for of_line in of_page.values() for match in of_line]
    usual = median(match.similarity for match in every) if every else 0.0
    missed = _missed(pages, matches, texts, tuning)
    return [
        Fit(
            shown=letters_shown(of_page),
            missed=missed[index],
            misread=sum(
                max(0.0, usual - m.similarity) * span_length(m.span) for of_line in of_page.values() for m in of_line
            ),
        )
        for index, of_page in enumerate(matches)
    ]


def letters_shown(matches: MatchesOfPage) -> float:
    """The letters of the text that a page's lines show, each counted by how well it was read."""
    return sum(letters_of_line(of_line) for of_line in matches.values())


def letters_of_line(matches: Sequence[Match]) -> float:
    """The letters of the text that a line shows, counted by how well it was read."""
    return sum(span_length(match.span) * match.similarity for match in matches)


def _missed(
    pages: Sequence[Page], matches: Sequence[MatchesOfPage], texts: Sequence[SourceText], tuning: LinkingTuning
) -> list[float]:
    """For each page the letters of the text that should stand on it and that no line shows."""
    missed = [0.0] * len(pages)
    # For each text the ranges that lines show, each with the index of their page.
    places: dict[str, list[tuple[int, int, int]]] = defaultdict(list)
    for page, of_page in enumerate(matches):
        if pages[page].duplicate_of is None:
            for of_line in of_page.values():
                for match in of_line:
                    places[match.text].append((*match.span, page))
    for text in texts:
        places_in_text = sorted(places[text.path])
        lost_letters = tuning.links.lost_page_share * _letters_a_page(places_in_text)
        reached, before = 0, None
        for start, end, page in places_in_text:
            if before is not None and any(c.isalnum() for c in text.content[reached:start]):
                letters = _running_letters(text, (reached, start))
                for index, share in _shares(pages, before, page, letters, lost_letters):
                    missed[index] += share
            if end >= reached:
                reached, before = end, page
    return missed


def _shares(
    pages: Sequence[Page], before: int, after: int, letters: float, lost_letters: float
) -> list[tuple[int, float]]:
    """Pairs of page index and letters: how much of a stretch of text that no line shows should stand on each page.

    `before` and `after` are the indices of the pages that show the text before and after the stretch. It stands on that
    page if they are the same, else in equal parts on the readable pages between them. If there are none, each of the
    two has half of it, but a stretch of more than `lost_letters` is on no page.
    """
    if before == after:
        return [(before, letters)]
    between = [page for page in range(before + 1, after) if pages[page].status != "failed"]
    if between:
        return [(page, letters / len(between)) for page in between]
    # A longer stretch was lost with a page that was not scanned.
    return [(before, letters / 2), (after, letters / 2)] if letters <= lost_letters else []


def _letters_a_page(places: Sequence[tuple[int, int, int]]) -> float:
    """The characters of a text that a usual page shows."""
    counts: dict[int, int] = defaultdict(int)
    for start, end, page in places:
        counts[page] += end - start
    return median(counts.values()) if counts else 0.0


def _running_letters(text: SourceText, stretch: Span) -> float:
    """The letters and digits of a stretch that are in no marker, note or commentary."""
    return float(
        sum(
            character.isalnum()
            for sentence in sentences_within(text, [stretch])
            if sentence.role in ("body", "heading")
            for start, end in sentence.spans
            for character in text.content[max(start, stretch[0]) : min(end, stretch[1])]
        )
    )


def span_length(span: Span) -> int:
    """How many characters a span covers."""
    return span[1] - span[0]
