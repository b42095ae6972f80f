"""Sentences of a transcription, or sentences read on the pages, paired with the sentences of a translation."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from align.linking.links.decided_pairs import NOTHING_FIXED, FixedBeads
from align.model import Bead, DecidedPair, PairedTexts, Role, SourceText

AlignSentences = Callable[..., list[Bead]]

# Sentences are paired within each of these groups of roles only: a note is never the translation of running text.
GROUPS: tuple[tuple[Role, ...], ...] = (("body", "heading"), ("note",), ("commentary",))


@dataclass(frozen=True, slots=True)
class Side:
    """Sentences of one language to be paired: their contents, their roles, and the first sentence of each paragraph."""

    language: str
    contents: tuple[str, ...]
    roles: tuple[Role, ...]
    paragraphs: tuple[int, ...]

    @classmethod
    def of(cls, texts: Sequence[SourceText]) -> Side:
        """The sentences of one text, or of several, one text after the other; the first text gives the language."""
        sentences = [sentence for text in texts for sentence in text.sentences]
        paragraphs: list[int] = []
        sentences_before = 0
        for text in texts:
            paragraphs += [sentences_before + start for start in text.paragraphs]
            sentences_before += len(text.sentences)
        return cls(
            texts[0].language,
            tuple(sentence.content for sentence in sentences),
            tuple(sentence.role for sentence in sentences),
            tuple(paragraphs),
        )


# While sentences are linked, a pair has its texts whole and not only their paths.
Pairing = PairedTexts[SourceText]


def pair(
    transcription: SourceText, translation: SourceText, align: AlignSentences, decided: Sequence[DecidedPair] = ()
) -> Pairing:
    """Two texts of a document with the beads between them; those that an editor decided are as they were decided."""
    fixed = FixedBeads.of(transcription, translation, decided)
    return Pairing(transcription, translation, paired(Side.of([transcription]), Side.of([translation]), align, fixed))


def paired(left: Side, right: Side, align: AlignSentences, fixed: FixedBeads = NOTHING_FIXED) -> tuple[Bead, ...]:
    """The beads between two sides, in order; notes are paired with notes, commentary with commentary.

    What holds no letter says nothing: "[...]" stands where a sentence was left out, and is not its counterpart. The
    sentences around `fixed` beads are aligned between them; fixed beads that cross others come last.
    """
    beads: list[Bead] = []
    for roles in GROUPS:
        lefts = [i for i, role in enumerate(left.roles) if role in roles]
        rights = [i for i, role in enumerate(right.roles) if role in roles]
        for some_lefts, some_rights, divider in fixed.stretches(lefts, rights):
            for bead in _aligned(left, right, some_lefts, some_rights, align):
                beads += (part for own in _answering(bead, left, right) for part in fixed.answering(own))
            if divider is not None and left.roles[divider.left[0]] in roles:
                beads.append(divider)
    return (*beads, *fixed.crossing)


def _aligned(
    left: Side, right: Side, lefts: Sequence[int], rights: Sequence[int], align: AlignSentences
) -> Sequence[Bead]:
    """The beads between these sentences of the two sides."""
    if not lefts or not rights:
        return [*(Bead((i,), (), 0.0) for i in lefts), *(Bead((), (i,), 0.0) for i in rights)]
    beads = align(
        [left.contents[i] for i in lefts],
        [right.contents[i] for i in rights],
        left_language=left.language,
        right_language=right.language,
        left_paragraphs=_paragraphs(left, lefts),
        right_paragraphs=_paragraphs(right, rights),
    )
    return [replace(b, left=tuple(lefts[i] for i in b.left), right=tuple(rights[i] for i in b.right)) for b in beads]


def _answering(bead: Bead, left: Side, right: Side) -> Sequence[Bead]:
    """The bead; or its two sides apart, if one of them holds letters and the other none."""
    left_speaks = any(c.isalnum() for i in bead.left for c in left.contents[i])
    right_speaks = any(c.isalnum() for i in bead.right for c in right.contents[i])
    if not (bead.left and bead.right) or left_speaks == right_speaks:
        return [bead]
    return [Bead(bead.left, (), bead.score), Bead((), bead.right, bead.score)]


def _paragraphs(side: Side, chosen: Sequence[int]) -> list[int]:
    """The paragraph starts of a side, counted among the chosen sentences only."""
    starts: list[int] = []
    at = 0
    for start in side.paragraphs:
        while at < len(chosen) and chosen[at] < start:
            at += 1
        if at < len(chosen) and (not starts or starts[-1] != at):
            starts.append(at)
    return starts


def counterparts(pairings: Sequence[Pairing]) -> dict[str, tuple[str, ...]]:
    """For each sentence id the ids of its counterparts in the other language, in order."""
    answers: dict[str, list[str]] = defaultdict(list)
    for pairing in pairings:
        for bead in pairing.beads:
            lefts = [pairing.transcription.sentences[i].id for i in bead.left]
            rights = [pairing.translation.sentences[i].id for i in bead.right]
            for left in lefts:
                answers[left] += rights
            for right in rights:
                answers[right] += lefts
    return {sentence: tuple(ids) for sentence, ids in answers.items() if ids}
