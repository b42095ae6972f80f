"""JSON as published: UTF-8, one row a line, keys in a fixed order, the same bytes for the same rows."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

Value = Mapping[str, object]

# The version of the rows. Raise it when a program that reads the old rows would misunderstand the new ones.
# Version 2: the confidence of a word or a line may be null, which says that the OCR states none.
# Version 3: what editors decided; a line of an area may be null, where an editor drew a box and no line was read.
SCHEMA_VERSION = 3

# UTF-8 cannot hold half of a surrogate pair, and many programs end a line at the other three characters.
# JSON may write each of them as \uXXXX.
_ESCAPED = re.compile("[\ud800-\udfff\u0085\u2028\u2029]")


def json_lines(rows: Iterable[Value]) -> str:
    r"""The rows as JSON lines: one row a line, each line ended by LF; the empty text for no rows.

    A text with half of a surrogate pair, or with a line end of Unicode, stays one line that UTF-8 can hold. A number
    that is not finite is a bug, and raises ValueError.

    >>> json_lines([{"text": "мир"}, {"text": "a\u2028b"}])
    '{"text": "мир"}\n{"text": "a\\u2028b"}\n'
    """
    return "".join(json_rows(rows))


def json_rows(rows: Iterable[Value]) -> Iterator[str]:
    """The lines of `json_lines`, one at a time, for a file that is too large to be held whole."""
    return (_safe(json.dumps(row, ensure_ascii=False, allow_nan=False)) + "\n" for row in rows)


def rows_of(data: bytes) -> list[dict[str, Any]]:
    r"""The rows of JSON lines, without blank lines; ValueError where the bytes are not JSON lines.

    >>> rows_of(b'{"a": 1}\n\n{"b": null}\n')
    [{'a': 1}, {'b': None}]
    """
    try:
        rows = [json.loads(part) for part in data.split(b"\n") if part.strip()]
    except RecursionError as error:
        raise ValueError("JSON that is nested too deep") from error
    if not all(isinstance(row, dict) for row in rows):
        raise ValueError("a line is not a JSON object")
    return rows


def json_document(value: Value) -> str:
    """The value as one indented JSON text that ends in LF, for run.json."""
    return _safe(json.dumps(value, ensure_ascii=False, allow_nan=False, indent=2)) + "\n"


def _safe(text: str) -> str:
    return _ESCAPED.sub(lambda m: f"\\u{ord(m.group()):04x}", text)
