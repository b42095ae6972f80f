from __future__ import annotations

import pickle
import shutil
from collections import Counter
from dataclasses import dataclass, field, replace
from hashlib import sha256
from pathlib import Path

import cv2
import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont
from support.drawn_pages import dithered

from align.batch.page_job import PageJob, run_page_job
from align.errors import ScanError
from align.model import Box, Line, Polygon, ScanInfo, Word
from align.ocr import Engine, TesseractEngine
from align.reading.scan import read_scan

SAMPLE_PAGE = Path(__file__).parents[2] / "images" / "dnevnik" / "0001.jpg"
SCAN = ScanInfo("images/v/0001.png", None, 900, 1300, None, "0" * 64)


@dataclass
class LopsidedEngine:
    """An engine for pages whose lines are full at the left and empty at the right: so it knows which way up they are.

    It reads one line a row of ink, surely when the page is upright and in its language, else doubtfully. Rows below
    `foreign_from` (a part of the height of a whole page) are in the language "en".
    """

    language: str = "ru"
    foreign_from: float | None = None
    calls: list[tuple[str, ...]] = field(default_factory=list)
    name: str = "lopsided 1"

    def read(self, image: np.ndarray, *, languages: tuple[str, ...], dpi: float) -> tuple[Line, ...]:
        self.calls.append(languages)
        ink = (image if image.ndim == 2 else image.min(axis=2)) < 128
        height, width = ink.shape
        upright = ink[:, : width // 2].sum() > 2 * ink[:, width // 2 :].sum()
        rows = np.flatnonzero(np.diff(np.concatenate([[0], ink.sum(axis=1) > width // 100, [0]])))
        lines = []
        for top, bottom in zip(rows[::2], rows[1::2], strict=True):
            columns = np.flatnonzero(ink[top:bottom].any(axis=0))
            whole_page = height > 0.6 * width
            foreign = self.foreign_from is not None and (not whole_page or top > self.foreign_from * height)
            sure = upright and ("en" if foreign else self.language) in languages
            box = Box(int(columns[0]), int(top), int(columns[-1] + 1), int(bottom))
            lines.append(
                Line((Word("слово" * 4, box, Polygon(box.corners), 0.9 if sure else 0.3),), Polygon(box.corners))
            )
        return tuple(lines)


def text_page(width: int = 900, height: int = 1300) -> np.ndarray:
    """A page with letters in the left half only, first line at 100."""
    page = np.full((height, width), 235, np.uint8)
    for row in range(24):
        for x in range(100, width // 2 - 20 - (row % 5) * 20, 16):
            if x % 80 >= 16:
                cv2.rectangle(page, (x, 100 + row * 45), (x + 10, 114 + row * 45), 30, 2)
    return page


def turned(page: np.ndarray, clockwise: int) -> np.ndarray:
    return np.ascontiguousarray(np.rot90(page, -clockwise // 90))


def test_a_good_page_costs_one_call() -> None:
    """An upright page in the first language is read once, in that language, and its boxes lie on its ink."""
    engine, page = LopsidedEngine(), text_page()
    (reading,) = read_scan(page, engine=engine, languages=("ru", "en"))
    assert engine.calls == [("ru",)]
    assert (reading.status, reading.language, reading.preparation) == ("ok", "ru", "plain")
    assert reading.frame.box.xywh == (0, 0, 900, 1300)
    assert reading.frame.rotation == 0
    assert reading.lines[0].box.top == pytest.approx(99, abs=2)


def test_the_language_is_found() -> None:
    """A page in the second language is found out and read whole in it."""
    engine = LopsidedEngine(language="en")
    (reading,) = read_scan(text_page(), engine=engine, languages=("ru", "en"))
    assert (reading.language, reading.frame.rotation) == ("en", 0)
    assert len(engine.calls) == 3


@pytest.mark.parametrize("lay", [90, 180, 270])
@pytest.mark.parametrize("language", ["ru", "en"])
def test_the_way_up_is_found(lay: int, language: str) -> None:
    """However the page lies, and in either language, the reading says how to turn it, and its boxes lie on its ink."""
    page = turned(text_page(), lay)
    (reading,) = read_scan(page, engine=LopsidedEngine(language=language), languages=("ru", "en"))
    assert reading.frame.rotation == (360 - lay) % 360
    assert reading.language == language
    box = reading.lines[0].box
    inside = page[box.top : box.bottom, box.left : box.right]
    assert (inside < 128).mean() > 0.2
    assert len(reading.lines) == 24


def test_the_pages_of_an_opening_that_lay_upside_down_come_in_reading_order() -> None:
    """Left page first as one reads it: on a scan that lies the other way up, that is the right-hand frame."""
    left, right = text_page(), text_page()
    right[700:] = 235
    opening = np.hstack([left, right])
    for lay in (0, 90, 180, 270):
        first, second = read_scan(turned(opening, lay), engine=LopsidedEngine(), languages=("ru",))
        assert len(first.lines) > len(second.lines) > 5
        assert {first.frame.rotation, second.frame.rotation} == {(360 - lay) % 360}


def test_a_blank_page_costs_no_call() -> None:
    """Nothing is read where nothing stands."""
    engine = LopsidedEngine()
    (reading,) = read_scan(np.full((1300, 900), 230, np.uint8), engine=engine, languages=("ru",))
    assert (reading.status, reading.lines, engine.calls) == ("blank", (), [])


def test_print_from_the_other_side_alone_is_blank() -> None:
    """Pale marks that cannot be read are show-through: the page is blank; dark ones are handwriting, say, and stay."""
    back = text_page()[:, ::-1].astype(float)
    through = (235 - 0.22 * (235 - back)).astype(np.uint8)
    (reading,) = read_scan(through, engine=LopsidedEngine(language="xx"), languages=("ru",))
    assert (reading.status, reading.lines, reading.language) == ("blank", (), None)
    (reading,) = read_scan(text_page(), engine=LopsidedEngine(language="xx"), languages=("ru",))
    assert reading.status == "ok"


def test_a_passage_in_the_other_language_is_read_in_both() -> None:
    """Where a run of lines reads clearly better in the other language, the page is read in both."""
    engine = LopsidedEngine(foreign_from=0.7)
    (reading,) = read_scan(text_page(), engine=engine, languages=("ru", "en"))
    assert engine.calls[-1] == ("ru", "en")
    assert reading.language == "ru"
    assert all(line.confidence > 0.8 for line in reading.lines)


def test_doubtful_pages_are_not_turned_without_evidence() -> None:
    """A page that reads badly every way stays as it lies, in the likelier language."""
    (reading,) = read_scan(text_page(), engine=LopsidedEngine(language="xx"), languages=("ru", "en"))
    assert (reading.frame.rotation, reading.language, reading.status) == (0, "ru", "ok")


def test_reading_is_deterministic() -> None:
    """The same image gives the same reading."""
    page = turned(text_page(), 180)
    assert read_scan(page, engine=LopsidedEngine(), languages=("ru",)) == read_scan(
        page, engine=LopsidedEngine(), languages=("ru",)
    )


def load(root: Path, scan: ScanInfo) -> np.ndarray:
    return text_page()


def refuse(root: Path, scan: ScanInfo) -> np.ndarray:
    raise ScanError(f"{scan.path} ends too early; scan it again.", cause="truncated")


def test_a_job_goes_to_a_worker_and_back(tmp_path: Path) -> None:
    """A page's job and its outcome survive pickling, and the outcome says where the time went."""
    engine: Engine = LopsidedEngine()
    file = tmp_path / SCAN.path
    file.parent.mkdir(parents=True)
    file.write_bytes(b"a scan")
    scan = replace(SCAN, digest=sha256(b"a scan").hexdigest())
    job = pickle.loads(pickle.dumps(PageJob(tmp_path, scan, load, engine, ("ru",))))
    outcome = pickle.loads(pickle.dumps(run_page_job(job)))
    assert [r.status for r in outcome.readings] == ["ok"]
    assert min(outcome.loading_s, outcome.preparing_s, outcome.reading_s) >= 0


def test_a_scan_that_cannot_be_loaded_fails_with_its_own_error() -> None:
    """What loading raises comes through unchanged."""
    with pytest.raises(ScanError, match="ends too early"):
        run_page_job(PageJob(Path(), SCAN, refuse, LopsidedEngine(), ("ru",)))


RUSSIAN = ["Сегодня утром был в министерстве и", "долго беседовал с секретарём о делах.", "Вечером писал письмо домой,"]
ENGLISH = [
    "This morning I was at the ministry and",
    "talked for a long time about affairs.",
    "In the evening I wrote home,",
]


def set_page(lines: list[str], *, copies: int = 3) -> np.ndarray:
    """A small page of real letters, set in a font of the system; skips where there is none."""
    try:
        font = ImageFont.truetype("LiberationSerif-Regular.ttf", 38)
    except OSError:
        pytest.skip("no font with Cyrillic is installed")
    image = Image.new("L", (900, 160 + 60 * len(lines) * copies), 245)
    draw = ImageDraw.Draw(image)
    for row, text in enumerate(lines * copies):
        draw.text((80, 70 + 60 * row), text, font=font, fill=20)
    return np.array(image)


@pytest.mark.engine
@pytest.mark.skipif(shutil.which("tesseract") is None, reason="tesseract is not installed")
@pytest.mark.parametrize(
    ("page", "lay", "candidates", "language"),
    [
        (RUSSIAN, 0, ("en", "ru"), "ru"),
        (ENGLISH, 0, ("ru", "en"), "en"),
        (RUSSIAN, 180, ("ru", "en"), "ru"),
        (ENGLISH, 90, ("ru", "en"), "en"),
    ],
)
def test_tesseract_finds_language_and_way_up(page: list, lay: int, candidates: tuple, language: str) -> None:
    """With the real engine a page is read in its own language and upright, whatever was expected."""
    engine = TesseractEngine.installed()
    (reading,) = read_scan(turned(set_page(page), lay), engine=engine, languages=candidates)
    assert (reading.language, reading.frame.rotation) == (language, (360 - lay) % 360)
    assert reading.lines[0].text == page[0]


@pytest.mark.engine
@pytest.mark.skipif(shutil.which("tesseract") is None, reason="tesseract is not installed")
def test_tesseract_reads_a_dithered_page() -> None:
    """A page of the sample, dithered, has nearly all the words that it has in gray."""
    with Image.open(SAMPLE_PAGE) as image:
        page = np.asarray(image.convert("L"))
    engine = TesseractEngine.installed()
    gray, black = (
        Counter(
            w.text for r in read_scan(scan, engine=engine, languages=("ru",)) for line in r.lines for w in line.words
        )
        for scan in (page, dithered(page))
    )
    assert (gray & black).total() >= 0.85 * gray.total() > 150


@pytest.mark.engine
@pytest.mark.skipif(shutil.which("tesseract") is None, reason="tesseract is not installed")
def test_tesseract_reads_a_page_of_two_languages() -> None:
    """A page with a passage in another language is read in both, and both passages are legible."""
    page = np.vstack([set_page(RUSSIAN), set_page(ENGLISH, copies=2)])
    (reading,) = read_scan(page, engine=TesseractEngine.installed(), languages=("ru", "en"))
    text = "\n".join(line.text for line in reading.lines)
    assert "Вечером писал письмо домой" in text
    assert "talked for a long time about" in text


@dataclass
class PaperEngine:
    """An engine that reads so surely from paper made white, and so surely from paper as it is."""

    white: float
    gray: float
    calls: int = 0
    name: str = "paper 1"

    def read(self, image: np.ndarray, *, languages: tuple[str, ...], dpi: float) -> tuple[Line, ...]:
        self.calls += 1
        box = Box(100, 100, 400, 115)
        sure = self.white if np.median(image) == 255 else self.gray
        return (Line((Word("слово" * 4, box, Polygon(box.corners), sure),), Polygon(box.corners)),)


@pytest.mark.parametrize(
    ("white", "gray", "calls", "kept"), [(0.95, 0.8, 2, 0.95), (0.7, 0.8, 2, 0.8), (0.95, 0.93, 1, 0.93)]
)
def test_gray_paper_read_with_doubt_is_read_evened_and_the_surer_is_kept(
    white: float, gray: float, calls: int, kept: float
) -> None:
    """A page on evenly gray paper is read once where that goes well, else also evened, and the surer reading stays."""
    engine = PaperEngine(white=white, gray=gray)
    (reading,) = read_scan(text_page(), engine=engine, languages=("ru",))
    assert engine.calls == calls
    assert reading.lines[0].confidence == pytest.approx(kept)
    assert ("even" in reading.preparation) == (kept != gray)
