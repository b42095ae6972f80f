"""One decision about many findings: first what would be decided, then all of it or nothing; one undo takes it back."""

from __future__ import annotations

import json
import secrets
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from align.database.refusals import ClashingDecision, StaleDecision
from align.decisions.values import fault
from align.model.decision import Event, Json, Subject
from align.web.review.deciding.desk import Answer, Desk, derived_name, event_for, undoing, why
from align.web.review.deciding.shown_results import FoundAt, ShownResults
from align.web.review.deciding.wishes import UnfitWishError, Wish, event_name, wish_of

# How often a batch is taken back anew where others decide at the same moment.
_TRIES = 5


@dataclass(frozen=True, slots=True)
class Selection:
    """Which findings are meant: of this code, of this document, alike this finding; decided ones only if asked for."""

    code: str | None = None
    volume: str | None = None
    document: str | None = None
    alike: str | None = None
    decided_too: bool = False

    def chosen(self, results: ShownResults) -> Iterator[FoundAt]:
        """The findings that are meant, whether decided or not."""
        model = None if self.alike is None else results.findings.get(self.alike)
        if self.alike is not None and model is None:
            raise UnfitWishError(
                "The results no longer have the finding that the others are to be like: reload the page."
            )
        for own in results.findings.values():
            if (
                self.code in (None, own.code)
                and self.volume in (None, own.volume)
                and self.document in (None, own.document)
                and (model is None or own.likeness == model.likeness)
            ):
                yield own


@dataclass(frozen=True, slots=True)
class Plan:
    """What one act would decide: the events, how many findings are passed over since they are decided, and a digest."""

    events: tuple[Event, ...]
    passed_over: int

    @property
    def seen(self) -> str:
        """A digest over the findings, their words and what stands of them: what is done must be what was shown."""
        return derived_name(*(f"{event.subject.key} {event.based_on} {event.content}" for event in self.events))


def selection_of(asked: Json) -> Selection:
    """The selection that this JSON says; UnfitWishError where it says none."""
    known = {"code": str, "volume": str, "document": str, "alike": str, "decided_too": bool}
    if not isinstance(asked, dict) or not asked.keys() <= known.keys():
        raise UnfitWishError("Many are chosen by code, volume, document or alike: reload the page.")
    if any(value is not None and not isinstance(value, known[name]) for name, value in asked.items()):
        raise UnfitWishError("Many are chosen by names: reload the page.")
    if not any(asked.get(name) for name in ("code", "document", "alike")):
        raise UnfitWishError("Say which findings are meant: of a code, of a document, or alike one.")
    return Selection(**{name: value for name, value in asked.items() if value is not None})  # type: ignore[arg-type]  # checked above


def plan(desk: Desk, asked: Mapping[str, Json], batch: str, by: str) -> Plan:
    """What the act of this name would decide; UnfitWishError says what is wrong with it."""
    selection = selection_of(asked.get("selection"))
    wish = wish_of("finding", {**asked, "event": batch})
    if wish.decision is None:
        raise UnfitWishError("Say what is decided of all of them.")
    results, standing, time = desk.results(), desk.history.standing(), desk.now()
    events, passed_over = [], 0
    for own in selection.chosen(results):
        subject = Subject("finding", own.key)
        stands = standing.get(subject)
        if stands is not None and stands.decision is not None and not selection.decided_too:
            passed_over += 1
        elif (at := results.subjects.get(subject)) is not None:
            one: Wish = replace(wish, event=derived_name(batch, own.key), batch=batch, content=None)
            if stands is not None:
                one = replace(one, comment=one.comment or stands.comment, flag=one.flag or stands.flag)
            events.append(event_for(at, one, by=by, time=time, based_on=None if stands is None else stands.event))
    if events and (reason := fault(events[0])):
        raise UnfitWishError(f"This cannot be kept, since {reason}.")
    return Plan(tuple(events), passed_over)


def preview(desk: Desk, asked: Mapping[str, Json], by: str) -> Answer:
    """What would be decided: the subjects with their contents, and the digest that `decide_many` wants back."""
    return _previewed(200, plan(desk, asked, _batch(asked), by))


def decide_many(desk: Desk, asked: Mapping[str, Json], by: str) -> Answer:
    """The answer to one act on many findings, all of which are decided now, or none: then 412 with a new preview."""
    batch = _batch(asked)
    if done := [event for event in desk.history.of_batch(batch) if event.by == by]:
        return _done(desk, batch, len(done))
    planned = plan(desk, asked, batch, by)
    if asked.get("seen") != planned.seen:
        return _previewed(412, planned)
    try:
        desk.store.record_all(planned.events)
    except StaleDecision:
        desk.history.catch_up()
        return _previewed(412, plan(desk, asked, batch, by))
    except ClashingDecision as clashing:
        desk.history.catch_up()
        return Answer(409, f'{{"other":{desk.json(clashing.other)}}}')
    desk.history.catch_up()
    return _done(desk, batch, len(planned.events))


def undo_many(desk: Desk, batch: str, by: str) -> Answer:
    """The answer to a wish to take back an act on many: what of it still stands is taken back, at once."""
    name = derived_name("undone", batch)
    for _ in range(_TRIES):
        standing = desk.history.of_batch(batch)
        if not standing:
            break
        try:
            desk.store.record_all(_undos(standing, name, by, desk.now()))
        except StaleDecision:
            desk.history.catch_up()
            continue
        except ClashingDecision as clashing:
            desk.history.catch_up()
            return Answer(409, f'{{"other":{desk.json(clashing.other)}}}')
        desk.history.catch_up()
        return _done(desk, name, len(standing))
    return why(404, "Nothing of this act stands any more.")


def _batch(asked: Mapping[str, Json]) -> str:
    """The name of the act: the browser's, with which it may ask again, or else a fresh one."""
    return event_name(asked["batch"], "batch") if asked.get("batch") else secrets.token_hex(16)


def _undos(standing: Iterable[Event], name: str, by: str, time: str) -> list[Event]:
    return [undoing(event, by=by, time=time, batch=name) for event in standing]


def _previewed(status: int, planned: Plan) -> Answer:
    subjects = [{"key": event.subject.key, "content": event.content} for event in planned.events]
    body = {"count": len(subjects), "passed_over": planned.passed_over, "seen": planned.seen, "subjects": subjects}
    return Answer(status, json.dumps(body, ensure_ascii=False))


def _done(desk: Desk, batch: str, count: int) -> Answer:
    return Answer(200, json.dumps({"batch": batch, "count": count, "last": desk.history.last}))
