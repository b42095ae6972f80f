"""Findings about translations: sentences without counterpart, and pairs that are doubtful."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence

from align.linking.findings.catalogue.link_entries import BEAD_DOUBTFUL, NO_COUNTERPART
from align.linking.links.pairing import AlignSentences, Pairing
from align.model import ASIDE, Bead, Finding, Link, SourceText, key
from align.tuning.linking import LINKING, LinkingTuning


def pairing_findings(
    pairing: Pairing,
    links: Mapping[str, Link],
    align: AlignSentences,
    moved: Collection[str] = (),
    tuning: LinkingTuning = LINKING,
) -> list[Finding]:
    """Sentences of one language that have no counterpart in the other: one finding for each run; notes apart.

    Where several sentences are paired together, one of them may have no counterpart: it is a finding of its own.
    Sentences in `moved` (ids) are reported as out of order. If their translation stands elsewhere too, they are not
    reported again as sentences without counterpart.
    """
    right = _runs_alone(pairing.translation, [i for b in pairing.beads if not b.left for i in b.right])
    left = _runs_alone(pairing.transcription, [i for b in pairing.beads if not b.right for i in b.left])
    for run in [run for run in left if all(pairing.transcription.sentences[i].id in moved for i in run)]:
        other = next((other for other in right if _translates(pairing, run, other, align, tuning)), None)
        if other is not None:
            left.remove(run)
            right.remove(other)
    return [
        *(_lone_finding(pairing.translation, pairing.transcription, run, links) for run in right),
        *(_lone_finding(pairing.transcription, pairing.translation, run, links) for run in left),
        *(finding for bead in pairing.beads for finding in _perhaps_alone(pairing, bead, links, moved, tuning)),
    ]


def _perhaps_alone(
    pairing: Pairing, bead: Bead, links: Mapping[str, Link], moved: Collection[str], tuning: LinkingTuning
) -> Iterator[Finding]:
    """The sentences of a bead that probably have no counterpart, though they are paired together with others."""
    if not bead.left or not bead.right:
        return
    one, other, count = pairing.transcription, pairing.translation, len(bead.left)
    for text, own, chances, answering, answers in (
        (one, bead.left, bead.alone[:count], other, bead.right),
        (other, bead.right, bead.alone[count:], one, bead.left),
    ):
        doubtful = [
            (i, chance)
            for i, chance in zip(own, chances, strict=False)
            if chance >= tuning.findings.alone_probability and text.sentences[i].id not in moved
        ]
        if len(doubtful) < len(own):
            answer = " ".join(answering.sentences[i].content for i in answers)
            for i, chance in doubtful:
                yield _lone_finding(text, answering, [i], links, answer=answer, score=chance)


def _runs_alone(text: SourceText, alone: Sequence[int]) -> list[list[int]]:
    """Sentences (indices) in runs that follow each other and have one role."""
    runs: list[list[int]] = []
    for index in sorted(alone):
        last = runs[-1][-1] if runs else -2
        if last + 1 == index and text.sentences[last].role == text.sentences[index].role:
            runs[-1].append(index)
        else:
            runs.append([index])
    return runs


def _translates(
    pairing: Pairing, left: Sequence[int], right: Sequence[int], align: AlignSentences, tuning: LinkingTuning
) -> bool:
    """Whether sentences of the translation, taken by themselves, render those of the transcription."""
    one, other = pairing.transcription, pairing.translation
    beads = align(
        [one.sentences[i].content for i in left],
        [other.sentences[i].content for i in right],
        left_language=one.language,
        right_language=other.language,
    )
    paired = [bead for bead in beads if bead.left and bead.right]
    sure = [bead for bead in paired if bead.score >= tuning.findings.doubtful_probability]
    count = sum(len(bead.left) + len(bead.right) for bead in sure)
    return count >= tuning.findings.translated_share * (len(left) + len(right))


def _lone_finding(
    text: SourceText, other: SourceText, run: Sequence[int], links: Mapping[str, Link], *, answer: str = "",
    score: float = 1.0,
) -> Finding:  # fmt: skip
    """The finding of sentences without counterpart; `answer` is what a sentence is paired with that may have none."""
    sentences = [text.sentences[i] for i in run]
    aside = sentences[0].role in ASIDE or not any(c.isalnum() for s in sentences for c in s.content)
    content = " ".join(s.content for s in sentences)
    case = "several" if len(run) > 1 else "perhaps" if answer else "one"
    areas = tuple(area for s in sentences for area in links[s.id].areas)
    return Finding(
        code=NO_COUNTERPART.code,
        severity="note" if aside or answer else "warning",
        case=f"{case}-aside" if aside else case,
        values={
            "count": len(run),
            "role": sentences[0].role,
            "file": other.path.rsplit("/", 1)[-1],
            "text": content,
            "answer": answer,
        },
        subjects=(key(other.language), *(s.key for s in sentences)),
        document=text.document,
        text=text.path,
        pages=tuple(dict.fromkeys(area.page for area in areas)),
        sentences=tuple(s.id for s in sentences),
        spans=tuple(span for s in sentences for span in s.spans),
        areas=areas,
        score=round(score, 4),
        source_text=content,
    )


def bead_findings(pairing: Pairing, links: Mapping[str, Link], tuning: LinkingTuning = LINKING) -> list[Finding]:
    """Sentences whose pairing with the translation is doubtful: one finding for each run of beads."""
    runs: list[list[Bead]] = []
    weak = False
    for bead in pairing.beads:
        before, weak = weak, bool(bead.left and bead.right) and bead.score < tuning.findings.doubtful_probability
        if weak and before:
            runs[-1].append(bead)
        elif weak:
            runs.append([bead])
    return [_weak(pairing, run, links) for run in runs]


def _weak(pairing: Pairing, run: Sequence[Bead], links: Mapping[str, Link]) -> Finding:
    left = [pairing.transcription.sentences[i] for bead in run for i in bead.left]
    right = [pairing.translation.sentences[i] for bead in run for i in bead.right]
    one, other = (" ".join(s.content for s in own) for own in (left, right))
    areas = tuple(area for s in left for area in links[s.id].areas)
    return Finding(
        code=BEAD_DOUBTFUL.code,
        severity=BEAD_DOUBTFUL.severity,
        values={"one": one, "other": other},
        subjects=(key(pairing.translation.language), *(s.key for s in (*left, *right))),
        document=pairing.translation.document,
        text=pairing.translation.path,
        pages=tuple(dict.fromkeys(area.page for area in areas)),
        sentences=tuple(s.id for s in (*right, *left)),
        spans=tuple(span for s in right for span in s.spans),
        areas=areas,
        score=round(min(bead.score for bead in run), 4),
        source_text=other,
    )
