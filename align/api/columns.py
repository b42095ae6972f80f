"""The tables that results are read into: their columns, declared once, and the cells of their rows."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from typing import Any, Literal, get_args

TableName = Literal["links", "areas", "words", "findings", "pages"]
CellType = Literal["text", "whole", "decimal", "texts", "wholes", "spans"]

Row = Mapping[str, Any]
Cells = tuple[object, ...]


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table: its name, what a cell holds, what it means, and whether a cell may be empty."""

    name: str
    type: CellType
    meaning: str
    may_be_empty: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A table: the result file that it is read from, what a row is, its columns, and the cells of the file's rows.

    `cells` gives them without the first column, the volume.
    """

    file: str
    row_is: str
    columns: tuple[Column, ...]
    cells: Callable[[Iterable[Row]], Iterator[Cells]]


def _links(rows: Iterable[Row]) -> Iterator[Cells]:
    for row in rows:
        areas = row["areas"]
        yield (
            row["sentence"], row["key"], row["document"], row["text"], row["kind"], row["language"], row["role"],
            row["content"], row["status"], row["score"], row["reason"], row["via"], row["counterparts"], row["spans"],
            [area["page"] for area in areas], [area["label"] for area in areas],
        )  # fmt: skip


def _areas(rows: Iterable[Row]) -> Iterator[Cells]:
    for row in rows:
        for area in row["areas"]:
            for (x, y, width, height), line in zip(area["boxes"], area["lines"], strict=True):
                yield (
                    row["sentence"], row["document"], row["kind"], row["language"], row["status"], row["score"],
                    area["page"], area["label"], area["scan"], area["scan_index"], line, x, y, width, height,
                )  # fmt: skip


def _words(rows: Iterable[Row]) -> Iterator[Cells]:
    for row in rows:
        match = row["matches"][0] if row["matches"] else None
        text, start, end = (match["text"], *match["span"]) if match else (None, None, None)
        for number, word in enumerate(row["words"], start=1):
            x, y, width, height = word["box"]
            yield (
                row["page"], row["line"], row["role"], number, word["text"], word["confidence"], x, y, width, height,
                text, start, end,
            )  # fmt: skip


def _findings(rows: Iterable[Row]) -> Iterator[Cells]:
    for row in rows:
        yield (
            row["finding"], row["key"], row["code"], row["severity"], row["document"], row["text"], row["pages"],
            row["lines"], row["sentences"], row["score"], row["message"], row["evidence"]["scan_text"],
            row["evidence"]["source_text"], row["suggestion"],
        )  # fmt: skip


def _pages(rows: Iterable[Row]) -> Iterator[Cells]:
    for row in rows:
        yield (
            row["page"], row["id"], row["key"], row["label"], row["scan"], row["scan_index"], row["width"],
            row["height"], row["rotation"], row["language"], row["status"], row["duplicate_of"],
        )  # fmt: skip


_VOLUME = Column("volume", "text", "name of the volume")
_SENTENCE = Column("sentence", "text", "id of the sentence")
_KEY = Column("key", "text", "16 hex digits that stay while the content stays")
_DOCUMENT = Column("document", "text", "name of the document")
_KIND = Column("kind", "text", "transcription or translation")
_LANGUAGE = Column("language", "text", "language of the text, BCP 47")
_STATUS = Column("status", "text", "linked, partial, doubtful, unlinked or apart")
_SCORE = Column("score", "decimal", "probability that the link is right, 0 to 1")
_PAGE = Column("page", "whole", "order of the page in its volume, from 1")
_LABEL = Column("label", "text", "the page's own number, such as 53 or iv", may_be_empty=True)
_SCAN = Column("scan", "text", "path of the scan's file, relative to the collection")
_SCAN_INDEX = Column("scan_index", "whole", "page of a PDF or TIFF, from 0", may_be_empty=True)
_BOX = (
    Column("x", "whole", "left edge in pixels of the scan"),
    Column("y", "whole", "top edge in pixels of the scan"),
    Column("width", "whole", "width in pixels of the scan"),
    Column("height", "whole", "height in pixels of the scan"),
)

TABLES: Mapping[TableName, Table] = {
    "links": Table(
        "links.jsonl",
        "a sentence of a text",
        (
            _VOLUME, _SENTENCE, _KEY, _DOCUMENT, Column("text", "text", "path of the text"), _KIND, _LANGUAGE,
            Column("role", "text", "body, heading, note or commentary"),
            Column("content", "text", "the sentence, white space collapsed"), _STATUS, _SCORE,
            Column("reason", "text", "why the sentence is not linked", may_be_empty=True),
            Column("via", "text", "how its place was found", may_be_empty=True),
            Column("counterparts", "texts", "ids of the sentences that say the same"),
            Column("spans", "spans", "places in the text: start and end in code points"),
            Column("pages", "wholes", "orders of its pages"), Column("labels", "texts", "labels of its pages"),
        ),
        _links,
    ),
    "areas": Table(
        "links.jsonl",
        "a box of a sentence, one for each line fragment",
        (
            _VOLUME, _SENTENCE, _DOCUMENT, _KIND, _LANGUAGE, _STATUS, _SCORE, _PAGE, _LABEL, _SCAN, _SCAN_INDEX,
            Column("line", "text", "id of the line", may_be_empty=True), *_BOX,
        ),
        _areas,
    ),
    "words": Table(
        "lines.jsonl",
        "a word that was read",
        (
            _VOLUME, _PAGE, Column("line", "text", "id of the line"),
            Column("role", "text", "what the line is: body, heading, page-number ..."),
            Column("number", "whole", "place of the word in its line, from 1"),
            Column("word", "text", "the word as it was read"),
            Column("confidence", "decimal", "how sure the engine is of it, 0 to 1", may_be_empty=True), *_BOX,
            Column("text", "text", "path of the text in which its line was found", may_be_empty=True),
            Column("start", "whole", "where its line begins in that text, in code points", may_be_empty=True),
            Column("end", "whole", "where its line ends in that text, in code points", may_be_empty=True),
        ),
        _words,
    ),
    "findings": Table(
        "findings.jsonl",
        "a finding; the volume is empty where it belongs to none",
        (
            Column("volume", "text", "name of the volume", may_be_empty=True),
            Column("finding", "text", "id of the finding"), _KEY,
            Column("code", "text", "what kind of finding it is"),
            Column("severity", "text", "error, warning or note"),
            Column("document", "text", "name of the document", may_be_empty=True),
            Column("text", "text", "path of the text", may_be_empty=True),
            Column("pages", "wholes", "orders of the pages"), Column("lines", "texts", "ids of the lines"),
            Column("sentences", "texts", "ids of the sentences"),
            Column("score", "decimal", "how sure the program is of it, 0 to 1"),
            Column("message", "text", "what, and where"),
            Column("scan_text", "text", "what was read on the scan", may_be_empty=True),
            Column("source_text", "text", "the words of the text", may_be_empty=True),
            Column("suggestion", "text", "what to do", may_be_empty=True),
        ),
        _findings,
    ),
    "pages": Table(
        "pages.jsonl",
        "a page",
        (
            _VOLUME, _PAGE, Column("id", "text", "id of the page"), _KEY, _LABEL, _SCAN, _SCAN_INDEX,
            Column("width", "whole", "width of the scan in pixels"),
            Column("height", "whole", "height of the scan in pixels"),
            Column("rotation", "whole", "clockwise turn in degrees that makes the page upright"),
            Column("language", "text", "language in which the page was read", may_be_empty=True),
            Column("status", "text", "ok, blank or failed"),
            Column("duplicate_of", "whole", "order of the page that it repeats", may_be_empty=True),
        ),
        _pages,
    ),
}  # fmt: skip
assert tuple(TABLES) == get_args(TableName)


# Rows that are held at once, so that a volume's words take the memory of its columns alone.
BLOCK_ROWS = 1000


def columns_of(table: Table, parts: Iterable[tuple[str | None, Iterable[Row]]]) -> dict[str, list[object]]:
    """The table's columns by name, each a list of cells; `parts` are volumes with the rows of their file."""
    columns: list[list[object]] = [[] for _ in table.columns]
    with _collector_paused():
        for volume, rows in parts:
            cells = table.cells(rows)
            while block := list(islice(cells, BLOCK_ROWS)):
                columns[0] += [volume] * len(block)
                for column, block_cells in zip(columns[1:], zip(*block, strict=True), strict=True):
                    column += block_cells
    return {declared.name: column for declared, column in zip(table.columns, columns, strict=True)}


@contextmanager
def _collector_paused() -> Iterator[None]:
    """A time without garbage collection: cells form no circles, and looking for some among them takes as long again."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()
