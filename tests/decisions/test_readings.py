"""Which words the accepted readings replace."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from align.decisions.readings import Reading, Refusal, moved_since, overlapping, readings_of
from align.linking.findings.catalogue import CATALOGUE, MISSING_WORDS
from align.model import Finding, PlainText, VolumeResult
from align.model.decision import Event, Json, Subject

TEXT = "Был «Багрицов», он [с. 58] ушёл."


def event(value: Mapping[str, Json] | None) -> Event:
    return Event("1" * 32, "2026-11-28T08:00:00.000Z", "Anna", Subject("finding", "k"), "mend", value)


def read(reading: Json, *spans: tuple[int, int], source_text: str | None = None, text: str = TEXT) -> Any:
    finding = Finding(
        id="v.f0001", key="k", code="likely-misprint", document="d", text="t.txt", spans=spans, source_text=source_text
    )
    volume = VolumeResult("v", findings=(finding,), texts=(PlainText("t.txt", "d", "ru", text),))
    (found,) = readings_of(volume, {"k": event({"reading": reading})}, missing=MISSING_WORDS)
    return found


def span_of(words: str) -> tuple[int, int]:
    return TEXT.index(words), TEXT.index(words) + len(words)


@pytest.mark.parametrize(
    ("span", "reading", "old"),
    [
        ("«Багрицов»,", "Багрецов", "Багрицов"),
        ("«Багрицов»,", "Багрецов.", "Багрицов»,"),
        ("«Багрицов»,", "“Багрецов”", "«Багрицов»,"),
        ("«Багрицов»,", "", " «Багрицов»,"),
        ("Был", "", "Был "),
    ],
)
def test_points_around_the_words_stay_where_the_reading_has_none(span: str, reading: str, old: str) -> None:
    """A bare reading replaces the bare word; one with points of its own replaces the points on that side."""
    found = read(reading, span_of(span))
    assert isinstance(found, Reading)
    assert (found.old, found.new) == (old, reading)


def test_of_a_marker_the_label_alone_is_replaced() -> None:
    """The label of a page marker changes, and the words of the marker stay."""
    found = read("57", span_of("[с. 58]"), source_text="58")
    assert (found.old, found.span) == ("58", span_of("58"))


@pytest.mark.parametrize("reading", ["a\0b", "a\ud800", "x" * 10_001, 7, "a\ufffe"])
def test_what_no_file_may_hold_is_refused(reading: Json) -> None:
    """A reading from outside that is no text is refused, and no error."""
    assert isinstance(read(reading, span_of("Был")), Refusal)


@pytest.mark.parametrize("spans", [(), ((0, 3), (5, 8))])
def test_a_finding_needs_one_place(spans: tuple[tuple[int, int], ...]) -> None:
    """A finding about several places, or about markup, is refused by name."""
    found = read("x", *spans)
    assert isinstance(found, Refusal)
    assert found.why.endswith("mend the text itself")


def test_readings_of_the_same_words_are_both_refused() -> None:
    """Readings that overlap are named with each other; those that only touch, or insert at one place, are not."""
    spans = [(0, 3), (2, 5), (5, 9), (9, 9), (9, 9), (12, 20), (13, 13)]
    found = [Reading(event(None), Finding(code="c"), "t.txt", span, "", "") for span in spans]
    assert overlapping(found) == {0: 1, 1: 0, 5: 6, 6: 5}
    assert overlapping(found[2:5]) == {}


def test_a_place_moves_when_its_text_is_edited() -> None:
    """An edit further on leaves a place where it is; one before it or in it does not."""
    long = f"{'слово ' * 20}{TEXT}{' слово' * 20}"
    found = read("Багрецов", (long.index("Багрицов"), long.index("Багрицов") + 8), text=long)
    assert moved_since(found, long, long + " конец") is None
    assert moved_since(found, long, long.replace("слово", "дело", 1) + " конец") is not None
    assert "“Багрицов” is no longer" in (moved_since(found, long, long.replace("Багрицов", "Иванов")) or "")


def test_the_codes_of_missing_words_are_in_the_catalogue() -> None:
    """The findings whose readings are put between other words are findings that there are."""
    assert set(MISSING_WORDS) <= set(CATALOGUE)
