"""Transcriptions to areas: the links of every sentence of the texts in the language of the pages."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from statistics import median

from align.linking.links.score import HOPELESS, evidence, score, status
from align.linking.places.fragments import letters_of
from align.linking.places.placing import SentenceKey, Showing, areas_of
from align.model import Link, LinkEvidence, Page, Reason, SourceText

# A run of sentences with more letters than this share of a page's, lost between two pages that follow each other, stood
# on a page that was not scanned; a shorter one was left out of the page.
LOST_PAGE = 0.5


def transcription_links(
    pages: Sequence[Page],
    texts: Mapping[int, SourceText],
    showings: Mapping[SentenceKey, Sequence[Showing]],
    steady: Mapping[tuple[int, int], bool],
    counterparts: Mapping[str, tuple[str, ...]],
) -> list[tuple[Link, LinkEvidence]]:
    """The links of these texts' sentences, text by text, in text order, each with what speaks for it.

    `texts` and `showings` go by the texts' numbers; `steady` says of a placed line (page and line index) whether its
    neighbours bear it out.
    """
    a_page = _letters_a_page(showings)
    shown = {
        number: [tuple(showings.get((number, i), ())) for i in range(len(text.sentences))]
        for number, text in texts.items()
    }
    gaps = [gap for number, text in texts.items() for gap in _gaps(pages, number, text, shown[number])]
    reasons = _reasons(pages, texts, gaps, a_page)
    links = []
    for number, text in texts.items():
        for index, sentence in enumerate(text.sentences):
            found = shown[number][index]
            calm = sum(steady[s.page, s.line] for s in found) / len(found) if found else 0.0
            seen = evidence(letters_of(sentence.content), found, calm)
            probability = score(seen)
            areas = () if probability < HOPELESS else areas_of(pages, text, sentence, found)
            state, reason = (
                status(seen, probability) if areas else ("unlinked", "weak" if found else reasons[number, index])
            )
            link = Link(
                sentence=sentence.id,
                key=sentence.key,
                document=text.document,
                text=text.path,
                kind="transcription",
                language=text.language,
                role=sentence.role,
                spans=sentence.spans,
                content=sentence.content,
                status=state,
                score=probability if areas else 0.0,
                reason=reason,
                via="ocr" if areas else None,
                counterparts=counterparts.get(sentence.id, ()),
                areas=areas,
            )
            links.append((link, seen))
    return links


def _letters_a_page(showings: Mapping[SentenceKey, Sequence[Showing]]) -> float:
    """The letters that a typical page shows."""
    counts: dict[int, int] = {}
    for found in showings.values():
        for showing in found:
            counts[showing.page] = counts.get(showing.page, 0) + showing.fragment.letters
    return median(counts.values()) if counts else 0.0


@dataclass(frozen=True, slots=True)
class _Gap:
    """A run of a text's sentences (half-open indices) that no line shows, its letters, and the pages around it.

    `shown` are the indices of the pages on which its neighbours stand; `around` those between which it stood.
    """

    text: int
    start: int
    end: int
    letters: int
    shown: tuple[int | None, int | None]
    around: tuple[int, int]


def _gaps(pages: Sequence[Page], number: int, text: SourceText, shown: Sequence[Sequence[Showing]]) -> Iterator[_Gap]:
    start = 0
    while start < len(shown):
        if shown[start]:
            start += 1
            continue
        end = start
        while end < len(shown) and not shown[end]:
            end += 1
        before = max((s.page for s in shown[start - 1]), default=None) if start else None
        after = min((s.page for s in shown[end]), default=None) if end < len(shown) else None
        letters = sum(letters_of(text.sentences[i].content) for i in range(start, end))
        yield _Gap(number, start, end, letters, (before, after), _around(pages, before, after))
        start = end


def _around(pages: Sequence[Page], before: int | None, after: int | None) -> tuple[int, int]:
    """The pages between which sentences stood: at either end of a document the next page that may show other text."""
    if before is None and after is None:
        return 0, max(0, len(pages) - 1)
    first = before if before is not None else _next_page(pages, after or 0, -1)
    last = after if after is not None else _next_page(pages, before or 0, 1)
    return min(first, last), max(first, last)


def _next_page(pages: Sequence[Page], at: int, step: int) -> int:
    """The next page that is neither blank nor a copy of another; the last one where there is none."""
    while 0 <= at + step < len(pages):
        at += step
        if pages[at].status != "blank" and pages[at].duplicate_of is None:
            break
    return at


def _reasons(
    pages: Sequence[Page], texts: Mapping[int, SourceText], gaps: Sequence[_Gap], a_page: float
) -> dict[SentenceKey, Reason]:
    """For each sentence that no line shows, why: from the pages on which its neighbours stand.

    A page that was not scanned may have held the end of one document and the beginning of the next.
    """
    lost: Counter[tuple[int, int]] = Counter()
    for gap in gaps:
        if gap.shown != (None, None) and gap.shown[0] != gap.shown[1]:
            lost[gap.around] += sum(
                letters_of(s.content) for s in texts[gap.text].sentences[gap.start : gap.end] if s.role not in ASIDE
            )
    reasons: dict[SentenceKey, Reason] = {}
    for gap in gaps:
        reason = _reason(pages, gap, lost=lost[gap.around] > LOST_PAGE * a_page)
        for index in range(gap.start, gap.end):
            aside = reason == "not-scanned" and texts[gap.text].sentences[index].role in ASIDE
            reasons[gap.text, index] = "not-on-page" if aside else reason
    return reasons


# Sentences of these roles may be an editor's, and on no page at all.
ASIDE = ("note", "commentary")


def _reason(pages: Sequence[Page], gap: _Gap, *, lost: bool) -> Reason:
    first, last = gap.around
    if any(page.status == "failed" for page in pages[first : last + 1]):
        return "page-failed"
    if gap.shown == (None, None) or (lost and gap.shown[0] != gap.shown[1]):
        return "not-scanned"
    return "not-on-page"
