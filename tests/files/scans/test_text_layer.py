"""The text in PDFs: whose words are taken, in the pixels of the scan, and when it is not sound."""

from __future__ import annotations

import contextlib
import math
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.existing_samples import read_back, typed
from support.searchable_pdf import PdfPage, PdfText, searchable_pdf

from align.errors import ScanError
from align.files.scans.images import list_scans
from align.files.scans.text_layer import TextLayer, text_layers
from align.model import Box, Line, Polygon, ScanInfo
from align.ocr import place, sound_page

SIZE = (1000, 1400)
ENGLISH = "The children were playing near the river when the evening came and the lamps were lit"
LINES = typed("Утром приехал Петров", "из Ленинграда и при-", "вёз три письма.")
WHITE = np.full(SIZE[::-1], 255, np.uint8)


def layer_of(tmp_path: Path, page: PdfPage) -> tuple[TextLayer | None, ScanInfo]:
    (tmp_path / "a.pdf").write_bytes(searchable_pdf(page))
    (layer,), (scan,) = text_layers(tmp_path / "a.pdf", "a.pdf"), list_scans(tmp_path, "a.pdf")
    return layer, scan


def words_of(tmp_path: Path, page: PdfPage) -> list | None:
    """The words of the page and their boxes, line by line; None where its text is not sound."""
    layer, scan = layer_of(tmp_path, page)
    if layer is None:
        return None
    assert (layer.width, layer.height) == (scan.width, scan.height)
    stated = sound_page(layer.width, layer.height, [[(w.text, w.box) for w in line] for line in layer.lines])
    if stated is None:
        return None
    reading = place(stated, scan, name="a.pdf", engine="pdf", languages=())
    assert {word.confidence for line in reading.lines for word in line.words} == {None}
    return read_back(reading.lines)


def moved(lines: tuple[Line, ...], dx: int, dy: int) -> tuple[Line, ...]:
    def box(place: Box) -> Box:
        return Box(place.left + dx, place.top + dy, place.right + dx, place.bottom + dy)

    return tuple(
        Line(
            tuple(replace(w, box=box(w.box), polygon=Polygon(box(w.box).corners)) for w in line.words),
            Polygon(box(line.box).corners),
        )
        for line in lines
    )


def garbled(text: str) -> tuple[Line, ...]:
    return typed(*(text,) * 6)


# Whose words are taken


@pytest.mark.parametrize(
    "text",
    [
        PdfText(LINES),
        PdfText(LINES, stretch_spaces=True, codes="level"),
        PdfText(LINES, mode=0, before=True),
        PdfText(LINES, codes="none"),
    ],
    ids=["invisible", "stretched with spaces", "under the picture", "without a table of letters"],
)
def test_words_lie_on_the_scan(tmp_path, text):
    """Words under a picture or invisible over it have their boxes in its pixels, hyphens at line ends included."""
    found = words_of(tmp_path, PdfPage(SIZE, WHITE, [text])) or []
    assert [[word for word, _ in line] for line in found] == [[word.text for word in line.words] for line in LINES]
    # A font that PDFium puts in the place of a missing one has letters of other widths.
    most = 2 if text.codes == "none" else 0
    for line, own in zip(found, LINES, strict=True):
        for (_, box), word in zip(line, own.words, strict=True):
            assert max(abs(a - b) for a, b in zip(box, word.box.xywh, strict=True)) <= most


def test_a_page_that_is_drawn(tmp_path):
    """On a page without a picture the words lie where its drawing at 300 dpi shows them."""
    layer, _ = layer_of(tmp_path, PdfPage(SIZE, None, [PdfText(LINES, mode=0)]))
    assert layer is not None
    assert layer.lines[0][0].text == "Утром"
    scale = 300 / 144
    assert layer.lines[0][0].box == pytest.approx([100 * scale, 100 * scale, 200 * scale, 120 * scale], abs=0.5)


@pytest.mark.parametrize("rotate", [90, 180, 270])
def test_turned_pages(tmp_path, rotate):
    """On a page that is shown turned, words lie where it shows them, and the reading says how it lies."""
    layer, scan = layer_of(tmp_path, PdfPage(SIZE, WHITE, [PdfText(LINES)], rotate=rotate))
    assert layer is not None
    stated = sound_page(layer.width, layer.height, [[(w.text, w.box) for w in line] for line in layer.lines])
    assert stated is not None
    reading = place(stated, scan, name="a.pdf", engine="pdf", languages=())
    assert reading.frame.rotation == (360 - rotate) % 360
    assert [line.text for line in reading.lines] == [line.text for line in LINES]
    left, top, _, _ = LINES[0].words[0].box.xywh
    corner = {90: (SIZE[1] - top, left), 180: (SIZE[0] - left, SIZE[1] - top), 270: (top, SIZE[0] - left)}[rotate]
    assert reading.lines[0].words[0].polygon.points[0] == pytest.approx(corner, abs=1)


def test_crop_box(tmp_path):
    """A page that shows a part of its picture keeps the grid of what it shows, and the words fit it."""
    page = PdfPage(SIZE, WHITE, [PdfText(LINES)], crop=(20, 30, 990, 1390))
    layer, scan = layer_of(tmp_path, page)
    assert layer is not None
    assert (layer.width, layer.height) == (scan.width, scan.height)
    dx, dy = (0, 0) if scan.width == SIZE[0] else (-20, -30)
    assert words_of(tmp_path, page) == read_back(moved(LINES, dx, dy))


def test_stamps_are_no_text_of_the_page(tmp_path):
    """A library's line over the scan is left out beside the scan's own text; by itself it is no text at all."""
    stamp = PdfText(typed("Downloaded from the Library of Somewhere", top=1350), mode=0)
    assert words_of(tmp_path, PdfPage(SIZE, WHITE, [stamp])) is None
    assert words_of(tmp_path, PdfPage(SIZE, WHITE, [PdfText(LINES), stamp])) == read_back(LINES)
    part = PdfPage((1000, 2000), WHITE, [stamp])
    part.image = WHITE
    assert words_of(tmp_path, part) is None


def test_text_that_is_there_twice(tmp_path):
    """Words that were added twice at one place count once."""
    page = PdfPage(SIZE, WHITE, [PdfText(LINES), PdfText(LINES, dx=1)])
    assert words_of(tmp_path, page) == read_back(LINES)


def test_pages_without_text(tmp_path):
    """Pages without text have no layer, beside pages that have one."""
    pages = [PdfPage(SIZE, WHITE), PdfPage(SIZE, WHITE, [PdfText(LINES)])]
    (tmp_path / "a.pdf").write_bytes(searchable_pdf(*pages))
    assert [layer is not None for layer in text_layers(tmp_path / "a.pdf", "a.pdf")] == [False, True]


def test_a_damaged_pdf(tmp_path):
    """A PDF that cannot be opened is an error with a sentence."""
    (tmp_path / "a.pdf").write_bytes(b"%PDF-1.7 nothing %%EOF")
    with pytest.raises(ScanError):
        text_layers(tmp_path / "a.pdf", "a.pdf")


# What is not sound


@pytest.mark.parametrize(
    "text",
    [
        PdfText(garbled("Hello world from the diary"), shift=-29),
        PdfText(garbled("Утром приехал Петров домой"), shift=0xE000 - 0x400),
        PdfText(garbled("Óòðîì ïðèåõàë Ïåòðîâ äîìîé")),
        PdfText(garbled("".join(chr(ord(c) - 29) if c != " " else c for c in ENGLISH))),
        PdfText(garbled("(=+ %# *& $@ !~ ^^ ;: ,,")),
        PdfText(garbled("хех (ихомииане мовАж офь иизеязо эжА хАшо инаЧеу иеБехооеЯ")),
        PdfText(LINES, dx=5000),
        PdfText(typed(*("Утром приехал Петров",) * 3, size=2)),
        PdfText(tuple(line for n in range(6) for line in typed(f"слово{n} другое{n} третье{n}", top=100 + 3 * n))),
    ],
    ids=[
        "codes moved",
        "private codes",
        "wrong code page",
        "no vowels",
        "signs",
        "read upside down",
        "beside the page",
        "dust",
        "heap",
    ],
)
def test_text_that_is_not_sound(tmp_path, text):
    """Text in codes of its own, beside the page, of no size or in a heap is not taken: an engine reads the page."""
    assert words_of(tmp_path, PdfPage(SIZE, WHITE, [text])) is None


@pytest.mark.parametrize("value", [math.nan, math.inf, -math.inf, 1e300, -1e9])
def test_absurd_places(value):
    """A word with an absurd place spoils no other, and huge boxes take no time."""
    good = [(w.text, (w.box.left, w.box.top, w.box.right, w.box.bottom)) for line in LINES for w in line.words]
    stated = sound_page(*SIZE, [[*good, ("слово", (value, 10.0, 900.0, 20.0))]])
    assert stated is not None
    assert sum(len(line.line.words) for line in stated.lines) >= len(good)
    assert sound_page(*SIZE, [[("слово", (-1e9, -1e9, 1e9, 1e9))] * 100]) is None


WHOLE = searchable_pdf(PdfPage((100, 140), WHITE[:140, :100].copy(), [PdfText(typed("Утром снег", left=5, size=4))]))


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(st.floats(0, 0.999), st.integers(0, 255)), min_size=1, max_size=8))
def test_damage_raises_nothing_but_a_scan_error(tmp_path_factory: pytest.TempPathFactory, damage):
    """Whatever bytes of a PDF are changed, its text is words in numbers, or none, or a ScanError."""
    path = tmp_path_factory.mktemp("damage") / "a.pdf"
    data = bytearray(WHOLE)
    for where, value in damage:
        data[int(where * len(data))] = value
    path.write_bytes(data)
    with contextlib.suppress(ScanError):
        for layer in text_layers(path, "a.pdf"):
            if layer is not None:
                sound_page(layer.width, layer.height, [[(w.text, w.box) for w in line] for line in layer.lines])
