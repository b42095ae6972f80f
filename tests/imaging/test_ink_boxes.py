"""Word boxes found in a reduced image, fitted to the ink of the scan."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.drawn_pages import INK, PAPER, noisy, skewed, text_page

from align.imaging import fitted_to_ink, prepare
from align.imaging.resample import resized
from align.model import Box, Frame, Line, Polygon, Word

PAGE = text_page(1500, 2100, lines=25, size=24)
GRAINY = noisy(PAGE, 3)


def worded(box: Box) -> tuple[Line, ...]:
    """One line of one word."""
    outline = Polygon(box.corners)
    return (Line((Word("word", box, outline, 0.9),), outline),)


@pytest.mark.slow
@settings(max_examples=40, deadline=None)
@given(
    left=st.integers(200, 700),
    top=st.integers(300, 1500),
    width=st.integers(30, 300),
    height=st.integers(18, 40),
    off=st.tuples(*[st.integers(-1, 1)] * 4),
)
def test_edges_come_to_the_ink(left: int, top: int, width: int, height: int, off: tuple[int, ...]) -> None:
    """A box told to a pixel of the reduced image ends, in the scan, just where the ink ends."""
    page = np.full_like(PAGE, PAPER)
    page[:200] = PAGE[:200]
    page[1900:] = PAGE[1900:]
    page[top : top + height, left : left + width] = INK
    frame = Frame(Box(0, 0, page.shape[1], page.shape[0]))
    prepared = prepare(GRAINY, frame)
    assert prepared.unscaled is not None
    prepared = replace(prepared, unscaled=page)
    points = prepared.to_scan.inverse().points(Box(left, top, left + width, top + height).corners)
    edges = [round(v) + d for v, d in zip((*points[0], *points[2]), off, strict=True)]
    (line,) = fitted_to_ink(worded(Box(*edges)), prepared)
    fitted = prepared.to_scan.points(line.words[0].polygon.points)
    assert np.allclose([*fitted[0], *fitted[2]], [left, top, left + width, top + height], atol=1.5 / 0.7)
    if off == (0, 0, 0, 0):
        assert np.allclose([*fitted[0], *fitted[2]], [left, top, left + width, top + height], atol=1e-6)


@pytest.mark.parametrize("angle", [0.0, 2.0, -3.0])
def test_what_boxes_are_fitted_to_shows_the_same(angle: float) -> None:
    """The unreduced image is the working image, edge upon edge, on level and on skewed pages."""
    page = noisy(skewed(PAGE, angle), 3)
    prepared = prepare(page, Frame(Box(0, 0, page.shape[1], page.shape[0])))
    assert prepared.unscaled is not None
    fine, _ = resized(prepared.unscaled, width=prepared.image.shape[1], height=prepared.image.shape[0])
    off = np.abs(fine.astype(int) - prepared.image.astype(int))
    assert off.mean() < 3
    beside = np.abs(np.roll(fine, 1, axis=1).astype(int) - prepared.image.astype(int))
    assert off.mean() < beside.mean() / 3


def test_a_box_without_ink_stays() -> None:
    """A word with nothing dark in or beside it keeps its place."""
    frame = Frame(Box(0, 0, PAGE.shape[1], PAGE.shape[0]))
    prepared = prepare(GRAINY, frame)
    assert prepared.unscaled is not None
    lines = worded(Box(2, 2, 40, 20))
    assert fitted_to_ink(lines, prepared) == lines


def test_what_was_not_reduced_is_left_as_read() -> None:
    """On a page that the engine saw at the scan's own size, boxes are the engine's."""
    page = text_page(size=16, lines=20)
    prepared = prepare(page, Frame(Box(0, 0, page.shape[1], page.shape[0])))
    lines = worded(Box(100, 100, 140, 120))
    assert prepared.unscaled is None
    assert fitted_to_ink(lines, prepared) is lines
