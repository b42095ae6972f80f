"""Rows that an engine cut in two are whole again; columns and tables stay as they are."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.linked_volumes import LETTER, PITCH, make_line, make_page, prose, wrapped

from align.linking.lines.whole_rows import with_whole_rows
from align.model import Line, Page, Transform

ROWS = [row for row in wrapped(" ".join(prose("en")), 40) if len(row) > 30][:12]


def cut_page(rows: list[str], at: int, *, rotation: int = 0) -> Page:
    """A page whose rows were cut after so many letters: the strip on the left comes first, as from an engine."""
    whole = make_page(rows, rotation=rotation)
    shift = {0: (0, 0), 90: (0, 1400), 180: (1400, 2000), 270: (2000, 0)}[rotation]
    lie = Transform.turn(-rotation).then(Transform.shift(*shift)).point
    strips: list[list[Line]] = [[], []]
    for n, row in enumerate(rows):
        for side, (start, part) in enumerate(((0, row[:at]), (at, row[at:]))):
            if part.strip():
                # Blanks at the beginning are no part of a line.
                left = 100 + LETTER[0] * (start + len(part) - len(part.lstrip()))
                strips[side].append(make_line(part.strip(), left, 100 + PITCH * n, turn=lie, region=side))
    return replace(whole, lines=(*strips[0], *strips[1]))


def texts(page: Page) -> list[str]:
    return [line.text for line in page.lines]


def letters(page: Page) -> list[str]:
    """All that stands on a page, whatever its order."""
    return sorted("".join(texts(page)).replace(" ", ""))


@settings(deadline=None, max_examples=30)
@given(st.integers(3, 30), st.sampled_from([0, 90, 180, 270]))
def test_rows_that_were_cut_are_whole_again(at, rotation):
    """Wherever a page was cut from top to bottom, its rows are what they were, in their order."""
    cut = sum(row[at - 1 : at + 1].isalpha() and row[at].islower() for row in ROWS)
    page = cut_page(ROWS, at, rotation=rotation)
    if cut >= 4:
        assert texts(with_whole_rows(page)) == ROWS
        boxes = [word.box for line in make_page(ROWS, rotation=rotation).lines for word in line.words]
        assert [word.box for line in with_whole_rows(page).lines for word in line.words] == boxes
    assert letters(with_whole_rows(page)) == letters(page)


def test_a_short_row_of_the_strip_stands_between_its_neighbours():
    """The last line of a paragraph that is in the strip alone comes after the line above it."""
    rows = [*ROWS[:6], "all.", *ROWS[6:]]
    assert texts(with_whole_rows(cut_page(rows, 7))) == rows


def test_a_row_that_was_cut_twice_is_one():
    """Two strips are no hindrance."""
    first = cut_page(ROWS, 20)
    left = cut_page([row[:20].rstrip() for row in ROWS], 7).lines
    page = replace(first, lines=(*left, *first.lines[len(ROWS) :]))
    assert texts(with_whole_rows(page)) == ROWS


@pytest.mark.parametrize("gap", [2, 4])
def test_columns_stay_as_they_are(gap):
    """Two columns with white between them are no cut rows, however near they stand."""
    rows = [
        f"{one[:18].strip():18}{' ' * gap}{other[:18].strip()}" for one, other in zip(ROWS, ROWS[::-1], strict=True)
    ]
    page = cut_page(rows, 18)
    assert with_whole_rows(page) is page


def test_cells_of_a_table_stay_as_they_are():
    """Figures that stand close to each other are no words that were cut."""
    page = cut_page([f"{n * 1357 % 9000 + 1000}{n * 7919 % 9000 + 1000}" for n in range(12)], 4)
    assert with_whole_rows(page) is page


def test_a_page_without_cuts_is_the_same():
    """Nothing is done to a page as it is usually read."""
    page = make_page(ROWS)
    assert with_whole_rows(page) is page
