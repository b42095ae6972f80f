"""Text of regions beside that of lines: what lines lack is placed where there is room, and told."""

from __future__ import annotations

import pytest
from ocr.test_existing import reading, refused
from support.existing_samples import corners, hocr, page_line, page_xml, read_back, typed

from align.linking.findings.numbering import numbered
from align.linking.findings.page_findings import page_findings
from align.model import Box, Page, ScanInfo

FOUR = typed("Утром приехал Петров", "из Ленинграда и привёз", "три больших письма", "от старых друзей.")
TEXTS = [line.text for line in FOUR]


def area(name: str, box: Box | None, *lines: str, text: str = "") -> str:
    """A TextRegion with a text of its own."""
    coords = f'<Coords points="{corners(box)}"/>' if box else ""
    own = f"<TextEquiv><Unicode>{text}</Unicode></TextEquiv>" if text else ""
    return f'<TextRegion id="{name}">{coords}{"".join(lines)}{own}</TextRegion>'


def empty(line) -> str:
    """A TextLine with a place and without text."""
    return f'<TextLine><Coords points="{corners(line.box)}"/></TextLine>'


def test_a_region_without_lines_beside_one_with_lines():
    """The text of a region without lines is cut over its outline, row by row, and told; lines keep their places."""
    lines = area("r", Box(90, 90, 700, 170), *map(page_line, FOUR[:2]), text="\n".join(TEXTS[:2]))
    alone = area("s", Box(90, 170, 700, 270), text="\n".join(TEXTS[2:]))
    found = reading(page_xml(lines + alone))
    assert [line.text for line in found.lines] == TEXTS
    assert read_back(found.lines)[:2] == read_back(FOUR)[:2]
    assert [(line.box.left, line.box.top, line.box.bottom) for line in found.lines[2:]] == [
        (90, 170, 220),
        (90, 220, 270),
    ]
    assert (found.estimated, found.unused) == (tuple(TEXTS[2:]), ())


def test_a_page_of_regions_alone():
    """So is the text of regions on a page that has no lines at all."""
    found = reading(page_xml(area("s", Box(90, 90, 700, 290), text="\n".join(TEXTS))))
    assert [line.text for line in found.lines] == TEXTS
    assert [(line.box.top, line.box.bottom) for line in found.lines] == [(90, 140), (140, 190), (190, 240), (240, 290)]
    assert found.estimated == tuple(TEXTS)


def test_a_paragraph_without_rows():
    """A text without line feeds is divided into as many rows as its outline has room for."""
    found = reading(page_xml(area("s", Box(90, 90, 590, 290), text=" ".join(TEXTS))))
    assert 3 <= len(found.lines) <= 6
    assert " ".join(line.text for line in found.lines) == " ".join(TEXTS)
    assert max(line.box.right for line in found.lines) <= 590


def test_lines_without_text_get_that_of_their_region():
    """Lines without text get the rows of their region's text, each at its own place, and nothing is told."""
    found = reading(page_xml(area("r", None, *map(empty, FOUR), text="\n".join(TEXTS))))
    assert (read_back(found.lines), found.estimated) == (read_back(FOUR), ())


@pytest.mark.parametrize("known", [{0}, {3}, {0, 3}, {1, 2}, {0, 2}])
def test_some_lines_without_text(known):
    """So do lines without text among others that have theirs."""
    lines = [page_line(line) if n in known else empty(line) for n, line in enumerate(FOUR)]
    found = reading(page_xml(area("r", None, *lines, text="\n".join(TEXTS))))
    assert (read_back(found.lines), found.estimated) == (read_back(FOUR), ())


def test_a_paragraph_over_lines_without_text():
    """A text without line feeds is shared among the lines by their width."""
    found = reading(page_xml(area("r", None, *map(empty, FOUR), text=" ".join(TEXTS))))
    assert [line.box for line in found.lines] == [line.box for line in FOUR]
    assert " ".join(line.text for line in found.lines) == " ".join(TEXTS)


def test_text_that_a_region_s_lines_lack():
    """Rows that are in the region's text alone are put between its lines, and told."""
    lines = [page_line(FOUR[0]), page_line(FOUR[2])]
    found = reading(page_xml(area("r", Box(90, 90, 700, 300), *lines, text="\n".join(TEXTS[:3]))))
    assert [line.text for line in found.lines] == TEXTS[:3]
    assert read_back(found.lines)[::2] == [read_back(FOUR)[0], read_back(FOUR)[2]]
    assert (found.lines[1].box.top, found.lines[1].box.bottom) == (120, 180)
    assert found.estimated == (TEXTS[1],)


def test_text_for_which_there_is_no_room():
    """Rows for which there is no room are left out, and told: no letter gets lost in silence."""
    lines = [page_line(line) for line in FOUR[:2]]
    text = f"{TEXTS[0]}\n{TEXTS[1]}\nи ещё одна строка\nи ещё"
    found = reading(page_xml(area("r", Box(90, 90, 700, 165), *lines, text=text)))
    assert [line.text for line in found.lines] == TEXTS[:2]
    assert found.unused == ("и ещё одна строка", "и ещё")


def test_a_region_that_says_the_same():
    """The text of a region that its lines have too is not read twice, nor if a word was corrected."""
    for text in ("\n".join(TEXTS), " ".join(TEXTS), "\n".join(TEXTS).replace("больших", "большие")):
        found = reading(page_xml(area("r", Box(90, 90, 700, 300), *map(page_line, FOUR), text=text)))
        assert (read_back(found.lines), found.estimated, found.unused) == (read_back(FOUR), (), ())


def test_regions_in_regions():
    """The text of a region around others is theirs, and not read again."""
    inner = area("s", Box(90, 170, 700, 270), text="\n".join(TEXTS[2:]))
    lines = area("t", Box(90, 90, 700, 170), *map(page_line, FOUR[:2]), text="\n".join(TEXTS[:2]))
    found = reading(page_xml(area("r", Box(90, 90, 700, 270), lines, inner, text="\n".join(TEXTS))))
    assert [line.text for line in found.lines] == TEXTS
    assert found.unused == ()


def test_cells_of_a_table():
    """Cells of a table, with lines or with text alone, are read like regions."""
    row = f'<TableCell><Coords points="{corners(Box(90, 90, 700, 130))}"/>{page_line(FOUR[0])}</TableCell>'
    alone = (
        f'<TableCell><Coords points="{corners(Box(90, 130, 700, 170))}"/>'
        f"<TextEquiv><Unicode>{TEXTS[1]}</Unicode></TextEquiv></TableCell>"
    )
    found = reading(page_xml(f'<TableRegion id="t"><Coords points="90,90 700,90 700,170"/>{row}{alone}</TableRegion>'))
    assert [line.text for line in found.lines] == TEXTS[:2]


def test_a_region_without_outline():
    """The text of a region without an outline is put below the line before it; without any lines it has no place."""
    lines = area("r", None, *map(page_line, FOUR[:2]))
    found = reading(page_xml(lines + area("s", None, text="\n".join(TEXTS[2:]))))
    assert [line.text for line in found.lines] == TEXTS
    assert 160 <= found.lines[2].box.top < found.lines[3].box.top < 260
    assert found.estimated == tuple(TEXTS[2:])
    assert refused(page_xml(area("s", None, text="abc"))).cause == "ocr-unreadable"


def test_a_paragraph_of_hocr_without_lines():
    """The text of a paragraph of hOCR that has no lines is cut over its box, row by row; a loose dash is none."""
    alone = (
        f"&#8212;<div class='ocr_carea'><p class='ocr_par' title='bbox 90 170 700 270'>\n  {TEXTS[2]}<br/>\n"
        f"  <b>{TEXTS[3]}</b>\n</p></div></body>"
    )
    data = hocr(FOUR[:2]).decode().replace("</div></div></body>", f"</div>{alone}".replace("</body>", "</div></body>"))
    found = reading(data.encode())
    assert [line.text for line in found.lines] == TEXTS
    assert read_back(found.lines)[:2] == read_back(FOUR)[:2]
    assert [(line.box.top, line.box.bottom) for line in found.lines[2:]] == [(170, 220), (220, 270)]
    assert found.estimated == tuple(TEXTS[2:])


def test_an_editor_is_told():
    """One finding says which text has places that are estimates, and one which is not used; both name the file."""
    scan = ScanInfo("images/v/1.jpg", None, 1000, 1400, None, "0" * 64)
    page = Page(1, "v.p0001", "k", scan, None, "ok", FOUR, estimated=("три",), unused=("от",), ocr_file="ocr/v/1.xml")
    found = numbered("v", page_findings([page], {}))
    assert [(f.code, f.severity, f.pages) for f in found] == [("ocr-without-lines", "warning", (1,))] * 2
    assert all(f.message.startswith("ocr/v/1.xml has text of page 1") for f in found)
    assert ["“три”" in found[0].message, "“от”" in found[1].message] == [True, True]
