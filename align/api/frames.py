"""Tables as pandas data frames and Parquet files; pandas and pyarrow are loaded when they are asked for."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from align.export.tables.columns import CellType, Columns, Table
from align.export.tables.parquet import installed, parquet_bytes

if TYPE_CHECKING:
    import pandas

# pandas' type of a cell, and that of a cell which may be empty.
_PANDAS: Mapping[CellType, tuple[str, str]] = {
    "text": ("string", "string"),
    "whole": ("int64", "Int64"),
    "decimal": ("float64", "float64"),
    "texts": ("object", "object"),
    "wholes": ("object", "object"),
    "spans": ("object", "object"),
}


def data_frame(table: Table, columns: Columns) -> pandas.DataFrame:
    """The columns as a data frame, each of the type that the table declares; MissingDependencyError without pandas."""
    library = installed("pandas")
    frame: pandas.DataFrame = library.DataFrame(
        {
            column.name: library.Series(columns[column.name], dtype=_PANDAS[column.type][column.may_be_empty])
            for column in table.columns
        }
    )
    return frame


def write_parquet(table: Table, columns: Columns, path: Path) -> None:
    """Write the columns to a Parquet file; MissingDependencyError without pyarrow."""
    path.write_bytes(parquet_bytes(table, [columns]))
