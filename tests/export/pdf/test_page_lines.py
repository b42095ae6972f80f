"""Words divided at line ends: whole over their first half, and nothing over the second."""

from __future__ import annotations

from align.export.pdf.page_lines import page_lines
from align.export.pdf.placed_words import PageLine
from align.model import Box, Frame, Line, LineText, LineTexts, Page, Polygon, ScanInfo, TextWord, Word

BOX = Box(0, 0, 10, 10)


def texts_of(*lines: str) -> list[list[str]]:
    """The words of a page's lines; "fol-=folder" is a part and the whole word; "" is a line without a text."""
    word = Word("x", BOX, Polygon(BOX.corners), None)
    page = Page(
        1, "p", "0" * 16, ScanInfo("s", None, 9, 9, None, ""), Frame(BOX), "ok",
        tuple(Line((word,), Polygon(BOX.corners)) for _ in lines),
    )  # fmt: skip

    def written(line: str) -> LineText | None:
        parts = [word.partition("=") for word in line.split()]
        words = tuple(TextWord(text, BOX, whole=whole or None) for text, _, whole in parts)
        return LineText(words, "en") if words else None

    given = [LineTexts(LineText((TextWord("x", BOX),), "en"), written(line)) for line in lines]
    return [[word.text for word in line.words] for line in page_lines(page, given)]


def test_a_divided_word_is_whole_in_the_first_line():
    """The first half is the whole word with the punctuation on both sides, and the second half is gone."""
    assert texts_of("in (fol-=folder", "der,=folder at") == [["in", "(folder,"], ["at"]]


def test_a_line_without_a_text_stands_between_halves():
    """A line that no text has, between two halves, does not keep them apart."""
    assert texts_of("fol-=folder", "", "der=folder") == [["folder"]]


def test_halves_of_other_pages():
    """Where the other half is on another page: the page before has the word, and this page its punctuation."""
    assert texts_of("der,=folder at fol-=folder") == [[",", "at", "folder"]]
    assert texts_of("der=folder at") == [["at"]]


def test_a_word_on_three_lines_is_whole_in_the_first():
    """A part that is alone on its line is gone with its hyphen, also where the word began on the page before."""
    assert texts_of("a (un-=unfolded", "fold-=unfolded", "ed,=unfolded at") == [["a", "(unfolded,"], ["at"]]
    assert texts_of("fold-=unfolded", "ed,=unfolded at") == [[","], ["at"]]
    assert texts_of("a un-=unfolded", "fold-=unfolded") == [["a", "unfolded"]]


def of_row(*halves: tuple[Box, TextWord]) -> list[PageLine]:
    """The lines of a page whose one row was read as these lines of a word each."""
    lines = tuple(Line((Word("x", box, Polygon(box.corners), None),), Polygon(box.corners)) for box, _ in halves)
    page = Page(1, "p", "0" * 16, ScanInfo("s", None, 90, 90, None, ""), Frame(Box(0, 0, 90, 90)), "ok", lines)
    texts = [LineTexts(LineText((TextWord("x", box),), "en"), LineText((word,), "en")) for box, word in halves]
    return page_lines(page, texts)


RIGHT, LEFT = Box(50, 0, 90, 10), Box(0, 2, 40, 12)


def test_halves_of_a_row_are_ordered_as_they_are_read():
    """An engine that gives the right half of a row first does not turn the text round."""
    found = of_row((RIGHT, TextWord("second", RIGHT)), (LEFT, TextWord("first", LEFT)))
    assert [line.words[0].text for line in found] == ["first", "second"]


def test_a_word_that_was_read_in_two_lines_of_a_row_has_the_place_of_both():
    """Where an engine broke a row within a word, the word stands over all its ink."""
    low = Box(0, 6, 40, 12)
    (line,) = of_row((low, TextWord("fol", low, whole="folder")), (RIGHT, TextWord("der", RIGHT, whole="folder")))
    assert [(word.text, word.box) for word in line.words] == [("folder", Box(0, 0, 90, 12))]


def test_a_hyphen_within_a_line_divides_nothing():
    """Words that are whole stay as they are."""
    assert texts_of("to-day and", "then") == [["to-day", "and"], ["then"]]
