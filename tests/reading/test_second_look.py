"""Words in doubt looked at again: one call of the engine for a page, and answers by the number of the doubt."""

from __future__ import annotations

from dataclasses import dataclass, field

import cv2
import numpy as np

from align.errors import MissingDependencyError
from align.imaging import ImagingTuning
from align.model import Box, Frame, Line, Polygon, Word, WordsOfLine
from align.ocr import RecordedEngine
from align.reading.second_look import look_again
from align.tuning.reading import READING, ReadingTuning

FRAME = Frame(Box(0, 0, 900, 400))
SIZES = len(READING.look_heights) + 1


def typed(top: int, *texts: str) -> Line:
    """A line of words of 100 pixels each."""
    words = []
    for n, text in enumerate(texts):
        box = Box(100 + 150 * n, top, 200 + 150 * n, top + 30)
        words.append(Word(text, box, Polygon(box.corners), 0.9))
    return Line(tuple(words), Polygon(words[0].box.corners))


LINES = (typed(100, "был", "домь", "боль-"), typed(180, "шой", "1943", "года"))


def scan() -> np.ndarray:
    """A page with ink where the words of LINES are."""
    page = np.full((400, 900), 235, np.uint8)
    for line in LINES:
        for word in line.words:
            cv2.rectangle(page, (word.box.left, word.box.top), (word.box.right - 1, word.box.bottom - 1), 40, -1)
    return page


@dataclass
class BlockEngine:
    """Reads each piece of ink of a pile as one word, and notes the languages in which it was asked."""

    name: str = "blocks 1"
    missing: tuple[str, ...] = ()
    calls: list[str] = field(default_factory=list)

    def read(self, image: np.ndarray, *, languages: tuple[str, ...], dpi: float) -> tuple[Line, ...]:
        raise AssertionError("words in doubt are read as blocks")

    def read_block(self, image: np.ndarray, *, languages: tuple[str, ...], dpi: float) -> tuple[Line, ...]:
        self.calls.append(languages[0])
        if languages[0] in self.missing:
            raise MissingDependencyError("Tesseract's language data is missing.", cause="language")
        count, _, stats, _ = cv2.connectedComponentsWithStats((image < 128).astype(np.uint8))
        lines = []
        for left, top, width, height, area in stats[1:count].tolist():
            if area > 50:
                box = Box(left, top, left + width, top + height)
                lines.append(Line((Word(f"w{width}", box, Polygon(box.corners), 0.9),), Polygon(box.corners)))
        return tuple(lines)


def one(line: int, word: int) -> WordsOfLine:
    return WordsOfLine(LINES[line], word, word + 1)


def test_each_doubt_has_an_answer_at_each_size():
    """The answers bear the number of their doubt, and all words of a page cost one call of the engine."""
    engine = BlockEngine()
    reading = look_again(scan(), FRAME, [(one(0, 0),), (one(0, 1),)], engine=engine, language="ru")
    assert reading is not None
    assert [line.region for line in reading.lines] == [0] * SIZES + [1] * SIZES
    assert all(len(line.words) == 1 for line in reading.lines)
    assert engine.calls == ["ru"]


def test_a_divided_word_has_one_answer_of_both_parts():
    """Of a word divided at a line end both parts are read, and joined in one answer."""
    reading = look_again(scan(), FRAME, [(one(0, 2), one(1, 0))], engine=BlockEngine(), language="ru")
    assert reading is not None
    assert [len(line.words) for line in reading.lines] == [2] * SIZES


def test_numbers_are_read_in_a_second_language():
    """A number is read in English too, a word is not; where English is not installed nothing fails."""
    engine = BlockEngine()
    doubts = [(one(0, 1),), (one(1, 1),)]
    reading = look_again(scan(), FRAME, doubts, engine=engine, language="ru")
    assert reading is not None
    assert [line.region for line in reading.lines] == [0] * SIZES + [1] * SIZES + [1] * SIZES
    assert engine.calls == ["ru", "en"]
    without = look_again(scan(), FRAME, doubts, engine=BlockEngine(missing=("en",)), language="ru")
    assert without is not None
    assert [line.region for line in without.lines] == [0] * SIZES + [1] * SIZES
    english = BlockEngine()
    look_again(scan(), FRAME, doubts, engine=english, language="en-GB")
    assert english.calls == ["en-GB"]


def test_where_nothing_is_read_there_are_no_answers():
    """A blank place gives no line, and an engine that reads no blocks gives no reading."""
    blank = np.full((400, 900), 235, np.uint8)
    reading = look_again(blank, FRAME, [(one(0, 0),)], engine=BlockEngine(), language="ru")
    assert reading is not None
    assert (reading.status, reading.lines) == ("blank", ())
    assert look_again(scan(), FRAME, [(one(0, 0),)], engine=RecordedEngine({}), language="ru") is None


def test_other_numbers_are_used():
    """Another tuning changes the sizes at which words are looked at."""
    tuning, imaging = ReadingTuning(look_heights=(20.0,)), ImagingTuning()
    reading = look_again(
        scan(), FRAME, [(one(0, 0),)], engine=BlockEngine(), language="ru", tuning=tuning, imaging=imaging
    )
    assert reading is not None
    assert len(reading.lines) == 2
