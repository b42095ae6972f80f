"""documents.jsonl: one row a document, in the order of its first text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from align.model import Box, Document, DocumentState, VolumeResult
from align.records.areas import encoded_box
from align.records.record import ReadRow, Record, Row


def _encode(volume: VolumeResult) -> Iterator[Row]:
    return (_row(document) for document in volume.documents)


def _row(document: Document) -> Row:
    state = document.state
    return {
        "document": document.document,
        "title": document.title,
        "date": document.date,
        "author": document.author,
        "details": dict(document.details),
        "texts": list(document.texts),
        "areas": [{"page": order, "box": encoded_box(box)} for order, box in document.areas],
        "state": None if state is None else {"state": state.state, "by": state.by, "time": state.time},
    }


def _decode(volume: VolumeResult, rows: Sequence[ReadRow]) -> VolumeResult:
    return replace(volume, documents=tuple(_document(row) for row in rows))


def _document(row: ReadRow) -> Document:
    return Document(
        document=row["document"],
        title=row["title"],
        date=row["date"],
        author=row["author"],
        details=row["details"],
        texts=tuple(row["texts"]),
        areas=tuple((area["page"], Box.from_xywh(area["box"])) for area in row["areas"]),
        state=None if row["state"] is None else DocumentState(**row["state"]),
    )


DOCUMENTS = Record("documents", _encode, _decode)
