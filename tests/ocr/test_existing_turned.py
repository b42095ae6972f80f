"""Pages that lie turned and do not say so: what is wrong with one word or line is mended as on upright pages."""

from __future__ import annotations

import re

import pytest
from ocr.test_existing import reading
from ocr.test_existing_services import SIZE, moved, turned
from support.existing_samples import alto, corners, page_line, page_xml, read_back, typed

from align.model import Box

UPRIGHT = typed("Утром приехал Петров", "из Ленинграда и привёз", "три письма от старых", "друзей с севера.")


@pytest.fixture(params=[90, 180, 270])
def turn(request) -> int:
    """The turn that makes the page upright."""
    return int(request.param)


def size_of(turn: int) -> tuple[int, int]:
    return SIZE if turn == 180 else SIZE[::-1]


def is_over(box: Box, other: Box) -> bool:
    """Whether a box is over most of another."""
    shared = box.intersection(other)
    return shared is not None and shared.width * shared.height > 0.6 * other.width * other.height


def test_one_word_without_a_place(turn):
    """A word whose place can be none stands between its neighbours, which keep theirs."""
    lines = moved(UPRIGHT, turned(turn))
    box = lines[0].words[1].box
    stated = f'HPOS="{box.left}" VPOS="{box.top}" WIDTH="{box.width}" HEIGHT="{box.height}"'
    found = reading(alto(lines, size_of(turn)).replace(stated.encode(), b'HPOS="NaN" WIDTH="1"'), size_of(turn))
    assert found.frame.rotation == turn
    assert [line.text for line in found.lines] == [line.text for line in UPRIGHT]
    assert read_back(found.lines)[0][::2] == read_back(lines)[0][::2]
    assert found.misplaced == ("приехал",)


def test_text_of_a_region_that_its_lines_lack(turn):
    """It is put between the lines, in their direction."""
    lines = moved(UPRIGHT, turned(turn))
    width, height = size_of(turn)
    text = "\n".join(line.text for line in UPRIGHT)
    made = (
        f'<TextRegion id="r"><Coords points="0,0 {width},0 {width},{height} 0,{height}"/>'
        f"{''.join(map(page_line, (lines[0], lines[1], lines[3])))}"
        f"<TextEquiv><Unicode>{text}</Unicode></TextEquiv></TextRegion>"
    )
    found = reading(page_xml(made, size_of(turn)), size_of(turn))
    assert [line.text for line in found.lines] == [line.text for line in UPRIGHT]
    assert found.estimated == (UPRIGHT[2].text,)
    assert is_over(found.lines[2].box, lines[2].box)


def test_a_line_without_a_place(turn):
    """A line without a place is put between the lines before and after it."""
    lines = moved(UPRIGHT, turned(turn))
    stated = f'<TextLine><Coords points="{corners(lines[2].box)}"/>'
    nowhere = re.sub("<Word>.*</Word>", "", page_line(lines[2])).replace(stated, '<TextLine><Coords points="5,5"/>')
    rows = "".join((page_line(lines[0]), page_line(lines[1]), nowhere, page_line(lines[3])))
    found = reading(page_xml(f'<TextRegion id="r">{rows}</TextRegion>', size_of(turn)), size_of(turn))
    assert [line.text for line in found.lines] == [line.text for line in UPRIGHT]
    assert is_over(found.lines[2].box, lines[2].box)


def test_words_that_are_listed_backwards():
    """Words in another order than that of their line's text do not turn the page: the text says the order."""
    line = page_line(UPRIGHT[0])
    words = re.findall("<Word>.*?</Word>", line)
    backwards = line.replace("".join(words), "".join(reversed(words)))
    found = reading(page_xml(f'<TextRegion id="r">{backwards}</TextRegion>'))
    assert (found.frame.rotation, read_back(found.lines)) == (0, read_back(UPRIGHT[:1]))
