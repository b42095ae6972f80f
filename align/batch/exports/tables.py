"""`--format csv`, `--format parquet` and `--format xlsx`: results as tables."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from align.batch.exports.parts import Files, Part, export_parts
from align.batch.exports.request import Exported, ExportRequest
from align.export.tables.columns import BLOCK_ROWS, Columns, Table, columns_of
from align.export.tables.declared import TABLES, TableName
from align.export.tables.flat import csv_of
from align.export.tables.parquet import installed, parquet_bytes
from align.export.tables.side_by_side import side_by_side

# Words are left out: they are many, and `Results.frame("words")` has them.
WRITTEN: tuple[TableName, ...] = ("links", "areas", "pairs", "lines", "pages", "documents", "findings")


def export_csv(request: ExportRequest) -> Exported:
    """Write the tables of each volume or document as CSV files."""
    return export_parts(request, "csv", _csv)


def export_parquet(request: ExportRequest) -> Exported:
    """Write the tables of each volume or document as Parquet files; MissingDependencyError without pyarrow."""
    installed("pyarrow")
    return export_parts(request, "parquet", _parquet)


def export_xlsx(request: ExportRequest) -> Exported:
    """Write a table of the sentence pairs of each volume or document for Excel and LibreOffice."""
    return export_parts(request, "xlsx", _xlsx)


def _csv(part: Part) -> Files:
    for name in WRITTEN:
        table = TABLES[name]
        yield f"{part.name}/{name}.csv", csv_of(table, part.pieces.name, table.cells(part.rows(table.file)))


def _parquet(part: Part) -> Files:
    for name in WRITTEN:
        yield f"{part.name}/{name}.parquet", parquet_bytes(TABLES[name], _blocks(part, TABLES[name]))


def _blocks(part: Part, table: Table) -> Iterator[Columns]:
    rows = part.rows(table.file)
    while block := list(islice(rows, BLOCK_ROWS)):
        yield columns_of(table, [(part.pieces.name, block)])


def _xlsx(part: Part) -> Files:
    name = f"{part.name}.xlsx"
    yield name, side_by_side(part.outlines(), up="../" * (name.count("/") + 1))
