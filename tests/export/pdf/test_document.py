"""Words and pictures of a page, read back and rendered by PDFium: turned, tilted and mirrored as the scan is."""

from __future__ import annotations

import subprocess
from collections.abc import Sequence
from io import BytesIO
from math import cos, radians, sin
from pathlib import Path

import numpy as np
import pypdfium2
import pytest
from PIL import Image
from support.pdf_rules import faults

from align.export.pdf.assembly import PdfDocument, sheet
from align.export.pdf.metadata import About
from align.export.pdf.placed_words import PageLine, PageWord
from align.files.scans.pixels import turned
from align.model import Box, EncodedImage, Frame, Page, Point, Polygon, Rotation, ScanInfo, Transform

ABOUT = About("Дневник", ("Стрешин",), "ru", "align")
WIDTH, HEIGHT = 600, 800


def page_of(frame: Frame, dpi: float | None = 72.0) -> Page:
    """A page with this frame, of which one pixel is one point."""
    return Page(1, "v.p0001", "0" * 16, ScanInfo("images/v/1.jpg", None, WIDTH, HEIGHT, dpi, "0" * 64), frame, "ok")


def written(
    frame: Frame, lines: Sequence[PageLine], image: EncodedImage | None = None, dpi: float | None = 72.0
) -> bytes:
    """A file of one page."""
    file = PdfDocument(ABOUT)
    file.add(page_of(frame, dpi), frame, None if image is None else file.picture(image), lines, ())
    file.end(())
    return file.taken()


def line_of(*words: tuple[str, Box], outline: Polygon | None = None) -> PageLine:
    """A line of these words."""
    outline = outline or Polygon(Box.union(box for _, box in words).corners)
    return PageLine(tuple(PageWord(text, box) for text, box in words), outline, "ru")


def boxes_read(data: bytes) -> list[tuple[str, tuple[float, float, float, float]]]:
    """Each character that PDFium finds on the page but white space, with left, top, right and bottom in points."""
    document = pypdfium2.PdfDocument(data)
    page = document[0]
    text, height = page.get_textpage(), page.get_height()
    found = []
    for n in range(text.count_chars()):
        left, bottom, right, top = text.get_charbox(n)
        character = text.get_text_range(n, 1)
        if character.strip():
            found.append((character, (left, height - top, right, height - bottom)))
    document.close()
    return found


def around(boxes: Sequence[tuple[float, float, float, float]]) -> tuple[float, float, float, float]:
    """The box around boxes."""
    return min(b[0] for b in boxes), min(b[1] for b in boxes), max(b[2] for b in boxes), max(b[3] for b in boxes)


@pytest.mark.parametrize("rotation", [0, 90, 180, 270])
def test_words_are_over_their_ink_on_turned_pages(rotation: Rotation):
    """On a page that is turned to be read, and that begins within its scan, a word has its box to within a pixel."""
    frame = Frame(Box(50, 20, 550, 780), rotation)
    box = Box(100, 200, 190, 230) if rotation in (0, 180) else Box(100, 200, 130, 290)
    onto, _, height = sheet(frame, 72.0)
    points = onto.points(box.corners)
    wanted = around([(x, height - y, x, height - y) for x, y in points])
    outline = Polygon(Transform.turn(-rotation).points(Box(0, 0, 90, 9).corners))
    found = boxes_read(written(frame, [line_of(("слово", box), outline=outline)]))
    assert "".join(c for c, _ in found) == "слово"
    assert around([b for _, b in found]) == pytest.approx(wanted, abs=1)


@pytest.mark.parametrize("rotation", [90, 180, 270])
def test_an_outline_that_begins_at_another_corner_turns_no_word(rotation: Rotation):
    """Where existing OCR states a rectangle on a turned page, letters still follow each other to the right."""
    box = Box(100, 200, 190, 230) if rotation == 180 else Box(100, 200, 130, 290)
    found = boxes_read(written(Frame(Box(0, 0, WIDTH, HEIGHT), rotation), [line_of(("слово", box))]))
    assert "".join(c for c, _ in found) == "слово"
    assert [b[0] for _, b in found] == pytest.approx([found[0][1][0] + 18 * n for n in range(5)], abs=1)


@pytest.mark.parametrize("degrees", [1.5, 12.0, -25.0])
def test_words_of_a_tilted_line_are_over_their_ink(degrees: float):
    """A word of a tilted line has its box, whether the line is tilted so little that words are upright, or more."""
    c, s = cos(radians(degrees)), sin(radians(degrees))

    def quad(start: float, end: float) -> list[Point]:
        return [(300 + u * c - v * s, 400 + u * s + v * c) for u, v in ((start, 0), (end, 0), (end, 25), (start, 25))]

    words = [(start, text) for start, text in ((-200, "первое"), (-50, "второе"), (100, "третье"))]
    boxes = [Box.around(quad(start, start + 120)) for start, _ in words]
    line = line_of(
        *((text, box) for (_, text), box in zip(words, boxes, strict=True)), outline=Polygon(tuple(quad(-200, 220)))
    )
    found = boxes_read(written(Frame(Box(0, 0, WIDTH, HEIGHT)), [line]))
    assert "".join(character for character, _ in found) == "первоевтороетретье"
    for n, box in enumerate(boxes):
        assert around([b for _, b in found[6 * n : 6 * n + 6]]) == pytest.approx(
            (box.left, box.top, box.right, box.bottom), abs=1.2
        )


def running_text(left: int, right: int, words: Sequence[str], slope: float) -> list[PageLine]:
    """Lines of words a letter of which is seven pixels wide, some reaching lower or higher than others, as engines say.

    Each third line begins a paragraph; a word has a foot of its own, and here and there one takes in what is below it.
    """
    lines: list[PageLine] = []
    row: list[tuple[str, Box]] = []
    x = left
    for n, word in enumerate(words):
        if x + 7 * len(word) > right:
            lines.append(line_of(*row))
            x, row = left + (20 if len(lines) % 3 == 0 else 0), []
        base = 60 + 19 * len(lines) + round(slope * x)
        top, foot = base - (8, 11, 12)[n % 3], base + (0, 0, 2, 0, 3)[n % 5]
        row.append((word, Box(x, top, x + 7 * len(word) - 1, foot)))
        x += 7 * (len(word) + 1)
    return [*lines, line_of(*row)]


@pytest.mark.parametrize("slope", [0.0, 0.02])
@pytest.mark.parametrize("columns", [((40, 560),), ((40, 290), (330, 580)), ((40, 440), (470, 590))])
def test_poppler_reads_the_words_in_their_order(tmp_path: Path, columns: Sequence[tuple[int, int]], slope: float):
    """In one column, in two, and beside a margin, `pdftotext` orders the words of lines that are a little tilted."""
    words = [f"слово{n}"[n % 5 :] for n in range(100, 400)]
    lines = [line for edges in columns for line in running_text(*edges, words, slope)[:35]]
    path = tmp_path / "page.pdf"
    path.write_bytes(written(Frame(Box(0, 0, WIDTH, HEIGHT)), lines, dpi=100.0))
    said = subprocess.run(["pdftotext", str(path), "-"], capture_output=True, text=True, check=True).stdout
    assert said.split() == [word.text for line in lines for word in line.words]


def test_every_character_is_read_back():
    """Accents, letters beyond 16 bits, brackets and right-to-left words come back as they were written."""
    words = ("е\u0301ль", "𐌰𐌱", "(a\\b)", "«Да»", "שלום")
    line = line_of(*((word, Box(50 + 80 * n, 100, 120 + 80 * n, 130)) for n, word in enumerate(words)))
    document = pypdfium2.PdfDocument(written(Frame(Box(0, 0, WIDTH, HEIGHT)), [line]))
    said = document[0].get_textpage().get_text_range()
    document.close()
    assert sorted(said.split()) == sorted(words)


def test_a_long_word_at_a_line_end_stays_on_the_page():
    """A divided word that stands whole over its short first half has all of its letters where readers look."""
    word = "водогрязеторфопарафинолечебница" * 6
    found = boxes_read(written(Frame(Box(0, 0, WIDTH, HEIGHT)), [line_of((word, Box(500, 100, 590, 130)))]))
    assert "".join(character for character, _ in found) == word
    assert around([box for _, box in found])[2] <= WIDTH


@pytest.mark.parametrize("orientation", range(1, 9))
def test_pictures_are_turned_as_exif_says(orientation: int):
    """A stored image that EXIF turns or mirrors is seen as the scan is, and so it is on a page cut out of the scan."""
    stored = np.zeros((40, 60), np.uint8) + 90
    stored[:20, :30], stored[20:, :30] = 250, 10
    buffer = BytesIO()
    Image.fromarray(stored).save(buffer, "JPEG", quality=95)
    scan = turned(stored, orientation)
    frame = Frame(Box(10, 10, scan.shape[1], scan.shape[0]))
    image = EncodedImage(buffer.getvalue(), "jpeg", 60, 40, 1, orientation=orientation)
    document = pypdfium2.PdfDocument(written(frame, [], image))
    seen = np.asarray(document[0].render(scale=1).to_pil().convert("L"), np.int16)
    document.close()
    assert np.abs(seen - scan[10:, 10:]).mean() < 8


@pytest.mark.parametrize("dpi", [None, 0.001, 5_000_000.0])
def test_a_page_has_a_size_that_readers_take(dpi: float | None):
    """Without a resolution, or with an absurd one, the sides of a page are within the limits of readers."""
    _, width, height = sheet(Frame(Box(0, 0, WIDTH, HEIGHT)), dpi)
    assert all(2.9 < side < 14_401 for side in (width, height))
    assert width / height == pytest.approx(WIDTH / HEIGHT)


def test_words_and_titles_from_anywhere_do_no_harm():
    """Control characters, halves of letters, overlapping and far too large words, and brackets leave a sound file."""
    huge = Box(-900, -900, 90_000, 70_000)
    words = ("a\u202eb", "\u0301", "()\\", "\x7f", "x" * 3000, "\ud800")
    line = line_of(*((word, box) for word in words for box in (huge, Box(5, 5, 6, 6), Box(5, 5, 6, 6))))
    file = PdfDocument(About("\x01<Дневник>\ud800 (1)", ("]]>&",), "ru-x-old", "align"))
    frame = Frame(Box(0, 0, WIDTH, HEIGHT))
    file.add(page_of(frame, None), frame, None, [line, line], ())
    file.end(())
    assert faults(file.taken()) == []


def test_a_file_without_text_is_sound():
    """A file of one page without picture, text and notes keeps the rules of PDF/A too."""
    assert faults(written(Frame(Box(0, 0, WIDTH, HEIGHT)), [])) == []
