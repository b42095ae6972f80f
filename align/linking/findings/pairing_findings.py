"""Findings about translations: sentences without counterpart, and pairs that are doubtful."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence

from align.linking.findings.numbering import Draft, quoted
from align.linking.links.pairing import AlignSentences, Pairing
from align.model import Bead, Link, SourceText, key


def pairing_findings(
    pairing: Pairing, links: Mapping[str, Link], align: AlignSentences, moved: Collection[str] = ()
) -> list[Draft]:
    """Sentences of one language that have no counterpart in the other: one finding for each run; notes apart.

    Of several sentences that are paired with others together one may have none: of it a finding tells by itself.
    Sentences that the transcription has elsewhere than the pages (`moved`, ids), and whose translation stands elsewhere
    too, do have counterparts: of them another finding tells.
    """
    right = _runs_alone(pairing.translation, [i for b in pairing.beads if not b.left for i in b.right])
    left = _runs_alone(pairing.transcription, [i for b in pairing.beads if not b.right for i in b.left])
    for run in [run for run in left if all(pairing.transcription.sentences[i].id in moved for i in run)]:
        other = next((other for other in right if _translates(pairing, run, other, align)), None)
        if other is not None:
            left.remove(run)
            right.remove(other)
    return [
        *(_alone(pairing.translation, pairing.transcription, run, links) for run in right),
        *(_alone(pairing.transcription, pairing.translation, run, links) for run in left),
        *(draft for bead in pairing.beads for draft in _perhaps_alone(pairing, bead, links, moved)),
    ]


def _perhaps_alone(pairing: Pairing, bead: Bead, links: Mapping[str, Link], moved: Collection[str]) -> Iterator[Draft]:
    """The sentences of a bead that probably nothing on the other side answers, though they are paired with others."""
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
            if chance >= PERHAPS and text.sentences[i].id not in moved
        ]
        if len(doubtful) < len(own):
            answer = " ".join(answering.sentences[i].content for i in answers)
            for i, chance in doubtful:
                yield _alone(text, answering, [i], links, answer=answer, score=chance)


# From this probability on it is worth a note: with these, nine in ten sentences that a translation lacks are told of.
PERHAPS = 0.2


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


def _translates(pairing: Pairing, left: Sequence[int], right: Sequence[int], align: AlignSentences) -> bool:
    """Whether sentences of the translation, taken by themselves, render those of the transcription."""
    one, other = pairing.transcription, pairing.translation
    beads = align(
        [one.sentences[i].content for i in left],
        [other.sentences[i].content for i in right],
        left_language=one.language,
        right_language=other.language,
    )
    paired = [bead for bead in beads if bead.left and bead.right]
    count = sum(len(bead.left) + len(bead.right) for bead in paired if bead.score >= WEAK)
    return count >= TRANSLATED * (len(left) + len(right))


# Sentences render others if so many of both are paired, and surely.
TRANSLATED = 0.8


def _alone(
    text: SourceText, other: SourceText, run: Sequence[int], links: Mapping[str, Link], *, answer: str = "",
    score: float = 1.0,
) -> Draft:  # fmt: skip
    """Sentences without counterpart; `answer` is what one is set against that only perhaps has none."""
    sentences = [text.sentences[i] for i in run]
    aside = sentences[0].role in ("note", "commentary") or not any(c.isalnum() for s in sentences for c in s.content)
    content = " ".join(s.content for s in sentences)
    what = {"note": "note", "commentary": "commentary", "heading": "heading", "body": "sentence"}[sentences[0].role]
    counted = f"{len(run)} sentences have" if len(run) > 1 else f"This {what} {'may have' if answer else 'has'}"
    beside = f"; with what stands beside it, it is set against “{quoted(answer)}”" if answer else ""
    areas = tuple(area for s in sentences for area in links[s.id].areas)
    return Draft(
        code="no-counterpart",
        severity="note" if aside or answer else "warning",
        message=f"{counted} no counterpart in {other.path.rsplit('/', 1)[-1]}: “{quoted(content)}”{beside}",
        subjects=(key(other.language), *(s.key for s in sentences)),
        document=text.document,
        text=text.path,
        pages=tuple(dict.fromkeys(area.page for area in areas)),
        sentences=tuple(s.id for s in sentences),
        spans=tuple(span for s in sentences for span in s.spans),
        areas=areas,
        score=round(score, 4),
        source_text=content,
        suggestion=None if aside else "Look whether something was left out of one text or added to the other.",
    )


# Sentences paired with less probability than this are worth a look: the next sentences may be shifted, too.
WEAK = 0.5


def bead_findings(pairing: Pairing, links: Mapping[str, Link]) -> list[Draft]:
    """Sentences whose pairing with the translation is doubtful: one finding for each run of beads."""
    runs: list[list[Bead]] = []
    weak = False
    for bead in pairing.beads:
        before, weak = weak, bool(bead.left and bead.right) and bead.score < WEAK
        if weak and before:
            runs[-1].append(bead)
        elif weak:
            runs.append([bead])
    return [_weak(pairing, run, links) for run in runs]


def _weak(pairing: Pairing, run: Sequence[Bead], links: Mapping[str, Link]) -> Draft:
    left = [pairing.transcription.sentences[i] for bead in run for i in bead.left]
    right = [pairing.translation.sentences[i] for bead in run for i in bead.right]
    one, other = (" ".join(s.content for s in own) for own in (left, right))
    areas = tuple(area for s in left for area in links[s.id].areas)
    return Draft(
        code="bead-doubtful",
        severity="note",
        message=f"It is doubtful whether this is the translation: “{quoted(one)}” and “{quoted(other)}”",
        subjects=(key(pairing.translation.language), *(s.key for s in (*left, *right))),
        document=pairing.translation.document,
        text=pairing.translation.path,
        pages=tuple(dict.fromkeys(area.page for area in areas)),
        sentences=tuple(s.id for s in (*right, *left)),
        spans=tuple(span for s in right for span in s.spans),
        areas=areas,
        score=round(min(bead.score for bead in run), 4),
        source_text=other,
        suggestion="Compare the two texts there: something may have been left out just before.",
    )
