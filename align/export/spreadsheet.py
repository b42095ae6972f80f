"""A table for editors as CSV and as XLSX: cells from outside are text, whatever they begin with.

A spreadsheet takes a cell that begins with = + - @ for a formula. Once pasted, a cell that begins with a tab or a
carriage return is taken for one too. In CSV such a cell gets an apostrophe before it, as a user would type it. In XLSX
all cells are texts or numbers, and such a text has the property `quotePrefix`, which means the same.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from io import BytesIO, StringIO

import xlsxwriter

Cell = str | int | float | None

# Letters of a cell: the most that Excel allows (its specifications and limits), and the most that LibreOffice reads.
CELL_LETTERS = 32_767
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_CUT = " … (cut)"
# A fixed date of creation, so that the same table gives the same bytes.
_CREATED = datetime(1980, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its heading, its width in letters, and the values to choose from (none: any text)."""

    name: str
    width: int = 12
    choices: tuple[str, ...] = ()


def table_csv(columns: Sequence[Column], rows: Iterable[Sequence[Cell]]) -> bytes:
    """The table as CSV (RFC 4180): UTF-8 with the byte-order mark that Excel needs, CR LF, formulas disarmed."""
    lines = StringIO(newline="")
    writer = csv.writer(lines, lineterminator="\r\n")
    writer.writerow([column.name for column in columns])
    for row in rows:
        writer.writerow(["" if cell is None else disarmed(cell) if isinstance(cell, str) else cell for cell in row])
    return b"\xef\xbb\xbf" + _whole(lines.getvalue()).encode("utf-8")


def table_xlsx(columns: Sequence[Column], rows: Iterable[Sequence[Cell]], *, sheet: str) -> bytes:
    """The table as XLSX: heading frozen, every column with a filter, lists to choose from where there are choices.

    A text that is too long for a cell is cut, and ends with a note that it was cut.
    """
    buffer = BytesIO()
    book = xlsxwriter.Workbook(
        buffer, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    )
    book.set_properties({"created": _CREATED})
    page = book.add_worksheet(sheet)
    head = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
    plain = book.add_format({"text_wrap": True, "valign": "top"})
    quoted = book.add_format({"text_wrap": True, "valign": "top", "quote_prefix": True})
    for at, column in enumerate(columns):
        page.set_column(at, at, column.width)
        page.write_string(0, at, column.name, head)
    last = 0
    for last, row in enumerate(rows, start=1):
        for at, cell in enumerate(row):
            if isinstance(cell, str):
                text = cell_text(cell)
                page.write_string(last, at, text, quoted if text.startswith(_FORMULA) else plain)
            elif cell is not None:
                page.write_number(last, at, cell, plain)
            else:
                page.write_blank(last, at, None, plain)
    page.freeze_panes(1, 0)
    page.autofilter(0, 0, last, len(columns) - 1)
    for at, column in enumerate(columns):
        if column.choices and last:
            page.data_validation(1, at, last, at, {"validate": "list", "source": list(column.choices)})
    book.close()
    return buffer.getvalue()


def disarmed(text: str) -> str:
    """The text as a CSV cell that no spreadsheet takes for a formula: a text that begins like one gets an apostrophe.

    >>> disarmed("=1+1"), disarmed("'tis"), disarmed("plain")
    ("'=1+1", "''tis", 'plain')
    """
    return f"'{text}" if text.startswith((*_FORMULA, "'")) else text


def cell_text(text: str) -> str:
    """The text in a form that a cell of a spreadsheet can hold.

    A text that is too long is cut, and the note "(cut)" stands at its end. U+FFFD replaces each invalid character: half
    of a surrogate pair, and U+FFFE and U+FFFF, which XML 1.0 does not allow.
    """
    text = _whole(text).translate({0xFFFE: 0xFFFD, 0xFFFF: 0xFFFD})
    return text if len(text.encode("utf-16-le")) // 2 <= CELL_LETTERS else _first_letters(text) + _CUT


def _first_letters(text: str) -> str:
    """The longest beginning of the text that leaves room for the note "(cut)"; Excel counts in units of UTF-16."""
    room = 2 * (CELL_LETTERS - len(_CUT))
    return text.encode("utf-16-le")[:room].decode("utf-16-le", "ignore")


def _whole(text: str) -> str:
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
