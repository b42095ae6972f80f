"""Existing OCR as Tesseract really writes it: the same words at the same places as in its own table."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
from PIL import Image, ImageDraw, ImageFont

from align.model import ScanInfo
from align.ocr import place, read_existing
from align.ocr.tesseract import parse_tsv

pytestmark = pytest.mark.engine

TEXT = (
    "Утром приехал Петров из Ленинграда",
    "и привёз три письма от старых друзей.",
    "Мы долго говорили о книгах и о новой",
    "школе за рекой. После обеда выпал снег,",
    "и дети побежали на улицу. Вечером мы",
    "читали вслух и пили чай с вареньем.",
)
SIZE = (1200, 800)


@pytest.fixture(scope="module", params=[0, 180, 270])
def read(request, tmp_path_factory) -> tuple[Path, int]:
    """A page turned clockwise by so many degrees, read into all formats."""
    page = Image.new("L", SIZE, 250)
    draw = ImageDraw.Draw(page)
    for row, line in enumerate(TEXT):
        draw.text((100, 100 + 90 * row), line, font=ImageFont.truetype("DejaVuSans.ttf", 40), fill=20)
    path = tmp_path_factory.mktemp("scan") / "page.png"
    page.rotate(-request.param, expand=True).save(path, dpi=(300, 300))
    subprocess.run(
        ["tesseract", path, path.with_suffix(""), "--psm", "1", "-l", "rus", "alto", "hocr", "tsv"],
        check=True,
        capture_output=True,
        env={"OMP_THREAD_LIMIT": "1", "PATH": "/usr/bin:/usr/local/bin"},
    )
    return path, request.param


@pytest.mark.parametrize("suffix", [".xml", ".hocr"])
def test_as_in_its_table(read, suffix):
    """Lines, words, boxes and confidence are those of Tesseract's table, and the page's turn is found."""
    path, turned = read
    with Image.open(path) as image:
        width, height = image.size
    file = read_existing(path.with_suffix(suffix).read_bytes(), name=path.name)
    (page,) = file.pages
    scan = ScanInfo("images/v/page.png", None, width, height, None, "digest")
    found = place(page, scan, name=path.name, engine=file.engine, languages=())
    expected = parse_tsv(path.with_suffix(".tsv").read_bytes(), width=width, height=height)
    assert [[(w.text, w.box) for w in line.words] for line in found.lines] == [
        [(w.text, w.box) for w in line.words] for line in expected
    ]
    for line, own in zip(found.lines, expected, strict=True):
        for word, other in zip(line.words, own.words, strict=True):
            assert word.confidence == pytest.approx(other.confidence, abs=0.011)
    assert found.lines[0].text.startswith("Утром")
    assert (found.frame.rotation, found.language) == ((360 - turned) % 360, "ru")
    first = found.lines[0].words[0]
    corners = {0: 0, 180: 2, 270: 3}
    assert first.polygon.points[0] == first.box.corners[corners[turned]]
