"""The form in which decisions leave and come back: JSON lines, one event a line."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import asdict, fields
from typing import Any, get_args

from align.decisions.values import fault
from align.errors import InputError
from align.model.decision import Event, Subject, SubjectKind, Where

_ORDER = tuple(field.name for field in fields(Event))
_NEEDED = frozenset({"event", "time", "by", "subject", "decision"})
# UTF-8 cannot hold half of a surrogate pair, and many programs end a line at the other three characters.
_ESCAPED = re.compile("[\ud800-\udfff\u0085\u2028\u2029]")
_KINDS: Mapping[str, tuple[type, ...]] = {
    "event": (str,),
    "time": (str,),
    "by": (str,),
    "subject": (dict,),
    "decision": (str, type(None)),
    "value": (dict, type(None)),
    "comment": (str,),
    "flag": (bool,),
    "based_on": (str, type(None)),
    "batch": (str, type(None)),
    "texts": (dict,),
    "content": (str,),
    "where": (dict,),
}
_WHERE: Mapping[str, type] = {
    field.name: {"page": int, "score": float, "twins": int}.get(field.name, str) for field in fields(Where)
}
# Digits of a whole number: pages and boxes have seven at most.
_MOST_DIGITS = 18
LONGEST_LINE = 8_000_000
"""Characters of a line at most: above the longest event, far below what would fill the memory."""


def row_of_event(event: Event) -> dict[str, object]:
    """The event as the object of its line: what HTTP and files have in common."""
    row: dict[str, object] = {name: getattr(event, name) for name in _ORDER}
    row["subject"] = event.subject._asdict()
    row["value"] = None if event.value is None else dict(event.value)
    row["texts"] = dict(event.texts)
    row["where"] = {name: value for name, value in asdict(event.where).items() if value is not None}
    return row


def event_line(event: Event) -> str:
    """The event as one line of JSON, without the line's end; `event_of` makes the same event of it."""
    line = json.dumps(row_of_event(event), ensure_ascii=False, allow_nan=False)
    return _ESCAPED.sub(lambda found: f"\\u{ord(found.group()):04x}", line)


def event_of(line: str, number: int = 1) -> Event:
    """The event of a line from outside; InputError ("unfit") names the line by its number, and what is wrong."""
    try:
        if len(line) > LONGEST_LINE:
            raise ValueError("it is too long")
        event = _event(json.loads(line, object_pairs_hook=_object, parse_constant=_no_number, parse_int=_whole))
    except RecursionError as error:
        raise _unfit(number, "it is nested too deep") from error
    except json.JSONDecodeError as error:
        raise _unfit(number, f"it is no JSON ({error.msg}, column {error.colno})") from error
    except ValueError as error:
        raise _unfit(number, str(error)) from error
    if why := fault(event):
        raise _unfit(number, why)
    return event


def _unfit(number: int, why: str) -> InputError:
    return InputError(
        f"Line {number} is no decision that can be taken in, since {why}: write it as `align decisions export` does.",
        cause="unfit",
    )


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ValueError("it has a field twice")
    return found


def _whole(digits: str) -> int:
    if len(digits) > _MOST_DIGITS:
        raise ValueError(f"it has a number of {len(digits)} digits")
    return int(digits)


def _no_number(name: str) -> float:
    raise ValueError(f"{name} is no number")


def _event(row: object) -> Event:
    """The event of an object; ValueError with a clause where its fields are not those of an event."""
    if not isinstance(row, dict):
        raise ValueError("it is no object")
    missing, unknown = sorted(_NEEDED - row.keys()), sorted(row.keys() - _KINDS.keys())
    if missing or unknown:
        raise ValueError(f'it lacks "{missing[0]}"' if missing else f"it has a field that is not known: {unknown[0]!r}")
    for name, value in row.items():
        if type(value) not in _KINDS[name]:
            raise ValueError(f'"{name}" is of a wrong kind')
    subject, texts, where = row["subject"], row.get("texts", {}), row.get("where", {})
    if subject.keys() != {"kind", "key"} or not all(isinstance(part, str) for part in subject.values()):
        raise ValueError('the subject is not {"kind", "key"}')
    if subject["kind"] not in get_args(SubjectKind):
        raise ValueError(f"{subject['kind']!r} is nothing that is decided on")
    if not all(isinstance(digest, str) for digest in texts.values()):
        raise ValueError('"texts" is not {path: digest}')
    if not where.keys() <= _WHERE.keys() or any(type(value) is not _WHERE[name] for name, value in where.items()):
        raise ValueError('"where" is not as it is written')
    return Event(**{**row, "subject": Subject(subject["kind"], subject["key"]), "where": Where(**where)})
