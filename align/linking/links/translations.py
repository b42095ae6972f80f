"""Translations to areas: a translated sentence stands where its counterparts in the transcription stand."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from align.linking.links.score import SURE
from align.model import Area, Bead, Link, PairedTexts, Reason, Role, Sentence, SourceText, Status, Via

AlignSentences = Callable[..., list[Bead]]

# Sentences of these kinds answer each other and no others: a note is never the translation of running text.
GROUPS: tuple[tuple[Role, ...], ...] = (("body", "heading"), ("note",), ("commentary",))


# While sentences are linked, a pair has its texts whole and not only their paths.
Pairing = PairedTexts[SourceText]


@dataclass(frozen=True, slots=True)
class Share:
    """The part of its counterparts' places that is a translated sentence's own, and how sure that is, 0..1."""

    areas: tuple[Area, ...]
    score: float


def pair(transcription: SourceText, translation: SourceText, align: AlignSentences) -> Pairing:
    """The beads between two texts of a document, in order; notes and commentary are paired among themselves.

    What holds no letter says nothing: "[...]" stands where a sentence was left out, and is not its counterpart.
    """
    beads: list[Bead] = []
    sides = (transcription, translation)
    for roles in GROUPS:
        left = [i for i, s in enumerate(transcription.sentences) if s.role in roles]
        right = [i for i, s in enumerate(translation.sentences) if s.role in roles]
        if not left and not right:
            continue
        if left and right:
            found = align(
                [transcription.sentences[i].content for i in left],
                [translation.sentences[i].content for i in right],
                left_language=transcription.language,
                right_language=translation.language,
                left_paragraphs=_paragraphs(transcription, left),
                right_paragraphs=_paragraphs(translation, right),
            )
        else:
            found = [Bead((i,), (), 0.0) for i in range(len(left))] + [Bead((), (i,), 0.0) for i in range(len(right))]
        beads += [
            replace(b, left=tuple(left[i] for i in b.left), right=tuple(right[i] for i in b.right)) for b in found
        ]
    return Pairing(transcription, translation, tuple(part for bead in beads for part in _answering(bead, sides)))


def _answering(bead: Bead, sides: tuple[SourceText, SourceText]) -> Sequence[Bead]:
    """The bead, or its two sides apart where one of them holds no letter and the other does."""
    texts = [[side.sentences[i].content for i in own] for side, own in zip(sides, (bead.left, bead.right), strict=True)]
    speaking = [any(c.isalnum() for content in own for c in content) for own in texts]
    if not (bead.left and bead.right) or speaking[0] == speaking[1]:
        return [bead]
    return [Bead(bead.left, (), bead.score), Bead((), bead.right, bead.score)]


def _paragraphs(text: SourceText, chosen: Sequence[int]) -> list[int]:
    """The paragraph starts of a text, counted among the chosen sentences only."""
    starts: list[int] = []
    at = 0
    for start in text.paragraphs:
        while at < len(chosen) and chosen[at] < start:
            at += 1
        if at < len(chosen) and (not starts or starts[-1] != at):
            starts.append(at)
    return starts


def counterparts(pairings: Sequence[Pairing]) -> dict[str, tuple[str, ...]]:
    """For each sentence id the ids of its counterparts in the other language, in order."""
    found: dict[str, list[str]] = defaultdict(list)
    for pairing in pairings:
        for bead in pairing.beads:
            left = [pairing.transcription.sentences[i].id for i in bead.left]
            right = [pairing.translation.sentences[i].id for i in bead.right]
            for one in left:
                found[one] += right
            for other in right:
                found[other] += left
    return {sentence: tuple(others) for sentence, others in found.items() if others}


def translation_links(
    pairing: Pairing,
    links: Mapping[str, Link],
    *,
    via: Via = "transcription",
    shares: Mapping[int, Share] | None = None,
) -> list[Link]:
    """The links of a translation's sentences, in text order, through the links of the transcription's sentences.

    The score is that of the bead times the mean of its counterparts' links; for a sentence that has its own share of
    the counterparts' places, times that share's score.
    """
    bead_of = {i: bead for bead in pairing.beads for i in bead.right}
    result = []
    for index, sentence in enumerate(pairing.translation.sentences):
        bead = bead_of.get(index)
        others = [links[pairing.transcription.sentences[i].id] for i in bead.left] if bead else []
        share = (shares or {}).get(index)
        sure = (bead.score if bead else 0.0) * (share.score if share else 1.0)
        areas = share.areas if share else tuple(area for link in others for area in link.areas)
        result.append(_link(pairing.translation, sentence, others, areas, sure, via))
    return result


def unpaired_links(text: SourceText) -> list[Link]:
    """The links of a translation that has no transcription to go through: all unlinked."""
    return [_link(text, sentence, [], (), 0.0, "transcription") for sentence in text.sentences]


def _link(
    text: SourceText, sentence: Sentence, others: Sequence[Link], places: Sequence[Area], bead_score: float, via: Via
) -> Link:
    areas = merged_areas(places, sentence)
    status, reason, probability = _judged(others, bead_score)
    return Link(
        sentence=sentence.id,
        key=sentence.key,
        document=text.document,
        text=text.path,
        kind="translation",
        language=text.language,
        role=sentence.role,
        spans=sentence.spans,
        content=sentence.content,
        status=status,
        score=probability,
        reason=reason,
        via=via if areas else None,
        counterparts=tuple(link.sentence for link in others),
        areas=areas,
    )


def _judged(others: Sequence[Link], bead_score: float) -> tuple[Status, Reason | None, float]:
    placed = [link for link in others if link.areas]
    if not others:
        return "unlinked", "no-counterpart", 0.0
    if not placed:
        return "unlinked", others[0].reason, 0.0
    probability = bead_score * sum(link.score for link in placed) / len(placed)
    if probability < SURE:
        return "doubtful", "weak", probability
    if len(placed) < len(others) or any(link.status == "partial" for link in placed):
        return (
            "partial",
            next((link.reason for link in others if link.status in ("partial", "unlinked")), None),
            probability,
        )
    return "linked", None, probability


def merged_areas(areas: Sequence[Area], sentence: Sentence) -> tuple[Area, ...]:
    """The areas of several sentences as one sentence's: one area a page, fragments in order.

    The sentence's own spans go with a single page; over several pages a translation cannot be divided.
    """
    pages: dict[int, list[Area]] = defaultdict(list)
    for area in areas:
        pages[area.page].append(area)
    return tuple(
        Area(
            page=page,
            boxes=tuple(box for area in own for box in area.boxes),
            polygons=tuple(polygon for area in own for polygon in area.polygons),
            lines=tuple(line for area in own for line in area.lines),
            spans=sentence.spans if len(pages) == 1 else None,
        )
        for page, own in pages.items()
    )
