"""Events as rows of their table, and back."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from sqlalchemy import Row

from align.model.decision import Event, Subject, Where


def row_of(number: int, event: Event) -> dict[str, object]:
    """The row of an event."""
    more = {
        "value": event.value and dict(event.value),
        "comment": event.comment,
        "texts": dict(event.texts),
        "content": event.content,
        "where": {name: value for name, value in asdict(event.where).items() if value is not None},
    }
    return {
        "number": number,
        "event": event.event,
        "time": event.time,
        "by": event.by,
        "kind": event.subject.kind,
        "key": event.subject.key,
        "decision": event.decision,
        "flag": event.flag,
        "based_on": event.based_on,
        "batch": event.batch,
        "more": json.dumps(more, allow_nan=False),
    }


def event_of_row(row: Row[Any]) -> Event:
    """The event of a row; ValueError, LookupError or TypeError where the row is none that was written here."""
    more: Mapping[str, Any] = json.loads(row.more)
    return Event(
        event=row.event,
        time=row.time,
        by=row.by,
        subject=Subject(row.kind, row.key),
        decision=row.decision,
        value=more["value"],
        comment=more["comment"],
        flag=row.flag,
        based_on=row.based_on,
        batch=row.batch,
        texts=more["texts"],
        content=more["content"],
        where=Where(**more["where"]),
    )
