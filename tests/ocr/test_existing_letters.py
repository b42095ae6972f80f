"""hOCR with letters, as Tesseract writes it: the words are those of plain hOCR, and no reading is added."""

from __future__ import annotations

from pathlib import Path

import pytest
from ocr.test_existing import LINES, reading
from support.existing_samples import alto, corners, hocr, page_xml, read_back, region, typed

from align.model import Box
from align.ocr import read_existing

FILES = Path(__file__).parent / "hocr_letters"
WORD = "<span class='ocrx_word' title='bbox 220 100 360 120; x_wconf 90'>приехал</span>"


def words_of(name: str) -> list[tuple[str, Box, float | None]]:
    (page,) = read_existing((FILES / f"{name}.hocr").read_bytes(), name=name).pages
    assert (page.misplaced, page.estimated, page.unused) == ((), (), ())
    return [(w.text, w.box, w.confidence) for stated in page.lines for w in stated.line.words]


@pytest.mark.parametrize("name", ["boxes", "choice_1", "choice_2", "choice_1_boxes", "choice_2_boxes"])
def test_words_are_those_of_plain_hocr(name):
    """Letters with boxes, and what else Tesseract saw at each, change no word, place or confidence."""
    assert [text for text, _, _ in words_of("plain")] == ["The", "ferry", "came", "at", "“nine”."]
    assert words_of(name) == words_of("plain")


def with_word(inner: str) -> list[list[tuple[str, tuple[int, int, int, int]]]]:
    """The lines as read, with this for the second word of the first line."""
    assert WORD in hocr(LINES).decode()
    return read_back(reading(hocr(LINES).decode().replace(WORD, inner).encode()).lines)


@pytest.mark.parametrize(
    "inner",
    [
        "<strong>\n  <em>приехал</em>\n </strong>",
        "\n   приехал\n  ",
        "<span class='ocrx_cinfo' title='x_confs 9'>п</span>приехал<span class='ocrx_cinfo'>x</span>",
        "".join(f"\n <span class='ocr_glyph'>{c}</span>" for c in "приехал"),
        "".join(f"\n <span>{c}</span>" for c in "приехал"),
        "<strong>" + "".join(f"\n <span class='ocrx_cinfo'>\n{c}\n</span>" for c in "приехал") + "</strong>",
        "".join(
            "<span class='ocrx_cinfo'><span class='ocrx_cinfo' title='x_confs 3'>щ</span>"
            f"<span class='ocrx_cinfo' title='x_confs 90.5'>{c}</span></span>"
            for c in "приехал"
        ),
        "<span class='alternatives'><ins class='alt'></ins><ins class='alt'>приехал</ins>"
        "<del class='alt'>приехав</del></span>",
    ],
)  # fmt: skip
def test_a_word_s_own_text_or_its_letters(inner):
    """A word is its own text; else its outermost letters; else the likeliest of each; white space of markup is none."""
    assert with_word(WORD.replace("приехал", inner)) == read_back(LINES)


def test_a_word_s_place_by_its_letters():
    """A word that states no place has that of its letters, in hOCR, ALTO and PAGE."""
    letters = [("п", Box(220, 100, 290, 120)), ("риехал", Box(290, 100, 360, 120))]
    inner = "".join(
        f"<span class='ocrx_cinfo' title='x_bboxes {b.left} {b.top} {b.right} {b.bottom}; x_conf 9'>{c}</span>"
        for c, b in letters
    )
    assert with_word(f"<span class='ocrx_word'>{inner}</span>") == read_back(LINES)
    glyphs = "".join(
        f'<Glyph CONTENT="{c}" HPOS="{b.left}" VPOS="{b.top}" WIDTH="{b.width}" HEIGHT="{b.height}"/>'
        for c, b in letters
    )
    old = '<String HPOS="220" VPOS="100" WIDTH="140" HEIGHT="20" WC="0.9" CONTENT="приехал"/>'
    data = alto(LINES).decode()
    assert old in data
    assert read_back(reading(data.replace(old, f"<String>{glyphs}</String>").encode()).lines) == read_back(LINES)
    glyphs = "".join(
        f'<Glyph><Coords points="{corners(b)}"/><TextEquiv><Unicode>{c}</Unicode></TextEquiv></Glyph>'
        for c, b in letters
    )
    assert read_back(reading(page_xml(region("r", f"<TextLine><Word>{glyphs}</Word></TextLine>"))).lines) == [
        [("приехал", (220, 100, 140, 20))]
    ]


def test_a_line_of_letters():
    """A line of letters without words is their text, a blank letter being a space."""
    letters = "".join(f"<span class='ocrx_cinfo'>{c}</span>" for c in "три письма.")
    line = typed("три письма.")[0]
    data = hocr([line]).decode()
    start, end = data.index("<span class='ocrx_word'"), data.index("</span></p>")
    assert read_back(reading((data[:start] + letters + data[end:]).encode()).lines) == read_back([line])
