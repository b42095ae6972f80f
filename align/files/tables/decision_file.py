"""A file of decisions from outside: JSON lines, or a table, found out by its bytes and not by its name."""

from __future__ import annotations

from pathlib import Path

from align.errors import InputError
from align.files.paths import shown
from align.files.tables.table_file import IsHeading, Table, table_bytes, table_of


def decision_file(path: Path, is_heading: IsHeading) -> Table | list[str]:
    """The lines of a file of JSON lines, or the table that it holds; errors as of `table_of`."""
    data = table_bytes(path)
    if data.removeprefix(b"\xef\xbb\xbf").lstrip()[:1] != b"{":
        return table_of(data, shown(str(path)), is_heading)
    try:
        return data.decode("utf-8-sig").split("\n")
    except UnicodeDecodeError as error:
        raise InputError(
            f"{shown(str(path))} is damaged at byte {error.start}, since it is not UTF-8: export it again.",
            cause="damaged",
        ) from error
