"""Two histories joined: what one store takes from another, and where their editors disagree."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from align.decisions.clashes import clash
from align.decisions.standing import standing
from align.model.decision import Event, Subject


@dataclass(frozen=True, slots=True)
class Conflict:
    """A subject of which nothing is taken; an editor must say which of the two stands.

    - "both-decided": both decided on the subject, and otherwise. `theirs` is None where they took a decision back.
    - "clash": what they decided contradicts `ours` in meaning, which is about another subject.
    - "other-words": an event of theirs has the name of one of ours, and says something else.
    - "incomplete": an event of theirs is based on one that is in neither history, such as in a file cut in two.
    """

    subject: Subject
    why: Literal["both-decided", "clash", "other-words", "incomplete"]
    ours: Event | None
    theirs: Event | None


@dataclass(frozen=True, slots=True)
class Joined:
    """What becomes of the events of another history.

    `new` are those to be recorded, in their order; `known` those that were here already; `agreed` the subjects on
    which both decided the same by themselves, so that ours stays; `passed_over` the subjects on which theirs says
    nothing that stands; `conflicts` the rest. Nothing is guessed.
    """

    new: tuple[Event, ...]
    known: tuple[Event, ...]
    agreed: tuple[Subject, ...]
    passed_over: tuple[Subject, ...]
    conflicts: tuple[Conflict, ...]


def join(ours: Iterable[Event], theirs: Iterable[Event]) -> Joined:
    """What our history takes of theirs: the events that could have been recorded here, one after the other."""
    here, named = _by_subject(ours), dict[str, Event]()
    for history in here.values():
        named |= {event.event: event for event in history}
    there, conflicts = _once(theirs, named)
    refused = {conflict.subject for conflict in conflicts}
    agreed, passed_over, taken = list[Subject](), list[Subject](), set[Subject]()
    for subject, history in _by_subject(there).items():
        if subject in refused:
            continue
        match _fate(here.get(subject, []), history, named):
            case Conflict() as conflict:
                conflicts.append(conflict)
            case "agreed":
                agreed.append(subject)
            case "passed-over":
                passed_over.append(subject)
            case "new":
                taken.add(subject)
    new = [event for event in there if event.subject in taken and event.event not in named]
    new, clashing = _without_clashes(here, new)
    known = tuple(event for event in there if event.event in named)
    return Joined(tuple(new), known, tuple(agreed), tuple(passed_over), (*conflicts, *clashing))


def _by_subject(events: Iterable[Event]) -> dict[Subject, list[Event]]:
    histories: defaultdict[Subject, list[Event]] = defaultdict(list)
    for event in events:
        histories[event.subject].append(event)
    return dict(histories)


def _once(events: Iterable[Event], named: Mapping[str, Event]) -> tuple[list[Event], list[Conflict]]:
    """Each event once, and a conflict for each subject with an event whose name another event has already."""
    seen, conflicts = dict[str, Event](), dict[Subject, Conflict]()
    for event in events:
        known = named.get(event.event) or seen.setdefault(event.event, event)
        seen.setdefault(event.event, event)
        if known != event:
            conflicts.setdefault(event.subject, Conflict(event.subject, "other-words", known, event))
    return list(seen.values()), list(conflicts.values())


def _fate(
    ours: Sequence[Event], theirs: Sequence[Event], named: Mapping[str, Event]
) -> Conflict | Literal["known", "new", "agreed", "passed-over"]:
    """What becomes of their events of one subject."""
    subject = theirs[0].subject
    unknown = [event for event in theirs if event.event not in named]
    if not unknown:
        return "known"
    if _follow(ours, unknown):
        return "new"
    mine, other = standing(ours).get(subject), standing(theirs).get(subject)
    if other is None:
        # They took something back: what we have too, or only what they had decided themselves.
        return Conflict(subject, "both-decided", mine, None) if mine and len(unknown) < len(theirs) else "passed-over"
    if other.event in named:
        return "passed-over"
    if mine and _said(mine) == _said(other):
        return "agreed"
    names = {event.event for event in (*ours, *theirs)}
    whole = all(event.based_on in names for event in unknown if event.based_on is not None)
    return Conflict(subject, "both-decided" if whole else "incomplete", mine, other)


def _follow(ours: Sequence[Event], events: Sequence[Event]) -> bool:
    """Whether each event is based on what would stand after ours and those before it."""
    history = list(ours)
    for event in events:
        current = standing(history).get(event.subject)
        if event.based_on != (current and current.event):
            return False
        history.append(event)
    return True


def _said(event: Event) -> tuple[object, ...]:
    return event.decision, event.value or None, event.comment, event.flag


def _without_clashes(
    here: Mapping[Subject, Sequence[Event]], events: list[Event]
) -> tuple[list[Event], list[Conflict]]:
    """The events less those of subjects with an event that contradicts what stands when it is taken."""
    conflicts: list[Conflict] = []
    while found := _first_clash(here, events):
        conflicts.append(found)
        events = [event for event in events if event.subject != found.subject]
    return events, conflicts


def _first_clash(here: Mapping[Subject, Sequence[Event]], events: Sequence[Event]) -> Conflict | None:
    present = standing(event for history in here.values() for event in history)
    histories = {event.subject: list(here.get(event.subject, ())) for event in events}
    for event in events:
        histories[event.subject].append(event)
        now = standing(histories[event.subject]).get(event.subject)
        other = clash(present, now) if now else None
        if other:
            return Conflict(event.subject, "clash", other, event)
        if now:
            present[event.subject] = now
        else:
            present.pop(event.subject, None)
    return None
