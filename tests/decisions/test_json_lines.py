"""Decisions as JSON lines: they come back as they left, and nothing from outside gets past the checks."""

from __future__ import annotations

import json
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.decided import event, histories

from align.decisions.json_lines import event_line, event_of
from align.errors import InputError


@given(histories())
def test_events_come_back(history):
    """Each event is one line, and the line gives the same event."""
    lines = [event_line(each) for each in history]
    assert all(len(line.splitlines()) == 1 for line in lines)
    assert [event_of(line.encode("utf-8").decode("utf-8")) for line in lines] == history


def test_form():
    """A line has the fields of the contract in their order."""
    assert event_line(event(1, "mend", value={"reading": "1470"}, volume="v")) == (
        '{"event": "00000000000000000000000000000001", "time": "2026-11-28T08:00:00.000Z", "by": "Anna", '
        '"subject": {"kind": "finding", "key": "0000000000000000"}, "decision": "mend", "value": {"reading": "1470"}, '
        '"comment": "", "flag": false, "based_on": null, "batch": null, "texts": {}, "content": "", '
        '"where": {"volume": "v"}}'
    )


def test_short_form():
    """Fields that say nothing may be left out."""
    row = json.loads(event_line(event(1, "leave")))
    short = {name: row[name] for name in ("event", "time", "by", "subject", "decision")}
    assert event_of(json.dumps(short)) == event(1, "leave")


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"event": "1"}, "32 hex digits"),
        ({"event": None}, '"event" is of a wrong kind'),
        ({"time": "yesterday"}, "the time"),
        ({"time": "2026-02-30T08:00:00.000Z"}, "the time"),
        ({"time": "2026-19-39T29:59:69.999Z"}, "the time"),
        ({"time": "0000-01-01T00:00:00.000Z"}, "the time"),
        ({"time": "\u0662\u0660\u0662\u0666-11-28T08:00:00.000Z"}, "the time"),
        ({"where": {"page": 10**18}}, "a number of 19 digits"),
        ({"by": " "}, "name is empty"),
        ({"by": "a\nb"}, "control character"),
        ({"subject": {"kind": "spell", "key": "0" * 16}}, "'spell' is nothing that is decided on"),
        ({"subject": {"kind": ["finding"], "key": "0" * 16}}, "the subject is not"),
        ({"subject": {"kind": "finding", "key": "../../etc"}}, "16 hex digits"),
        ({"decision": "wrong"}, "not a decision about a finding"),
        ({"decision": "undone"}, "names what it takes back"),
        ({"value": {"reading": 3}}, "the value is not"),
        ({"value": {"reading": "a", "more": "b"}}, "the value is not"),
        ({"decision": "leave"}, "has no value"),
        ({"flag": 1}, '"flag" is of a wrong kind'),
        ({"texts": {"a": "b"}}, "64 hex digits"),
        ({"where": {"page": True}}, '"where"'),
        ({"where": {"password": "x"}}, '"where"'),
        ({"hidden": 1}, "not known: 'hidden'"),
        ({"comment": "x" * 10_001}, "longer than 10000"),
        ({"comment": "\ud800"}, "control character"),
    ],
)
def test_unfit_field(change, why):
    """A field that is not as it should be is refused with the number of its line and the reason."""
    row = json.loads(event_line(event(1, "mend", value={"reading": "1470"}))) | change
    with pytest.raises(InputError) as refused:
        event_of(json.dumps(row), 7)
    assert refused.value.message.startswith("Line 7 is no decision")
    assert why in refused.value.message


@pytest.mark.parametrize(
    "line",
    [
        "",
        "{",
        "[]",
        "null",
        '{"event": NaN}',
        '{"event": 1e999}',
        '{"event": "a", "event": "b"}',
        "[" * 100_000,
        "\x00",
    ],
)
def test_no_event(line):
    """A line that is no object of an event is refused in one sentence."""
    with pytest.raises(InputError, match=r"^Line 1 is no decision that can be taken in, since .*\.$"):
        event_of(line)


_ANY = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=6,
)


@given(_ANY, st.sampled_from(["event", "subject", "value", "texts", "where", "decision"]))
def test_any_json(value, field):
    """Whatever JSON stands in a field, the line is taken or refused, and never breaks the reader."""
    row = json.loads(event_line(event(1, "mend", value={"reading": "1470"}))) | {field: value}
    with suppress(InputError):
        assert event_of(json.dumps(row)).event == row["event"]
