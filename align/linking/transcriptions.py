"""Transcriptions to areas: the links of every sentence of the texts in the language of the pages."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from statistics import median

from align.linking.fragments import letters_of
from align.linking.placing import SentenceKey, Showing, areas_of
from align.linking.score import HOPELESS, Evidence, evidence, score, status
from align.model import Link, Page, Reason, SourceText

# A run of sentences with more letters than this share of a page's, lost between two pages that follow each other, stood
# on a page that was not scanned; a shorter one was left out of the page.
LOST_PAGE = 0.5


def transcription_links(
    pages: Sequence[Page],
    texts: Mapping[int, SourceText],
    showings: Mapping[SentenceKey, Sequence[Showing]],
    steady: Mapping[tuple[int, int], bool],
    counterparts: Mapping[str, tuple[str, ...]],
) -> list[tuple[Link, Evidence]]:
    """The links of these texts' sentences, text by text, in text order, each with what speaks for it.

    `texts` and `showings` go by the texts' numbers; `steady` says of a placed line (page and line index) whether its
    neighbours bear it out.
    """
    a_page = _letters_a_page(showings)
    links = []
    for number, text in texts.items():
        shown = [tuple(showings.get((number, i), ())) for i in range(len(text.sentences))]
        reasons = _reasons(pages, text, shown, a_page)
        for index, sentence in enumerate(text.sentences):
            found = shown[index]
            calm = sum(steady[s.page, s.line] for s in found) / len(found) if found else 0.0
            seen = evidence(letters_of(sentence.content), found, calm)
            probability = score(seen)
            areas = () if probability < HOPELESS else areas_of(pages, text, sentence, found)
            state, reason = status(seen, probability) if areas else ("unlinked", "weak" if found else reasons[index])
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


def _reasons(
    pages: Sequence[Page], text: SourceText, shown: Sequence[Sequence[Showing]], a_page: float
) -> list[Reason | None]:
    """For each sentence that no line shows, why: from the pages on which its neighbours stand."""
    reasons: list[Reason | None] = [None] * len(shown)
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
        reasons[start:end] = [_reason(pages, before, after, letters, a_page)] * (end - start)
        start = end
    return [
        "not-on-page" if reason == "not-scanned" and text.sentences[i].role in ("note", "commentary") else reason
        for i, reason in enumerate(reasons)
    ]


def _reason(pages: Sequence[Page], before: int | None, after: int | None, letters: int, a_page: float) -> Reason:
    first = before if before is not None else max(0, (after or 0) - 1)
    last = after if after is not None else min(len(pages) - 1, (before if before is not None else len(pages) - 2) + 1)
    if any(page.status == "failed" for page in pages[min(first, last) : max(first, last) + 1]):
        return "page-failed"
    if before is None and after is None:
        return "not-scanned"
    if letters > LOST_PAGE * a_page and before != after:
        return "not-scanned"
    return "not-on-page"
