"""The decisions of a collection: events are added, never changed, and what stands is computed from them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence

from sqlalchemy import ColumnElement, Connection, Row, Select, and_, exists, func, insert, or_, select

from align.database.database import Database
from align.database.faults import database_error
from align.database.refusals import ClashingDecision, StaleDecision
from align.database.rows import event_of_row, row_of
from align.database.tables import EVENTS
from align.decisions.clashes import clash, concerned
from align.decisions.standing import standing
from align.decisions.values import fault
from align.errors import InputError
from align.files.paths import shown
from align.model.decision import UNDONE, Event, Subject

_AT_ONCE = 500
"""Rows that one statement reads or names: a database takes at least a thousand values in one."""


_LONGEST_SAID = 160
"""Characters of what is told of a row that is no decision; it may hold anything."""


class DecisionStore:
    """The events of a database in their order. Several threads and processes may use it at once."""

    def __init__(self, database: Database, unfit: Callable[[str], object] | None = None) -> None:
        """Keep decisions in this database, which `align.database.opening` opened.

        A row that is no decision, since another program wrote it, makes the store count as damaged; or `unfit` is told
        of it in a sentence, and it is passed over.
        """
        self.database = database
        self._unfit = unfit

    def record(self, event: Event) -> int:
        """The number under which the event is kept, once it is on the disk; an event that is there keeps its number.

        Raises StaleDecision where it is not based on what stands, ClashingDecision where it contradicts what stands.
        """
        return self.record_all([event])[0]

    def record_all(self, events: Iterable[Event]) -> list[int]:
        """The numbers under which the events are kept, all of them or none; errors as of `record`."""
        events = list(events)
        for event in events:
            if why := fault(event):
                raise InputError(f"The decision cannot be kept, since {why}: decide it again.", cause="unfit")
        with self.database.writing() as connection:
            present = _Present(self, connection, events)
            numbers = [present.take(event) for event in events]
            if present.taken:
                connection.execute(insert(EVENTS), [row_of(number, event) for number, event in present.taken])
        return numbers

    def standing(self) -> dict[Subject, Event]:
        """For each subject that is decided on the event that stands, in the order of the events."""
        with self.database.reading() as connection:
            return {event.subject: event for _, event in self._of(connection.execute(_standing()))}

    def standing_of(self, subject: Subject) -> Event | None:
        """The event that stands for this subject; None where none does."""
        return standing(self.history(subject)).get(subject)

    def history(self, subject: Subject) -> tuple[Event, ...]:
        """All events of this subject, undone ones and undos too."""
        return self._every(_about(subject.kind, [subject.key]))

    def of_batch(self, batch: str) -> tuple[Event, ...]:
        """The events of one act on many subjects."""
        return self._every(EVENTS.c.batch == batch)

    def events(self, after: int = 0) -> Iterator[tuple[int, Event]]:
        """The events after this number, each with its own number, in their order."""
        while True:
            query = select(EVENTS).where(EVENTS.c.number > after).order_by(EVENTS.c.number).limit(_AT_ONCE)
            with self.database.reading() as connection:
                rows = list(self._of(connection.execute(query)))
            if not rows:
                return
            yield from rows
            after = rows[-1][0]

    def last(self) -> int:
        """The number of the latest event, 0 where there is none."""
        with self.database.reading() as connection:
            return _last(connection)

    def _every(self, condition: ColumnElement[bool]) -> tuple[Event, ...]:
        query = select(EVENTS).where(condition).order_by(EVENTS.c.number)
        with self.database.reading() as connection:
            return tuple(event for _, event in self._of(connection.execute(query)))

    def _of(self, rows: Iterable[Row[tuple[object, ...]]]) -> Iterator[tuple[int, Event]]:
        for row in rows:
            try:
                event = event_of_row(row)
                why = fault(event)
            except (ValueError, LookupError, TypeError, AttributeError):
                event, why = None, "it is not written as this program writes it"
            if event is not None and why is None:
                yield row.number, event
            elif self._unfit is None:
                raise database_error(self.database.place, "damaged", f"event {row.number}: {_cut(why)}")
            else:
                named = f"Decision {row.number} ({row.kind} {row.key})"
                self._unfit(
                    f"{_cut(named)} in {self.database.place} is not obeyed, since {_cut(why)}: it stays as it is; "
                    "decide it again."
                )


class _Present:
    """What the events of one transaction meet: what is there already of their subjects, and what may clash."""

    def __init__(self, store: DecisionStore, connection: Connection, events: Sequence[Event]) -> None:
        self.taken: list[tuple[int, Event]] = []
        self._last = 0
        self._histories: defaultdict[Subject, list[Event]] = defaultdict(list)
        self._named: dict[str, tuple[int, Event]] = {}
        for at in range(0, len(events), _AT_ONCE):
            self._read(store, connection, events[at : at + _AT_ONCE])
        kinds = {kind for event in events for kind in concerned(event)}
        rows = connection.execute(_standing().where(EVENTS.c.kind.in_(kinds))) if kinds else ()
        self._standing = {event.subject: event for _, event in store._of(rows)}

    def _read(self, store: DecisionStore, connection: Connection, events: Sequence[Event]) -> None:
        """Read what is there of these subjects and under these names, and the last number, in one statement."""
        subjects = {event.subject for event in events}
        about = [_about(kind, [s.key for s in subjects if s.kind == kind]) for kind in {s.kind for s in subjects}]
        last = select(func.max(EVENTS.c.number).label("last")).subquery()
        found = or_(EVENTS.c.event.in_([event.event for event in events]), *about)
        query = select(last, EVENTS).select_from(last.outerjoin(EVENTS, found)).order_by(EVENTS.c.number)
        rows = connection.execute(query).all()
        self._last = rows[0].last or 0
        for number, event in store._of(row for row in rows if row.number is not None):
            self._named[event.event] = number, event
            if event.subject in subjects:
                self._histories[event.subject].append(event)

    def take(self, event: Event) -> int:
        """The number of the event, which is taken unless it is there already."""
        if event.event in self._named:
            number, known = self._named[event.event]
            if _said(known) != _said(event):
                raise ClashingDecision(known)
            return number
        history = self._histories[event.subject]
        current = standing(history).get(event.subject)
        if event.based_on != (current and current.event):
            raise StaleDecision(current)
        history.append(event)
        now = standing(history).get(event.subject)
        other = clash(self._standing, now) if now else None
        if other:
            raise ClashingDecision(other)
        if now:
            self._standing[event.subject] = now
        else:
            self._standing.pop(event.subject, None)
        self._last += 1
        self.taken.append((self._last, event))
        self._named[event.event] = self.taken[-1]
        return self._last


def _cut(text: object) -> str:
    """The text on one line, and not longer than a sentence can bear."""
    return shown(" ".join(str(text).split())[:_LONGEST_SAID])


def _said(event: Event) -> tuple[object, ...]:
    """What the editor said: the same event may arrive twice, and the server has set another time the second time."""
    return event.subject, event.by, event.decision, event.value, event.comment, event.flag


def _last(connection: Connection) -> int:
    return connection.execute(select(func.max(EVENTS.c.number))).scalar() or 0


def _about(kind: str, keys: Sequence[str]) -> ColumnElement[bool]:
    return and_(EVENTS.c.kind == kind, EVENTS.c.key.in_(keys))


def _standing() -> Select[tuple[object, ...]]:
    """The query for what stands: of each subject the latest event that is no undo and that no undo takes back."""
    undo = EVENTS.alias("undo")
    undone = exists().where(and_(undo.c.based_on == EVENTS.c.event, undo.c.decision == UNDONE))
    live = func.coalesce(EVENTS.c.decision, "") != UNDONE
    latest = select(func.max(EVENTS.c.number)).where(live, ~undone).group_by(EVENTS.c.kind, EVENTS.c.key)
    return select(EVENTS).where(EVENTS.c.number.in_(latest.correlate(None))).order_by(EVENTS.c.number)
