"""Tables as pandas data frames and Parquet files; pandas and pyarrow are loaded when they are asked for."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from align.api.columns import CellType, Table
from align.errors import MissingDependencyError

if TYPE_CHECKING:
    import pandas

Columns = Mapping[str, list[object]]

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
    library = _installed("pandas")
    frame: pandas.DataFrame = library.DataFrame(
        {
            column.name: library.Series(columns[column.name], dtype=_PANDAS[column.type][column.may_be_empty])
            for column in table.columns
        }
    )
    return frame


def write_parquet(table: Table, columns: Columns, path: Path) -> None:
    """Write the columns to a Parquet file; MissingDependencyError without pyarrow."""
    arrow, parquet = _installed("pyarrow"), _installed("pyarrow.parquet")
    types = {
        "text": arrow.string(),
        "whole": arrow.int64(),
        "decimal": arrow.float64(),
        "texts": arrow.list_(arrow.string()),
        "wholes": arrow.list_(arrow.int64()),
        "spans": arrow.list_(arrow.list_(arrow.int64())),
    }
    schema = arrow.schema(
        [arrow.field(column.name, types[column.type], nullable=column.may_be_empty) for column in table.columns]
    )
    parquet.write_table(arrow.Table.from_pydict(dict(columns), schema=schema), path)


def _installed(name: str) -> Any:  # noqa: ANN401 - neither library says its types
    try:
        return import_module(name)
    except ImportError as error:
        raise MissingDependencyError(
            f"Data frames need {name.split('.')[0]}, which is not installed; install it with: "
            "pip install 'facsimile-align[frames]'",
            cause="no-frames",
        ) from error
