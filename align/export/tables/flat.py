"""Tables as CSV, whose cells hold one value each: lists are written in one cell, with "; " between their items."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from align.export import spreadsheet
from align.export.tables.columns import Cells, Column, Table

SEPARATOR = "; "
# Names of hex digits, which a spreadsheet could take for numbers.
_OPAQUE = ("key",)


def csv_of(table: Table, volume: str, rows: Iterable[Cells]) -> Iterator[bytes]:
    """The parts of a CSV file of these rows; the volume is their first column."""
    columns = [spreadsheet.Column(column.name, opaque=column.name in _OPAQUE) for column in table.columns]
    return spreadsheet.csv_parts(columns, (_flat(table.columns, (volume, *row)) for row in rows))


def _flat(columns: Sequence[Column], row: Cells) -> list[spreadsheet.Cell]:
    return [flat_cell(column, cell) for column, cell in zip(columns, row, strict=True)]


def flat_cell(column: Column, cell: object) -> spreadsheet.Cell:
    """The value of a cell in one piece.

    >>> flat_cell(Column("spans", "spans", ""), [[12, 40], [45, 60]]), flat_cell(Column("pages", "wholes", ""), [1, 2])
    ('12..40; 45..60', '1; 2')
    """
    if column.type == "spans":
        assert isinstance(cell, list)
        return SEPARATOR.join(f"{start}..{end}" for start, end in cell)
    if column.type in ("texts", "wholes"):
        assert isinstance(cell, list)
        return SEPARATOR.join("" if item is None else str(item) for item in cell)
    assert cell is None or isinstance(cell, str | int | float)
    return cell
