"""Places in existing OCR that can be none: such a word is put beside the others or left out, and it is told."""

from __future__ import annotations

from dataclasses import replace

import pytest
from ocr.test_existing import LINES, reading, refused
from support.existing_samples import alto, corners, hocr, page_line, page_xml, region, typed

from align.linking.findings.numbering import numbered
from align.linking.findings.page_findings import page_findings
from align.model import Page, ScanInfo

ABSURD_NUMBERS = ["NaN", "inf", "-inf", "1e300", "", "abc"]
# The line "Утром приехал Петров" has its second word from x = 220 to 360.
SECOND = 'HPOS="220" VPOS="100" WIDTH="140" HEIGHT="20"'


@pytest.mark.parametrize("value", ABSURD_NUMBERS)
@pytest.mark.parametrize("attribute", ["HPOS", "VPOS", "WIDTH", "HEIGHT"])
def test_a_number_that_is_none(attribute, value):
    """A word of ALTO with such a number stands between its neighbours, which keep their places, and is named."""
    stated = dict(part.split("=") for part in SECOND.split())
    changed = " ".join(f'{name}="{value}"' if name == attribute else f"{name}={old}" for name, old in stated.items())
    found = reading(alto(LINES).replace(SECOND.encode(), changed.encode()))
    first, second, third = found.lines[0].words
    assert (first.box, third.box) == (LINES[0].words[0].box, LINES[0].words[2].box)
    assert second.text == "приехал"
    assert first.box.right < second.box.left < second.box.right < third.box.left
    assert found.misplaced == ("приехал",)


@pytest.mark.parametrize("attribute", ["HPOS", "VPOS", "WIDTH", "HEIGHT"])
def test_a_number_that_is_missing(attribute):
    """So does a word with a place of which one number is missing."""
    stated = " ".join(part for part in SECOND.split() if not part.startswith(attribute))
    found = reading(alto(LINES).replace(SECOND.encode(), stated.encode()))
    assert [word.text for word in found.lines[0].words] == ["Утром", "приехал", "Петров"]
    assert found.misplaced == ("приехал",)


@pytest.mark.parametrize("size", ['WIDTH="0" HEIGHT="20"', 'WIDTH="-140" HEIGHT="20"', 'WIDTH="140" HEIGHT="-20"'])
def test_a_size_that_is_none(size):
    """So does a word without extent, or with one below zero."""
    found = reading(alto(LINES).replace(SECOND.encode(), f'HPOS="220" VPOS="100" {size}'.encode()))
    assert [word.text for word in found.lines[0].words] == ["Утром", "приехал", "Петров"]
    assert found.misplaced == ("приехал",)


@pytest.mark.parametrize("bbox", ["360 100 220 120", "220 120 360 100", "NaN 100 360 120", "220 100 220 100"])
def test_corners_that_are_swapped(bbox):
    """So does a word of hOCR whose corners are swapped, equal or no numbers."""
    found = reading(hocr(LINES).replace(b"bbox 220 100 360 120", f"bbox {bbox}".encode()))
    assert found.misplaced == ("приехал",)
    assert [word.box for word in found.lines[1].words] == [word.box for word in LINES[1].words]


def test_a_word_as_high_as_the_page():
    """So does a word that states the whole page as its place."""
    found = reading(hocr(LINES).replace(b"bbox 220 100 360 120", b"bbox 0 0 1000 1400"))
    assert found.misplaced == ("приехал",)
    assert found.lines[0].box == LINES[0].box


def test_points_that_are_no_numbers():
    """So does a word of PAGE whose points are no outline."""
    line = page_line(LINES[0]).replace(corners(LINES[0].words[1].box), "NaN,NaN NaN,1 2,NaN")
    assert reading(page_xml(region("r", line))).misplaced == ("приехал",)


def test_a_word_without_any_place_is_no_fault():
    """A word for which the file states no place at all gets one beside the others, and nothing is told."""
    found = reading(alto(LINES).replace(SECOND.encode(), b""))
    assert [word.text for word in found.lines[0].words] == ["Утром", "приехал", "Петров"]
    assert [found.lines[0].words[n].box for n in (0, 2)] == [LINES[0].words[n].box for n in (0, 2)]
    assert found.misplaced == ()


def test_a_word_without_room():
    """A word without a place is left out where the line has no room for it; a mark alone is not told."""
    crowded = '<String CONTENT="*"/><String CONTENT="лишнее"/></TextLine>'
    found = reading(alto(LINES).replace(b"</TextLine>", crowded.encode(), 1))
    assert found.lines[0].text == LINES[0].text
    assert found.misplaced == ("лишнее",)


def test_words_from_right_to_left():
    """Between words of a script from right to left, a word gets its place in their order."""
    line = typed("אבגד הוזח טיכל")[0]
    mirrored = alto((line,)).replace(b'HPOS="100"', b'HPOS="900"').replace(b'HPOS="300"', b'HPOS="100"')
    mirrored = mirrored.replace(b'HPOS="900" VPOS="100" WIDTH="280"', b'HPOS="100" VPOS="100" WIDTH="880"')
    mirrored = mirrored.replace(b'HPOS="200" VPOS="100" WIDTH="80"', b'HPOS="NaN" VPOS="100" WIDTH="80"')
    first, second, third = reading(mirrored).lines[0].words
    assert third.box.right < second.box.left < second.box.right < first.box.left


def test_a_line_without_places():
    """A line none of whose places can be used is left out, and the other lines stay."""
    nowhere = alto(typed("нет места", top=500)).split(b'<TextBlock ID="b">')[1].split(b"</TextBlock>")[0]
    nowhere = nowhere.replace(b'VPOS="500"', b'VPOS="NaN"')
    found = reading(alto(LINES).replace(b"</TextBlock>", nowhere + b"</TextBlock>"))
    assert [line.text for line in found.lines] == [line.text for line in LINES]
    assert found.misplaced == ("нет", "места")


def test_a_page_without_places_is_not_blank():
    """A page that has words and no place for any is unreadable: it is never taken for an empty one."""
    ruined = alto(LINES).replace(b"HPOS=", b'HPOS="NaN" WAS=')
    assert refused(ruined).cause == "ocr-unreadable"
    assert refused(hocr(LINES).replace(b"bbox ", b"bbox NaN ")).cause == "ocr-unreadable"
    lines = "".join(page_line(line) for line in LINES).replace("points=", 'points="NaN,NaN NaN,NaN NaN,NaN" was=')
    assert refused(page_xml(region("r", lines))).cause == "ocr-unreadable"


def test_words_beside_the_page():
    """Words outside of the page are left out and named; the rest of the page stays."""
    found = reading(alto(LINES + typed("вне", left=1500, top=700)))
    assert [line.text for line in found.lines] == [line.text for line in LINES]
    assert found.misplaced == ("вне",)


def test_an_editor_is_told():
    """One finding of the page counts and names the words."""
    scan = ScanInfo("images/v/1.jpg", None, 1000, 1400, None, "0" * 64)
    page = Page(1, "v.p0001", "k", scan, None, "ok", LINES, misplaced=("приехал", "Петров"), ocr_file="ocr/v/1.xml")
    (finding,) = numbered("v", page_findings([page], {}))
    assert (finding.code, finding.severity, finding.pages) == ("ocr-misplaced", "warning", (1,))
    assert "ocr/v/1.xml gives 2 words of page 1" in finding.message
    assert finding.message.endswith("no usable place: “приехал Петров”")
    assert page_findings([replace(page, misplaced=())], {}) == []
