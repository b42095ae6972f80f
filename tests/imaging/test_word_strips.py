"""Words cut out of a scan to be read once more: level, at the size asked for, black on white."""

from __future__ import annotations

from itertools import pairwise
from math import cos, radians, sin

import cv2
import numpy as np
import pytest
from support.drawn_pages import PAPER, sheet, skewed

from align.imaging import piled, word_strip
from align.model import Box, Polygon

# The words of the drawn line: each is a box of ink, 40 pixels high.
WORDS = (Box(100, 200, 200, 240), Box(230, 200, 300, 240), Box(330, 200, 480, 240))
OUTLINES = [Polygon(box.corners) for box in WORDS]


def drawn(ink: int = 60) -> np.ndarray:
    """A sheet with the words, and ink of other lines above and below."""
    page = sheet(600, 500)
    for box in (*WORDS, Box(100, 130, 480, 170), Box(100, 270, 480, 310)):
        cv2.rectangle(page, (box.left, box.top), (box.right - 1, box.bottom - 1), ink, -1)
    return page


def turned(outline: Polygon, angle_deg: float) -> Polygon:
    """The outline turned as `skewed` turns the sheet of `drawn`."""
    c, s = cos(radians(angle_deg)), sin(radians(angle_deg))
    return Polygon(
        tuple((300 + c * (x - 300) - s * (y - 250), 250 + s * (x - 300) + c * (y - 250)) for x, y in outline.points)
    )


def columns_of_ink(image: np.ndarray) -> np.ndarray:
    """Whether the middle row of the image is ink, pixel by pixel."""
    return image[image.shape[0] // 2] < 128


@pytest.mark.parametrize("height", [20.0, 40.0, 60.0])
@pytest.mark.parametrize("black", [False, True])
def test_a_strip_holds_the_words_between_its_marks(height, black):
    """The word asked for is the ink between the two marks, as large as was asked, with its neighbours beside it."""
    strip = word_strip(drawn(), OUTLINES, 1, 2, height=height, black=black)
    assert strip is not None
    inked = columns_of_ink(strip.image)
    assert strip.right - strip.left == pytest.approx(70 * height / 40, abs=1)
    assert inked[round(strip.left) + 2 : round(strip.right) - 2].all()
    assert not inked[round(strip.left) - 4]
    assert not inked[round(strip.right) + 3]
    assert inked[: round(strip.left) - 4].any()
    assert inked[round(strip.right) + 4 :].any()
    assert (strip.image[[0, -1]] > 200).all()


def test_paper_is_white_and_ink_black_in_any_light():
    """A pale word on gray paper comes out as clear as a dark one."""
    strip = word_strip(drawn(ink=PAPER - 40), OUTLINES, 0, 1, height=40.0)
    assert strip is not None
    assert (strip.image.min(), strip.image.max()) == (0, 255)


def test_a_crooked_line_comes_out_level():
    """Words that lie crooked on the scan are level in their strip."""
    strip = word_strip(skewed(drawn(), 4.0), [turned(outline, 4.0) for outline in OUTLINES], 2, 3, height=40.0)
    assert strip is not None
    inside = strip.image[:, round(strip.left) + 4 : round(strip.right) - 4]
    rows = np.flatnonzero((inside < 128).all(axis=1))
    assert len(rows) == pytest.approx(40, abs=3)


def test_what_cannot_be_cut_out_is_none():
    """An outline without length, outside the scan, or far too wide for a line gives no strip."""
    flat = Polygon(((10, 10), (10, 10), (10, 20), (10, 20)))
    outside = Polygon(Box(5000, 5000, 5100, 5040).corners)
    endless = Polygon(Box(0, 10, 600, 12).corners)
    assert word_strip(drawn(), [flat], 0, 1, height=30.0) is None
    assert word_strip(drawn(), [outside], 0, 1, height=30.0) is None
    assert word_strip(drawn(), [endless], 0, 1, height=30.0) is None


def test_a_pile_says_where_each_strip_is():
    """In a pile each strip stands by itself, and its box holds the words asked for."""
    strips = [strip for n in range(3) if (strip := word_strip(drawn(), OUTLINES, n, n + 1, height=30.0))]
    pile, boxes = piled(strips, gap=24)
    assert [box.width for box in boxes] == pytest.approx([box.width * 0.75 for box in WORDS], abs=2)
    for box, after in pairwise(boxes):
        assert (pile[box.bottom : after.top] == 255).all()
    assert all((pile[(box.top + box.bottom) // 2, box.left + 2 : box.right - 3] < 128).all() for box in boxes)
