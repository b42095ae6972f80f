"""The sides of a scan that a file of OCR states: a scan with two pages stays two."""

from __future__ import annotations

import pytest
from support.existing_samples import page_line, page_xml, region, typed

from align.model import Box, Frame, ScanInfo
from align.ocr import by_side, place, read_existing

SCAN = ScanInfo("images/v/1.png", None, 1000, 1400, None, "0" * 64)
LEFT, RIGHT = "side {left:0; top:0; width:500; height:1400;}", "side {left:500; top:0; width:500; height:1400;}"


def readings(custom: str, *, size: tuple[int, int] = (1000, 1400)):
    """The readings of a scan with a line on its left half and one on its right, from a file that states this."""
    lines = (*typed("слева"), *typed("справа", left=700))
    data = page_xml(region("r", *map(page_line, lines)), size).replace(b"<Page ", f'<Page custom="{custom}" '.encode())
    existing = read_existing(data, name="x.xml")
    page = existing.pages[0]
    return by_side(place(page, SCAN, name="x", engine="e", languages=()), page, SCAN)


def test_each_side_has_its_lines():
    """The two readings have the stated frames, in the stated order, and the lines on them."""
    found = readings(f"{LEFT} {RIGHT}")
    assert [reading.frame for reading in found] == [Frame(Box(0, 0, 500, 1400)), Frame(Box(500, 0, 1000, 1400))]
    assert [[line.text for line in reading.lines] for reading in found] == [["слева"], ["справа"]]
    assert [reading.language for reading in found] == ["ru", "ru"]


def test_sides_are_scaled_with_the_page():
    """A file about a copy half as large states sides of the copy."""
    found = readings("side {left:0; top:0; width:250; height:700;} side {left:250; top:0; width:250; height:700;}",
                     size=(500, 700))  # fmt: skip
    assert [reading.frame.box.xywh for reading in found] == [(0, 0, 500, 1400), (500, 0, 500, 1400)]


def test_a_side_without_lines_is_blank():
    """It stays a page."""
    found = readings("side {left:0; top:700; width:1000; height:700;} side {left:0; top:0; width:1000; height:700;}")
    assert [(reading.status, len(reading.lines)) for reading in found] == [("blank", 0), ("ok", 2)]
    assert found[0].language is None


@pytest.mark.parametrize(
    "custom",
    [
        "",
        "side {left:0; top:0; width:nan; height:1400;}",
        "side {left:0; top:0; width:-5; height:1400;}",
        f"{LEFT} {LEFT}",
        f"{LEFT} {RIGHT} side {{left:0; top:0; width:9; height:9;}}",
        f"{LEFT} side {{left:5000; top:0; width:500; height:1400;}}",
        f"{LEFT} side {{left:1; top:2;}}",
    ],
    ids=["none", "no number", "below zero", "twice the same", "three", "beside the scan", "half of one"],
)
def test_sides_that_cannot_be_are_none(custom):
    """The scan is then one page, with all its lines."""
    (found,) = readings(custom)
    assert found.frame == Frame(Box(0, 0, 1000, 1400))
    assert len(found.lines) == 2
