"""What a run obeys of the decisions that stand: how pages are put in order, and what linking is told.

A volume is told only of decisions that are its own. One that names a volume of the collection belongs to that volume;
one whose volume is there no more (it was renamed), or that names none, belongs to whichever volume has its subject.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from align.decisions.fates import standing_of
from align.decisions.subjects import PlaceOnPage, SubjectAt, keys_in, keys_of, places_in, places_of, sentences_of
from align.model import Box, Decided, DecidedLink, DecidedPair, Page, Places, SourceText
from align.model.decision import Event, Subject, Where

Standing = Mapping[Subject, Event]

_OF_LINKING = ("link", "pair", "page")


def of_volume(standing: Standing, volume: str, volumes: Collection[str]) -> dict[Subject, Event]:
    """The events that may be about this volume; `volumes` are all volumes of the collection."""
    return {
        subject: event
        for subject, event in standing.items()
        if event.where.volume == volume or event.where.volume not in volumes
    }


def of_no_volume(standing: Standing) -> dict[Subject, Event]:
    """The events that may be about findings that belong to no volume."""
    return {s: event for s, event in standing.items() if s.kind == "finding" and event.where.volume is None}


@dataclass(frozen=True, slots=True)
class Arrangement:
    """How decisions arrange pages: their indices in order, and which of them (by index) are blank.

    `circle` are those that go in a circle: they stay where they were.
    """

    order: tuple[int, ...]
    blank: frozenset[int]
    circle: frozenset[int] = frozenset()


def arrangement(standing: Standing, keys: Sequence[str]) -> Arrangement:
    """The order of pages with these keys, in which each page that was moved follows the one that was decided.

    A page that was decided to follow itself, a page that is not there, or in a circle, stays where it was.
    """
    stated = {key: _stated(standing, key) for key in keys}
    moved = {
        key: after
        for key, value in stated.items()
        if "after" in value and (after := value["after"]) != key and (after is None or after in stated)
    }
    circle = {key for key in moved if _returns(key, moved)}
    moved = {key: after for key, after in moved.items() if key not in circle}
    followers: dict[object, list[str]] = defaultdict(list)
    for key in keys:
        if key in moved:
            followers[moved[key]].append(key)

    placed: dict[str, None] = {}
    for start in (None, *keys):
        if start is None or (start not in moved and start not in placed):
            placed |= dict.fromkeys(_chain(start, followers))
    index_of = {key: n for n, key in enumerate(keys)}
    blank = frozenset(index_of[key] for key, value in stated.items() if value.get("blank") is True)
    return Arrangement(tuple(index_of[key] for key in placed), blank, frozenset(index_of[key] for key in circle))


def _returns(key: str, moved: Mapping[str, object]) -> bool:
    """Whether a page is to come after one that is to come after one, and so on, that is to come after itself."""
    seen: set[object] = set()
    after: object = moved[key]
    while isinstance(after, str) and after in moved and after != key and after not in seen:
        seen.add(after)
        after = moved[after]
    return after == key


def _chain(start: str | None, followers: Mapping[object, Sequence[str]]) -> Iterator[str]:
    """A page, the pages that follow it, and those that follow these; without the page if it is the beginning."""
    waiting = [start] if start is not None else list(reversed(followers.get(None, ())))
    while waiting:
        page = waiting.pop()
        yield page
        waiting += reversed(followers.get(page, ()))


def _stated(standing: Standing, key: str) -> Mapping[str, object]:
    event = standing.get(Subject("page", key))
    return (event.value or {}) if event is not None and event.decision == "stated" else {}


def decided_of(standing: Standing, pages: Sequence[Page], texts: Sequence[SourceText]) -> Decided:
    """What linking obeys: the decisions whose sentences and pages are there, and unchanged.

    `pages` are in the order that was decided.
    """
    orders = {page.key: page.order for page in pages}
    ids = {sentence.key: sentence.id for text in texts for sentence in text.sentences}
    subjects = [*sentences_of(texts), *(SubjectAt(Subject("page", page.key), "", Where()) for page in pages)]
    there = standing_of({s: event for s, event in standing.items() if s.kind in _OF_LINKING}, subjects)
    at = {page.key: page for page in pages}
    links = {ids[s.key]: link for s, e in there.items() if s.kind == "link" and (link := _link(e, at)) is not None}
    pairs = (_pair(event, ids) for subject, event in there.items() if subject.kind == "pair")
    stated = {orders[key]: _stated(there, key) for key in orders}
    return Decided(
        links=dict(sorted(links.items())),
        pairs=tuple(pair for pair in pairs if pair is not None),
        labels={
            order: value["label"]
            for order, value in stated.items()
            if "label" in value and (value["label"] is None or isinstance(value["label"], str))
        },
        copies=_copies(stated, orders),
    )


def _copies(stated: Mapping[int, Mapping[str, object]], orders: Mapping[str, int]) -> dict[int, int]:
    """The pages that are copies, with their originals. A copy of a page that is itself a copy, or blank, is none.

    No editor can decide so, but another program can write so; pages in a circle would all be without links.
    """
    copies = {
        order: orders[copied]
        for order, value in stated.items()
        if isinstance(copied := value.get("copy_of"), str) and copied in orders and orders[copied] != order
    }
    unused = {*copies, *(order for order, value in stated.items() if value.get("blank") is True)}
    return {order: original for order, original in copies.items() if original not in unused}


def _link(event: Event, pages: Mapping[str, Page]) -> DecidedLink | None:
    """The decision on a link; None where it says nothing about its place."""
    if event.decision == "not-on-scan":
        return DecidedLink("not-on-scan")
    if event.decision == "placed":
        places = places_of((event.value or {}).get("areas"))
        on_pages = _on_pages(places or (), pages)
        return DecidedLink("placed", on_pages) if on_pages else None
    if event.decision in ("right", "wrong"):
        seen = _on_pages(places_in(event.content) or (), pages)
        return DecidedLink("right" if event.decision == "right" else "wrong", seen)
    return None


def _on_pages(places: Sequence[PlaceOnPage], pages: Mapping[str, Page]) -> Places:
    """The boxes by the orders of their pages, cut at the edges of the scans; none beyond them."""
    cut = ((pages[key], boxes) for key, boxes in places if key in pages)
    found = ((page.order, tuple(_on_scan(boxes, page.scan.width, page.scan.height))) for page, boxes in cut)
    return tuple((order, boxes) for order, boxes in found if boxes)


def _on_scan(boxes: Sequence[Box], width: int, height: int) -> Iterator[Box]:
    """The boxes within a scan of this size; all as they are where it could not be opened, and has none."""
    for box in boxes:
        if not width:
            yield box
        elif box.left < width and box.top < height:
            yield Box(box.left, box.top, min(box.right, width), min(box.bottom, height))


def _pair(event: Event, ids: Mapping[str, str]) -> DecidedPair | None:
    """The decision on a pair; None where it does not say which sentences are meant."""
    keys = keys_of(event.value) if event.decision == "paired" else keys_in(event.content)
    if keys is None or event.decision not in ("right", "wrong", "paired"):
        return None
    left, right = (tuple(ids[key] for key in side) for side in keys)
    return DecidedPair(left, right, parted=event.decision == "wrong")
