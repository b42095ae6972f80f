"""Decisions given out: all events as JSON lines, or the decisions that stand as a table."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator

from align.decisions.json_lines import event_line
from align.decisions.subjects import words_of
from align.decisions.table import COMMENT, DECISION, EVENT, KEY, KIND, READING, SECOND, VALUE, cells_of, reading_of
from align.export.spreadsheet import Cell, Column, table_csv
from align.model.decision import Event

COLUMNS = (
    Column(DECISION),
    Column(COMMENT),
    Column(READING),
    Column(SECOND),
    Column(KIND),
    Column(KEY, opaque=True),
    Column(VALUE),
    Column("volume"),
    Column("document"),
    Column("text"),
    Column("sentence"),
    Column("page"),
    Column("code"),
    Column("words"),
    Column("decided by"),
    Column("time"),
    Column(EVENT, opaque=True),
)


def as_lines(events: Iterable[Event]) -> bytes:
    """The events as JSON lines, in their order."""
    return "".join(f"{event_line(event)}\n" for event in events).encode("utf-8")


def as_table(standing: Iterable[Event]) -> bytes:
    """The decisions that stand as a CSV table, one a row, which can be taken in again."""
    return table_csv(COLUMNS, _rows(standing))


def _rows(standing: Iterable[Event]) -> Iterator[tuple[Cell, ...]]:
    for event in standing:
        where = event.where
        more = {} if reading_of(event) else dict(event.value or {})
        yield (
            *cells_of(event),
            event.subject.kind,
            event.subject.key,
            json.dumps(more, ensure_ascii=False) if more else "",
            where.volume or "",
            where.document or "",
            where.text or "",
            where.sentence or "",
            where.page,
            where.code or "",
            words_of(event.content),
            event.by,
            event.time,
            event.event,
        )
