"""Tables that editors filled in, as spreadsheets save them, and files that mean harm."""

from __future__ import annotations

import io
import struct
import tracemalloc
from pathlib import Path

import openpyxl
import pytest
from support.workbooks import inline, sheet_xml, workbook

from align.decisions.table import is_heading
from align.errors import InputError
from align.files.tables import sheet_parts, table_file
from align.files.tables import workbook as workbook_module
from align.files.tables.table_file import Table, read_table

HEAD = ["decision", "comment", "key"]
ROW = ["ложная тревога", "two\nlines, with; signs", "00000000000000aa"]


def read(tmp_path: Path, data: bytes, name: str = "t.xlsx") -> Table:
    path = tmp_path / name
    path.write_bytes(data)
    return read_table(path, is_heading)


def refused(tmp_path: Path, data: bytes) -> InputError:
    with pytest.raises(InputError) as caught:
        read(tmp_path, data)
    assert caught.value.message.count("t.xlsx") == 1
    assert "\n" not in caught.value.message
    return caught.value


def rows(text: str) -> str:
    return f"<row>{inline(*HEAD)}</row>{text}"


def book(*lines: list[object], title: str | None = None) -> bytes:
    made = openpyxl.Workbook()
    if title:
        made.active.append([title])
        made.create_sheet("Table")
    sheet = made.worksheets[-1]
    for line in lines:
        sheet.append(line)
    buffer = io.BytesIO()
    made.save(buffer)
    return buffer.getvalue()


@pytest.mark.parametrize("divider", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1251"])
@pytest.mark.parametrize("hint", [False, True])
def test_csv_as_spreadsheets_write_it(tmp_path, divider, encoding, hint):
    """Commas, semicolons and tabs, in UTF-8, UTF-16 and Windows-1251, with Excel's hint and without."""
    quoted = [f'"{cell}"' for cell in ROW]
    text = "\r\n".join(([f"sep={divider}"] if hint else []) + [divider.join(HEAD), divider.join(quoted), ""])
    table = read(tmp_path, text.encode(encoding), "t.csv")
    assert list(table.headings) == HEAD
    assert [list(cells) for _, cells in table.rows] == [ROW]
    assert table.rows[0][0] == 2 + hint


def test_apostrophes_of_csv_are_taken_off(tmp_path):
    """What was kept from being a formula or a number is the text again."""
    table = read(tmp_path, b"decision,comment,key\n'=1+1,''tis,'0000000000000012\n", "t.csv")
    assert list(table.rows[0][1]) == ["=1+1", "'tis", "'0000000000000012"]


def test_xlsx_of_another_program(tmp_path):
    """The table is found by its heading: on the second sheet, below a title, with numbers, formulas and gaps."""
    data = book([], ["Дневник, май"], HEAD, ROW, [None, 12, 7.5], [None], [True, "=1+1", None], title="notes")
    table = read(tmp_path, data)
    assert list(table.headings) == HEAD
    assert [(number, list(cells)) for number, cells in table.rows] == [(4, ROW), (5, ["", "12", "7.5"]), (7, ["1"])]


def test_columns_and_rows_of_a_sheet(tmp_path):
    """Cells stand where their place says, rich texts are joined, and readings above letters are left out."""
    cells = (
        '<c r="C9" t="inlineStr"><is><r><t>00000000</t></r><r><t>000000aa</t></r><rPh><t>ka</t></rPh></is></c>'
        '<c r="A9" t="str"><v>false_x000D_ alarm</v></c><c r="B9" t="e"><v>#N/A</v></c><c r="ZZZ9"><v>1</v></c>'
        '<c r="B9" t="s"><v>99</v></c><c r="B9" t="s"><v>-1</v></c><c r="B9" t="s"><v>٣</v></c>'
    )
    table = read(tmp_path, workbook(sheet_xml(rows(f'<row r="9">{cells}</row><row><c/></row>'))))
    assert [(number, list(found)) for number, found in table.rows] == [(9, ["false\r alarm", "", "00000000000000aa"])]


def test_strict_workbooks(tmp_path):
    """The strict form of the format, which Excel can save, is read too."""
    main = "http://purl.oclc.org/ooxml/spreadsheetml/main"
    shared = f'<sst xmlns="{main}"><si><t>decision</t></si><si><t>key</t></si></sst>'
    head = '<row><c t="s"><v>0</v></c><c t="s"><v>1</v></c></row>'
    data = workbook(sheet_xml(head, main=main), more={"xl/sharedStrings.xml": shared}, main=main)
    assert list(read(tmp_path, data).headings) == ["decision", "key"]


def test_no_heading(tmp_path):
    """A table without the columns of keys and decisions is refused in a sentence that says which to take."""
    for data in (book(["decision", "comment"], ["a", "b"]), b"a,b\n1,2\n", book()):
        assert refused(tmp_path, data).cause == "no-heading"


@pytest.mark.parametrize(
    ("data", "cause"),
    [
        (b"", "not-a-table"),
        (b"\x00\x01\x02" * 99, "not-a-table"),
        (b"%PDF-1.4", "not-a-table"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "encrypted"),
        (b"PK\x03\x04", "damaged"),
        (b"decision,key\n\"unfinished,00000000000000aa\n", "damaged"),
        (workbook("<worksheet><row>"), "damaged"),
        (workbook(sheet_xml(""), more={"xl/sharedStrings.xml": "no"}), "damaged"),
    ],
)  # fmt: skip
def test_other_files(tmp_path, data, cause):
    """What is no table, is damaged or has a password is one sentence."""
    assert refused(tmp_path, data).cause == cause


def test_a_cut_workbook(tmp_path):
    """A workbook that was copied in part is damaged, wherever it was cut."""
    data = book(HEAD, *[ROW] * 50)
    for at in range(100, len(data) - 1, 700):
        assert refused(tmp_path, data[:at]).cause == "damaged"


@pytest.mark.parametrize("where", ["sheet", "shared", "book"])
@pytest.mark.parametrize(
    "declared",
    ['<!DOCTYPE w [<!ENTITY a "b">]>', '<!DOCTYPE w SYSTEM "file:///etc/passwd">',
     '<!DOCTYPE w [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;">]>'],
)  # fmt: skip
def test_entities(tmp_path, where, declared):
    """A part that declares a document type is refused, whether it uses its entities or not."""
    sheet = sheet_xml(rows(""), before=declared if where == "sheet" else "")
    more = {"xl/sharedStrings.xml": f"{declared}<sst/>"} if where == "shared" else {}
    if where == "book":
        more = {"xl/workbook.xml": f"{declared}<workbook/>"}
    assert "declares entities" in refused(tmp_path, workbook(sheet, more=more)).message


def test_a_bomb(tmp_path, monkeypatch):
    """A part that unpacks to more than is allowed is given up there, with little memory."""
    monkeypatch.setattr(workbook_module, "_PART_BYTES", 1 << 20)
    for bomb in ("<row><c/></row>" * 100_000, "<x>" * 100 + " " * 2_000_000):
        assert "unpacks to more than 1 MB" in refused(tmp_path, workbook(sheet_xml(rows(bomb)))).message
    data = workbook(sheet_xml(rows("<row>" + "<c/>" * 400_000 + "</row>")))
    tracemalloc.start()
    assert "unpacks to more than 1 MB" in refused(tmp_path, data).message
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 8 << 20


def test_a_size_that_is_a_lie(tmp_path):
    """A part that is larger than the archive says is damaged, and no more of it is read."""
    data = bytearray(workbook(sheet_xml(rows("<row><c/></row>" * 9))))
    for at in range(len(data) - 30):
        if data[at : at + 4] == b"PK\x01\x02":
            struct.pack_into("<I", data, at + 24, 5)
    assert refused(tmp_path, bytes(data)).cause == "damaged"


def test_too_many(tmp_path, monkeypatch):
    """More rows, parts or bytes than a table has are refused; cells far to the right are passed over."""
    huge = sheet_xml(rows('<row r="1048576"><c t="str"><v>x</v></c></row>'))
    assert "more than 200,000 rows" in refused(tmp_path, workbook(huge)).message
    assert "too many parts" in refused(tmp_path, _with_list(workbook(huge), 1 << 30)).message
    monkeypatch.setattr(table_file, "MOST_BYTES", 100)
    assert refused(tmp_path, workbook(huge)).cause == "too-large"


def _with_list(data: bytes, size: int) -> bytes:
    changed = bytearray(data)
    struct.pack_into("<I", changed, data.rindex(b"PK\x05\x06") + 12, size)
    return bytes(changed)


def test_a_long_text_named_often(tmp_path):
    """A cell longer than Excel allows is cut, so that one text named by many cells cannot fill the memory."""
    shared = f"<sst><si><t>{'щ' * 100_000}</t></si></sst>"
    data = workbook(sheet_xml(rows('<row><c t="s"><v>0</v></c></row>' * 3)), more={"xl/sharedStrings.xml": shared})
    assert [len(cells[0]) for _, cells in read(tmp_path, data).rows] == [sheet_parts._CELL_LETTERS] * 3


def test_paths_of_parts_stay_in_the_archive(tmp_path):
    """A sheet whose part has an odd path, or none, is passed over or found by its name within the archive alone."""
    related = '<Relationships><Relationship Id="r1" Target="../../../../etc/passwd"/></Relationships>'
    data = workbook(sheet_xml(rows("")), more={"xl/_rels/workbook.xml.rels": related})
    assert refused(tmp_path, data).cause == "no-heading"


def test_not_a_file(tmp_path):
    """A folder, a file that is not there and a name with NUL are one sentence each."""
    for path, cause in ((tmp_path, "unreadable"), (tmp_path / "no", "missing"), (tmp_path / "a\0b", "unreadable")):
        with pytest.raises(InputError) as caught:
            read_table(path, is_heading)
        assert caught.value.cause == cause
