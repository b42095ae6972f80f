"""The sentence pairs as a spreadsheet: what hostile texts and names do there."""

from __future__ import annotations

from io import BytesIO

from openpyxl import load_workbook
from support.bilingual import bilingual

from align.export.tables.side_by_side import side_by_side


def rows(*volumes) -> list[list[object]]:
    """The rows of the spreadsheet, without its heading."""
    sheet = load_workbook(BytesIO(side_by_side(volumes, up="../"))).active
    return [[cell.value for cell in row] for row in sheet.iter_rows(min_row=2)]


def test_a_text_is_never_a_formula_and_turns_nothing_around():
    """A text that begins like a formula stays a text, and marks that change the direction of writing are gone."""
    found = rows(bilingual(["=1+1", "\u202eабв\u2066"], ["@cmd", "a\x07b"], [((0,), (0,)), ((1,), (1,))]))
    assert [row[1:3] for row in found] == [["=1+1", "@cmd"], ["абв", "ab"]]
    sheet = load_workbook(BytesIO(side_by_side([bilingual(["=1+1"], ["x"], [((0,), (0,))])], up=""))).active
    assert sheet["B2"].data_type == "s"


def test_shapes_of_beads_and_texts_without_a_pair():
    """Beads of several sentences are one row, sentences alone have an empty side, and so have those of a lone text."""
    found = rows(bilingual())
    assert [row[:4] for row in found] == [
        ["53", "Раз.", "One.", 0.91],
        ["53", "Два. Три.", "Two and three.", 0.91],
        ["53", "Четыре & <пять>.", "Four & <five>.", 0.91],
        ["53", "Один без пары.", None, 0.91],
        ["53", None, "Alone.", 0.91],
    ]
    volume = bilingual()
    alone = rows(type(volume)("v", volume.pages, volume.matches, volume.documents, volume.links[:2]))
    assert [row[1:4] for row in alone] == [["Раз.", None, None], ["Два.", None, None]]


def test_a_document_of_any_name_has_an_address():
    """The link into the viewer is percent-encoded, whatever the document is called."""
    sheet = load_workbook(BytesIO(side_by_side([bilingual(document="1/2 #3")], up="../"))).active
    assert sheet["G2"].hyperlink.location.startswith("/v/d/1%2F2%20%233/s/")
