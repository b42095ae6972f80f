"""Findings of doubtful and partial links, of notes, and of sentences without a place that no other finding names."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import pairwise

from align.linking.findings.catalogue.link_entries import (
    COMMENTARY_NOT_ON_SCAN,
    LINK_DOUBTFUL,
    LINK_PARTIAL,
    NOTE_IN_SENTENCE,
)
from align.linking.places.fragments import letters_of
from align.model import ASIDE, Finding, Link, Sentence, SourceText
from align.tuning.linking import LINKING, LinkingTuning


def link_findings(
    links: Sequence[Link], reported: Collection[str], wrong: Mapping[str, float], tuning: LinkingTuning = LINKING
) -> list[Finding]:
    """Partial and doubtful links, and sentences that are nowhere, without the sentences (ids) already `reported`.

    `wrong` has, by sentence id, the number of letters that are missing or read otherwise when words are compared.
    """
    findings = []
    for link in links:
        if link.kind != "transcription" or link.role in ASIDE or link.sentence in reported:
            continue
        if wrong.get(link.sentence, 0.0) <= tuning.findings.agreeing_share * letters_of(link.content):
            continue
        if link.status in ("partial", "doubtful") or (link.status == "unlinked" and link.reason == "weak"):
            findings.append(_unsure(link, tuning))
    return findings


def _unsure(link: Link, tuning: LinkingTuning) -> Finding:
    return Finding(
        code=(LINK_PARTIAL if link.status == "partial" else LINK_DOUBTFUL).code,
        severity="note" if letters_of(link.content) < tuning.findings.heading_letters else "warning",
        values={"text": link.content},
        subjects=(link.key,),
        document=link.document,
        text=link.text,
        pages=tuple(area.page for area in link.areas),
        sentences=(link.sentence,),
        spans=link.spans,
        areas=link.areas,
        score=link.score,
        source_text=link.content,
    )


def aside_findings(links: Sequence[Link]) -> list[Finding]:
    """Notes and commentary of transcriptions that are on no scan, a run of them as one finding."""
    findings = []
    run: list[Link] = []
    for link in [*links, None]:
        if link is not None and not any(c.isalnum() for c in link.content):
            continue
        own = link is not None and _is_missing_aside(link)
        if run and (link is None or not own or link.text != run[0].text or link.role != run[0].role):
            findings.append(_aside(run))
            run = []
        if link is not None and own:
            run.append(link)
    return findings


def _is_missing_aside(link: Link) -> bool:
    return link.kind == "transcription" and not link.areas and link.role in ASIDE


def _aside(run: Sequence[Link]) -> Finding:
    text = " ".join(link.content for link in run)
    return Finding(
        code=COMMENTARY_NOT_ON_SCAN.code,
        severity=COMMENTARY_NOT_ON_SCAN.severity,
        values={"role": run[0].role, "text": text},
        subjects=tuple(link.key for link in run),
        document=run[0].document,
        text=run[0].text,
        sentences=tuple(link.sentence for link in run),
        spans=tuple(span for link in run for span in link.spans),
        source_text=text,
    )


def note_findings(texts: Sequence[SourceText]) -> list[Finding]:
    """Notes and commentary that a text has in the middle of a sentence, one finding each."""
    findings = []
    for text in texts:
        asides = [s for s in text.sentences if s.role in ASIDE]
        starts = [s.spans[0][0] for s in asides]
        for sentence in text.sentences:
            if sentence.role in ASIDE:
                continue
            for (_, end), (start, _) in pairwise(sentence.spans):
                inside = asides[bisect_left(starts, end) : bisect_left(starts, start)]
                if inside:
                    findings.append(_noted(text, sentence, inside))
    return findings


def _noted(text: SourceText, sentence: Sentence, inside: Sequence[Sentence]) -> Finding:
    return Finding(
        code=NOTE_IN_SENTENCE.code,
        severity=NOTE_IN_SENTENCE.severity,
        values={"note": " ".join(s.content for s in inside)},
        subjects=(sentence.key, *(s.key for s in inside)),
        document=text.document,
        text=text.path,
        sentences=(sentence.id, *(s.id for s in inside)),
        spans=tuple(span for s in inside for span in s.spans),
        source_text=sentence.content,
    )


def named_sentences(findings: Iterable[Finding]) -> set[str]:
    """The ids of the sentences that these findings name."""
    return {sentence for finding in findings for sentence in finding.sentences}
