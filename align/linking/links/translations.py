"""Translations to areas: a translated sentence stands where its counterparts in the transcription stand."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from align.linking.links.pairing import Pairing
from align.linking.links.transcriptions import unplaced
from align.model import WITHOUT_PLACE, Area, Link, Reason, Sentence, SourceText, Status, Via
from align.tuning.linking import LINKING, LinkingTuning


@dataclass(frozen=True, slots=True)
class Share:
    """The part of its counterparts' places that belongs to one translated sentence, and how sure that is, 0..1."""

    areas: tuple[Area, ...]
    score: float


@dataclass(frozen=True, slots=True)
class Counterpart:
    """A sentence of the pages' language as its translation sees it: its areas, and how sure these are, 0..1.

    `id` is None for a sentence that was read on the pages and is in no text.
    """

    id: str | None
    areas: tuple[Area, ...]
    score: float
    status: Status
    reason: Reason | None

    @classmethod
    def of(cls, link: Link) -> Counterpart:
        """The linked sentence of a transcription as a counterpart."""
        return cls(link.sentence, link.areas, link.score, link.status, link.reason)


def translation_links(
    pairing: Pairing,
    links: Mapping[str, Link],
    *,
    shares: Mapping[int, Share] | None = None,
    tuning: LinkingTuning = LINKING,
) -> list[Link]:
    """The links of a translation's sentences, in text order, through the links of the transcription's sentences.

    The score is that of the bead times the mean of its counterparts' links. `shares` are the sentences, by index, that
    have a part of the counterparts' places to themselves: their score is also multiplied by that share's score.
    """
    bead_of = {i: bead for bead in pairing.beads for i in bead.right}
    result = []
    for index, sentence in enumerate(pairing.translation.sentences):
        bead = bead_of.get(index)
        lefts = [pairing.transcription.sentences[i] for i in bead.left] if bead else []
        answered = [Counterpart.of(links[left.id]) for left in lefts]
        share = (shares or {}).get(index)
        bead_score = (bead.score if bead else 0.0) * (share.score if share else 1.0)
        areas = share.areas if share else None
        link = link_through(pairing.translation, sentence, answered, bead_score, areas=areas, tuning=tuning)
        result.append(link)
    return result


def unpaired_links(text: SourceText, copies: Collection[str] = ()) -> list[Link]:
    """The links of a translation that has no transcription to go through: none has a place.

    `copies` are the paths of texts that leave their pages to another document.
    """
    links = [link_through(text, sentence, [], 0.0) for sentence in text.sentences]
    return [replace(link, reason="copy") if link.reason and text.path in copies else link for link in links]


def link_through(
    text: SourceText,
    sentence: Sentence,
    answered: Sequence[Counterpart],
    bead_score: float,
    *,
    areas: Sequence[Area] | None = None,
    via: Via = "transcription",
    tuning: LinkingTuning = LINKING,
) -> Link:
    """The link of a translated sentence through its counterparts; `areas` are its own, if not all of theirs."""
    places = areas if areas is not None else [area for counterpart in answered for area in counterpart.areas]
    merged = merged_areas(places, sentence)
    status, reason, probability = _judged(sentence, answered, bead_score, tuning)
    return Link.of(
        text,
        sentence,
        kind="translation",
        status=status,
        score=probability,
        reason=reason,
        via=via if merged else None,
        counterparts=tuple(counterpart.id for counterpart in answered if counterpart.id is not None),
        areas=merged,
    )


def _judged(
    sentence: Sentence, answered: Sequence[Counterpart], bead_score: float, tuning: LinkingTuning
) -> tuple[Status, Reason | None, float]:
    """The status of a translated sentence, the reason for it, and the probability that its link is right."""
    placed = [counterpart for counterpart in answered if counterpart.areas]
    if not answered:
        return *unplaced(sentence.role, "no-counterpart"), 0.0
    if not placed:
        return *unplaced(sentence.role, answered[0].reason or "not-on-page"), 0.0
    probability = bead_score * sum(counterpart.score for counterpart in placed) / len(placed)
    if probability < tuning.links.sure:
        return "doubtful", "weak", probability
    if len(placed) < len(answered) or any(counterpart.status == "partial" for counterpart in placed):
        reasons = (c.reason or "not-on-page" for c in answered if c.status in ("partial", *WITHOUT_PLACE))
        return "partial", next(reasons, None), probability
    return "linked", None, probability


def merged_areas(areas: Sequence[Area], sentence: Sentence) -> tuple[Area, ...]:
    """The areas of several sentences as those of one sentence: one area a page, fragments in order.

    On a single page the area shows all of the sentence. Over several pages a translation cannot be divided, so that its
    areas have no spans.
    """
    by_page: dict[int, list[Area]] = defaultdict(list)
    for area in areas:
        by_page[area.page].append(area)
    return tuple(
        Area(
            page=page,
            boxes=tuple(box for area in of_page for box in area.boxes),
            polygons=tuple(polygon for area in of_page for polygon in area.polygons),
            lines=tuple(line for area in of_page for line in area.lines),
            spans=sentence.spans if len(by_page) == 1 else None,
        )
        for page, of_page in by_page.items()
    )
