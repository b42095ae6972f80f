"""Lines as the reader of a page sees them."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.linked_volumes import make_line, make_page, make_text, prose, wrapped

from align.linking import link_volume
from align.linking.lines.reader_view import middle_down, reading_ranks, upright_box

LINES = wrapped(" ".join(prose("ru")[:12]), 40)


@pytest.mark.parametrize("rotation", [90, 180, 270])
def test_a_turned_page_looks_like_an_upright_one(rotation):
    """Up to a shift the boxes of a page's lines are those of the same page lying upright."""
    upright, turned = make_page(LINES), make_page(LINES, rotation=rotation)
    for n in range(len(LINES)):
        one, other = (
            (b.left - first.left, b.top - first.top, b.width, b.height)
            for b, first in ((upright_box(p, n), upright_box(p, 0)) for p in (upright, turned))
        )
        assert one == other
    downs = [middle_down(turned, n) for n in range(len(LINES))]
    assert downs == sorted(downs)


@pytest.mark.parametrize("rotation", [90, 180, 270])
def test_a_turned_page_is_linked_like_an_upright_one(rotation):
    """Statuses, spans and lines are the same, and every box lies inside its line on the scan as it is."""
    text = make_text(" ".join(LINES))
    upright, turned = (link_volume("v", [make_page(LINES, rotation=r)], [text]) for r in (0, rotation))
    for one, other in zip(upright.links, turned.links, strict=True):
        assert (one.status, one.score) == (other.status, other.score)
        assert [(a.lines, a.spans) for a in one.areas] == [(a.lines, a.spans) for a in other.areas]
        for area in other.areas:
            for box, line in zip(area.boxes, area.lines, strict=True):
                assert box.intersection(turned.pages[0].lines[line].box) == box


@pytest.mark.parametrize("rotation", [0, 90, 180, 270])
def test_lines_are_ranked_as_they_are_read(rotation):
    """A line that the engine gave too late is ranked above those it stands above, whichever way the page lies."""
    page = make_page([f"Строка номер {n}, одна из многих" for n in range(6)], rotation=rotation)
    late = replace(page, lines=(*page.lines[:2], *page.lines[3:], page.lines[2]))
    assert reading_ranks(page) == [0, 1, 2, 3, 4, 5]
    assert reading_ranks(late) == [0, 1, 3, 4, 5, 2]


def test_a_word_with_dirt_around_it_makes_no_line_higher():
    """A line that the engine gave after the one below it is ranked by its words, though dirt makes its box higher."""
    one, other = make_line("то что выше на странице", 100, 160), make_line("то что ниже на странице", 100, 220)
    first, *rest = one.words
    stained = replace(first, box=replace(first.box, bottom=first.box.bottom + 100))
    page = make_page([LINES[0], other, replace(one, words=(stained, *rest))])
    assert reading_ranks(page) == [0, 2, 1]


def test_columns_stay_in_the_engine_s_order():
    """Lines beside each other are ranked as the engine gave them: column by column."""
    left = [make_line("слева стоит", 100, 100 + 60 * n) for n in range(3)]
    right = [make_line("справа стоит", 800, 100 + 60 * n) for n in range(3)]
    assert reading_ranks(make_page([*left, *right])) == [0, 1, 2, 3, 4, 5]


@settings(deadline=None)
@given(st.lists(st.tuples(st.integers(0, 900), st.integers(0, 1500)), max_size=8))
def test_each_line_has_its_own_rank(places):
    """However lines lie, their ranks are 0, 1, 2 and on, each once."""
    page = make_page([make_line("одна строка", left, top) for left, top in places] or ["одна"])
    assert sorted(reading_ranks(page)) == list(range(len(page.lines)))
