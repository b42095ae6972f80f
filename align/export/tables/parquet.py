"""Tables as Parquet; pyarrow is loaded when it is asked for, because it is optional."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from importlib import import_module
from typing import Any

from align.errors import MissingDependencyError
from align.export.tables.columns import Columns, Table


def parquet_bytes(table: Table, blocks: Iterable[Columns]) -> bytes:
    """A Parquet file of these columns, a row group for each block; MissingDependencyError without pyarrow."""
    arrow, parquet = installed("pyarrow"), installed("pyarrow.parquet")
    types: Mapping[str, Any] = {
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
    sink = arrow.BufferOutputStream()
    with parquet.ParquetWriter(sink, schema) as writer:
        for block in blocks:
            writer.write_table(arrow.Table.from_pydict(dict(block), schema=schema))
    return bytes(sink.getvalue())


def installed(name: str) -> Any:  # noqa: ANN401 - the libraries do not say their types
    """The library of this name; MissingDependencyError where it is not installed."""
    try:
        return import_module(name)
    except ImportError as error:
        raise MissingDependencyError(
            f"Data frames and Parquet files need {name.split('.')[0]}, which is not installed; install it with: "
            "pip install 'facsimile-align[frames]'",
            cause="no-frames",
        ) from error
