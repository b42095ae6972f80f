"""Decisions that contradict each other in meaning: what stands beside a new event and cannot be true with it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from align.model.decision import UNDONE, Event, Json, Subject, SubjectKind

Standing = Mapping[Subject, Event]


def concerned(event: Event) -> tuple[SubjectKind, ...]:
    """The kinds of subjects among which something may contradict the event; the others need not be looked at.

    They are the same for an undo, since what stands again after it may contradict what was decided meanwhile.
    """
    match event.subject.kind, event.decision:
        case "page", "stated" | "undone":
            return ("page", "link")
        case "link", "placed" | "undone":
            return ("page",)
        case "pair", "paired" | "undone":
            return ("pair",)
    return ()


def clash(standing: Standing, event: Event) -> Event | None:
    """The standing event that contradicts this one in meaning; None where none does.

    What stands for the event's own subject is replaced by it and so cannot contradict it.

    - Pages in a circle: A after B, B after A.
    - A copy of a page that is itself a copy or blank; a copy or blank page of which others are copies.
    - One label for two pages of a volume, unless one of them is a copy.
    - A link placed on a page that is blank or a copy.
    - A sentence that is paired in two ways.
    """
    if event.decision == UNDONE or not concerned(event):
        return None
    others = {subject: other for subject, other in standing.items() if subject != event.subject}
    match event.subject.kind, event.decision:
        case "page", "stated":
            return next(_with_pages(others, event), None)
        case "link", "placed":
            return next((others[p] for p in map(_page, _pages_of(event)) if p in others and _unused(others[p])), None)
        case "pair", "paired":
            own = _sentences(event)
            return next((o for s, o in others.items() if s.kind == "pair" and own & _sentences(o)), None)
    return None


def _with_pages(others: Standing, event: Event) -> Iterator[Event]:
    """What contradicts a statement about a page, the gravest first."""
    pages = {subject.key: other for subject, other in others.items() if subject.kind == "page"}
    key, value = event.subject.key, event.value or {}
    original = value.get("copy_of")
    if isinstance(original, str) and original in pages and _unused(pages[original]):
        yield pages[original]
    if _unused(event):
        for other in pages.values():
            if (other.value or {}).get("copy_of") == key:
                yield other
        for subject, other in others.items():
            if subject.kind == "link" and other.decision == "placed" and key in _pages_of(other):
                yield other
    elif value.get("label") is not None and event.where.volume is not None:
        for other in pages.values():
            same = (other.value or {}).get("label") == value["label"] and other.where.volume == event.where.volume
            if same and not _unused(other):
                yield other
    yield from _circle(pages, key, value.get("after"))


def _circle(pages: Mapping[str, Event], key: str, after: Json) -> Iterator[Event]:
    """The event that closes a circle of pages, each of which is to come after the next."""
    seen = set[str]()
    while isinstance(after, str) and after in pages and after not in seen:
        seen.add(after)
        before = (pages[after].value or {}).get("after")
        if before == key:
            yield pages[after]
        after = before


def _unused(event: Event) -> bool:
    """Whether the page is one on which nothing is linked: it is blank or a copy."""
    value = event.value or {}
    return event.decision == "stated" and (value.get("blank") is True or value.get("copy_of") is not None)


def _page(key: str) -> Subject:
    return Subject("page", key)


def _pages_of(event: Event) -> set[str]:
    areas = (event.value or {}).get("areas")
    return {str(area["page"]) for area in areas if isinstance(area, dict)} if isinstance(areas, list) else set()


def _sentences(event: Event) -> set[str]:
    if event.decision != "paired":
        return set()
    sides = ((event.value or {}).get(side) for side in ("transcription", "translation"))
    return {str(key) for side in sides if isinstance(side, list) for key in side}
