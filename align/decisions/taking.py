"""What a table of decisions adds to those that stand: new events, and what cannot be taken or needs a choice."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Literal

from align.decisions.clashes import clash
from align.decisions.standing import standing
from align.decisions.table import Said, Seen, Untaken, reading_of, same_text
from align.decisions.values import fault
from align.model.decision import Event, Json, Subject, Where

Choice = Literal["theirs", "ours"]


@dataclass(frozen=True, slots=True)
class Decided:
    """What is decided already: the events that stand, and any event by its name, also one that no longer stands."""

    standing: Mapping[Subject, Event]
    event: Callable[[str], Event | None]

    @classmethod
    def of(cls, events: Iterable[Event]) -> Decided:
        """What these events decide, in their order."""
        named = {event.event: event for event in events}
        return cls(standing(named.values()), named.get)


NOTHING_DECIDED = Decided.of(())


@dataclass(frozen=True, slots=True)
class Taken:
    """A decision to be recorded: its row and its event. `over` is what stood against it, where that was chosen."""

    row: int
    event: Event
    over: Event | None = None


@dataclass(frozen=True, slots=True)
class Conflict:
    """A row that says something else than what stands; `stands` is None where the decision was undone since."""

    said: Said
    stands: Event | None


@dataclass(frozen=True, slots=True)
class Taking:
    """What becomes of the rows of a table. `there` counts those that say what stands already.

    `untouched` counts the rows that are as the table was written, while another decision was made since.
    """

    taken: tuple[Taken, ...]
    conflicts: tuple[Conflict, ...]
    untaken: tuple[Untaken, ...]
    there: int
    untouched: int

    @property
    def unkept(self) -> int:
        """How many rows hold what is not in the store: their file must not be overwritten."""
        return len(self.taken) + len(self.conflicts) + len(self.untaken)


def taking(
    rows: Iterable[Said | Untaken],
    decided: Decided,
    *,
    seen: Callable[[Said], Seen | None],
    new_event: Callable[[Subject], Event],
    choice: Choice | None = None,
) -> Taking:
    """What becomes of the rows.

    `seen` gives what is seen of a row's subject now, None where the results do not have it. `new_event` makes a bare
    event for a subject, with its name, its time and its editor.

    A row is compared with what stands and, where the table says so, with what stood when it was written. A row that was
    not changed since takes nothing. A row that was changed while nobody else decided is taken. Where both changed, or
    the table does not say what stood, a difference is a conflict; `choice` says what to do with all of them: take
    those of the table ("theirs"), or keep what stands ("ours").
    """
    taken: list[Taken] = []
    conflicts: list[Conflict] = []
    untaken: list[Untaken] = []
    there = untouched = 0
    present = dict(decided.standing)
    for own in rows:
        if isinstance(own, Untaken):
            untaken.append(own)
            continue
        stands = decided.standing.get(own.subject)
        what = _judged(own, stands, decided, seen)
        if isinstance(what, Untaken):
            untaken.append(what)
        elif what == "there":
            there += not own.empty
        elif what == "untouched" or (what == "conflict" and choice == "ours"):
            untouched += 1
        elif what == "conflict" and choice is None:
            conflicts.append(Conflict(own, stands))
        else:
            made = _event(own, stands, new_event(own.subject), seen(own) or Seen())
            if why := fault(made) or _contradicted(present, made):
                untaken.append(Untaken(own.row, own.subject.key, why))
            else:
                present[own.subject] = made
                taken.append(Taken(own.row, made, stands if what == "conflict" else None))
    return Taking(tuple(taken), tuple(conflicts), tuple(untaken), there, untouched)


def _judged(
    own: Said, stands: Event | None, decided: Decided, seen: Callable[[Said], Seen | None]
) -> Literal["there", "untouched", "taken", "conflict"] | Untaken:
    if emptied := _emptied(own, stands):
        return emptied
    if own.empty or (stands is not None and says(own, stands)):
        return "there"
    base = decided.event(own.base) if own.base else None
    if base is not None and base != stands and base.subject == own.subject and says(own, base):
        return "untouched"
    if seen(own) is None:
        return Untaken(own.row, own.subject.key, f"the results have no {own.subject.kind} with this key now")
    if stands is None:
        return "conflict" if base is not None else "taken"
    return "taken" if own.base == stands.event else "conflict"


def _contradicted(present: Mapping[Subject, Event], made: Event) -> str | None:
    other = clash(present, made)
    return (
        None
        if other is None
        else f"it contradicts what {other.by} decided of the {other.subject.kind} {other.subject.key}"
    )


def _emptied(own: Said, stands: Event | None) -> Untaken | None:
    """A row whose decision was emptied: an empty cell takes nothing back."""
    if stands is None or not own.based or own.base != stands.event or own.decision or not stands.decision:
        return None
    why = "its decision was emptied, and an empty cell takes nothing back: undo it in `align review`"
    return Untaken(own.row, own.subject.key, why)


def says(own: Said, event: Event) -> bool:
    """Whether a row says no more than this event does; what its table has no column for it does not say."""
    made = _event(own, event, event, Seen())
    return (made.decision, made.comment, made.flag) == (event.decision, event.comment, event.flag) and (
        (made.value or None) == (event.value or None)
    )


def _event(own: Said, stands: Event | None, bare: Event, seen: Seen) -> Event:
    """The event that a row makes: what it says, over what stands; a cell that says nothing leaves that as it is.

    An empty comment, reading or flag says that there is none only in a table that knows what stood.
    """
    told = own.based and stands is not None and own.base == stands.event
    decision = own.decision or (stands.decision if stands else None)
    return replace(
        bare,
        decision=decision,
        comment=_kept(own.comment, stands.comment if stands else "", told=told),
        flag=bool(own.flag) or (stands is not None and stands.flag and not (told and own.flag is False)),
        value=_value(own, stands, decision, told=told),
        based_on=stands.event if stands and stands is not bare else bare.based_on,
        content=seen.content or (stands.content if stands else ""),
        where=seen.where if seen.where != Where() else (stands.where if stands else Where()),
        texts=seen.texts or (stands.texts if stands else {}),
    )


def _kept(cell: str | None, text: str, *, told: bool) -> str:
    if cell is None or same_text(cell, text) or (not cell and not told):
        return text
    return cell


def _value(own: Said, stands: Event | None, decision: str | None, *, told: bool) -> Mapping[str, Json] | None:
    before = stands.value if stands is not None and stands.decision == decision else None
    if own.subject.kind != "finding":
        return before if own.value is None else own.value
    reading = _kept(own.reading, reading_of(stands) if stands and before else "", told=told)
    if decision != "mend":
        return before
    others = {name: value for name, value in (before or {}).items() if name != "reading"}
    return (others | ({"reading": reading} if reading else {})) or None
