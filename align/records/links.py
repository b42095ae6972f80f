"""links.jsonl: one row for each sentence of every source text, in text order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from align.model import Link, Page, VolumeResult
from align.records.areas import (
    decoded_area,
    decoded_spans,
    encoded_area,
    encoded_share,
    encoded_spans,
    line_numbers_of,
)
from align.records.record import ReadRow, Record, Row


def _encode(volume: VolumeResult) -> Iterator[Row]:
    pages = {page.order: page for page in volume.pages}
    return (_row(link, pages) for link in volume.links)


def _row(link: Link, pages: Mapping[int, Page]) -> Row:
    return {
        "sentence": link.sentence,
        "key": link.key,
        "document": link.document,
        "text": link.text,
        "kind": link.kind,
        "language": link.language,
        "role": link.role,
        "spans": encoded_spans(link.spans),
        "content": link.content,
        "status": link.status,
        "score": encoded_share(link.score),
        "reason": link.reason,
        "via": link.via,
        "counterparts": list(link.counterparts),
        "areas": [encoded_area(area, pages) for area in link.areas],
        "decided": link.decided,
    }


def _decode(volume: VolumeResult, rows: Sequence[ReadRow]) -> VolumeResult:
    return replace(volume, links=decoded_links(rows, line_numbers_of(volume.pages)))


def decoded_links(rows: Iterable[ReadRow], line_numbers: Mapping[str, int]) -> tuple[Link, ...]:
    """The links of these rows; `line_numbers` gives the 0-based index of a line on its page by the line's id."""
    return tuple(_link(row, line_numbers) for row in rows)


def _link(row: ReadRow, line_numbers: Mapping[str, int]) -> Link:
    return Link(
        sentence=row["sentence"],
        key=row["key"],
        document=row["document"],
        text=row["text"],
        kind=row["kind"],
        language=row["language"],
        role=row["role"],
        spans=decoded_spans(row["spans"]),
        content=row["content"],
        status=row["status"],
        score=row["score"],
        reason=row["reason"],
        via=row["via"],
        counterparts=tuple(row["counterparts"]),
        areas=tuple(decoded_area(area, line_numbers) for area in row["areas"]),
        decided=row["decided"],
    )


LINKS = Record("links", _encode, _decode)
