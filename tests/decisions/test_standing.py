"""What stands of a history of events."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from align.decisions.standing import standing
from align.model.decision import UNDONE, Event, Subject

LINK = Subject("link", "00000000000000aa")


def event(number: int, decision: str | None, *, key: str = LINK.key, based_on: str | None = None) -> Event:
    return Event(
        f"{number:032x}", "2026-11-28T08:00:00.000Z", "Anna", Subject("link", key), decision, based_on=based_on
    )


def test_latest_event_stands() -> None:
    """The latest event of a subject stands."""
    first, second = event(1, "right"), event(2, "wrong", based_on=f"{1:032x}")
    assert standing([first, second]) == {LINK: second}


def test_undone() -> None:
    """After an undo the event before stands again, and after the next undo none does."""
    first, second = event(1, "right"), event(2, "wrong")
    undo = event(3, UNDONE, based_on=second.event)
    again = event(4, UNDONE, based_on=first.event)
    assert standing([first, second, undo]) == {LINK: first}
    assert standing([first, second, undo, again]) == {}


@given(st.lists(st.tuples(st.sampled_from("ab"), st.sampled_from(["right", "wrong", None, UNDONE]))))
def test_subjects_do_not_touch_each_other(acts: list[tuple[str, str | None]]) -> None:
    """What stands for a subject depends on its own events alone."""
    events = [event(i, decision, key=key, based_on="0" * 32) for i, (key, decision) in enumerate(acts)]
    whole = standing(events)
    for key in "ab":
        own = [e for e in events if e.subject.key == key]
        assert standing(own) == {s: e for s, e in whole.items() if s.key == key}
