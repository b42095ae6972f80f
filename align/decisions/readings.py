"""Which words of which text the accepted readings replace, and which readings cannot be taken over, and why."""

from __future__ import annotations

import unicodedata
from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from align.decisions.gaps import Gap, gap_of
from align.decisions.values import LONGEST_TEXT
from align.model import Finding, Span, VolumeResult
from align.model.decision import Event

# Characters around a place that must be as they were, so that the same word further on is not mended.
_CONTEXT = 24


@dataclass(frozen=True, slots=True)
class Reading:
    """An accepted reading and its place: a range of the content of a text, which is empty where words are missing."""

    event: Event
    finding: Finding
    text: str
    span: Span
    old: str
    new: str


class Refusal(NamedTuple):
    """A decision that is not carried out, and why: a clause that ends a sentence."""

    event: Event
    finding: Finding | None
    why: str


def has_reading(event: Event) -> bool:
    """Whether a decision accepts a reading: it says that the text is to be mended, and how."""
    return (
        event.subject.kind == "finding" and event.decision == "mend" and (event.value or {}).get("reading") is not None
    )


def readings_of(
    volume: VolumeResult, decided: Mapping[str, Event], *, missing: Container[str]
) -> Iterator[Reading | Refusal]:
    """The accepted readings of a volume, in the order of its findings; `decided` has the decisions by finding key.

    `missing` are the codes of findings about words that are in no text: their readings are put between other words.
    """
    contents = volume.contents
    for finding in volume.findings:
        event = decided.get(finding.key)
        if event is not None:
            yield _reading(volume, contents, finding, event, is_missing=finding.code in missing)


def _reading(
    volume: VolumeResult, contents: Mapping[str, str], finding: Finding, event: Event, *, is_missing: bool
) -> Reading | Refusal:
    new = _cleaned((event.value or {}).get("reading"))
    if new is None:
        return Refusal(event, finding, "its reading is no text that a file may hold")
    if is_missing:
        gap = gap_of(finding, volume)
        if not isinstance(gap, Gap):
            return Refusal(event, finding, gap)
        if not new:
            return Refusal(event, finding, "its reading is empty, and nothing is to be taken away there")
        return Reading(event, finding, gap.text, (gap.at, gap.at), "", gap.before + new + gap.after)
    content = contents.get(finding.text or "")
    if finding.text is None or content is None:
        return Refusal(event, finding, "it is about no place in one text")
    if len(finding.spans) != 1:
        where = f"{len(finding.spans)} places" if finding.spans else "no place in the words, but in the markup"
        return Refusal(event, finding, f"it is about {where}; mend the text itself")
    start, end = _replaced(content, finding, new)
    return Reading(event, finding, finding.text, (start, end), content[start:end], new)


def _cleaned(reading: object) -> str | None:
    """The reading with single spaces; None where it is not text, is too long, or holds what no file may hold."""
    if not isinstance(reading, str) or len(reading) > LONGEST_TEXT:
        return None
    words = " ".join(reading.split())
    bad = any(unicodedata.category(c) in ("Cc", "Cs") or ord(c) & 0xFFFE == 0xFFFE for c in words)
    return None if bad else words


def _replaced(content: str, finding: Finding, new: str) -> Span:
    """The range that a reading replaces: the words of the finding, of a marker its label alone.

    Points and quotes around the words stay on a side where the reading has none. With no words, a space goes too.
    """
    (start, end), label = finding.spans[0], finding.source_text or ""
    old = content[start:end]
    if label and label != old and old.count(label) == 1:
        at = start + old.index(label)
        return at, at + len(label)
    letters = [n for n, c in enumerate(old) if c.isalnum()]
    if new and letters:
        return (
            start + letters[0] if new[0].isalnum() else start,
            start + _letter_end(old, letters[-1]) if _ends_in_letter(new) else end,
        )
    if not new and start and content[start - 1] == " ":
        start -= 1
    elif not new and content[end : end + 1] == " ":
        end += 1
    return start, end


def _letter_end(text: str, at: int) -> int:
    """Where a letter ends, with its accents."""
    at += 1
    while at < len(text) and unicodedata.category(text[at]).startswith("M"):
        at += 1
    return at


def _ends_in_letter(text: str) -> bool:
    return next(c for c in reversed(text) if not unicodedata.category(c).startswith("M")).isalnum()


def moved_since(reading: Reading, then: str, now: str) -> str | None:
    """Why the place is no longer where it was: `then` is the content that was linked, `now` that of the file.

    None where the words and those around them are as they were.
    """
    start, end = reading.span
    around = slice(max(0, start - _CONTEXT), end + _CONTEXT)
    if then == now or then[around] == now[around]:
        return None
    if reading.old and reading.old != now[start:end]:
        return (
            f"“{reading.old}” is no longer at its place, since the text was edited after the run; run align run again"
        )
    return "the text was edited there after the run; run align run again"


def overlapping(readings: Iterable[Reading]) -> dict[int, int]:
    """The readings that replace the same words, by their indices: for each, one that it meets."""
    found: dict[int, int] = {}
    by_text: dict[str, list[tuple[Span, int]]] = {}
    for n, reading in enumerate(readings):
        by_text.setdefault(reading.text, []).append((reading.span, n))
    for places in by_text.values():
        reach: tuple[int, int] | None = None  # the furthest end so far, and whose it is
        for (start, end), n in sorted(places):
            if reach is not None and start < reach[0]:
                found[n] = reach[1]
                found.setdefault(reach[1], n)
            if reach is None or end > reach[0]:
                reach = end, n
    return found
