"""Tuned numbers of ocr: another instance given at the entry reaches every use."""

from __future__ import annotations

from dataclasses import replace

from support.tuning_watch import numbers_read

from align.model import Box, Line, Polygon, Word
from align.ocr import OCR, OcrTuning, has_words, in_columns, with_missed, without_dirt
from align.tuning.numbers import numbers


def line(text: str, left: int, top: int, *, confidence: float = 0.9) -> Line:
    """A line of words, 12 pixels a letter, 24 pixels high."""
    words, x = [], left
    for token in text.split():
        box = Box(x, top, x + 12 * len(token), top + 24)
        words.append(Word(token, box, Polygon(box.corners), confidence))
        x += 12 * (len(token) + 1)
    return Line(tuple(words), Polygon(Box.union(word.box for word in words).corners))


def two_columns() -> tuple[Line, ...]:
    """A page of two columns under a heading over both and a line with a wide gap; two rows were read across."""
    text = "letters of words in column one"
    gap = line("left", 300, 60).words + line("right", 760, 60).words
    lines = [
        Line(gap, Polygon(Box.union(word.box for word in gap).corners)),
        line("headingoverbothcolumns text", 440, 120),
    ]
    for row in range(20):
        left, right = line(text, 100, 200 + 40 * row), line(text, 700, 200 + 40 * row)
        words = left.words + right.words
        both = Line(words, Polygon(Box.union(word.box for word in words).corners))
        lines += [both] if row in (4, 9) else [left, right]
    return tuple(lines)


def test_only_the_tuning_passed_is_read():
    """Every function of ocr with tuned numbers uses those that it is given; together they use all."""
    tuning = OcrTuning()
    with numbers_read(OcrTuning) as read:
        in_columns(two_columns(), tuning=tuning)
        without_dirt((line("-", 100, 100), line("a", 100, 100)), tuning=tuning)
        has_words((line("word", 100, 100),), tuning=tuning)
        missed = [line("word", 100, 100), line("another long missed line", 300, 100), line("new", 900, 400)]
        with_missed((line("word", 100, 100), line("below", 100, 300)), missed, tuning=tuning)
    assert read.keys() == {id(tuning)}
    assert read[id(tuning)] == {number.name for number in numbers(tuning)}


def test_another_number_changes_what_is_dirt():
    """A doubted mark is dirt by the numbers that are given."""
    mark = (line("-", 100, 100, confidence=0.4),)
    assert without_dirt(mark) == ()
    assert without_dirt(mark, tuning=replace(OCR, dirt_mark=0.3)) == mark
