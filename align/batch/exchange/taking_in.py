"""Decisions taken into a store: from a table, from JSON lines, from another store; in one transaction or not at all."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import TypeVar

from align.batch.exchange.outcome import Outcome, named, spoken
from align.database.decision_store import DecisionStore
from align.database.refusals import StaleDecision
from align.decisions.joining import Conflict, Joined, join
from align.decisions.table import Said, Seen, Untaken
from align.decisions.taking import Choice, Decided, Taking, taking
from align.model.decision import UNDONE, Event, Subject

T = TypeVar("T")

# How often the decisions are compared anew where another editor decides at the same moment.
_TRIES = 5


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


@dataclass(frozen=True, slots=True)
class Takes:
    """How decisions are taken in: into which store, by whom, what to do with conflicts, or only to say what would be.

    A store that is not there yet, None, can only be asked what would be done.
    """

    store: DecisionStore | None
    by: str
    choice: Choice | None = None
    dry: bool = False
    name: Callable[[], str] = lambda: secrets.token_hex(16)
    time: Callable[[], str] = _now

    def table(self, rows: Sequence[Said | Untaken], seen: Callable[[Said], Seen | None]) -> Outcome:
        """What came of the rows of a table; `seen` gives what the results say of a row's subject, None for nothing."""
        batch, time = self.name(), self.time()

        def new_event(subject: Subject) -> Event:
            return Event(self.name(), time, self.by, subject, batch=batch)

        def plan() -> tuple[Taking, list[Event]]:
            made = taking(rows, Decided.of(self._events()), seen=seen, new_event=new_event, choice=self.choice)
            return made, [taken.event for taken in made.taken]

        made = self._recorded(plan)
        return Outcome(
            len(made.taken),
            made.there,
            made.untouched,
            tuple(_row_conflict(own.said, own.stands) for own in made.conflicts),
            tuple(f"row {own.row} ({own.key or 'no key'}): {own.why}" for own in made.untaken),
        )

    def history(self, theirs: Sequence[Event], faults: Iterable[str] = ()) -> Outcome:
        """What came of the events of another history; `faults` are those of its lines that are no events."""

        def plan() -> tuple[Joined, list[Event]]:
            joined = join(self._events(), theirs)
            chosen = [] if self.choice != "theirs" else [self._theirs(own) for own in joined.conflicts if _open(own)]
            return joined, [*joined.new, *chosen]

        joined = self._recorded(plan)
        settled = [own for own in joined.conflicts if self.choice and _open(own)]
        left = [own for own in joined.conflicts if own not in settled]
        return Outcome(
            len(joined.new) + (len(settled) if self.choice == "theirs" else 0),
            len(joined.known) + len(joined.agreed),
            len(joined.passed_over) + (len(settled) if self.choice == "ours" else 0),
            tuple(_history_conflict(own) for own in left),
            tuple(faults),
        )

    def _events(self) -> list[Event]:
        return [event for _, event in self.store.events()] if self.store else []

    def _recorded(self, plan: Callable[[], tuple[T, list[Event]]]) -> T:
        """The plan whose events were recorded, all together; it is made anew where another editor was quicker."""
        for tried in range(_TRIES):
            made, events = plan()
            if self.dry or self.store is None or not events:
                return made
            try:
                self.store.record_all(events)
            except StaleDecision:
                if tried == _TRIES - 1:
                    raise
            else:
                return made
        raise AssertionError("the last try returns or raises")

    def _theirs(self, conflict: Conflict) -> Event:
        """An event that puts their decision over ours; it stays the decision of who made it."""
        ours = conflict.ours.event if conflict.ours else None
        if conflict.theirs is None:
            return Event(self.name(), self.time(), self.by, conflict.subject, UNDONE, based_on=ours)
        return replace(conflict.theirs, event=self.name(), based_on=ours)


def _open(conflict: Conflict) -> bool:
    """Whether one of the two can be chosen."""
    return conflict.why in ("both-decided", "incomplete") and bool(conflict.ours or conflict.theirs)


def _row_conflict(own: Said, stands: Event | None) -> str:
    said = Event(
        "0" * 32, "", "the table", own.subject, own.decision, {"reading": own.reading} if own.reading else None,
        own.comment or "", bool(own.flag),
    )  # fmt: skip
    return f"row {own.row} ({own.subject.key}): the table says {spoken(said)}; what stands is {spoken(stands)}"


def _history_conflict(own: Conflict) -> str:
    ours, theirs = spoken(own.ours), spoken(own.theirs)
    if own.why == "clash" and own.ours is not None:
        return f"{named(own.subject)}: {theirs} contradicts what stands of {named(own.ours.subject)}, {ours}"
    if own.why == "other-words":
        return f"{named(own.subject)}: one event with two meanings, here {ours}, there {theirs}"
    if own.ours is None:
        return f"{named(own.subject)}: there {theirs}, made on a decision that is in neither of the two"
    return f"{named(own.subject)}: here {ours}, there {theirs}"
