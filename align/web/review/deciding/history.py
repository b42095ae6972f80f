"""The events of a store as the server knows them: read once, then only what is new; also what other processes wrote."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict, deque
from collections.abc import Iterator, Mapping, Sequence
from operator import itemgetter
from threading import Lock
from typing import Protocol

from align.decisions.json_lines import event_line
from align.model.decision import UNDONE, Event, Subject
from align.web.review.deciding.pace import LATEST


class Decisions(Protocol):
    """What the server needs of a store of decisions; `align.database.decision_store.DecisionStore` is one."""

    def record(self, event: Event) -> int:
        """The number of this event, which is kept now."""

    def record_all(self, events: Sequence[Event]) -> Sequence[int]:
        """The numbers of these events, all of which are kept now, or none."""

    def events(self, after: int = 0) -> Iterator[tuple[int, Event]]:
        """The events with a greater number than `after`, in their order."""


class History:
    """All events, and what stands of them. Threads may use it at the same time.

    What stands is as `align.decisions.standing.standing` says, kept up to date event by event.
    """

    def __init__(self, store: Decisions) -> None:
        """Read all events of the store."""
        self._store = store
        self._lock = Lock()
        self._events: list[tuple[int, Event]] = []
        self._numbers: dict[str, int] = {}
        self._of_subject: dict[Subject, list[Event]] = defaultdict(list)
        self._stacks: dict[Subject, list[Event]] = defaultdict(list)
        self._standing: dict[Subject, Event] = {}
        self._times: dict[str, deque[str]] = defaultdict(lambda: deque(maxlen=LATEST))
        self._lines: dict[str, str] = {}
        self.catch_up()

    def catch_up(self) -> int:
        """The number of the last event, after what is new in the store was read."""
        with self._lock:
            for number, event in self._store.events(self._last()):
                self._take(number, event)
            return self._last()

    def look(self) -> bool:
        """Whether there is something new in the store, which is read now."""
        before = self.last
        return self.catch_up() > before

    @property
    def last(self) -> int:
        """The number of the last event that was read; 0 where there is none."""
        with self._lock:
            return self._last()

    def standing(self) -> Mapping[Subject, Event]:
        """For each subject the event that stands."""
        with self._lock:
            return dict(self._standing)

    def standing_of(self, subject: Subject) -> Event | None:
        """The event that stands for this subject."""
        with self._lock:
            return self._standing.get(subject)

    def of_subject(self, subject: Subject) -> tuple[Event, ...]:
        """All events of this subject, in their order."""
        with self._lock:
            return tuple(self._of_subject.get(subject, ()))

    def of_batch(self, batch: str) -> tuple[Event, ...]:
        """The events of this batch that still stand."""
        with self._lock:
            return tuple(event for event in self._standing.values() if event.batch == batch)

    def after(self, number: int) -> Sequence[tuple[int, Event]]:
        """The events with a greater number, in their order."""
        with self._lock:
            return self._events[self._place(number) :]

    def changed(self, number: int) -> tuple[int, Sequence[Event], Sequence[Subject]]:
        """What changed after this number: the last number now, the events that stand, subjects where none stands."""
        with self._lock:
            subjects = dict.fromkeys(event.subject for _, event in self._events[self._place(number) :])
            stands = [self._standing[subject] for subject in subjects if subject in self._standing]
            return self._last(), stands, [subject for subject in subjects if subject not in self._standing]

    def before(self, number: int | None, most: int, *, by: str | None = None) -> Sequence[tuple[int, Event]]:
        """The latest events with a smaller number (None: of all), the latest first; of one editor, where named."""
        found: list[tuple[int, Event]] = []
        with self._lock:
            end = len(self._events) if number is None else self._place(number - 1)
            for at in range(end - 1, -1, -1):
                if by is None or self._events[at][1].by == by:
                    found.append(self._events[at])
                if len(found) == most:
                    break
        return found

    def recorded(self, name: str) -> tuple[int, Event] | None:
        """The event of this name with its number; None where there is none."""
        with self._lock:
            number = self._numbers.get(name)
            return None if number is None else self._events[self._place(number - 1)]

    def editors(self) -> Mapping[str, Sequence[str]]:
        """The editors by name, each with the times of the latest decisions, in their order."""
        with self._lock:
            return {by: tuple(times) for by, times in self._times.items()}

    def line(self, event: Event) -> str:
        """The event as JSON on one line; made once, since events never change."""
        line = self._lines.get(event.event)
        if line is None:
            line = self._lines[event.event] = event_line(event).rstrip("\n")
        return line

    def _take(self, number: int, event: Event) -> None:
        self._events.append((number, event))
        self._numbers[event.event] = number
        self._of_subject[event.subject].append(event)
        stack = self._stacks[event.subject]
        if event.decision != UNDONE:
            stack.append(event)
            self._times[event.by].append(event.time)
        elif stack:
            stack.pop()
        if stack:
            self._standing[event.subject] = stack[-1]
        else:
            self._standing.pop(event.subject, None)

    def _last(self) -> int:
        return self._events[-1][0] if self._events else 0

    def _place(self, number: int) -> int:
        """How many events have this number at most."""
        return bisect_right(self._events, number, key=itemgetter(0))
