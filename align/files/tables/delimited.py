"""Rows of a CSV file as spreadsheets write it: any usual encoding, with commas, semicolons or tabs."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator, Sequence
from io import StringIO

from align.errors import InputError, TextError
from align.files.paths import MAX_TEXT_BYTES
from align.files.tables.sheet_parts import MOST_ROWS
from align.files.texts.decoding import decode

# Excel writes semicolons where the comma divides decimals, as in Russia and Germany, and tabs as "Unicode text".
_DIVIDERS = (",", ";", "\t")
# Lines in which the heading is sought, to find out what divides cells.
_FIRST = 21


def delimited_rows(
    data: bytes, name: str, is_heading: Callable[[Sequence[str]], bool]
) -> Iterator[tuple[int, Sequence[str]]]:
    """The rows of a CSV file that are not empty, with their numbers; what divides cells is found by the heading.

    An apostrophe before what a spreadsheet would take for a formula or a number is taken off again.

    Raises:
        InputError: causes "not-a-table", "damaged", "too-large".
    """
    try:
        if len(data) > MAX_TEXT_BYTES:
            raise InputError(f"{name} is larger than {MAX_TEXT_BYTES >> 20} MB: divide it.", cause="too-large")
        text = decode(data, path=name)[0]
    except TextError as error:
        raise InputError(f"{name} is no table: save it as .xlsx or .csv.", cause="not-a-table") from error
    skipped = 0
    if text[:4].casefold() == "sep=":
        text, skipped = text.partition("\n")[2], 1
    csv.field_size_limit(MAX_TEXT_BYTES)
    divider = next((sign for sign in _DIVIDERS if _has_heading(text, sign, is_heading)), ",")
    rows = csv.reader(StringIO(text, newline=""), delimiter=divider, strict=True)
    try:
        for number, cells in enumerate(rows, start=1 + skipped):
            if number > MOST_ROWS:
                raise InputError(f"{name} has more than {MOST_ROWS:,} rows: divide it.", cause="too-large")
            if any(cells):
                yield number, [_armed(cell) for cell in cells]
    except csv.Error as error:
        raise InputError(
            f"{name} is damaged at line {rows.line_num} ({error}): save it from a spreadsheet again.", cause="damaged"
        ) from error


def _has_heading(text: str, divider: str, is_heading: Callable[[Sequence[str]], bool]) -> bool:
    rows = csv.reader(StringIO(text, newline=""), delimiter=divider)
    try:
        return any(is_heading(cells) for _, cells in zip(range(_FIRST), rows, strict=False))
    except csv.Error:
        return False


def _armed(cell: str) -> str:
    """The text that a cell stands for; align.export.spreadsheet.disarmed put the apostrophe there."""
    return cell[1:] if cell[:1] == "'" and cell[1:2] in set("=+-@\t\r'") else cell
