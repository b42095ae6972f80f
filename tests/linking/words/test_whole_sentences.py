"""Words of linked sentences that no line shows are given to the lines beside them."""

from __future__ import annotations

from align.linking.words.whole_sentences import with_whole_sentences
from align.model import Area, Box, Link, Match, PlainText, Polygon, Span, Status

PATH = "transcripts/v/d.ru.txt"
CONTENT = "Раз два три. Четыре пять шесть [с. 5] семь восемь."


def area(page: int, *spans: Span) -> Area:
    """An area that shows these spans."""
    box = Box(0, 0, 10, 10)
    return Area(page, (box,), (Polygon(box.corners),), (0,), spans)


def filled(lines: list[Span], spans: list[Span], areas: list[Area], status: Status = "linked") -> list[list[str]]:
    """The texts that the lines of page 1 show, one line a match, with one sentence of these spans and areas."""
    link = Link(
        "s", "0" * 16, "d", PATH, "transcription", "ru", "body", tuple(spans), "", status, 0.9, areas=tuple(areas)
    )
    matches = {n: (Match(PATH, span, 1.0),) for n, span in enumerate(lines)}
    grown = with_whole_sentences(1, matches, [link], {PATH: PlainText(PATH, "d", "ru", CONTENT)})
    return [[CONTENT[slice(*match.span)] for match in grown[n]] for n in sorted(grown)]


def test_a_gap_inside_a_sentence_goes_to_the_line_before():
    """Words lost between two lines, or cut off within a word, belong to the line before them."""
    assert filled([(0, 5), (8, 12)], [(0, 12)], [area(1, (0, 5), (8, 12))]) == [["Раз два "], ["три."]]


def test_the_beginning_goes_to_the_line_behind():
    """Words before the first line of a sentence belong to that line, if the sentence is linked as a whole."""
    assert filled([(4, 12)], [(0, 12)], [area(1, (4, 12))]) == [["Раз два три."]]
    assert filled([(4, 12)], [(0, 12)], [area(1, (4, 12))], "partial") == [["два три."]]


def test_a_gap_at_the_end_of_a_page_belongs_to_that_page():
    """What stands between two pages is on the first of them, and a page marker between is no part of it."""
    spans = [(13, 31), (38, 50)]
    assert filled([(13, 19)], spans, [area(1, (13, 19)), area(2, (38, 50))]) == [["Четыре пять шесть "]]
    assert filled([(38, 50)], spans, [area(2, (13, 19)), area(1, (38, 50))]) == [["семь восемь."]]


def test_a_gap_behind_a_marker_goes_to_the_line_behind():
    """Words between a page marker and the next line belong to that line, without the marker."""
    spans = [(13, 31), (38, 50)]
    assert filled([(13, 30), (43, 50)], spans, [area(1, (13, 30), (43, 50))]) == [
        ["Четыре пять шесть"],
        ["семь восемь."],
    ]
