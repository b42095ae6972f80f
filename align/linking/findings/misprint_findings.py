"""Findings of likely misprints, and one note for each difference of spelling that runs through a text."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Sequence
from itertools import islice
from statistics import fmean

from rapidfuzz.distance import Levenshtein

from align.linking.findings.catalogue.sentence_entries import LIKELY_MISPRINT, SPELLING_DIFFERS
from align.linking.words.collation import Collation, sentences_within, word_areas
from align.linking.words.misprints import Candidate, bare, candidates
from align.linking.words.second_looks import LookAgain, looked_at, no_second_look
from align.linking.words.volume_words import Chunk, VolumeWords
from align.model import Finding, Page, PageName, SourceText, Span, Spellings, WordAt, key
from align.tuning.linking import LINKING, LinkingTuning

# This number of words before and after a difference are quoted as evidence.
CONTEXT_WORDS = 4


def misprint_findings(
    pages: Sequence[Page],
    collations: Sequence[Collation],
    look_again: LookAgain = no_second_look,
    tuning: LinkingTuning = LINKING,
    *,
    guessed: Collection[WordAt] = frozenset(),
) -> list[Finding]:
    """The likely misprints of the texts, in text order; what is written otherwise throughout is one note.

    `look_again` reads words in doubt again. `guessed` are the words whose confidence is not stated: without other
    evidence a misprint there is a note.
    """
    findings = []
    passages = [passage for collation in collations for passage in collation.passages]
    differences = [difference for collation in collations for difference in collation.differences]
    volume = VolumeWords.of(pages, passages, differences, tuning)
    by_collation = [candidates(volume, collation.differences, tuning, guessed) for collation in collations]
    looked = iter(looked_at(pages, [c for own in by_collation for c in own], look_again, tuning))
    for collation, own in zip(collations, by_collation, strict=True):
        by_place = sorted(islice(looked, len(own)), key=lambda c: c.difference.written[0].start)
        written = {word.folded for passage in collation.passages for word in passage.written}
        spelled = _spelled(volume, by_place, written, tuning)
        apart = {id(c) for own in spelled for c in own}
        findings += [
            _misprint(pages, collation, c, tuning)
            for c in by_place
            if c.possible >= tuning.findings.reported_probability and id(c) not in apart
        ]
        findings += [_spelling(pages, collation, alike, tuning) for alike in spelled]
    return findings


def _spelled(
    volume: VolumeWords, found: Sequence[Candidate], written: Collection[str], tuning: LinkingTuning
) -> list[list[Candidate]]:
    """The candidates that are the spelling of a whole text: a word, or letters in many words; each kind together.

    `written` are the words of the text.
    """
    words: dict[tuple[str, str], list[Candidate]] = defaultdict(list)
    rules: dict[Chunk, list[Candidate]] = defaultdict(list)
    for c in found:
        unsure = min(word.confidence for word in c.difference.read) < tuning.words.known_confidence
        if c.number or (unsure and not c.guessed):
            continue
        # Letters that differ in many words are a rule, and not this word's own spelling.
        if c.read not in written and all(volume.chunks[chunk] < tuning.findings.spelling_words for chunk in c.chunks):
            words[c.read, c.written].append(c)
        # A rule of spelling changes these letters and no others.
        if len(c.chunks) == 1:
            rules[c.chunks[0]].append(c)
    spelled = [own for own in words.values() if len(own) >= tuning.findings.spelling_places]
    taken = {id(c) for own in spelled for c in own}
    for own in rules.values():
        rest = [c for c in own if id(c) not in taken]
        # If none of them would be reported by itself, the engine misreads these letters.
        reported = any(c.possible >= tuning.findings.reported_probability for c in rest)
        if (
            reported
            and len({c.written for c in rest}) >= tuning.findings.spelling_words
            and _is_kept_to(rest, volume.same, tuning)
        ):
            spelled.append(rest)
            taken.update(id(c) for c in rest)
    return spelled


def _is_kept_to(found: Sequence[Candidate], same: Collection[str], tuning: LinkingTuning) -> bool:
    """Whether words that have the letters between the same two others are mostly spelled so: misprints are strewn."""
    around = {c.written: _surroundings(c.read, c.written) for c in found}
    marked = [f"{_EDGE}{word}{_EDGE}" for word in same]
    alike = Counter(around.values())
    others = {letters: sum(letters in word for word in marked) for letters in alike}
    share = fmean(alike[letters] / (alike[letters] + others[letters]) for letters in around.values())
    return share >= tuning.findings.spelling_share


def _surroundings(read: str, written: str) -> str:
    """The run of letters of a word read that is written otherwise, with one more on either side."""
    (op,) = [op for op in Levenshtein.opcodes(read, written) if op.tag != "equal"]
    return f"{_EDGE}{read}{_EDGE}"[op.src_start : op.src_end + 2]


_EDGE = "\0"


def _misprint(pages: Sequence[Page], collation: Collation, candidate: Candidate, tuning: LinkingTuning) -> Finding:
    difference = candidate.difference
    text, spans = next(iter(_in_texts(collation, [candidate]).values()))
    sentences = sentences_within(text, spans)
    read = bare(" ".join(w.text for w in difference.read))
    written = bare(" ".join(w.text for w in difference.written))
    page = pages[difference.read[0].places[0][0]]
    scan_text, source_text = difference.context(CONTEXT_WORDS)
    case = "number" if candidate.number else "known-word" if candidate.evidence.known else "word"
    return Finding(
        code=LIKELY_MISPRINT.code,
        severity=LIKELY_MISPRINT.severity if candidate.probability >= tuning.findings.reported_probability else "note",
        case=case,
        values={"page": PageName.of(page), "written": written, "read": read},
        subjects=(*(s.key for s in sentences), read, written),
        document=text.document,
        text=text.path,
        pages=tuple(dict.fromkeys(pages[p].order for w in difference.read for p, *_ in w.places)),
        lines=_lines(pages, [candidate]),
        sentences=tuple(s.id for s in sentences),
        spans=tuple(spans),
        areas=word_areas(pages, [place for w in difference.read for place in w.places], spans, tuning),
        score=round(candidate.probability, 4),
        scan_text=scan_text,
        source_text=source_text,
    )


def _spelling(
    pages: Sequence[Page], collation: Collation, alike: Sequence[Candidate], tuning: LinkingTuning
) -> Finding:
    texts = list(_in_texts(collation, alike).values())
    (text, spans), several = texts[0], len(texts) > 1
    pairs = dict.fromkeys((bare(c.difference.written[0].text), bare(c.difference.read[0].text)) for c in alike)
    places = [place for c in alike for w in c.difference.read for place in w.places]
    scan_text, source_text = alike[0].difference.context(CONTEXT_WORDS)
    return Finding(
        code=SPELLING_DIFFERS.code,
        severity=SPELLING_DIFFERS.severity,
        case="texts" if several else "text",
        values={"documents": len(texts), "count": len(alike), "spellings": Spellings(tuple(pairs))},
        subjects=(*(key(other.path) for other, _ in texts), *sorted({f"{c.read}/{c.written}" for c in alike})),
        document=None if several else text.document,
        text=None if several else text.path,
        pages=tuple(dict.fromkeys(pages[p].order for p, *_ in places)),
        lines=_lines(pages, alike),
        sentences=tuple(s.id for other, ranges in texts for s in sentences_within(other, ranges)),
        spans=() if several else tuple(spans),
        areas=word_areas(pages, places, tuning=tuning),
        score=round(min(c.probability for c in alike), 4),
        scan_text=scan_text,
        source_text=source_text,
    )


def _in_texts(collation: Collation, found: Sequence[Candidate]) -> dict[str, tuple[SourceText, list[Span]]]:
    """The texts (by path) in which candidates stand, with the ranges of these there."""
    texts: dict[str, tuple[SourceText, list[Span]]] = {}
    for c in found:
        for text, span in collation.within(c.difference.written[0].start, c.difference.written[-1].end):
            texts.setdefault(text.path, (text, []))[1].append(span)
    return texts


def _lines(pages: Sequence[Page], found: Sequence[Candidate]) -> tuple[str, ...]:
    places = [place for c in found for w in c.difference.read for place in w.places]
    return tuple(dict.fromkeys(pages[p].line_id(line) for p, line, _ in places))
