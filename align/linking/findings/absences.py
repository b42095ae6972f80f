"""Sentences, and words within sentences, that are in the texts and on no page.

A stretch of the text is absent where no line claims it and collation finds none of its words on the page; neighbouring
stretches are one. Words within a sentence are absent only if the page has no room for them. If it has room, something
is there that could not be read, and it may be these words.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby
from statistics import mean

from align.linking.findings.catalogue import Entry
from align.linking.findings.catalogue.sentence_entries import (
    SENTENCE_NOT_ON_SCAN,
    SENTENCE_NOT_SCANNED,
    SENTENCE_ON_FAILED_PAGE,
    WORDS_NOT_ON_SCAN,
    WORDS_UNREAD,
)
from align.linking.places.fragments import letters_of
from align.linking.words.collation import Collation, sentences_within, word_areas
from align.linking.words.differences import Difference
from align.linking.words.passages import WrittenWord
from align.model import ASIDE, Around, Finding, Link, Page, PageName, Sentence, SourceText, Span, WordAt
from align.tuning.linking import LINKING, LinkingTuning

# This number of words of the page, before and after, show where the words of the text would be.
CONTEXT_WORDS = 3


@dataclass(frozen=True, slots=True)
class Absence:
    """A stretch of a text that no page shows: its ranges, its sentences, and the sentences that are wholly in it.

    `unread` says that the page has something in its place that could not be read. `around` are the indices of the pages
    before and after. `beside` are the words of the pages before, in, and after its place; `instead` are those in its
    place alone.
    """

    text: SourceText
    spans: tuple[Span, ...]
    sentences: tuple[Sentence, ...]
    whole: tuple[Sentence, ...]
    unread: bool
    around: tuple[int | None, int | None]
    beside: tuple[WordAt, ...]
    instead: tuple[WordAt, ...] = ()

    @property
    def content(self) -> str:
        """The words of the stretch, white space collapsed."""
        return " ".join(" ".join(self.text.content[a:b] for a, b in self.spans).split())


@dataclass(frozen=True, slots=True)
class _Part:
    """A range of a text that no page shows."""

    span: Span
    unread: bool
    around: tuple[int | None, int | None]
    beside: tuple[WordAt, ...] = ()
    instead: tuple[WordAt, ...] = ()


def absences(collations: Sequence[Collation], tuning: LinkingTuning = LINKING) -> list[Absence]:
    """The absent stretches of running text, text by text, in text order; none of notes and commentary."""
    found = []
    for collation in collations:
        parts: dict[str, list[_Part]] = defaultdict(list)
        texts = {text.path: text for text in collation.texts}
        begins = sorted((p.start, p.page) for p in collation.placed)
        ends = sorted((p.end, p.page) for p in collation.placed)
        for difference in collation.differences:
            if difference.written and (not difference.read or _other_words(difference)):
                around = tuple(w.places[0][0] if w else None for w in (difference.before, difference.after))
                beside, instead = _beside(difference), tuple(place for w in difference.read for place in w.places)
                for run in _unseen(collation, difference):
                    for text, span in collation.within(run[0].start, run[-1].end):
                        part = _Part(span, _unread(difference, tuning), (around[0], around[1]), beside, instead)
                        parts[text.path].append(part)
        for start, end in collation.untouched:
            before, after = bisect_right(ends, (start + 1, 0)) - 1, bisect_left(begins, (end - 1, 0))
            pages = ends[before][1] if before >= 0 else None, begins[after][1] if after < len(begins) else None
            for text, span in collation.within(start, end):
                parts[text.path].append(_Part(span, False, pages))
        for path, own in parts.items():
            found += _absences_of(texts[path], sorted(own, key=lambda part: part.span), tuning)
    return found


def _unseen(collation: Collation, difference: Difference) -> list[list[WrittenWord]]:
    """The words of a difference in runs, without the words that are found elsewhere on the pages."""
    groups = groupby(difference.written, key=collation.is_shown)
    return [list(words) for elsewhere, words in groups if not elsewhere]


def _beside(difference: Difference) -> tuple[WordAt, ...]:
    words = (
        *difference.passage.read[max(0, difference.read_at - CONTEXT_WORDS) : difference.read_at],
        *difference.read,
    )
    end = difference.read_at + len(difference.read)
    return tuple(
        place for word in (*words, *difference.passage.read[end : end + CONTEXT_WORDS]) for place in word.places
    )


def _other_words(difference: Difference) -> bool:
    """Whether the page has other words, fewer words or dirt in this place, and not the same words misread."""
    letters = sum(len(w.folded) for w in difference.written)
    fewer = len(difference.written) > 1 and sum(len(w.folded) for w in difference.read) < 0.5 * letters
    return fewer or difference.replaced


def _unread(difference: Difference, tuning: LinkingTuning) -> bool:
    if difference.replaced:
        return False
    return difference.room >= tuning.findings.room_share * difference.needed or (
        bool(difference.read) and mean(word.confidence for word in difference.read) < tuning.findings.dirt_confidence
    )


def _absences_of(text: SourceText, parts: Sequence[_Part], tuning: LinkingTuning) -> list[Absence]:
    """The absences: parts with no letter of the text between them are one."""
    runs: list[list[_Part]] = []
    for part in parts:
        if runs and not any(c.isalnum() for c in text.content[runs[-1][-1].span[1] : part.span[0]]):
            runs[-1].append(part)
        else:
            runs.append([part])
    return [absence for run in runs if (absence := _absence(text, run, tuning)) is not None]


def _absence(text: SourceText, run: Sequence[_Part], tuning: LinkingTuning) -> Absence | None:
    spans = tuple(part.span for part in run)
    sentences = [s for s in sentences_within(text, spans) if s.role not in ASIDE]
    shares = {s.id: _share(text, s, spans) for s in sentences}
    sentences = [s for s in sentences if shares[s.id] > 0]
    if not sentences:
        return None
    letters = [letters_of(text.content[a:b]) for a, b in spans]
    unread = sum(n for n, part in zip(letters, run, strict=True) if part.unread) >= 0.5 * sum(letters)
    unread = unread or all(is_foreign(text, sentence.content) for sentence in sentences)
    return Absence(
        text=text,
        spans=_within_sentences(spans, sentences),
        sentences=tuple(sentences),
        whole=tuple(s for s in sentences if shares[s.id] >= tuning.findings.absent_share),
        unread=unread,
        around=(run[0].around[0], run[-1].around[1]),
        beside=tuple(dict.fromkeys(place for part in run for place in part.beside)),
        instead=tuple(dict.fromkeys(place for part in run for place in part.instead)),
    )


def is_foreign(text: SourceText, content: str) -> bool:
    """Whether words are in another script than their text, so that an engine set to its language cannot read them."""
    own = _script(text.content)
    in_own = (own in unicodedata.name(letter, "") for letter in content if letter.isalpha())
    return next(in_own, True) is False and not any(in_own)


@lru_cache(maxsize=16)
def _script(content: str) -> str:
    """The script that most letters of a text are of, as Unicode names it."""
    return "CYRILLIC" if len(_CYRILLIC.findall(content)) > len(_LATIN.findall(content)) else "LATIN"


_CYRILLIC, _LATIN = re.compile("[Ѐ-ӿ]"), re.compile("[A-Za-zÀ-ɏ]")


def _within_sentences(spans: Sequence[Span], sentences: Sequence[Sentence]) -> tuple[Span, ...]:
    """The parts of ranges that are in sentences: without markers and notes that stand between."""
    return tuple(
        (max(a, start), min(b, end))
        for sentence in sentences
        for start, end in sentence.spans
        for a, b in spans
        if max(a, start) < min(b, end)
    )


def _share(text: SourceText, sentence: Sentence, spans: Sequence[Span]) -> float:
    """The share of a sentence's letters in these ranges."""
    inside = sum(letters_of(text.content[a:b]) for a, b in _within_sentences(spans, [sentence]))
    return inside / max(1, letters_of(sentence.content))


def absence_findings(
    pages: Sequence[Page], found: Sequence[Absence], links: Mapping[str, Link], tuning: LinkingTuning = LINKING
) -> list[Finding]:
    """One finding for each absent stretch of the transcriptions' running text; `links` by sentence id."""
    findings = []
    for absence in found:
        links_of_absence = [links[s.id] for s in absence.sentences if s.id in links]
        if links_of_absence and links_of_absence[0].kind == "transcription" and any(map(str.isalnum, absence.content)):
            by_sentence = {link.sentence: link for link in links_of_absence}
            findings.append(_absence_finding(pages, absence, by_sentence, tuning))
    return [finding for finding in findings if finding is not None]


def _absence_finding(
    pages: Sequence[Page], absence: Absence, links: Mapping[str, Link], tuning: LinkingTuning
) -> Finding | None:
    kind = _kind(absence, links, tuning)
    if kind is None:
        return None
    entry, case = kind
    names = [None if p is None else PageName.of(pages[p]) for p in absence.around]
    beside = _words(pages, absence.beside)
    return Finding(
        code=entry.code,
        severity=entry.severity,
        case=case,
        values={
            "text": absence.content,
            "count": len(absence.sentences),
            "pages": tuple(dict.fromkeys(name for name in names if name is not None)),
            "around": Around(names[0], names[1]),
            "instead": _words(pages, absence.instead),
        },
        subjects=tuple(s.key for s in absence.sentences),
        document=absence.text.document,
        text=absence.text.path,
        pages=tuple(dict.fromkeys(pages[p].order for p in absence.around if p is not None)),
        sentences=tuple(s.id for s in absence.sentences),
        spans=absence.spans,
        areas=word_areas(pages, absence.beside, tuning=tuning),
        scan_text=beside or None,
        source_text=absence.content,
    )


def _kind(absence: Absence, links: Mapping[str, Link], tuning: LinkingTuning) -> tuple[Entry, str] | None:
    """The entry and case of an absence; None for a few letters, which may have been lost in reading."""
    reasons = {links[s.id].reason for s in absence.whole if s.id in links and links[s.id].status == "unlinked"}
    if "page-failed" in reasons:
        return SENTENCE_ON_FAILED_PAGE, ""
    if "not-scanned" in reasons:
        return SENTENCE_NOT_SCANNED, "unplaced" if absence.around == (None, None) else "placed"
    if absence.unread:
        return WORDS_UNREAD, ""
    if absence.whole:
        return SENTENCE_NOT_ON_SCAN, "replaced" if absence.instead else "no-room"
    if letters_of(absence.content) >= tuning.findings.absent_letters:
        return WORDS_NOT_ON_SCAN, "replaced" if absence.instead else "missing"
    return None


def replacing_words(pages: Sequence[Page], found: Iterable[Absence], tuning: LinkingTuning = LINKING) -> set[WordAt]:
    """The words of the pages that a finding of absent words quotes, because they are in the place of these.

    They are not reported again as words that the text lacks. Where the page has far more words than the text, they are
    no replacement: these words are reported by themselves.
    """
    reported = (
        a for a in found if not a.unread and (a.whole or letters_of(a.content) >= tuning.findings.absent_letters)
    )
    return {
        place
        for absence in reported
        if letters_of(_words(pages, absence.instead)) <= tuning.findings.far_more_times * letters_of(absence.content)
        for place in absence.instead
    }


def _words(pages: Sequence[Page], places: Iterable[WordAt]) -> str:
    return " ".join(pages[p].lines[i].words[k].text for p, i, k in places)
