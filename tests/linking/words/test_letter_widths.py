"""Widths of letters: learnt from what was read as written, they tell how many letters a box has room for."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.linked_volumes import make_line, make_pages, make_text, paged, prose

from align.linking.places.placed_texts import PlacedTexts
from align.linking.words.letter_widths import LetterWidths
from align.linking.words.passages import Passage, ReadWord, passages
from align.model import Box, Line, Page, Polygon, WordAt

PROSE = [s for s in prose("ru") if len(s) >= 16]
CONTENT = " ".join(PROSE)
ROWS = paged(CONTENT, width=60, lines=8)


def collated(pages: list[Page]) -> list[Passage]:
    layer = PlacedTexts.of(pages, [make_text(CONTENT)]).layers[0]
    return passages(pages, layer.running_text, layer.placed, ())


def printed(text: str, top: int, width: dict[str, float]) -> Line:
    """A line of words whose boxes are as wide as their letters, 20 pixels where nothing else is said."""
    line = make_line(text, 100, top)
    words, at = [], 100.0
    for word in line.words:
        end = at + sum(20 * width.get(c, 1.0) for c in word.text)
        box = Box(round(at), top, round(end), top + 40)
        words.append(replace(word, box=box, polygon=Polygon(box.corners)))
        at = end + 20
    return replace(line, words=tuple(words))


def word_of(passage: Passage, letters: int) -> ReadWord:
    return next(w for w in passage.read if len(w.text) == letters and w.text.isalpha() and len(w.places) == 1)


def test_letters_are_as_wide_as_they_are_drawn():
    """From a proportional type the widths of common letters are learnt, to a twentieth of a letter."""
    drawn = {"ш": 1.5, "щ": 1.5, "ж": 1.4, "м": 1.2, "г": 0.8, ",": 0.5, ".": 0.5}
    pages = make_pages([[printed(row, 100 + 60 * n, drawn) for n, row in enumerate(rows)] for rows in ROWS])
    widths = LetterWidths.of(pages, collated(pages))
    usual = widths.letters[0] / 20
    for letter in "шмг.оеанит":
        assert widths.widths[letter] * usual == pytest.approx(drawn.get(letter, 1.0), abs=0.08)


def test_a_letter_more_or_less_does_not_fit():
    """On a typewriter a letter doubled or left out is told by the box, another in its place is not."""
    pages = make_pages(ROWS)
    (passage,) = collated(pages)
    widths = LetterWidths.of(pages, [passage])
    word = word_of(passage, 7)
    assert widths.speaks_for(pages, word, word.text + "н") > 4
    assert widths.speaks_for(pages, word, word.text[1:]) > 4
    assert abs(widths.speaks_for(pages, word, "н" + word.text[1:])) < 0.5


def test_the_text_is_right_where_the_box_is_too_wide():
    """Where the engine lost a letter and not its room, the box speaks for the text."""
    pages = make_pages(ROWS)
    (passage,) = collated(pages)
    word = word_of(passage, 7)
    lost = replace(word, text=word.text[1:])
    assert LetterWidths.of(pages, [passage]).speaks_for(pages, lost, word.text) < -4


@settings(deadline=None)
@given(st.text(max_size=20))
def test_letters_as_read_never_speak_against_themselves(other):
    """Whatever stands in the text, the ratio is bounded, and 0 for the letters that were read."""
    pages = make_pages(ROWS[:2])
    found = [Passage((w,), (), ()) for w in (ReadWord((WordAt(0, 0, 0),), pages[0].lines[0].words[0].text, "x", 0.9),)]
    widths = LetterWidths({}, 0.0, 0.2, {0: 20.0})
    word = found[0].read[0]
    assert -6 <= widths.speaks_for(pages, word, other) <= 6
    assert widths.speaks_for(pages, word, word.text) == 0


def test_nothing_is_said_of_divided_words_and_unknown_pages():
    """A word on two lines, or on a page where nothing agreed, has no width to speak of."""
    pages = make_pages(ROWS[:1])
    widths = LetterWidths.of(pages, [])
    one = ReadWord((WordAt(0, 0, 0),), "слово", "слово", 0.9)
    assert widths.speaks_for(pages, one, "слова и слова") == 0
    divided = replace(one, places=(WordAt(0, 0, 0), WordAt(0, 1, 0)))
    assert LetterWidths({}, 0.0, 0.2, {0: 20.0}).speaks_for(pages, divided, "с") == 0
