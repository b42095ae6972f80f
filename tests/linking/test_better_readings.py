"""How the best of several readings of a page is chosen, whole or line by line."""

from __future__ import annotations

from dataclasses import replace

import pytest
from support.linked_volumes import make_line, make_page, make_pages, make_text, paged, prose

from align.linking import best_readings
from align.model import SourceText


@pytest.fixture
def rows() -> list[list[str]]:
    """Three pages of ten lines of prose."""
    return paged(" ".join(prose("ru")), lines=10)[:3]


@pytest.fixture
def text(rows) -> SourceText:
    """The text that stands on them."""
    return make_text(" ".join(line for page in rows for line in page))


def spoilt(line: str) -> str:
    """The line with every second letter misread."""
    return "".join("ж" if i % 2 and c.isalpha() else c for i, c in enumerate(line))


def test_the_reading_that_shows_more_is_chosen(rows, text):
    """Of a page's readings the one is chosen that shows more of the text, with nothing in it changed."""
    good = make_pages(rows)
    bad = [good[0], make_page([spoilt(line) for line in rows[1]], order=2), good[2]]
    assert best_readings([bad, good], {2}, [text]) == tuple(good)
    assert best_readings([good, bad], {2}, [text]) == tuple(good)


def test_pages_not_asked_for_stay(rows, text):
    """A page that was not asked for keeps its first reading, whatever the others hold."""
    good = make_pages(rows)
    bad = [good[0], make_page(rows[1][:4], order=2), good[2]]
    assert best_readings([bad, good], {1}, [text]) == tuple(bad)


def test_lines_of_two_readings_are_joined(rows, text):
    """Where each reading lost other lines, the page has the lines of both, in order, as they were read."""
    whole = make_pages(rows)[1]
    first = replace(whole, lines=whole.lines[:6] + whole.lines[8:])
    second = replace(whole, lines=tuple(make_line(spoilt(line.text), 100, line.box.top) for line in whole.lines[:6]))
    second = replace(second, lines=second.lines + whole.lines[6:])
    pages = make_pages(rows)
    trials = [[pages[0], page, pages[2]] for page in (first, second)]
    assert best_readings(trials, {2}, [text])[1].lines == whole.lines


def test_a_spoilt_line_is_replaced_in_its_place(rows, text):
    """A line that another reading has better is replaced by that one, and the rest of the page stays."""
    pages = make_pages(rows)
    lines = list(pages[1].lines)
    for index in (3, 4):
        lines[index] = make_line(spoilt(lines[index].text), 100, lines[index].box.top)
    first = replace(pages[1], lines=tuple(lines))
    second = replace(pages[1], lines=pages[1].lines[2:6])
    trials = [[pages[0], page, pages[2]] for page in (first, second)]
    assert best_readings(trials, {2}, [text])[1].lines == pages[1].lines
