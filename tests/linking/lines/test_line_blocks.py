"""Blocks of lines: letterheads, datelines, columns, and what stands apart from the text."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st
from support.linked_volumes import make_line, make_pages

from align.linking.lines.line_blocks import line_blocks, set_off
from align.model import Box, Line, Page

PITCH = 60


def page_of(*lines: tuple[str, int, int]) -> Page:
    """A page with these lines: text, left and top."""
    return make_pages([[make_line(text, left, top) for text, left, top in lines]])[0]


def rows(count: int, top: int, text: str = "Строка текста письма") -> list[tuple[str, int, int]]:
    return [(text, 100, top + PITCH * n) for n in range(count)]


def blocks(page: Page, claimed: set[int]) -> list[list[int]]:
    return line_blocks(page, [i for i in range(len(page.lines)) if i not in claimed], claimed)


def test_a_gap_ends_a_block():
    """Lines below each other are one block; a line far below them is another."""
    page = page_of(*rows(3, 100), ("Подпись", 100, 100 + 12 * PITCH))
    assert blocks(page, set()) == [[0, 1, 2], [3]]


def test_a_dateline_is_a_block_by_itself():
    """A date line among the lines of a letterhead is told apart from them."""
    page = page_of(("Посольство в Лондоне", 100, 100), ("12 марта 1934 г.", 100, 160), ("Господину министру", 100, 220))
    assert blocks(page, set()) == [[0], [1], [2]]


def test_a_subject_line_begins_a_block():
    """A subject line is not drowned in the lines above it."""
    page = page_of(("American Embassy", 100, 100), ("Subject: the visit", 100, 160), ("of the mission", 100, 220))
    assert blocks(page, set()) == [[0], [1, 2]]


def test_columns_are_blocks():
    """Lines of another column, far beside each other, are not one block."""
    page = page_of(("Слева", 100, 100), ("Справа", 1200, 100))
    assert blocks(page, set()) == [[0], [1]]


def test_letters_of_another_size_end_a_block():
    """A heading in letters of three times the size is a block by itself."""
    page = page_of(*rows(2, 100))

    def grown(line: Line) -> Line:
        words = (
            replace(w, box=Box(w.box.left, w.box.top, w.box.right, w.box.top + 3 * w.box.height)) for w in line.words
        )
        return replace(line, words=tuple(words))

    assert blocks(replace(page, lines=(grown(page.lines[0]), page.lines[1])), set()) == [[0], [1]]


def test_a_letterhead_is_set_off_and_a_signature_is_not():
    """What stands far above the text is apart from it; what stands below belongs to it."""
    page = page_of(("Посольство", 100, 100), *rows(5, 100 + 10 * PITCH), ("Подпись", 100, 100 + 25 * PITCH))
    claimed = set(range(1, 6))
    assert set_off(page, [0], {0, 6}, claimed)
    assert not set_off(page, [6], {0, 6}, claimed)


@given(st.lists(st.integers(1, 20), min_size=1, max_size=12), st.data())
def test_blocks_divide_the_lines(gaps, data):
    """Each line is in one block, in order, whatever the gaps and the claimed lines are."""
    tops = [100 + PITCH * sum(gaps[:n]) for n in range(len(gaps))]
    page = page_of(*(("Строка текста", 100, top) for top in tops))
    claimed = data.draw(st.sets(st.integers(0, len(tops) - 1)))
    free = [i for i in range(len(tops)) if i not in claimed]
    assert [i for block in blocks(page, claimed) for i in block] == free
