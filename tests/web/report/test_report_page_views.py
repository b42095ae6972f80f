"""Where a finding is looked at: pictures upright, outlines on their lines, context around."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.sample_volume import area, sample

from align.model import Box, Frame, Polygon
from align.web.report.page_views import (
    PICTURE_HEIGHT,
    PICTURE_WIDTH,
    gap_view,
    line_height,
    outlined_view,
    picture_size,
    to_picture,
    whole_view,
)

FIRST, _, THIRD, _, _ = sample().pages
FRAMES = st.builds(
    lambda x, y, w, h, turn: Frame(Box(x, y, x + w, y + h), turn),
    st.integers(0, 500), st.integers(0, 500), st.integers(1, 9000), st.integers(1, 9000),
    st.sampled_from([0, 90, 180, 270]),
)  # fmt: skip


@given(FRAMES)
def test_a_frame_fills_its_picture(frame):
    """The frame's corners are the picture's corners, turned; the picture is at most so large, and never enlarged."""
    width, height = picture_size(frame)
    assert width <= PICTURE_WIDTH
    assert height <= PICTURE_HEIGHT
    assert width * height <= max(1, frame.box.width * frame.box.height)
    corners = to_picture(frame).points(frame.box.corners)
    assert {(round(x, 3), round(y, 3)) for x, y in corners} == {(0, 0), (width, 0), (0, height), (width, height)}
    first = {0: (0, 0), 90: (width, 0), 180: (width, height), 270: (0, height)}[frame.rotation]
    assert corners[0] == pytest.approx(first, abs=1e-3)


def inside(view, page):
    width, height = picture_size(page.frame)
    assert view.box.left >= 0
    assert view.box.top >= 0
    assert view.box.right <= width
    assert view.box.bottom <= height
    for outline in view.outlines:
        for x, y in outline.points:
            assert view.box.left <= x <= view.box.right
            assert view.box.top <= y <= view.box.bottom


def test_an_outline_is_shown_with_its_context():
    """A line is outlined where it stands, with the lines above and below it and all of the text across."""
    view = outlined_view(FIRST, [FIRST.lines[3].polygon])
    inside(view, FIRST)
    assert view.outlines[0].points == FIRST.lines[3].polygon.points
    assert view.box.height > 3 * line_height(FIRST)
    assert view.box.left < min(line.box.left for line in FIRST.lines)
    assert view.box.right > max(line.box.right for line in FIRST.lines)


@given(FRAMES, st.lists(st.tuples(st.integers(0, 12_000), st.integers(0, 12_000)), min_size=3, max_size=6))
def test_what_is_shown_is_a_part_of_the_picture(frame, points):
    """Wherever an outline lies, in the frame or outside it, what is shown is not empty and lies in the picture."""
    page = replace(FIRST, frame=frame, lines=())
    view = outlined_view(page, [Polygon(tuple((float(x), float(y)) for x, y in points))])
    width, height = picture_size(frame)
    assert 0 <= view.box.left < view.box.right <= width
    assert 0 <= view.box.top < view.box.bottom <= height


def test_an_upside_down_half_of_a_spread_is_shown_upright():
    """The first line of a page that lies upside down comes first, left of nothing, in the picture of its half."""
    view = outlined_view(THIRD, area(THIRD, [(0, 0, 2), (1, 0, 3)], None).polygons)
    inside(view, THIRD)
    one, two = view.outlines
    assert max(y for _, y in one.points) < min(y for _, y in two.points)
    assert picture_size(THIRD.frame) == (600, 800)
    assert min(x for x, _ in one.points) == 100


def test_a_gap_is_marked_between_its_neighbours():
    """Where words are missing, the line before and the line after are tinted and a stroke stands at the end of one."""
    before, after = area(FIRST, [(3, 0, 4)], None), area(FIRST, [(4, 4, 6)], None)
    view = gap_view(FIRST, before, after)
    inside(view, FIRST)
    assert [outline.mark for outline in view.outlines] == ["around", "around", "gap"]
    end = max(x for x, _ in view.outlines[0].points)
    assert all(end < x < end + 20 for x, _ in view.outlines[2].points)
    assert [o.mark for o in gap_view(FIRST, None, after).outlines] == ["around", "gap"]


def test_a_page_without_a_known_place_is_shown_whole():
    """All of the page, and nothing outlined."""
    view = whole_view(FIRST)
    assert (view.box, view.outlines, view.whole) == (Box(0, 0, 1000, 700), (), True)


def test_a_page_without_lines_has_a_height_of_lines():
    """Where nothing was read a line has its usual height."""
    assert 5 < line_height(replace(FIRST, lines=())) < 50
