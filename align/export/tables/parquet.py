"""Tables as Parquet; pyarrow is loaded when it is asked for, because it is optional."""

from __future__ import annotations

import json
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
            writer.write_table(_arrow_table(block, schema))
    return bytes(sink.getvalue())


def _arrow_table(block: Columns, schema: Any) -> Any:  # noqa: ANN401 - the library does not say its types
    """The columns as a table of pyarrow, by way of JSON.

    Where it is given Python's values it looks whether they are of pandas, and so loads pandas: 50 MB for nothing.
    """
    arrow, reader = installed("pyarrow"), installed("pyarrow.json")
    rows = (dict(zip(block, cells, strict=True)) for cells in zip(*block.values(), strict=True))
    data = "\n".join(map(json.dumps, rows)).encode("ascii")
    whole = reader.ReadOptions(use_threads=False, block_size=len(data) + 1)
    exact = reader.ParseOptions(explicit_schema=schema, unexpected_field_behavior="error")
    return reader.read_json(arrow.BufferReader(data), read_options=whole, parse_options=exact).cast(schema)


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
