"""Which pages are asked for again."""

from __future__ import annotations

import pytest
from support.linked_volumes import make_page, make_pages, make_text, paged, prose

from align.linking import link_volume, rereads
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
    """A page read as blank is asked for if the text between its neighbours would fill it."""
    assert linked_rereads(make_pages([rows[0], [], rows[2]]), text) == (Reread(2, None, "missed"),)


def test_a_page_that_was_not_scanned_asks_for_nothing(rows, text):
    """Text missing because its page was not scanned is no reason to read the neighbours again."""
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
