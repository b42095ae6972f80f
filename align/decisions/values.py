"""Whether an event is fit to be kept: what is wrong with its names, its words and its value, said in one clause."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import datetime
from types import MappingProxyType
from typing import get_args

from align.model.decision import CHOICES, UNDONE, Event, Json, Subject, SubjectKind

_NAME = re.compile("[0-9a-f]{32}")
_KEY = re.compile("[0-9a-f]{16}")
_DIGEST = re.compile("[0-9a-f]{64}")
_TIME = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\.[0-9]{3}Z")
# Characters that a name or a comment may not hold: controls, halves of surrogate pairs; a comment may have lines.
_UNFIT_NAME = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")
_UNFIT_TEXT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")

LONGEST_NAME = 200
"""Characters of an editor's name, a batch or a label at most."""
LONGEST_TEXT = 10_000
"""Characters of a comment or of a reading at most: some five pages, more than anybody writes about one finding."""
LONGEST_CONTENT = 1_000_000
"""Characters of the content of a subject at most; the longest is what stands on a page of a newspaper."""
MOST_PARTS = 1_000
"""Boxes, areas, texts or sentences of one decision at most."""
LARGEST_PIXEL = 1_000_000
"""The largest coordinate, in pixels of a scan; no image that is read is larger."""


def fault(event: Event) -> str | None:
    """What is wrong with an event, as a clause such as "its time is not UTC"; None where it is fit to be kept."""
    return (
        _names(event)
        or _fault_of_text(event.by, "the editor's name", LONGEST_NAME, _UNFIT_NAME)
        or ("the editor's name is empty" if not event.by.strip() else None)
        or _fault_of_text(event.comment, "the comment", LONGEST_TEXT, _UNFIT_TEXT)
        or ("the content is too long" if len(event.content) > LONGEST_CONTENT else None)
        or _texts(event.texts)
        or ("the score is not within 0 and 1" if not 0 <= (event.where.score or 0) <= 1 else None)
        or fault_of_value(event.subject, event.decision, event.value)
    )


def fault_of_value(subject: Subject, decision: str | None, value: Mapping[str, Json] | None) -> str | None:
    """What is wrong with a decision and its value, as a clause; None where both are what CHOICES describes."""
    kind = subject.kind
    if decision not in (None, UNDONE, *CHOICES[kind]):
        return f"{decision!r} cannot be decided of a {kind}"
    check = _VALUES.get((kind, decision))
    if check is None:
        return f"{decision!r} of a {kind} has no value" if value else None
    return check(subject, value)


def _names(event: Event) -> str | None:
    if event.subject.kind not in get_args(SubjectKind):
        return f"{event.subject.kind!r} is nothing that is decided on"
    if not _NAME.fullmatch(event.event):
        return "the name of an event has 32 hex digits"
    if not is_key(event.subject.key):
        return "the key of a subject has 16 hex digits"
    if not _is_time(event.time):
        return "the time is none, or is not written as 2026-11-28T08:00:00.000Z"
    if event.based_on is not None and not _NAME.fullmatch(event.based_on):
        return "the event it is based on has no name of 32 hex digits"
    if event.batch is not None:
        return (
            "the batch has no name"
            if not event.batch
            else _fault_of_text(event.batch, "the name of the batch", LONGEST_NAME, _UNFIT_NAME)
        )
    return None


def _is_time(text: str) -> bool:
    """Whether the text is a moment that there is, written as events have it."""
    try:
        return _TIME.fullmatch(text) is not None and datetime.fromisoformat(text).tzinfo is not None
    except ValueError:
        return False


def _texts(texts: Mapping[str, str]) -> str | None:
    if len(texts) > MOST_PARTS:
        return f"more than {MOST_PARTS} texts were decided on"
    if not all(path and _DIGEST.fullmatch(digest) for path, digest in texts.items()):
        return "the digest of a text has 64 hex digits"
    return None


def _fault_of_text(text: str, what: str, longest: int, unfit: re.Pattern[str]) -> str | None:
    if len(text) > longest:
        return f"{what} is longer than {longest} characters"
    return f"{what} holds a control character" if unfit.search(text) else None


def is_key(value: object) -> bool:
    """Whether the value is a key as subjects have it."""
    return isinstance(value, str) and _KEY.fullmatch(value) is not None


def _reading(_: Subject, value: Mapping[str, Json] | None) -> str | None:
    if not value:
        return None
    reading = value.get("reading")
    if set(value) != {"reading"} or not isinstance(reading, str):
        return 'the value is not {"reading": text}'
    return _fault_of_text(reading, "the reading", LONGEST_TEXT, _UNFIT_TEXT)


def _placed(_: Subject, value: Mapping[str, Json] | None) -> str | None:
    areas = (value or {}).get("areas")
    if not isinstance(areas, list) or not 0 < len(areas) <= MOST_PARTS or set(value or {}) != {"areas"}:
        return 'the value is not {"areas": [{"page": key, "boxes": [[x, y, width, height]]}]}'
    for area in areas:
        if not isinstance(area, dict) or set(area) != {"page", "boxes"} or not is_key(area["page"]):
            return "an area is a page's key and its boxes"
        boxes = area["boxes"]
        if not isinstance(boxes, list) or not 0 < len(boxes) <= MOST_PARTS or not all(map(_is_box, boxes)):
            return "a box is [x, y, width, height] in whole pixels of the scan, and not empty"
    pages = [area["page"] for area in areas if isinstance(area, dict)]
    return "a page is named by two areas" if len(set(map(str, pages))) < len(pages) else None


def _is_box(box: Json) -> bool:
    if not isinstance(box, list) or len(box) != 4:
        return False
    whole = all(type(n) is int and 0 <= n <= LARGEST_PIXEL for n in box)
    return whole and box[2] != 0 and box[3] != 0


def _paired(_: Subject, value: Mapping[str, Json] | None) -> str | None:
    sides = [(value or {}).get(side) for side in ("transcription", "translation")]
    wrong = 'the value is not {"transcription": [keys], "translation": [keys]}'
    keys: list[Json] = []
    for side in sides:
        if not isinstance(side, list) or len(side) > MOST_PARTS or not all(map(is_key, side)):
            return wrong
        keys += side
    if len(value or {}) != 2 or not keys:
        return wrong
    return "a sentence is named twice" if len(set(map(str, keys))) < len(keys) else None


def _stated(subject: Subject, value: Mapping[str, Json] | None) -> str | None:
    value = value or {}
    if not value or not set(value) <= {"label", "after", "copy_of", "blank"}:
        return 'the value of a page has one or more of "label", "after", "copy_of" and "blank"'
    label, after, copy_of = value.get("label"), value.get("after"), value.get("copy_of")
    if label is not None:
        if not isinstance(label, str) or not label.strip():
            return "the label is not a text"
        wrong = _fault_of_text(label, "the label", LONGEST_NAME, _UNFIT_NAME)
        if wrong:
            return wrong
    if after is not None and (not is_key(after) or after == subject.key):
        return "a page comes after another page, which is named by its key, or at the beginning (null)"
    if "copy_of" in value and (not is_key(copy_of) or copy_of == subject.key):
        return "a page is a copy of another page, which is named by its key"
    if "blank" in value and (value["blank"] is not True or "copy_of" in value):
        return '"blank" is true, or is left out; a blank page is no copy'
    return None


_VALUES: Mapping[tuple[SubjectKind, str | None], Callable[[Subject, Mapping[str, Json] | None], str | None]] = (
    MappingProxyType(
        {
            ("finding", "mend"): _reading,
            ("link", "placed"): _placed,
            ("pair", "paired"): _paired,
            ("page", "stated"): _stated,
        }
    )
)
