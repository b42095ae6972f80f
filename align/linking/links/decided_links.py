"""Links as an editor decided them: exactly where they were placed, never again where they were wrong."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from align.linking.links.transcriptions import unplaced
from align.linking.places.decided_boxes import decided_areas, inside, words_under
from align.model import Area, Box, Decided, DecidedLink, LineAt, Link, Page, Places, SourceText


def decided_links(pages: Sequence[Page], links: Iterable[Link], decided: Decided) -> list[Link]:
    """The links of one text, as decided; the others give up boxes that belong to a sentence which an editor placed."""
    own = list(links)
    choices = {link.sentence: decided.links[link.sentence] for link in own if link.sentence in decided.links}
    if not choices:
        return own
    reserved = [
        places for choice in choices.values() if choice.choice in ("right", "placed") for places in choice.places
    ]
    return [
        _decided(pages, link, choices[link.sentence])
        if link.sentence in choices
        else _without(link, reserved, keep_status=True)
        for link in own
    ]


def lines_of_decided(pages: Sequence[Page], texts: Iterable[SourceText], decided: Decided) -> list[LineAt]:
    """The lines under the boxes that an editor placed for sentences of these texts: no other sentence stands there."""
    choices = [decided.links[s.id] for text in texts for s in text.sentences if s.id in decided.links]
    places = [choice.places for choice in choices if choice.choice in ("right", "placed")]
    return sorted({word.of_line for own in places for word in words_under(pages, own)})


def _decided(pages: Sequence[Page], link: Link, choice: DecidedLink) -> Link:
    if choice.choice == "wrong":
        return replace(_without(link, choice.places), decided="wrong")
    if not choice.places:
        status, reason = unplaced(link.role, "not-on-page")
        bare = replace(link, areas=(), status=status, reason=reason, score=0.0, via=None)
        return replace(bare, decided=choice.choice)
    areas = link.areas
    if tuple((area.page, area.boxes) for area in areas) != choice.places:
        found = {area.page: area.spans for area in areas if area.spans is not None}
        areas = decided_areas(pages, choice.places, link.spans, found)
    via = link.via if choice.choice == "right" and areas == link.areas else "editor"
    return replace(link, areas=areas, status="linked", score=1.0, reason=None, via=via, decided=choice.choice)


def _without(link: Link, places: Places | Sequence[tuple[int, tuple[Box, ...]]], *, keep_status: bool = False) -> Link:
    """The link without its boxes that lie in one of these; without a place where none is left.

    A link that lost boxes to another sentence keeps its status; one that was wrong is doubtful.
    """
    kept = [area for area in (_area_without(area, places) for area in link.areas) if area is not None]
    if tuple(kept) == link.areas:
        return link
    if kept and keep_status:
        return replace(link, areas=tuple(kept))
    if kept:
        return replace(link, areas=tuple(kept), status="doubtful", reason="weak")
    status, reason = unplaced(link.role, "weak")
    return replace(link, areas=(), status=status, reason=reason, score=0.0, via=None)


def _area_without(area: Area, places: Sequence[tuple[int, tuple[Box, ...]]]) -> Area | None:
    """The area without its boxes whose middle is in one of these; None where none is left."""
    boxes = [box for order, of_page in places if order == area.page for box in of_page]
    kept = [n for n, own in enumerate(area.boxes) if not any(inside(own, box) for box in boxes)]
    if len(kept) == len(area.boxes):
        return area
    if not kept:
        return None
    return replace(
        area,
        boxes=tuple(area.boxes[n] for n in kept),
        polygons=tuple(area.polygons[n] for n in kept),
        lines=tuple(area.lines[n] for n in kept),
    )
