"""Outlines: where on the scan words of a line are drawn, and that no outline lies over white paper."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from math import cos, hypot, radians, sin

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.linked_volumes import LETTER, make_line, make_page, make_text, prose, turned

from align.linking.places.fragments import Fragment, fragments, read_against
from align.linking.places.outlines import Outline, letter_height, outlines, with_outlines
from align.linking.volume import link_volume
from align.model import Box, Line, Polygon, Word
from align.tuning.linking import LINKING


def whole_outline(line: Line, fragment: Fragment) -> Outline:
    """The outline of a fragment whose words stand close together."""
    (own,) = outlines(line, fragment, LETTER[1])
    return own


ANGLES = [0, 1, -3, 12, 90, 180, 181.5, 177, 270]


@pytest.mark.parametrize("angle", ANGLES)
def test_an_outline_follows_the_slope(angle):
    """The polygon of a fragment is the turned rectangle of its words, from the reader's top left on."""
    turn = turned(angle, (1000, 1000))
    line = make_line("came late. He sat down there", turn=turn)
    polygon = whole_outline(line, Fragment(2, 4, 0.0, 1.0, 9, 9, 9)).polygon
    left, right = 100 + 11 * LETTER[0], 100 + 22 * LETTER[0]
    expected = [turn(p) for p in ((left, 100), (right, 100), (right, 140), (left, 140))]
    assert polygon.points == pytest.approx([pytest.approx(p, abs=0.01) for p in expected])


@pytest.mark.parametrize("angle", ANGLES)
@pytest.mark.parametrize("share", [0.25, 0.5, 0.9])
def test_a_word_is_cut_along_its_slope(angle, share):
    """A cut takes its share of the word in reading direction, on upright, skewed and upside-down pages."""
    turn = turned(angle, (1000, 1000))
    line = make_line("came late.He sat down", turn=turn)
    for cut, (a, b) in {(0.0, share): (0, share), (share, 1.0): (share, 1)}.items():
        polygon = whole_outline(line, Fragment(1, 1, cut[0], cut[1], 4, 4, 4)).polygon
        left, width = 100 + 5 * LETTER[0], 7 * LETTER[0]
        expected = [
            turn(p)
            for p in (
                (left + a * width, 100),
                (left + b * width, 100),
                (left + b * width, 140),
                (left + a * width, 140),
            )
        ]
        assert polygon.points == pytest.approx([pytest.approx(p, abs=0.01) for p in expected])


@settings(deadline=None)
@given(
    st.lists(st.integers(1, 9), min_size=1, max_size=6),
    st.floats(-20, 380),
    st.data(),
)
def test_an_outline_stays_within_its_words(lengths, angle, data):
    """The box lies within the boxes of the fragment's words, and the polygon around all that was not cut away."""
    line = make_line(" ".join("х" * n for n in lengths), turn=turned(angle, (1000, 1000)))
    first = data.draw(st.integers(0, len(lengths) - 1))
    last = data.draw(st.integers(first, len(lengths) - 1))
    low, high = sorted(data.draw(st.tuples(st.floats(0, 1), st.floats(0, 1))))
    cuts = (low, high) if first == last else (high, low)
    own = whole_outline(line, Fragment(first, last, *cuts, 1, 1, 1))
    box, polygon = own.box, own.polygon
    words = Box.union(w.box for w in line.words[first : last + 1])
    assert Box.union([box, words]) == words
    tl, tr, _, bl = polygon.points
    ux, uy = cos(radians(angle)), sin(radians(angle))
    width, height = hypot(tr[0] - tl[0], tr[1] - tl[1]), hypot(bl[0] - tl[0], bl[1] - tl[1])
    assert height == pytest.approx(LETTER[1], abs=0.01)
    letters = sum(lengths[first : last + 1]) + last - first
    away = cuts[0] * lengths[first] + (1 - cuts[1]) * lengths[last]
    assert width == pytest.approx((letters - away) * LETTER[0], abs=0.01)
    if width > 1:
        assert ((tr[0] - tl[0]) / width, (tr[1] - tl[1]) / width) == pytest.approx((ux, uy), abs=1e-3)


def test_a_sentence_that_starts_in_mid_line_leaves_the_words_before_it():
    """Nothing left of a fragment's first word is in its box or its polygon."""
    line = make_line("came late. He sat")
    _, second = fragments(read_against([w.text for w in line.words], "came late. He sat"), [(0, 10), (11, 17)])
    own = whole_outline(line, second)
    box, polygon = own.box, own.polygon
    assert box.left == line.words[2].box.left
    assert min(x for x, _ in polygon.points) == line.words[2].box.left


def row(*pieces: tuple[str, int], top: int = 100, height: int = LETTER[1]) -> Line:
    """A line that an engine made of words in one row: each word with its left edge."""
    words = tuple(
        Word(text, box, Polygon(box.corners), 0.9)
        for text, left in pieces
        for box in [Box(left, top, left + (LETTER[0] if len(text) > 1 else 5) * len(text), top + height)]
    )
    return Line(words, Polygon(Box.union(w.box for w in words).corners))


def shown(line: Line, *, unread: tuple[int, ...] = ()) -> list[tuple[int, int]]:
    """The left and right edges of the outlines of a line on a page of usual letters."""
    fragment = Fragment(0, len(line.words) - 1, 0.0, 1.0, 0, 0, 0.0)
    return [(o.box.left, o.box.right) for o in outlines(line, fragment, LETTER[1], unread=unread)]


def test_words_that_stand_apart_have_outlines_by_themselves():
    """White paper of more than three heights parts a line; the space after a sentence does not."""
    assert shown(row(("Sofia", 100), ("April", 310))) == [(100, 410)]
    assert shown(row(("Sofia", 100), ("April", 330))) == [(100, 200), (330, 430)]


def test_dirt_beside_words_has_no_outline():
    """A stroke or speck far from the words of a line is in no outline of them."""
    assert shown(row(("Sir:", 100), ("/.", 1500))) == [(100, 180)]
    assert shown(row((".", 20), ("Subject:", 400), ("Arrest", 600))) == [(400, 720)]


def test_unread_words_of_the_text_part_no_line():
    """A space that letters of the text would fill holds words that could not be read: it is in the outline."""
    line = row(("along", 100), ("lines", 500))
    assert shown(line, unread=(15, 0)) == [(100, 600)]
    assert shown(line, unread=(2, 0)) == [(100, 200), (500, 600)]


def test_unread_letters_are_counted_with_the_word_before_them():
    """The letters of the text that stand after a word and were not read are its unread letters."""
    assert read_against(["along", "lines"], "along totalitarian lines").unread == (12, 0)
    assert read_against(["along", "lines"], "along lines").unread == (0, 0)


def test_a_far_word_of_another_height_does_not_tilt_the_others():
    """Each stretch has its own slope: a low sign at the margin leaves the outline of the words level."""
    line = row(("It", 100), ("was", 160), ("reported", 240))
    low = row(("P", 2000), top=160).words[0]
    fragment = Fragment(0, 3, 0.0, 1.0, 0, 0, 0.0)
    first, _ = outlines(replace(line, words=(*line.words, low)), fragment, LETTER[1])
    assert first.polygon.points == Box(100, 100, 400, 140).corners


def test_a_word_much_too_high_is_cut_to_the_level_of_the_word_beside_it():
    """Of two words of a stretch the page says which is too high, and dirt far away says nothing."""
    high, word, dirt = row(("coachman", 100), top=70, height=90), row(("said", 280)), row(("_|", 1500), height=5)
    line = Line((*high.words, *word.words, *dirt.words), high.polygon)
    (own,) = outlines(line, Fragment(0, 2, 0.0, 1.0, 0, 0, 0.0), LETTER[1])
    assert own.box == Box(100, 100, 360, 140)


def test_specks_have_no_outline():
    """A line that is only specks is drawn nowhere; a dash, a narrow digit and a word are."""
    text = row(("Kantardjieff", 100), top=300)
    specks = row((".", 100), ("o", 400), height=8)
    dash = row(("——", 100), top=200, height=6)
    number = row(("1", 100), top=400)
    page = with_outlines(make_page([specks, dash, number, text]))
    assert [len(line.drawn) for line in page.lines] == [0, 1, 1, 1]


def test_an_outline_of_the_line_that_bends_with_it_is_kept():
    """Existing OCR states outlines of many points: one that fits the words stays, one that is much wider does not."""
    line = make_line("came home late")
    left, top, right, bottom = line.box.left, line.box.top, line.box.right, line.box.bottom
    for beyond, kept in ((5, True), (400, False)):
        bent = Polygon(((left, top), (250, top - 5), (right + beyond, top), (right, bottom), (left, bottom)))
        (drawn,) = with_outlines(make_page([replace(line, polygon=bent)])).lines[0].drawn
        assert (drawn == bent) is kept


WORDS = " ".join(prose("en")).split()
PLACES = st.lists(st.integers(0, 400), min_size=3, max_size=9)


@settings(deadline=None, max_examples=60)
@given(st.lists(PLACES, min_size=1, max_size=4), st.booleans())
def test_each_published_box_holds_ink_along_its_whole_length(rows, is_dirty):
    """On drawn pages no box of a link, finding or line has a white gap of more than the heights that part a line."""
    words = iter(WORDS)
    lines: list[Line] = []
    typed: list[str] = []
    for n, gaps in enumerate(rows):
        left, pieces = 50, []
        for gap in gaps:
            left += gap
            word = next(words)
            typed.append(word)
            pieces.append((word, left))
            left += LETTER[0] * len(word) + 20
        if is_dirty:
            pieces.append(("|", left + 700))
        lines.append(row(*pieces, top=100 + 100 * n))
    page = make_page(lines, language="en")
    width = max(line.box.right for line in lines) + 10
    page = replace(page, scan=replace(page.scan, width=width), frame=replace(page.frame, box=Box(0, 0, width, 2000)))
    ink = np.zeros((2000, width), bool)
    for word in (word for line in lines for word in line.words):
        ink[word.box.top : word.box.bottom, word.box.left : word.box.right] = True
    result = link_volume("v", [page], [make_text(" ".join(typed), language="en")])
    areas = [area for own in (*result.links, *result.findings) for area in own.areas]
    boxes = [box for area in areas for box in area.boxes]
    boxes += [outline.box for line in result.pages[0].lines for outline in line.drawn]
    most = LINKING.places.apart_heights * letter_height(page)
    for box in boxes:
        columns = np.flatnonzero(ink[box.top : box.bottom, box.left : box.right].any(axis=0))
        assert len(columns)
        edges = [-1, *columns, box.width]
        assert max(b - a - 1 for a, b in pairwise(edges)) <= most
