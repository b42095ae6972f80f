"""Confidence in existing OCR: what is not stated is not known, and a line's confidence is no word's."""

from __future__ import annotations

import re

import pytest
from ocr.test_existing import LINES, reading
from support.existing_samples import alto, corners, hocr, page_line, page_xml, region, typed

from align.model import Reading


def confidences(found: Reading) -> set[float | None]:
    return {word.confidence for line in found.lines for word in line.words}


def test_alto_without_wc():
    """ALTO as programs write it that convert PAGE: no String states a confidence, and so no word has one."""
    found = reading(re.sub(rb' WC="[^"]*"', b"", alto(LINES)))
    assert confidences(found) == {None}
    assert [line.confidence for line in found.lines] == [None, None, None]


def test_confidence_of_an_alto_page():
    """The accuracy of the whole page (PC) is no word's."""
    data = re.sub(rb' WC="[^"]*"', b"", alto(LINES, page='PC="0.99"'))
    assert confidences(reading(data)) == {None}


def test_one_string_a_line():
    """A String that holds a whole line says nothing of any one word."""
    data = alto(LINES, words=False).replace(b"<String ", b'<String WC="0.97" ')
    assert confidences(reading(data)) == {None}


def test_confidence_of_a_page_line():
    """PAGE with a confidence of each line alone, as of Tesseract: its words have none."""
    lines = (page_line(line, words=False).replace("<TextEquiv>", '<TextEquiv conf="0.97">') for line in LINES)
    assert confidences(reading(page_xml(region("r", *lines)))) == {None}
    words = (page_line(line).replace('conf="0.9"', "") for line in LINES)
    words_under_lines = (re.sub(r"(</Word>)<TextEquiv>", r'\1<TextEquiv conf="0.97">', line) for line in words)
    assert confidences(reading(page_xml(region("r", *words_under_lines)))) == {None}


def test_texts_of_a_line_at_places_of_words():
    """Words that have places alone, and get the line's text, have no confidence either."""
    words = "".join(f'<Word><Coords points="{corners(w.box)}"/></Word>' for w in LINES[0].words)
    text = f'<TextEquiv conf="0.97"><Unicode>{LINES[0].text}</Unicode></TextEquiv>'
    line = f'<TextLine><Coords points="{corners(LINES[0].box)}"/>{words}{text}</TextLine>'
    assert confidences(reading(page_xml(region("r", line)))) == {None}


def test_hocr_without_wconf():
    """Files of hOCR with a confidence of each line (x_conf) and none of words: its words have none."""
    data = re.sub(rb"; x_wconf \d+", b"", hocr(LINES)).replace(b"; baseline", b"; x_conf 97; baseline")
    assert confidences(reading(data)) == {None}


@pytest.mark.parametrize("stated", ["NaN", "-1", "101", "inf", "high", ""])
def test_confidence_that_is_none(stated):
    """A confidence that is no number, or out of range, counts as not stated, in all formats."""
    for data in (
        alto(LINES).replace(b'WC="0.9"', f'WC="{stated}"'.encode()),
        page_xml(region("r", *(page_line(line).replace('conf="0.9"', f'conf="{stated}"') for line in LINES))),
        hocr(LINES).replace(b"x_wconf 90", f"x_wconf {stated}".encode()),
    ):
        assert confidences(reading(data)) == {None}


def test_zero_is_stated():
    """A confidence of 0 is one: the program is not sure at all."""
    sure = typed("Утром приехал Петров", confidence=0.0)
    assert confidences(reading(alto(sure))) == {0.0}
    assert confidences(reading(hocr(sure))) == {0.0}


def test_a_line_of_which_some_words_state_it():
    """The confidence of a line is the mean over the words that state one."""
    found = reading(alto(LINES[:1]).replace(b'WC="0.9"', b"", 1))
    assert [word.confidence for word in found.lines[0].words] == [None, 0.9, 0.9]
    assert found.lines[0].confidence == pytest.approx(0.9)


@pytest.mark.parametrize(
    ("software", "stated", "read"),
    [
        ("tesseract 5.3.0", "0.8", 0.08),
        ("tesseract 5.3.4-2-g1234", "0.5", 0.05),
        ("tesseract 5.3.0", "0.90", 0.9),
        ("tesseract 5.3.0", "0.08", 0.08),
        ("tesseract 5.3.0", "1", 1.0),
        ("Tesseract", "0.8", 0.8),
        ("another 1.0", "0.8", 0.8),
        ("", "0.8", 0.8),
    ],
)
def test_tesseract_that_drops_a_zero(software, stated, read):
    """Tesseract up to 5.3 writes 8 hundredths as 0.8; newer versions and other programs mean eight tenths by it."""
    data = alto(LINES).replace(b'WC="0.9"', f'WC="{stated}"'.encode())
    name = f"<OCRProcessing><ocrProcessingStep><processingSoftware><softwareName>{software}</softwareName>"
    name += "</processingSoftware></ocrProcessingStep></OCRProcessing></Description>"
    assert confidences(reading(data.replace(b"</Description>", name.encode()))) == {read}
