"""The store of decisions: what was recorded comes back; stale and clashing decisions are refused."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete
from support.decided import accepted, acts, event

from align.database.decision_store import DecisionStore
from align.database.opening import opened, opened_to_read
from align.database.refusals import ClashingDecision, StaleDecision
from align.database.tables import EVENTS
from align.decisions.standing import standing
from align.errors import InputError
from align.model.decision import UNDONE, Event


def test_recorded_comes_back(store):
    """An event comes back as it was recorded, under its number, and stands."""
    first = event(1, "mend", value={"reading": "мир \u2028"}, comment="Ж\n", volume="дневник")
    assert store.record(first) == 1
    assert list(store.events()) == [(1, first)]
    assert store.standing() == {first.subject: first}
    assert store.standing_of(first.subject) == first
    assert store.history(first.subject) == (first,)
    assert store.last() == 1


def test_content_of_any_letters(store):
    """Content that no database takes as it is, such as half of a surrogate pair, comes back all the same."""
    first = replace(event(1, "leave"), content="\ud800\x00\u2028")
    store.record(first)
    assert store.standing_of(first.subject) == first


def test_same_event_twice(store):
    """The same event that arrives twice is taken once; the same name with other words is refused."""
    assert store.record(event(1, "leave")) == store.record(event(1, "leave")) == 1
    assert store.record_all([event(2, "leave", of=2), event(2, "leave", of=2)]) == [2, 2]
    with pytest.raises(ClashingDecision) as refused:
        store.record(event(1, "mend"))
    assert refused.value.other == event(1, "leave")
    assert store.last() == 2


def test_stale(store):
    """A decision that is not based on what stands is refused, and what stands is told."""
    store.record(event(1, "leave"))
    with pytest.raises(StaleDecision) as refused:
        store.record(event(2, "mend", by="Boris"))
    assert refused.value.current == event(1, "leave")
    with pytest.raises(StaleDecision) as refused:
        store.record(event(3, "mend", of=5, based_on=1))
    assert refused.value.current is None
    assert store.last() == 1


def test_all_or_none(store):
    """Of several events none is kept where one is refused."""
    with pytest.raises(StaleDecision):
        store.record_all([event(1, "leave"), event(2, "leave", of=2), event(3, "mend")])
    assert (store.last(), store.standing()) == (0, {})


def test_clash(store):
    """A page is no copy of a blank page; where it is no longer blank it may be, and blank it cannot be again."""
    blank = event(1, "stated", kind="page", of=1, value={"blank": True})
    copy = event(2, "stated", kind="page", of=2, value={"copy_of": blank.subject.key})
    store.record(blank)
    with pytest.raises(ClashingDecision) as refused:
        store.record(copy)
    assert refused.value.other == blank
    store.record(event(3, "stated", kind="page", of=1, based_on=1, value={"label": "7"}))
    store.record(copy)
    with pytest.raises(ClashingDecision) as refused:
        store.record(event(4, UNDONE, kind="page", of=1, based_on=3))
    assert refused.value.other == copy


def test_unfit(store):
    """An event that is not what it should be is refused before it reaches the database."""
    with pytest.raises(InputError, match="since 'leave' of a finding has no value") as refused:
        store.record(event(1, "leave", value={"reading": "a"}))
    assert refused.value.cause == "unfit"


def test_batch(store):
    """The events of a batch are found by its name, and many are recorded at once."""
    several = [replace(event(n, "leave", of=n), batch="b") for n in range(1, 1203)]
    assert store.record_all(several) == list(range(1, 1203))
    assert store.of_batch("b") == tuple(several)
    assert [number for number, _ in store.events(after=1200)] == [1201, 1202]


def test_reading_makes_nothing(tmp_path, server):
    """Where there is no store, reading finds none and makes none."""
    assert opened_to_read(tmp_path / "review" / "decisions.sqlite") is None
    assert list(tmp_path.iterdir()) == []
    address = server.new_database()
    assert opened_to_read(address) is None
    assert opened_to_read(address) is None


def test_read_while_written(store, address):
    """What is opened for reading sees each decision that was acknowledged."""
    store.record(event(1, "leave"))
    database = opened_to_read(address)
    assert DecisionStore(database).last() == 1
    store.record(event(2, "leave", of=2))
    assert DecisionStore(database).last() == 2
    database.close()


def test_opened_again(address):
    """What was recorded is there when the store is opened again."""
    for number in range(1, 4):
        database = opened(address)
        assert DecisionStore(database).record(event(number, "leave", of=number)) == number
        database.close()


# Each example writes to the disk, in both databases.
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=30)
@given(data=st.data())
def test_as_a_list(store, data):
    """Whatever editors do, the store takes and refuses what a plain list of events would, and holds the same."""
    with store.database.writing() as connection:
        connection.execute(delete(EVENTS))
    kept: list[Event] = []
    number = 0
    for _ in range(data.draw(st.integers(1, 5))):
        tried, refusal = list(kept), True
        several = []
        for _ in range(data.draw(st.integers(1, 3))):
            number += 1
            act = data.draw(acts(number, standing(tried)))
            several.append(act)
            if refusal is True and (refusal := accepted(tried, act)) is True:
                tried.append(act)
        if refusal is True:
            assert store.record_all(several) == list(range(len(kept) + 1, len(tried) + 1))
            kept = tried
        else:
            with pytest.raises((StaleDecision, ClashingDecision)) as refused:
                store.record_all(several)
            error = refused.value
            assert (error.current if isinstance(error, StaleDecision) else error.other) == refusal
        assert list(store.events()) == list(enumerate(kept, 1))
        assert store.standing() == standing(kept)
        assert store.last() == len(kept)
