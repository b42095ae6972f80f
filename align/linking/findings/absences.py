"""What stands in the texts and on no page: sentences, runs of them, and words within sentences.

A stretch of the text is absent where no line claims it and collation finds none of its words on the page; neighbouring
stretches are one. Of words within a sentence it counts whether the page has room for them: where it has, something
stands there that could not be read, and nothing is known of it.
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

from align.linking.findings.numbering import Draft, page_name, quoted
from align.linking.places.fragments import letters_of
from align.linking.words.collation import Collation, sentences_within, word_areas
from align.linking.words.differences import Difference
from align.linking.words.passages import WrittenWord
from align.model import Link, Page, Sentence, SourceText, Span, WordAt

# The page has room for words if what lies open between their neighbours holds so much of them.
ROOM = 0.5
# A sentence is absent as a whole if so many of its letters are.
WHOLE = 0.75
# Words of fewer letters may have been lost in reading.
FEW_LETTERS = 4
# So many words of the page on either side show where the words of the text would be.
CONTEXT = 3
# Words of the page are far more than those of the text if they have more than so many times as many letters.
MANY = 2
# What was read with less confidence in the place of words is those words, unreadable.
DIRT = 0.6


@dataclass(frozen=True, slots=True)
class Absence:
    """A stretch of a text that no page shows: its ranges, its sentences, and those of which most is in it.

    `unread` says that something stands on the page in its place; `around` are the page indices before and
    after, `beside` the words that the pages have there: those before, in their place, and after; and `instead` those
    in their place alone.
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


def absences(collations: Sequence[Collation]) -> list[Absence]:
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
                        part = _Part(span, _unread(difference), (around[0], around[1]), beside, instead)
                        parts[text.path].append(part)
        for start, end in collation.untouched:
            before, after = bisect_right(ends, (start + 1, 0)) - 1, bisect_left(begins, (end - 1, 0))
            pages = ends[before][1] if before >= 0 else None, begins[after][1] if after < len(begins) else None
            for text, span in collation.within(start, end):
                parts[text.path].append(_Part(span, False, pages))
        for path, own in parts.items():
            found += _joined(texts[path], sorted(own, key=lambda part: part.span))
    return found


def _unseen(collation: Collation, difference: Difference) -> list[list[WrittenWord]]:
    """The words of a difference, in runs, less those that stand elsewhere on the pages."""
    groups = groupby(difference.written, key=collation.is_shown)
    return [list(words) for elsewhere, words in groups if not elsewhere]


def _beside(difference: Difference) -> tuple[WordAt, ...]:
    words = (*difference.passage.read[max(0, difference.read_at - CONTEXT) : difference.read_at], *difference.read)
    end = difference.read_at + len(difference.read)
    return tuple(place for word in (*words, *difference.passage.read[end : end + CONTEXT]) for place in word.places)


def _other_words(difference: Difference) -> bool:
    """Whether what was read in the place of words is not those words, misread or mistyped: others, fewer, or dirt."""
    letters = sum(len(w.folded) for w in difference.written)
    fewer = len(difference.written) > 1 and sum(len(w.folded) for w in difference.read) < 0.5 * letters
    return fewer or difference.replaced


def _unread(difference: Difference) -> bool:
    if difference.replaced:
        return False
    return difference.room >= ROOM * difference.needed or (
        bool(difference.read) and mean(word.confidence for word in difference.read) < DIRT
    )


def _joined(text: SourceText, parts: Sequence[_Part]) -> list[Absence]:
    """The parts with those made one between which there is no letter of the text."""
    runs: list[list[_Part]] = []
    for part in parts:
        if runs and not any(c.isalnum() for c in text.content[runs[-1][-1].span[1] : part.span[0]]):
            runs[-1].append(part)
        else:
            runs.append([part])
    return [absence for run in runs if (absence := _absence(text, run)) is not None]


def _absence(text: SourceText, run: Sequence[_Part]) -> Absence | None:
    spans = tuple(part.span for part in run)
    sentences = [s for s in sentences_within(text, spans) if s.role not in ("note", "commentary")]
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
        whole=tuple(s for s in sentences if shares[s.id] >= WHOLE),
        unread=unread,
        around=(run[0].around[0], run[-1].around[1]),
        beside=tuple(dict.fromkeys(place for part in run for place in part.beside)),
        instead=tuple(dict.fromkeys(place for part in run for place in part.instead)),
    )


def is_foreign(text: SourceText, content: str) -> bool:
    """Whether words are in another script than their text, so that an engine set to its language cannot read them."""
    letters = [unicodedata.name(c, "") for c in content if c.isalpha()]
    own = _script(text.content)
    return bool(letters) and not any(own in name for name in letters)


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


def absence_findings(pages: Sequence[Page], found: Sequence[Absence], links: Mapping[str, Link]) -> list[Draft]:
    """One finding for each absent stretch of the transcriptions' running text; `links` by sentence id."""
    drafts = []
    for absence in found:
        own = [links[s.id] for s in absence.sentences if s.id in links]
        if own and own[0].kind == "transcription" and any(c.isalnum() for c in absence.content):
            drafts.append(_draft(pages, absence, {link.sentence: link for link in own}))
    return [draft for draft in drafts if draft is not None]


def _draft(pages: Sequence[Page], absence: Absence, links: Mapping[str, Link]) -> Draft | None:
    reasons = [links[s.id].reason for s in absence.whole if s.id in links and links[s.id].status == "unlinked"]
    where = [
        f"{how} {page_name(pages[p])}"
        for how, p in zip(("after", "before"), absence.around, strict=True)
        if p is not None
    ]
    place = f" {' and '.join(where)}" if where else ""
    text, count = quoted(absence.content), len(absence.sentences)
    severity, suggestion = "warning", "Compare the text with the scans on both sides of this place."
    if "page-failed" in reasons:
        code, message = "sentence-on-failed-page", "These words should stand on a page that could not be read:"
    elif "not-scanned" in reasons:
        code = "sentence-not-scanned"
        message = (f"{count} sentences stand" if count > 1 else "A sentence stands") + " on no scan; "
        message += f"a page seems to be missing{place}:"
    elif absence.unread:
        code, severity = "words-unread", "note"
        message = f"Something stands on {_on(pages, absence)} that could not be read as these words:"
        suggestion = "Look at the place on the scan."
    elif absence.whole:
        code = "sentence-not-on-scan"
        message = (f"{count} sentences are" if count > 1 else "A sentence is") + " in the text and not on the scans"
        if absence.instead:
            message += f"; {_on(pages, absence)} reads “{quoted(_words(pages, absence.instead))}” there:"
        else:
            message += f"; on {_on(pages, absence)} there is no room for {'them' if count > 1 else 'it'}:"
    elif absence.instead and letters_of(absence.content) >= FEW_LETTERS:
        code = "words-not-on-scan"
        message = f"Other words than on {_on(pages, absence)}, which reads “{quoted(_words(pages, absence.instead))}”:"
    elif letters_of(absence.content) >= FEW_LETTERS:
        code = "words-not-on-scan"
        message = f"These words of the sentence are in the text and not on {_on(pages, absence)}:"
    else:
        return None
    return Draft(
        code=code,
        severity="note" if severity == "note" else "warning",
        message=f"{message} “{text}”",
        subjects=tuple(s.key for s in absence.sentences),
        document=absence.text.document,
        text=absence.text.path,
        pages=tuple(dict.fromkeys(pages[p].order for p in absence.around if p is not None)),
        sentences=tuple(s.id for s in absence.sentences),
        spans=absence.spans,
        areas=word_areas(pages, absence.beside),
        scan_text=_words(pages, absence.beside) or None,
        source_text=absence.content,
        suggestion=suggestion,
    )


def told_instead(pages: Sequence[Page], found: Iterable[Absence]) -> set[WordAt]:
    """The words of the pages that stand in the place of others, of which a finding of absent words tells.

    Where the page has far more words than the text, they are no others in place of these, but left out of the text.
    """
    loud = (a for a in found if not a.unread and (a.whole or letters_of(a.content) >= FEW_LETTERS))
    return {
        place
        for absence in loud
        if letters_of(_words(pages, absence.instead)) <= MANY * letters_of(absence.content)
        for place in absence.instead
    }


def _words(pages: Sequence[Page], places: Iterable[WordAt]) -> str:
    return " ".join(pages[p].lines[i].words[k].text for p, i, k in places)


def _on(pages: Sequence[Page], absence: Absence) -> str:
    own = dict.fromkeys(p for p in absence.around if p is not None)
    return " and ".join(page_name(pages[p]) for p in own) or "the pages"
