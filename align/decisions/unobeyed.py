"""Decisions that a run could not obey, each with the reason: what they are about is gone, or they cannot be done."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from align.decisions.fates import fates
from align.decisions.obeyed import Standing, arrangement
from align.decisions.subjects import SubjectAt, keys_in, keys_of, places_of, sentences_of, words_of
from align.model import Page, SourceText
from align.model.decision import Event, Subject, Where

_MOST_WORDS = 60
"""Letters of a sentence that a reason quotes."""


@dataclass(frozen=True, slots=True)
class Unobeyed:
    """A decision that was not obeyed, or in part; `reason` is a clause. `gone`: its subject is in no text or page."""

    event: Event
    reason: str
    gone: bool = False

    @property
    def message(self) -> str:
        """Whose decision it is, and why it was not obeyed, in one sentence."""
        return f"{self.event.by}, {self.event.time[:10]}: {self.reason}."


def unobeyed(
    standing: Standing, volume: str, pages: Sequence[Page], texts: Sequence[SourceText]
) -> tuple[Unobeyed, ...]:
    """The decisions on links, pairs and pages of a volume that linking cannot obey, in their order.

    Not among them are those made on an earlier text, which are shown with both texts.
    """
    by_key = {page.key: page for page in pages}
    subjects = [*sentences_of(texts, volume), *(_page(volume, page) for page in pages)]
    own = {subject: event for subject, event in standing.items() if subject.kind in ("link", "page")}
    gone = {fate.event.subject for fate in fates(own, subjects) if fate.kind == "gone"}
    sentences = {at.subject.key for at in subjects if at.subject.kind == "link"}
    circle = _circle(standing, pages)
    found = []
    for subject, event in standing.items():
        if subject in gone:
            found.append(Unobeyed(event, _gone(event), gone=True))
        elif subject.kind == "pair" and not _named(event) <= sentences:
            found.append(Unobeyed(event, f"a sentence of the pair {_quoted(event)} is in no text any more", gone=True))
        else:
            reasons = [*_off(event, by_key), *_of_page(event, standing, by_key, circle)]
            found += [Unobeyed(event, ", and ".join(reasons))] if reasons else []
    return tuple(found)


def _page(volume: str, page: Page) -> SubjectAt:
    return SubjectAt(Subject("page", page.key), "", Where(volume=volume, page=page.order))


def _named(event: Event) -> set[str]:
    """The keys of the sentences that a decision on a pair is about."""
    sides = [*(keys_in(event.content) or ()), *(keys_of(event.value) or ())]
    return {key for side in sides for key in side}


def _gone(event: Event) -> str:
    if event.subject.kind == "page":
        where = "" if event.where.page is None else f" (it was page [{event.where.page}])"
        return f"the page that it is about is there no more{where}"
    return f"the sentence {_quoted(event)} is in no text any more"


def _quoted(event: Event) -> str:
    words = " ".join(words_of(event.content).split())
    return f"“{words if len(words) <= _MOST_WORDS else words[: _MOST_WORDS - 1].rstrip() + '…'}”"


def _off(event: Event, pages: Mapping[str, Page]) -> Iterator[str]:
    """What of the boxes of a placed link lies on no page; nothing for other decisions."""
    if event.decision != "placed":
        return
    places = places_of((event.value or {}).get("areas")) or ()
    if any(key not in pages for key, _ in places):
        yield f"a box of {_quoted(event)} lies on a page that is there no more"
    there = [(pages[key].scan, box) for key, boxes in places if key in pages for box in boxes]
    beyond = [box.right > scan.width or box.bottom > scan.height for scan, box in there if scan.width]
    if any(beyond):
        yield f"a box of {_quoted(event)} lies beyond the edge of its page: what lies on the page was taken"


def _of_page(event: Event, standing: Standing, pages: Mapping[str, Page], circle: frozenset[str]) -> Iterator[str]:
    """What of a statement about a page cannot be done; nothing for other decisions."""
    key, value = event.subject.key, event.value or {}
    if event.decision != "stated" or key not in pages:
        return
    name = f"page [{pages[key].order}]"
    after, original = value.get("after"), value.get("copy_of")
    if after is not None and after not in pages:
        yield f"{name} cannot come after a page that is not there"
    if key in circle:
        yield f"{name} cannot come after a page that is itself to come after it"
    if original is not None and original not in pages:
        yield f"{name} cannot be a copy of a page that is not there"
    elif isinstance(original, str) and (original == key or _unused(standing, original)):
        yield f"{name} cannot be a copy of a page that is itself a copy, or blank"


def _unused(standing: Standing, key: str) -> bool:
    event = standing.get(Subject("page", key))
    value = (event.value or {}) if event is not None else {}
    return value.get("blank") is True or isinstance(value.get("copy_of"), str)


def _circle(standing: Standing, pages: Sequence[Page]) -> frozenset[str]:
    """The keys of the pages that are each to come after another one, round and round."""
    return frozenset(pages[n].key for n in arrangement(standing, [page.key for page in pages]).circle)
