"""Which pages are asked for again, and how the best of several readings is chosen line by line."""

from __future__ import annotations

from dataclasses import replace

import pytest
from support.linked_volumes import make_line, make_page, make_pages, make_text, paged, prose

from align.linking import best_readings, link_volume, rereads
from align.model import Page, Reread, SourceText


def linked_rereads(pages: list[Page], text: SourceText) -> tuple[Reread, ...]:
    """What is asked for after a first linking."""
    linked = link_volume("v", pages, [text])
    return rereads(linked.pages, linked.matches, [text])


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


def test_good_pages_are_not_asked_for(rows, text):
    """A volume that was read well asks for nothing."""
    assert linked_rereads(make_pages(rows), text) == ()


def test_a_word_misread_is_no_reason(rows, text):
    """A page on which a word or two were misread is not asked for."""
    rows[1][4] = "ыыыы " + rows[1][4].split(" ", 1)[1]
    assert linked_rereads(make_pages(rows), text) == ()


def test_a_page_that_misses_lines_is_asked_for(rows, text):
    """Lines of the text that stand between lines of a page and were not read there ask for that page alone."""
    kept = [rows[0], [*rows[1][:3], *rows[1][6:]], rows[2]]
    assert linked_rereads(make_pages(kept), text) == (Reread(2, None, "missed"),)


def test_a_page_that_nothing_was_found_of_is_asked_for(rows, text):
    """A page read as blank is asked for where the text of a page is wanting between its neighbours."""
    assert linked_rereads(make_pages([rows[0], [], rows[2]]), text) == (Reread(2, None, "missed"),)


def test_a_page_that_was_not_scanned_asks_for_nothing(rows, text):
    """Text that is wanting for want of a scan is no reason to read the neighbours again."""
    assert linked_rereads(make_pages([rows[0], rows[2]]), text) == ()


def test_notes_that_no_page_shows_are_no_reason(rows):
    """What editors added in brackets of their own is not looked for on the page."""
    lines = [line for page in rows for line in page]
    note = f"\n\n* {paged(' '.join(prose('ru')), lines=10)[5][0]}\n\n"
    text = make_text(" ".join(lines[:15]) + " *" + note + " ".join(lines[15:]))
    if not any(sentence.role == "note" for sentence in text.sentences):
        pytest.fail("this text must have a note")
    assert linked_rereads(make_pages(rows), text) == ()


def test_failed_and_foreign_pages_are_not_asked_for(rows, text):
    """Neither a page that could not be opened nor one that no text holds is asked for."""
    pages = make_pages([*rows, paged(" ".join(prose("ru")), lines=10)[6]])
    pages[1] = make_page([], order=2, status="failed")
    assert linked_rereads(pages, text) == ()


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
