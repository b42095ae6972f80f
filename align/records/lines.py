"""lines.jsonl: one row for each line that was read, page by page in reading order, with its matches in the texts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace

from align.model import Box, Line, Match, Page, Polygon, VolumeResult, Word
from align.records.areas import decoded_polygon, encoded_box, encoded_confidence, encoded_polygon, encoded_share
from align.records.record import ReadRow, Record, Row


def _encode(volume: VolumeResult) -> Iterator[Row]:
    for page, matches in zip(volume.pages, volume.matches, strict=True):
        for index, line in enumerate(page.lines):
            yield _row(page, index, line, matches.get(index, ()))


def _row(page: Page, index: int, line: Line, matches: Sequence[Match]) -> Row:
    return {
        "line": page.line_id(index),
        "page": page.order,
        "box": encoded_box(line.box),
        "polygon": encoded_polygon(line.polygon),
        "outlines": [encoded_polygon(outline) for outline in line.drawn],
        "text": line.text,
        "confidence": encoded_confidence(line.confidence),
        "role": line.role,
        "words": [
            {"text": word.text, "box": encoded_box(word.box), "confidence": encoded_confidence(word.confidence)}
            for word in line.words
        ],
        "matches": [
            {"text": match.text, "span": list(match.span), "similarity": encoded_share(match.similarity)}
            for match in matches
        ],
    }


def _decode(volume: VolumeResult, rows: Sequence[ReadRow]) -> VolumeResult:
    rows_of_page: dict[int, list[ReadRow]] = defaultdict(list)
    for row in rows:
        rows_of_page[row["page"]].append(row)
    return replace(
        volume,
        pages=tuple(
            replace(page, lines=tuple(_line(row) for row in rows_of_page[page.order])) for page in volume.pages
        ),
        matches=tuple(_matches(rows_of_page[page.order]) for page in volume.pages),
    )


def _line(row: ReadRow) -> Line:
    words = []
    for word in row["words"]:
        box = Box.from_xywh(word["box"])
        words.append(Word(word["text"], box, Polygon(box.corners), word["confidence"]))
    polygon = decoded_polygon(row["polygon"])
    outlines = tuple(decoded_polygon(points) for points in row.get("outlines", [row["polygon"]]))
    return Line(tuple(words), polygon, 0, row["role"], None if outlines == (polygon,) else outlines)


def _matches(rows: Sequence[ReadRow]) -> dict[int, tuple[Match, ...]]:
    return {
        index: tuple(Match(match["text"], tuple(match["span"]), match["similarity"]) for match in row["matches"])
        for index, row in enumerate(rows)
        if row["matches"]
    }


LINES = Record("lines", _encode, _decode)
