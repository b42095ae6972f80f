"""Events for tests: named by numbers, and histories drawn by Hypothesis as editors would make them."""

from __future__ import annotations

from collections.abc import Mapping

from hypothesis import strategies as st

from align.decisions.clashes import clash
from align.decisions.standing import standing
from align.model.decision import CHOICES, UNDONE, Event, Json, Subject, SubjectKind, Where


def name(number: int) -> str:
    """The name of the event of this number."""
    return f"{number:032x}"


def key(number: int) -> str:
    """The key of the subject of this number."""
    return f"{number:016x}"


def event(
    number: int,
    decision: str | None,
    *,
    kind: SubjectKind = "finding",
    of: int = 0,
    based_on: int | None = None,
    by: str = "Anna",
    value: Mapping[str, Json] | None = None,
    comment: str = "",
    volume: str | None = None,
) -> Event:
    """The event of this number, about the subject of number `of`."""
    return Event(
        name(number),
        "2026-11-28T08:00:00.000Z",
        by,
        Subject(kind, key(of)),
        decision,
        value,
        comment,
        based_on=None if based_on is None else name(based_on),
        where=Where(volume=volume),
    )


_TEXT = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=12)
_KEYS = st.integers(0, 3).map(key)


def _values(kind: SubjectKind, decision: str | None, own: str) -> st.SearchStrategy[Mapping[str, Json] | None]:
    """Values that are fit for this decision."""
    others = _KEYS.filter(lambda other: other != own)
    match kind, decision:
        case "finding", "mend":
            return st.none() | st.fixed_dictionaries({"reading": _TEXT})
        case "link", "placed":
            boxes = st.just([[1, 2, 30, 40]])
            areas = st.lists(_KEYS, min_size=1, max_size=2, unique=True).flatmap(
                lambda pages: st.tuples(*(st.fixed_dictionaries({"page": st.just(p), "boxes": boxes}) for p in pages))
            )
            return areas.map(lambda several: {"areas": list(several)})
        case "pair", "paired":
            sides = st.lists(_KEYS, min_size=1, max_size=3, unique=True)
            return st.tuples(sides, st.integers(0, 3)).map(
                lambda drawn: {"transcription": drawn[0][: drawn[1]], "translation": drawn[0][drawn[1] :]}
            )
        case "page", "stated":
            return st.one_of(
                st.fixed_dictionaries({"label": st.none() | st.sampled_from(["1", "2"])}),
                st.fixed_dictionaries({"after": st.none() | others}),
                st.fixed_dictionaries({"copy_of": others}),
                st.just({"blank": True}),
            )
    return st.none()


@st.composite
def acts(draw: st.DrawFn, number: int, present: Mapping[Subject, Event]) -> Event:
    """One act of an editor who saw what stands, or, now and then, something else."""
    kind = draw(st.sampled_from(sorted(CHOICES)))
    subject = Subject(kind, draw(_KEYS))
    current = present.get(subject)
    based_on = current and current.event
    if draw(st.integers(0, 9)) == 0:
        based_on = draw(st.none() | st.integers(1, max(1, number)).map(name))
    choices: list[str | None] = [None, *CHOICES[kind]] + ([UNDONE] if based_on else [])
    decision = draw(st.sampled_from(choices))
    return Event(
        name(number),
        "2026-11-28T08:00:00.000Z",
        draw(st.sampled_from(["Anna", "Борис"])),
        subject,
        decision,
        draw(_values(kind, decision, subject.key)),
        draw(_TEXT),
        flag=draw(st.booleans()),
        based_on=based_on,
        batch=draw(st.none() | st.just("together")),
        texts=draw(st.just({}) | st.just({"transcripts/дневник.ru.txt": "ab" * 32})),
        content=draw(st.text(max_size=8)),
        where=draw(st.sampled_from([Where(), Where("v", "d", "t", "s", 3, "c"), Where(volume="w")])),
    )


def accepted(history: list[Event], act: Event) -> Event | bool | None:
    """Whether a store of this history takes the act: True, or else what stands against it (None: nothing stands)."""
    present = standing(history)
    current = present.get(act.subject)
    if act.based_on != (current.event if current else None):
        return current
    now = standing([*history, act]).get(act.subject)
    other = clash(present, now) if now else None
    return other or True


@st.composite
def histories(draw: st.DrawFn, first: int = 1, begin: tuple[Event, ...] = ()) -> list[Event]:
    """A history that a store could hold: it goes on from the beginning, with names from the first number on."""
    history = list(begin)
    for number in range(first, first + draw(st.integers(0, 8))):
        act = draw(acts(number, standing(history)))
        if accepted(history, act) is True:
            history.append(act)
    return history
