"""JSON as published: UTF-8, one row a line, keys in the contract's order, the same bytes for the same rows."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping

Row = Mapping[str, object]

# The number of the contract that these rows keep; goes up when a reader of the old rows would be misled by the new.
SCHEMA_VERSION = 1

# Half of a surrogate pair has no UTF-8, and the other three end a line for many readers; JSON may write all as \uXXXX.
_ESCAPED = re.compile("[\ud800-\udfff\u0085\u2028\u2029]")


def json_lines(rows: Iterable[Row]) -> str:
    r"""The rows as JSON lines: one row a line, each line ended by LF; the empty text for no rows.

    A text with half of a surrogate pair, or with a line end of Unicode, stays one line that UTF-8 can hold. A number
    that is not finite is a bug, and raises ValueError.

    >>> json_lines([{"text": "мир"}, {"text": "a\u2028b"}])
    '{"text": "мир"}\n{"text": "a\\u2028b"}\n'
    """
    return "".join(_safe(json.dumps(row, ensure_ascii=False, allow_nan=False)) + "\n" for row in rows)


def json_document(value: Row) -> str:
    """The value as one indented JSON text that ends in LF, for run.json."""
    return _safe(json.dumps(value, ensure_ascii=False, allow_nan=False, indent=2)) + "\n"


def _safe(text: str) -> str:
    return _ESCAPED.sub(lambda m: f"\\u{ord(m.group()):04x}", text)
