"""What a table of results is: its columns, declared once, and the cells of its rows."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from typing import Any, Literal

CellType = Literal["text", "whole", "decimal", "texts", "wholes", "spans"]

Row = Mapping[str, Any]
Cells = tuple[object, ...]
Columns = Mapping[str, list[object]]


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
