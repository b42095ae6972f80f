"""Transcriptions to areas: the links of every sentence of the texts in the language of the pages."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from statistics import median

from align.linking.links.score import evidence, score, status
from align.linking.places.fragments import letters_of
from align.linking.places.placing import Showing, areas_of
from align.model import ASIDE, LineAt, Link, LinkEvidence, Page, Reason, Role, SentenceAt, SourceText, Status
from align.tuning.linking import LINKING, LinkingTuning


def transcription_links(
    pages: Sequence[Page],
    texts: Mapping[int, SourceText],
    showings: Mapping[SentenceAt, Sequence[Showing]],
    steady: Mapping[LineAt, bool],
    counterparts: Mapping[str, tuple[str, ...]],
    tuning: LinkingTuning = LINKING,
    *,
    copies: Collection[str] = (),
) -> list[tuple[Link, LinkEvidence]]:
    """The links of these texts' sentences, text by text, in text order, each with its evidence.

    `texts` and `showings` go by the texts' numbers. `steady` says of a placed line whether a neighbour continues it in
    the text; `counterparts` gives for a sentence's id the ids of its translations.
    `copies` are the paths of texts that leave their pages to another document.
    """
    a_page = _letters_a_page(showings)
    shown = {
        number: [tuple(showings.get(SentenceAt(number, i), ())) for i in range(len(text.sentences))]
        for number, text in texts.items()
    }
    gaps = [gap for number, text in texts.items() for gap in _gaps(pages, number, text, shown[number])]
    reasons = _reasons(pages, texts, gaps, tuning.links.lost_page_share * a_page)
    links = []
    for number, text in texts.items():
        for index, sentence in enumerate(text.sentences):
            fragments = shown[number][index]
            steady_share = sum(steady[s.at] for s in fragments) / len(fragments) if fragments else 0.0
            seen = evidence(letters_of(sentence.content), fragments, steady_share)
            probability = score(seen, tuning)
            areas = (
                () if probability < tuning.links.hopeless else areas_of(pages, text.content, sentence.spans, fragments)
            )
            state: Status
            reason: Reason | None
            if areas:
                state, reason = status(seen, probability, tuning)
            else:
                state, reason = unplaced(
                    sentence.role,
                    "weak" if fragments else "copy" if text.path in copies else reasons[SentenceAt(number, index)],
                )
            link = Link.of(
                text,
                sentence,
                kind="transcription",
                status=state,
                score=probability if areas else 0.0,
                reason=reason,
                via="ocr" if areas else None,
                counterparts=counterparts.get(sentence.id, ()),
                areas=areas,
            )
            links.append((link, seen))
    return links


def unplaced(role: Role, reason: Reason | None) -> tuple[Status, Reason | None]:
    """The status and the reason of a sentence without a place: a note or commentary that need not have one is apart.

    A page that could not be read may have shown it. A note that some lines resemble may stand there, read badly.
    """
    unknown = ("page-failed", "weak") if role == "note" else ("page-failed",)
    if role in ASIDE and reason not in unknown:
        return "apart", None
    return "unlinked", reason


def _letters_a_page(showings: Mapping[SentenceAt, Sequence[Showing]]) -> float:
    """The letters that a typical page shows."""
    counts: dict[int, int] = {}
    for showings_of_sentence in showings.values():
        for showing in showings_of_sentence:
            counts[showing.page] = counts.get(showing.page, 0) + showing.fragment.letters
    return median(counts.values()) if counts else 0.0


@dataclass(frozen=True, slots=True)
class _Gap:
    """A run of sentences of a text (`start` to `end`, half-open) that no line shows, and how many letters it has.

    `text` is the text's number. `shown` are the indices of the pages on which the sentences before and after stand;
    `around` are the indices of the pages between which the gap must be.
    """

    text: int
    start: int
    end: int
    letters: int
    shown: tuple[int | None, int | None]
    around: tuple[int, int]


def _gaps(pages: Sequence[Page], number: int, text: SourceText, shown: Sequence[Sequence[Showing]]) -> Iterator[_Gap]:
    """The runs of a text's sentences that no line shows; `shown` are the fragments of each sentence."""
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
    """The pages between which sentences stood; at an end of a document, the next page that may show other text."""
    if before is None and after is None:
        return 0, max(0, len(pages) - 1)
    first = before if before is not None else _next_page(pages, after or 0, -1)
    last = after if after is not None else _next_page(pages, before or 0, 1)
    return min(first, last), max(first, last)


def _next_page(pages: Sequence[Page], at: int, step: int) -> int:
    """The next page in this direction that is neither blank nor a copy; if there is none, the last page."""
    while 0 <= at + step < len(pages):
        at += step
        if pages[at].status != "blank" and pages[at].duplicate_of is None:
            break
    return at


def _reasons(
    pages: Sequence[Page], texts: Mapping[int, SourceText], gaps: Sequence[_Gap], lost_letters: float
) -> dict[SentenceAt, Reason]:
    """For each sentence that no line shows, why: the pages on which its neighbours stand say it.

    A page that was not scanned may have held the end of one document and the beginning of the next, so that the letters
    of all gaps between the same two pages are added up. More than `lost_letters` stood on such a page.
    """
    lost: Counter[tuple[int, int]] = Counter()
    for gap in gaps:
        if gap.shown != (None, None) and gap.shown[0] != gap.shown[1]:
            lost[gap.around] += sum(
                letters_of(s.content) for s in texts[gap.text].sentences[gap.start : gap.end] if s.role not in ASIDE
            )
    reasons: dict[SentenceAt, Reason] = {}
    for gap in gaps:
        reason = _reason(pages, gap, lost=lost[gap.around] > lost_letters)
        for index in range(gap.start, gap.end):
            aside = reason == "not-scanned" and texts[gap.text].sentences[index].role in ASIDE
            reasons[SentenceAt(gap.text, index)] = "not-on-page" if aside else reason
    return reasons


def _reason(pages: Sequence[Page], gap: _Gap, *, lost: bool) -> Reason:
    """Why no line shows the sentences of a gap; `lost` says that more is missing there than pages leave out."""
    first, last = gap.around
    if any(page.status == "failed" for page in pages[first : last + 1]):
        return "page-failed"
    if gap.shown == (None, None) or (lost and gap.shown[0] != gap.shown[1]):
        return "not-scanned"
    return "not-on-page"
