"""Where decisions are made: one at a time, each on what the editor saw, kept before it is confirmed."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from hashlib import sha256

from align.database.refusals import ClashingDecision, StaleDecision
from align.decisions.subjects import SubjectAt, keys_of, pair_content, unchanged
from align.decisions.values import fault
from align.model.decision import UNDONE, Event, Subject, Where, pair_key
from align.web.review.deciding.drawn_boxes import beyond
from align.web.review.deciding.history import Decisions, History
from align.web.review.deciding.shown_results import ShownResults
from align.web.review.deciding.wishes import UnfitWishError, Wish

# What If-Match and ETag say where nothing stands.
NOTHING = "none"


@dataclass(frozen=True, slots=True)
class Answer:
    """What is answered: a status of HTTP, JSON on one line, and headers."""

    status: int
    body: str
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Desk:
    """The decisions of a collection: a store, its history, the results that are shown now, and the time."""

    store: Decisions
    history: History
    results: Callable[[], ShownResults]
    now: Callable[[], str]

    def shown(self, subject: Subject) -> Answer:
        """A subject as it is now, what stands of it, and all events about it."""
        at = self.results().subjects.get(subject)
        events = self.history.of_subject(subject)
        if at is None and not events:
            return why(404, _UNKNOWN)
        standing = self.history.standing_of(subject)
        about = json.dumps({"kind": subject.kind, "key": subject.key})
        content = json.dumps(None if at is None else at.content, ensure_ascii=False)
        body = (
            f'{{"subject":{about},"content":{content},"standing":{self.json(standing)},'
            f'"history":[{",".join(map(self.history.line, events))}]}}'
        )
        return Answer(200, body, {"ETag": tag(standing)})

    def decide(self, subject: Subject, wish: Wish, based_on: str | None, by: str) -> Answer:
        """The answer to a wish that was made when the event `based_on` stood; the decision is kept now, or refused."""
        if (known := self.history.recorded(wish.event)) is not None:
            number, event = known
            return self._taken(number, event, subject, by) if wish.says(event) else why(422, _OTHER)
        results = self.results()
        at = results.subjects.get(subject) or paired_otherwise(results, subject, wish) or self._gone(subject, wish)
        if at is None:
            return why(404, _UNKNOWN)
        event = event_for(at, wish, by=by, time=self.now(), based_on=based_on)
        if fault(event) is None and (reason := beyond(wish.value, results.sizes)) is not None:
            return why(422, reason)
        return self.record(event)

    def _gone(self, subject: Subject, wish: Wish) -> SubjectAt | None:
        """A finding of earlier results, as an editor saw it; None where it is not said what was seen.

        A browser may hold a decision while the server is down, and a run may be done meanwhile.
        """
        if wish.content is None or subject.kind != "finding":
            return None
        events = self.history.of_subject(subject)
        return SubjectAt(subject, wish.content, events[-1].where if events else Where())

    def undo(self, subject: Subject, name: str, by: str) -> Answer:
        """The answer to a wish to take back the event of this name, which stood when the editor asked."""
        undone = taken_back(name)
        if (known := self.history.recorded(undone)) is not None:
            return self._taken(*known, subject, by)
        stands = self.history.standing_of(subject)
        if stands is None or stands.event != name:
            return self._stale(stands)
        return self.record(undoing(stands, by=by, time=self.now()))

    def record(self, event: Event) -> Answer:
        """The answer to an event, which is kept now, or refused: 412, 409, 422."""
        if reason := fault(event):
            return why(422, f"This cannot be kept, since {reason}.")
        try:
            number = self.store.record(event)
        except StaleDecision as stale:
            self.history.catch_up()
            return self._stale(stale.current)
        except ClashingDecision as clashing:
            self.history.catch_up()
            return Answer(409, f'{{"other":{self.json(clashing.other)}}}')
        self.history.catch_up()
        return self._answer(number, event)

    def json(self, event: Event | None) -> str:
        """The event as JSON."""
        return "null" if event is None else self.history.line(event)

    def _answer(self, number: int, event: Event) -> Answer:
        standing = self.history.standing_of(event.subject)
        body = f'{{"number":{number},"event":{self.json(event)},"standing":{self.json(standing)}}}'
        return Answer(200, body, {"ETag": tag(standing)})

    def _taken(self, number: int, event: Event, subject: Subject, by: str) -> Answer:
        """The answer to an event that was kept before: the same answer, where it is the same editor's."""
        if event.subject != subject or event.by != by:
            return why(422, _OTHER)
        return self._answer(number, event)

    def _stale(self, current: Event | None) -> Answer:
        return Answer(412, f'{{"standing":{self.json(current)}}}', {"ETag": tag(current)})


_OTHER = "Another decision has the same name: reload the page."
_UNKNOWN = "The results no longer have this: reload the page."


def paired_otherwise(results: ShownResults, subject: Subject, wish: Wish) -> SubjectAt | None:
    """The pair that an editor makes of sentences which no run has paired so; None where it is no such pair."""
    keys = keys_of(wish.value) if wish.decision == "paired" else None
    if keys is None or subject != Subject("pair", pair_key(*keys)):
        return None
    sides = [[results.subjects.get(Subject("link", key)) for key in side] for side in keys]
    links = [link for side in sides for link in side if link is not None]
    if len(links) < sum(map(len, keys)):
        return None
    contents = ([(link.subject.key, link.words) for link in side if link is not None] for side in sides)
    texts = {path: digest for link in links for path, digest in link.texts.items()}
    return SubjectAt(subject, pair_content(*contents), links[0].where, texts, (*keys[0], *keys[1]))


def event_for(at: SubjectAt, wish: Wish, *, by: str, time: str, based_on: str | None) -> Event:
    """The event that says what an editor wishes, with what was decided on.

    An editor who saw an earlier text has decided on that one.
    """
    earlier = wish.content is not None and not unchanged(wish.content, at.content)
    return Event(
        wish.event,
        time,
        by,
        at.subject,
        wish.decision,
        wish.value,
        wish.comment,
        wish.flag,
        based_on,
        wish.batch,
        {} if earlier else at.texts,
        wish.content if earlier and wish.content is not None else at.content,
        at.where,
    )


def undoing(event: Event, *, by: str, time: str, batch: str | None = None) -> Event:
    """The event that takes this one back. Its name follows from it, so that it is taken back once."""
    return Event(
        taken_back(event.event),
        time,
        by,
        event.subject,
        UNDONE,
        based_on=event.event,
        batch=batch,
        texts=event.texts,
        content=event.content,
        where=event.where,
    )


def taken_back(name: str) -> str:
    """The name of the event that takes back the event of this name."""
    return derived_name("undone", name)


def derived_name(*parts: str) -> str:
    """The name of an event that follows from others: the same parts give the same name."""
    return sha256("\0".join(parts).encode()).hexdigest()[:32]


def why(status: int, sentence: str) -> Answer:
    """An answer that says in one sentence why not."""
    return Answer(status, json.dumps({"why": sentence}, ensure_ascii=False))


def tag(standing: Event | None) -> str:
    """The ETag of a subject: the name of the event that stands."""
    return f'"{NOTHING if standing is None else standing.event}"'


def seen_event(if_match: str | None) -> str | None:
    """The event that If-Match names, None for "none"; UnfitWishError for all else."""
    quoted = (if_match or "").strip()
    if len(quoted) < 3 or quoted[0] != '"' or quoted[-1] != '"':
        raise UnfitWishError('The header If-Match names the event that stands, or is "none": reload the page.')
    return None if quoted[1:-1] == NOTHING else quoted[1:-1]
