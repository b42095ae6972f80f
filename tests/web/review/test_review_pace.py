"""The time that is left, from the pace of an editor."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from align.web.review.deciding.pace import FEWEST_WAITS, LONGEST_THOUGHT_S, seconds_each, seconds_left

BEGIN = datetime(2026, 11, 28, 8, tzinfo=UTC)


def times(waits: list[float]) -> list[str]:
    """Times with these waits between them."""
    moments = [BEGIN]
    for wait in waits:
        moments.append(moments[-1] + timedelta(seconds=wait))
    return [moment.isoformat(timespec="milliseconds").replace("+00:00", "Z") for moment in moments]


def test_breaks_do_not_count():
    """A break between decisions, such as a night, does not change the pace."""
    assert seconds_each(times([10.0] * 5 + [50_000.0] + [10.0] * 5)) == 10.0


def test_too_few_say_nothing():
    """With few decisions no pace is told, and no time left."""
    assert seconds_each(times([10.0] * (FEWEST_WAITS - 1))) is None
    assert seconds_each([]) is None
    assert seconds_left(5, None) is None


@given(st.lists(st.floats(0.001, 100_000), max_size=80))
def test_the_pace_is_that_of_some_wait(waits):
    """The pace lies between the shortest and the longest wait that is no break."""
    pace = seconds_each(times(waits))
    assert pace is None or 0 < pace <= LONGEST_THOUGHT_S


def test_the_latest_count():
    """Who has become quicker is told a shorter time."""
    assert seconds_each(times([60.0] * 100 + [5.0] * 60)) == 5.0
