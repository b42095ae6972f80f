"""Tuned numbers of reading, imaging and ocr: another instance given at the entry reaches every use."""

from __future__ import annotations

from dataclasses import replace

import cv2
import numpy as np
import pytest
from support.drawn_pages import dithered
from support.tuning_watch import numbers_read

from align.imaging import IMAGING, ImagingTuning, prepare_alternative
from align.model import Box, Frame, Line, Polygon, ScanInfo, Word, WordsOfLine
from align.ocr import OCR, OcrTuning
from align.reading.again import WAYS, read_again
from align.reading.key import CHAIN, reading_key
from align.reading.scan import read_scan
from align.reading.second_look import look_again
from align.tuning.numbers import fingerprint, numbers
from align.tuning.reading import READING, ReadingTuning

CLASSES = (ReadingTuning, ImagingTuning, OcrTuning)


class RowEngine:
    """Reads each row of ink as one line; how surely depends on the language and on how many calls came before."""

    name = "rows 1"

    def __init__(self, confidences: dict[str, float]) -> None:
        self.confidences = confidences
        self.calls = 0

    def read(self, image: np.ndarray, *, languages: tuple[str, ...], dpi: float) -> tuple[Line, ...]:
        self.calls += 1
        confidence = max(self.confidences.get(language, 0.3) for language in languages)
        rows = np.flatnonzero(np.diff(np.concatenate([[0], (image < 128).sum(axis=1) > 3, [0]])))
        lines = []
        for number, (top, bottom) in enumerate(zip(rows[::2], rows[1::2], strict=True)):
            columns = np.flatnonzero((image[top:bottom] < 128).any(axis=0))
            box = Box(int(columns[0]), int(top), int(columns[-1] + 1), int(bottom))
            # The first lines and lone letters are left out, so that they are unread; the last lines are doubted.
            if number > 1 and box.width > 60:
                sure = 0.2 if number > 16 and len(languages) == 1 else confidence
                lines.append(Line((Word("слово" * 4, box, Polygon(box.corners), sure),), Polygon(box.corners)))
        return tuple(lines)

    def read_block(self, image: np.ndarray, *, languages: tuple[str, ...], dpi: float) -> tuple[Line, ...]:
        return self.read(image, languages=languages, dpi=dpi)


def page(width: int = 900, *, paper: int = 235, letter: int = 14, noise: float = 0.0) -> np.ndarray:
    """A page of 24 rows of letters, on paper that is darker to the right."""
    drawn = np.full((1300, width), paper, np.uint8)
    for row in range(24):
        for x in range(100, width - 120, letter + 4):
            if x % 80 >= 16:
                cv2.rectangle(drawn, (x, 100 + row * 45), (x + letter - 4, 100 + row * 45 + letter), 30, 2)
    grain = np.random.default_rng(1).normal(0, noise, drawn.shape) if noise else 0
    return np.clip(drawn * np.linspace(1, 0.85, width) + grain, 0, 255).astype(np.uint8)


def opening(*, fold: bool = False) -> np.ndarray:
    """Two pages on one scan; with a fold, its shadow lies between them."""
    drawn = np.hstack([page(700), page(700)[:, ::-1]])
    if fold:
        shadow = 1 - 0.3 * np.exp(-(((np.arange(1400) - 700) / 12) ** 2))
        drawn = (drawn * shadow).astype(np.uint8)
    return drawn


def framed(pixels: np.ndarray) -> np.ndarray:
    """The page on a black backing."""
    return cv2.copyMakeBorder(pixels, 60, 60, 60, 60, cv2.BORDER_CONSTANT, value=10)


def with_lone_letter(pixels: np.ndarray) -> np.ndarray:
    """The page with one letter by itself at its foot."""
    drawn = pixels.copy()
    cv2.rectangle(drawn, (440, 1240), (450, 1254), 30, 2)
    return drawn


SCANS = {
    "page": (page(), {"ru": 0.7, "en": 0.9}),
    "other language": (page(), {"ru": 0.3, "en": 0.8}),
    "sideways": (np.rot90(page()).copy(), {"ru": 0.5}),
    "opening": (opening(), {"ru": 0.95}),
    "opening with a fold": (opening(fold=True), {"ru": 0.95}),
    "on black": (framed(page()), {"ru": 0.95}),
    "lone letter": (with_lone_letter(page()), {"ru": 0.95}),
    "text on one half": (np.hstack([page(700), np.full((1300, 700), 215)]).astype(np.uint8), {"ru": 0.9}),
    "large letters in grain": (page(letter=30, noise=6.0), {"ru": 0.95}),
    "small letters": (page(letter=10), {"ru": 0.95}),
    "pale": ((255 - (255 - page(paper=255).astype(float)) * 0.2).astype(np.uint8), {"ru": 0.95}),
    "dithered": (dithered(page()), {"ru": 0.95}),
    "blank": (np.full((1300, 900), 230, np.uint8), {}),
}


@pytest.mark.parametrize("name", SCANS)
def test_only_the_tuning_passed_to_read_scan_is_read(name):
    """Reading a scan uses the numbers that it is given, in all three packages, and never the default ones."""
    pixels, confidences = SCANS[name]
    reading, imaging, ocr = ReadingTuning(), ImagingTuning(), OcrTuning()
    with numbers_read(*CLASSES) as read:
        read_scan(
            pixels, engine=RowEngine(confidences), languages=("ru", "en"), tuning=reading, imaging=imaging, ocr=ocr
        )
    assert read.keys() <= {id(reading), id(imaging), id(ocr)}
    assert id(imaging) in read


@pytest.mark.parametrize("way", WAYS)
def test_only_the_tuning_passed_to_read_again_is_read(way):
    """Reading a side again uses the numbers that it is given, and never the default ones."""
    imaging, ocr = ImagingTuning(), OcrTuning()
    colours = np.dstack([page()] * 3)
    frame = Frame(Box(0, 0, 900, 1300))
    with numbers_read(*CLASSES) as read:
        read_again(colours, frame, way=way, engine=RowEngine({}), language="ru", imaging=imaging, ocr=ocr)
    assert read.keys() <= {id(imaging), id(ocr)}
    assert id(imaging) in read


def test_these_scans_read_every_number():
    """The scans above together read every number of imaging, and every one of reading but that of batch's probes."""
    reading, imaging, ocr = ReadingTuning(), ImagingTuning(), OcrTuning()
    with numbers_read(*CLASSES) as read:
        for pixels, confidences in SCANS.values():
            read_scan(
                pixels, engine=RowEngine(confidences), languages=("ru", "en"), tuning=reading, imaging=imaging, ocr=ocr
            )
        frame = Frame(Box(0, 0, 900, 1300))
        prepare_alternative(page(), frame, "local", tuning=imaging)
        outline = Polygon(Box(100, 100, 180, 114).corners)
        word = WordsOfLine(Line((Word("слово", outline.box, outline, 0.5),), outline), 0, 1)
        look_again(page(), frame, [(word,)], engine=RowEngine({}), language="ru", tuning=reading, imaging=imaging)
    assert read[id(imaging)] == {number.name for number in numbers(imaging)}
    assert {number.name for number in numbers(reading)} - read[id(reading)] == {"language_probes"}


def test_another_number_changes_the_reading():
    """A page counts as blank if it is given a tuning by which it has too few letters."""
    pixels, confidences = SCANS["page"]
    engine = RowEngine(confidences)
    strict = replace(IMAGING, blank_letters=100_000)
    assert [r.status for r in read_scan(pixels, engine=engine, languages=("ru",))] == ["ok"]
    assert [r.status for r in read_scan(pixels, engine=engine, languages=("ru",), imaging=strict)] == ["blank"]


def test_other_numbers_need_another_chain():
    """Kept readings are named by CHAIN: raise it with any tuned number, then write the new fingerprint here."""
    assert (CHAIN, fingerprint(READING, IMAGING, OCR)) == ("chain 14", "ac009b690ee66cd8")


def test_the_key_of_a_reading_stays():
    """Readings that users keep are found again: the keys of usual readings and of readings again are these."""
    scan = ScanInfo("images/v/0001.png", 2, 900, 1300, None, "ab" * 32)
    frame = Frame(Box(1, 2, 30, 40), 90)
    usual = reading_key(scan, engine="tesseract 5.3.0 psm3 oem1", languages=("ru", "en"))
    again = reading_key(scan, engine="tesseract 5.3.0 psm3 oem1", languages=("ru",), again=(frame, "block"))
    assert (usual, again) == ("d1f28a5eea873516", "9edf1df1d0513a30")
    assert usual == reading_key(scan, engine="tesseract 5.3.0 psm3 oem1", languages=("en", "ru"))
