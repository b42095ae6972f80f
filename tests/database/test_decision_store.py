"""The store of decisions: what was recorded comes back, stale and clashing decisions are refused."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from align.database.decision_store import DecisionStore
from align.database.opening import opened
from align.database.refusals import StaleDecision
from align.model.decision import UNDONE, Event, Subject

LINK = Subject("link", "00000000000000aa")


def event(number: int, decision: str | None, *, based_on: int | None = None, by: str = "Anna") -> Event:
    basis = None if based_on is None else f"{based_on:032x}"
    return Event(f"{number:032x}", "2026-11-28T08:00:00.000Z", by, LINK, decision, based_on=basis)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[DecisionStore]:
    database = opened(tmp_path / "review" / "decisions.sqlite")
    yield DecisionStore(database)
    database.close()


def test_recorded_comes_back(store: DecisionStore):
    """An event comes back as it was recorded, under its number, and stands."""
    first = event(1, "right")
    assert store.record(first) == 1
    assert list(store.events()) == [(1, first)]
    assert store.standing() == {LINK: first}
    assert store.standing_of(LINK) == first
    assert store.last() == 1


def test_same_event_twice(store: DecisionStore):
    """The same event that arrives twice is taken once, and has one number."""
    assert store.record(event(1, "right")) == store.record(event(1, "right")) == 1
    assert store.last() == 1


def test_stale(store: DecisionStore):
    """A decision that is not based on what stands is refused, and what stands is told."""
    first = event(1, "right")
    store.record(first)
    with pytest.raises(StaleDecision) as refused:
        store.record(event(2, "wrong", by="Boris"))
    assert refused.value.current == first
    assert store.last() == 1


def test_undo(store: DecisionStore):
    """After an undo what stood before stands again."""
    first, second = event(1, "right"), event(2, "wrong", based_on=1)
    store.record_all([first, second, event(3, UNDONE, based_on=2)])
    assert store.standing() == {LINK: first}
    store.record(event(4, UNDONE, based_on=1))
    assert store.standing() == {}
