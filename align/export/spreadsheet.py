"""A table for editors as CSV and as XLSX: cells from outside are text, whatever they begin with.

A spreadsheet takes a cell that begins with = + - @ for a formula, and a name of digits for a number. Once pasted, a
cell that begins with a tab or a carriage return is taken for a formula too. In CSV such a cell gets an apostrophe
before it, as a user would type it. In XLSX all cells are texts, numbers, links of the program's own and pictures; a
text that looks like a formula has the property `quotePrefix`, which means the same.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from io import BytesIO, StringIO
from itertools import islice
from typing import NamedTuple

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.url import Url, UrlTypes
from xlsxwriter.worksheet import Worksheet

from align.export.images.place_pictures import WIDTH, Picture


@dataclass(frozen=True, slots=True)
class Link:
    """A cell that leads to another file, which lies as `target` says from the table; targets come from the program."""

    text: str
    target: str


Cell = str | int | float | Link | Picture | None

# Letters of a cell: the most that Excel allows (its specifications and limits), and the most that LibreOffice reads.
CELL_LETTERS = 32_767
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_CUT = " … (cut)"
# A name that a spreadsheet would take for a number, and round: "1234567890123456", "12e4567890123456".
_NUMBER = re.compile("[0-9]+(e[0-9]+)?")
# Pixels between a picture and the lines of its cell, and of a row with a picture at least: some lines of text.
_MARGIN, _LEAST_HEIGHT = 2, 80
# Pixels of a row: of one line of text, and at most (Excel's limit of 409 points).
_LINE_HEIGHT, _MOST_HEIGHT = 20, 545
# Rows with links; Excel allows 65,530 links in a sheet, and a row has two.
_MOST_LINKED = 32_000
# Letters of a link; Excel allows 2,080.
_LONGEST_LINK = 2_000
# Rows of CSV that are made at once.
_CSV_ROWS = 1_000
# A fixed date of creation, so that the same table gives the same bytes.
_CREATED = datetime(1980, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its heading, its width in letters, and the values to choose from (none: any text).

    `pictured`: its cells are pictures, and CSV has no such column. `opaque`: its texts are names, never numbers.
    """

    name: str
    width: int = 12
    choices: tuple[str, ...] = ()
    pictured: bool = False
    opaque: bool = False


def table_csv(columns: Sequence[Column], rows: Iterable[Sequence[Cell]]) -> bytes:
    """The table as CSV (RFC 4180): UTF-8 with the byte-order mark that Excel needs, CR LF, formulas disarmed."""
    return b"".join(csv_parts(columns, rows))


def csv_parts(columns: Sequence[Column], rows: Iterable[Sequence[Cell]]) -> Iterator[bytes]:
    """The parts of the table as CSV: the heading, and the rows some at a time, so that many take little memory."""
    shown = [column for column in columns if not column.pictured]
    yield b"\xef\xbb\xbf" + _csv([[column.name for column in shown]])
    cells = (
        [_plain(column, cell) for column, cell in zip(columns, row, strict=True) if not column.pictured] for row in rows
    )
    while block := list(islice(cells, _CSV_ROWS)):
        yield _csv(block)


def _csv(rows: Iterable[Sequence[str | int | float]]) -> bytes:
    lines = StringIO(newline="")
    csv.writer(lines, lineterminator="\r\n").writerows(rows)
    return _whole(lines.getvalue()).encode("utf-8")


def _plain(column: Column, cell: Cell) -> str | int | float:
    if cell is None or isinstance(cell, Picture):
        return ""
    if isinstance(cell, Link):
        return cell.target
    if isinstance(cell, str):
        return f"'{cell}" if column.opaque and _NUMBER.fullmatch(cell) else disarmed(cell)
    return cell


def table_xlsx(
    columns: Sequence[Column], rows: Iterable[Sequence[Cell]], *, sheet: str, printed: int | None = None
) -> bytes:
    """The table as XLSX: heading frozen, every column with a filter, lists to choose from where there are choices.

    A text that is too long for a cell is cut, and ends with a note that it was cut. Rows go to a file one by one, so
    that a table of many rows takes little memory; pictures are kept in memory. The first column stays in view. Rows are
    as high as their texts need: Excel works this out by itself, LibreOffice does not. `printed`: so many columns are on
    paper, as wide as an A4 sheet on its side, with the heading on each; None: it prints as the spreadsheet likes.
    """
    buffer = BytesIO()
    book = xlsxwriter.Workbook(
        buffer,
        {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False},
    )
    book.set_properties({"created": _CREATED})
    page = book.add_worksheet(sheet)
    head = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
    formats = _Formats(
        book.add_format({"text_wrap": True, "valign": "top"}),
        book.add_format({"text_wrap": True, "valign": "top", "quote_prefix": True}),
        book.add_format({"valign": "top", "font_color": "#0563C1", "underline": 1}),
    )
    for at, column in enumerate(columns):
        if column.pictured:
            page.set_column_pixels(at, at, WIDTH + 2 * _MARGIN)
        else:
            page.set_column(at, at, column.width)
    page.set_row_pixels(0, _row_height(columns, [column.name for column in columns]))
    for at, column in enumerate(columns):
        page.write_string(0, at, column.name, head)
    last = 0
    for last, row in enumerate(rows, start=1):
        page.set_row_pixels(last, _row_height(columns, row))
        for at, cell in enumerate(row):
            _write(page, last, at, cell, formats)
    page.freeze_panes(1, 1)
    page.autofilter(0, 0, last, len(columns) - 1)
    for at, column in enumerate(columns):
        if column.choices and last:
            # A word that is not in the list may be written all the same: the import reads Russian ones too.
            page.data_validation(
                1, at, last, at, {"validate": "list", "source": list(column.choices), "error_type": "warning"}
            )
    if printed is not None:
        page.set_landscape()
        page.set_paper(9)  # A4
        page.repeat_rows(0)
        page.print_area(0, 0, last, printed - 1)
        page.fit_to_pages(1, 0)
    book.close()
    return buffer.getvalue()


def _row_height(columns: Sequence[Column], row: Sequence[Cell]) -> int:
    """The pixels of the highest cell: a picture with its margin, or the lines of a text."""
    pictures = [max(cell.height + 2 * _MARGIN, _LEAST_HEIGHT) for cell in row if isinstance(cell, Picture)]
    lines = [_lines(cell, column.width) for column, cell in zip(columns, row, strict=True) if isinstance(cell, str)]
    return min(max([*pictures, _LINE_HEIGHT * max(lines, default=1)]), _MOST_HEIGHT)


def _lines(text: str, width: int) -> int:
    r"""The number of lines of a text in a cell of so many letters; a word that is longer than the cell is broken.

    >>> _lines("place score", 7), _lines("one two", 7), _lines("a\nb", 7), _lines("a" * 15, 7)
    (2, 1, 2, 3)
    """
    if len(text) <= width and "\n" not in text:
        return 1
    count = 0
    for paragraph in text.split("\n"):
        count += 1
        filled = 0
        for word in paragraph.split(" "):
            size = len(word)
            if filled and filled + 1 + size <= width:
                filled += 1 + size
                continue
            count += bool(filled) + max(size - 1, 0) // width
            filled = size if size <= width else (size - 1) % width + 1
    return count


class _Formats(NamedTuple):
    """The formats of cells: of texts and numbers, of texts that would be formulas, of links."""

    plain: Format
    quoted: Format
    link: Format


def _write(page: Worksheet, row: int, at: int, cell: Cell, formats: _Formats) -> None:
    if isinstance(cell, str):
        text = cell_text(cell)
        page.write_string(row, at, text, formats.quoted if text.startswith(_FORMULA) else formats.plain)
    elif isinstance(cell, Link) and row <= _MOST_LINKED:
        _write_link(page, row, at, cell, formats)
    elif isinstance(cell, Picture):
        page.write_blank(row, at, None, formats.plain)
        # 1: it moves with its cell, and is hidden with it, when the table is sorted or filtered.
        place = {"object_position": 1, "x_offset": _MARGIN, "y_offset": _MARGIN, "decorative": True}
        page.insert_image(row, at, "place.jpg", {"image_data": BytesIO(cell.data), **place})
    elif isinstance(cell, int | float):
        page.write_number(row, at, cell, formats.plain)
    else:
        page.write_blank(row, at, None, formats.plain)


class _FileLink(Url):
    """A link to a file that lies as stated from the table. The library would write it with the slashes of Windows."""

    def _parse_url(self) -> None:
        self._link_type = UrlTypes.EXTERNAL
        self._link, _, self._anchor = self._original_url.partition("#")
        self._relationship_link = self._link


def _write_link(page: Worksheet, row: int, at: int, cell: Link, formats: _Formats) -> None:
    if len(cell.target) > _LONGEST_LINK:
        page.write_blank(row, at, None, formats.plain)
        return
    link = _FileLink(cell.target)
    link.text = cell.text
    page.write_url(row, at, link, formats.link)  # type: ignore[call-overload]  # it takes such an object too


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
