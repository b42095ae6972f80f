"""Tables for editors: what was written is read back, and no cell from outside is taken for a formula."""

from __future__ import annotations

import csv
import io
import zipfile

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image
from support.csv_cells import armed

from align.export.images.place_pictures import place_picture
from align.export.spreadsheet import CELL_LETTERS, Column, Link, cell_text, disarmed, table_csv, table_xlsx
from align.model import Box

COLUMNS = (Column("key", 18), Column("text", 40), Column("score"), Column("decision", 12, ("yes", "no")))
NASTY = ["=1+1", "+7 999", "-1", "@SUM(A1)", "\t=1", "\r=1", "'quoted", '"', "a,b;c", "две\nстроки", "<b>&amp;</b>", ""]
TEXT = st.text(st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff"), max_size=20)


def read_csv(data: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))


def read_xlsx(data: bytes):
    return openpyxl.load_workbook(io.BytesIO(data)).active


def test_csv_comes_back():
    """A CSV table is UTF-8 with a byte-order mark, and each text comes back once its apostrophe is taken off."""
    rows = [(f"k{n}", text, 0.5, None) for n, text in enumerate(NASTY)]
    data = table_csv(COLUMNS, rows)
    assert data.startswith(b"\xef\xbb\xbfkey,text,score,decision\r\n")
    head, *found = read_csv(data)
    assert head == [column.name for column in COLUMNS]
    assert [[armed(cell) for cell in row] for row in found] == [[key, text, "0.5", ""] for key, text, _, _ in rows]


@pytest.mark.parametrize("text", [text for text in NASTY if text[:1] in set("=+-@\t\r")])
def test_formulas_are_disarmed(text):
    """What a spreadsheet would compute begins with an apostrophe in CSV, and is a text marked as one in XLSX."""
    ((_, cell, *_),) = read_csv(table_csv(COLUMNS, [("k", text, 1, None)]))[1:]
    assert cell == "'" + text
    found = read_xlsx(table_xlsx(COLUMNS, [("k", text, 1, None)], sheet="T")).cell(2, 2)
    assert found.data_type == "s"
    assert found.quotePrefix


def test_xlsx_comes_back():
    """An XLSX table has a frozen heading, filters, a list to choose from, numbers as numbers and texts as texts."""
    sheet = read_xlsx(table_xlsx(COLUMNS, [("k1", "=1+1", 0.5, None), ("k2", "слово\nдва", 1, "yes")], sheet="T"))
    assert [[cell.value for cell in row] for row in sheet.iter_rows()] == [
        ["key", "text", "score", "decision"],
        ["k1", "=1+1", 0.5, None],
        ["k2", "слово\nдва", 1, "yes"],
    ]
    assert sheet.freeze_panes == "B2"
    assert sheet.auto_filter.ref == "A1:D3"
    (choice,) = sheet.data_validations.dataValidation
    assert (choice.type, choice.formula1, str(choice.sqref)) == ("list", '"yes,no"', "D2:D3")


def test_the_same_table_is_the_same_bytes():
    """No clock is in a table: the same rows give the same bytes."""
    rows = [("k", "текст", 1, None)]
    assert table_xlsx(COLUMNS, rows, sheet="T") == table_xlsx(COLUMNS, rows, sheet="T")
    assert b"1980-01-01" in _part(table_xlsx(COLUMNS, rows, sheet="T"), "docProps/core.xml")


def _part(data: bytes, name: str) -> bytes:
    return zipfile.ZipFile(io.BytesIO(data)).read(name)


def test_an_empty_table():
    """A table without rows has its heading."""
    assert read_csv(table_csv(COLUMNS, [])) == [["key", "text", "score", "decision"]]
    assert read_xlsx(table_xlsx(COLUMNS, [], sheet="T")).max_row == 1


def test_long_and_broken_texts_fit_a_cell():
    """A text longer than a cell is cut and says so, half a surrogate pair is replaced, and the file can be read."""
    long, broken = "ё" * 100_000, "a\ud800b\uffff\ufffe\x01"
    row = read_xlsx(table_xlsx(COLUMNS, [(broken, long, 1, None)], sheet="T"))[2]
    assert row[1].value.startswith("ёё")
    assert row[1].value.endswith("(cut)")
    assert len(row[1].value) <= CELL_LETTERS
    assert row[0].value.startswith("a\ufffdb\ufffd\ufffd")
    assert read_csv(table_csv(COLUMNS, [(broken, long, 1, None)]))[1][:2] == ["a\ufffdb\uffff\ufffe\x01", long]


@settings(deadline=None)
@given(st.text())
def test_disarming_is_undone(text):
    """Every text comes back from its cell, and no cell begins as a formula does."""
    cell = disarmed(text)
    assert armed(cell) == text
    assert not cell.startswith(("=", "+", "-", "@", "\t", "\r"))


@settings(deadline=None, max_examples=20)
@given(st.lists(st.tuples(TEXT, TEXT), max_size=5))
def test_any_text_comes_back(pairs):
    """Whatever is written into both tables is read from them again."""
    rows = [(one, two, 1.0, None) for one, two in pairs]
    assert [[armed(c) for c in row[:2]] for row in read_csv(table_csv(COLUMNS, rows))[1:]] == [list(p) for p in pairs]
    sheet = read_xlsx(table_xlsx(COLUMNS, rows, sheet="T"))
    found = [[c.value or "" for c in row[:2]] for row in sheet.iter_rows(min_row=2)] if rows else []
    assert found == [list(pair) for pair in pairs]


def test_letters_outside_the_first_plane_are_not_halved():
    """A text that is cut in the middle of such a letter loses it whole."""
    assert "\ufffd" not in cell_text("a" + "😀" * 40_000)


def test_names_of_digits_stay_names():
    """A key of digits gets an apostrophe in CSV, which keeps a spreadsheet from rounding it; other texts do not."""
    columns = (Column("key", opaque=True), Column("text"))
    rows = [("1234567890123456", "1470"), ("12e4567890123456", "a"), ("0a12345678901234", "b")]
    assert read_csv(table_csv(columns, rows))[1:] == [
        ["'1234567890123456", "1470"], ["'12e4567890123456", "a"], ["0a12345678901234", "b"],
    ]  # fmt: skip


def test_pictures_and_links():
    """A picture stands in its row and moves with it, a link leads to its file; CSV has the address and no picture."""
    columns = (Column("decision"), Column("place", pictured=True), Column("link"))
    picture = place_picture(Image.new("L", (900, 400), 200), Box(0, 0, 900, 400), [])
    rows = [("", picture, Link("report", "a b/index.html#q=1")), ("", None, Link("far", "x" * 3000))]
    sheet = read_xlsx(table_xlsx(columns, rows, sheet="T"))
    assert [image.anchor._from.row for image in sheet._images] == [1]
    assert (sheet["C2"].value, sheet["C2"].hyperlink.location) == ("report", "q=1")
    assert sheet["C2"].hyperlink.target == "a%20b/index.html"
    assert sheet["C3"].hyperlink is None
    assert read_csv(table_csv(columns, rows))[:2] == [["decision", "link"], ["", "a b/index.html#q=1"]]


def test_rows_are_as_high_as_their_texts():
    """A row has room for its longest text and its picture, and is never higher than a spreadsheet allows."""
    columns = (Column("text", 10), Column("place", pictured=True))
    picture = place_picture(Image.new("L", (900, 400), 200), Box(0, 0, 900, 400), [])
    texts = ["short", "three words here", "слово\nдва", "a" * 25, "word " * 300]
    rows = [*((text, None) for text in texts), ("short", picture)]
    sheet = read_xlsx(table_xlsx(columns, rows, sheet="T"))
    heights = [sheet.row_dimensions[n].height for n in range(1, 8)]
    assert heights[:6] == [None, None, 30, 30, 45, 545 * 0.75]
    assert heights[6] == (picture.height + 4) * 0.75


def test_a_table_on_paper_is_as_wide_as_the_sheet():
    """A table that is made to be printed has its first columns across a sheet on its side, with the heading on each."""
    sheet = read_xlsx(table_xlsx(COLUMNS, [("k", "text", 1, None)], sheet="T", printed=2))
    assert (sheet.page_setup.orientation, sheet.page_setup.fitToHeight) == ("landscape", 0)
    assert (sheet.print_title_rows, sheet.print_area) == ("$1:$1", "'T'!$A$1:$B$2")
    assert read_xlsx(table_xlsx(COLUMNS, [], sheet="T")).print_area == ""
