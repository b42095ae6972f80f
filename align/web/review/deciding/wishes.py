"""What a browser asks to be decided, read from JSON that may hold anything."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import cast, get_args

from align.model.decision import CHOICES, Event, Json, Subject, SubjectKind

_NAME = re.compile(r"[0-9a-f]{32}")
_KEY = re.compile(r"[0-9a-f]{16}")


class UnfitWishError(ValueError):
    """What is asked cannot be done; the text is one sentence that says why."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What an editor wants to be decided; `event` is the name of the event that will say so.

    `align.decisions.values.fault` checks what is in it when it is an event.
    """

    event: str
    decision: str | None
    value: Mapping[str, Json] | None
    comment: str
    flag: bool
    batch: str | None

    def says(self, event: Event) -> bool:
        """Whether an event that is kept says what is wished, so that the wish is the same one again."""
        kept = event.decision, event.value or None, event.comment, event.flag
        return kept == (self.decision, self.value or None, self.comment, self.flag)


def read_json(body: bytes) -> Mapping[str, Json]:
    """The object that this body holds; UnfitWishError where it holds none.

    >>> read_json(b'{"flag": true}')
    {'flag': True}
    """
    try:
        found = json.loads(body, object_pairs_hook=_object, parse_constant=_no_number)
    except UnfitWishError:
        raise
    except (ValueError, RecursionError) as error:
        raise UnfitWishError("The request holds no JSON: reload the page.") from error
    if not isinstance(found, dict):
        raise UnfitWishError("The request holds no JSON object: reload the page.")
    return found


def subject_of(kind: object, key: object) -> Subject:
    """The subject of this kind and key; UnfitWishError where no subject can have them."""
    if kind not in get_args(SubjectKind) or not isinstance(key, str) or not _KEY.fullmatch(key):
        raise UnfitWishError("There is no subject of this kind and key: reload the page.")
    return Subject(cast(SubjectKind, kind), key)


def event_name(value: object, what: str = "event") -> str:
    """The name of an event or of a batch, 32 hex digits; UnfitWishError for all else."""
    if not isinstance(value, str) or not _NAME.fullmatch(value):
        raise UnfitWishError(f"The name of the {what} must have 32 hex digits.")
    return value


def wish_of(kind: SubjectKind, asked: Mapping[str, Json]) -> Wish:
    """The wish about a subject of this kind; UnfitWishError says what is wrong with it."""
    decision, value = asked.get("decision"), asked.get("value")
    comment, flag, batch = asked.get("comment", ""), asked.get("flag", False), asked.get("batch")
    if decision is not None and decision not in CHOICES[kind]:
        raise UnfitWishError(f"Of a {kind} can be decided: {', '.join(CHOICES[kind])}.")
    if not isinstance(comment, str) or not isinstance(flag, bool) or not isinstance(value, dict | None):
        raise UnfitWishError("A comment is a text, a flag is true or false, and a value is an object: reload the page.")
    return Wish(
        event=event_name(asked.get("event")),
        decision=decision,
        value=value,
        comment=comment,
        flag=flag,
        batch=None if batch is None else event_name(batch, "batch"),
    )


def _object(pairs: list[tuple[str, Json]]) -> dict[str, Json]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise UnfitWishError("The request says one thing twice: reload the page.")
    return found


def _no_number(name: str) -> float:
    raise UnfitWishError(f"{name} is no number: reload the page.")
