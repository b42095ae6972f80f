"""The columns of a table in a Word document: which cells stand under each other, where cells are merged."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from lxml import etree

from align.files.texts.markup import name_of
from align.files.texts.word.paragraphs import is_absent
from align.files.texts.word.parts import W
from align.files.texts.word.styles import is_on, value_of

# Wrappers of rows and cells: content controls, tags of a form.
_AROUND = ("sdt", "sdtContent", "customXml")
_WIDEST = 63  # columns of a table that Word makes


class _Cell(NamedTuple):
    """A cell, and the columns of the table's grid over which it stands."""

    element: etree._Element
    columns: range


def columns_of(table: etree._Element) -> list[list[etree._Element]]:
    """The cells of a table, column by column; rows of one cell, which are titles, stand aside.

    Where rows have more or fewer cells than others, a merged cell belongs to that of its columns which has most words.
    """
    rows = [row for row in _within(table, "tr") if not is_absent(row, "tr")]
    full = [cells for row in rows if len(cells := _cells(row)) > 1 or _is_gapped(row)]
    if not full or len(full) * 2 < len(rows):
        return []
    if all(len(cells) == len(full[0]) for cells in full):
        return [[cell.element for cell in column] for column in zip(*full, strict=True)]
    words: dict[int, int] = defaultdict(int)
    for cell in (cell for cells in full for cell in cells if len(cell.columns) == 1):
        words[cell.columns[0]] += sum(char.isalpha() for char in letters_in([cell.element]))
    columns: dict[int, list[etree._Element]] = defaultdict(list)
    for cell in (cell for cells in full for cell in cells):
        columns[max(cell.columns, key=lambda column: words[column])].append(cell.element)
    return [columns[column] for column in sorted(columns)]


def letters_in(cells: Iterable[etree._Element]) -> Iterator[str]:
    """The characters that stand in these cells."""
    for cell in cells:
        for text in cell.iter(f"{W}t"):
            yield from text.text or ""


def is_repeated(cell: etree._Element) -> bool:
    """Whether the cell stands in a row that is repeated at the top of each page, as names of columns are."""
    row = next(cell.iterancestors(f"{W}tr"), None)
    return row is not None and is_on(row.find(f"{W}trPr/{W}tblHeader")) is True


def _cells(row: etree._Element) -> Sequence[_Cell]:
    """The cells of a row that are not struck out, from the left."""
    at = _number(row.find(f"{W}trPr/{W}gridBefore"), 0)
    cells = []
    for cell in _within(row, "tc"):
        span = max(1, _number(cell.find(f"{W}tcPr/{W}gridSpan"), 1))
        if not is_absent(cell, "tc"):
            cells.append(_Cell(cell, range(at, at + span)))
        at += span
    return cells


def _is_gapped(row: etree._Element) -> bool:
    """Whether places of the row have no cell, so that a cell alone is no title."""
    return any(_number(row.find(f"{W}trPr/{W}{name}"), 0) for name in ("gridBefore", "gridAfter"))


def _within(element: etree._Element, name: str) -> Iterator[etree._Element]:
    """The parts of this name of a table or a row, whatever is put around them."""
    for child in element:
        if name_of(child) == name:
            yield child
        elif name_of(child) in _AROUND:
            yield from _within(child, name)


def _number(element: etree._Element | None, default: int) -> int:
    value = value_of(element)
    return min(int(value), _WIDEST) if value.isascii() and value.isdigit() and len(value) <= 3 else default
