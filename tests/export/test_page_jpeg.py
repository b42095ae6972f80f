"""The picture of a page for the report: its frame alone, turned upright."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO

import numpy as np
import pytest
from export.sample_volume import sample
from PIL import Image

from align.export import page_jpeg
from align.model import Box, Frame


def page_with(frame: Frame | None):
    first = sample().pages[0]
    return replace(first, frame=frame, scan=replace(first.scan, width=100, height=60), lines=())


@pytest.mark.parametrize(("rotation", "corner"), [(0, (0, 0)), (90, (1, 0)), (180, (1, 1)), (270, (0, 1))])
def test_a_page_is_turned_upright(rotation, corner):
    """A dark corner at the left top of the frame comes to stand where the clockwise turn takes it."""
    pixels = np.full((60, 100), 255, np.uint8)
    pixels[:20, 50:70] = 0
    size = (60, 50) if rotation in (90, 270) else (50, 60)
    with Image.open(BytesIO(page_jpeg(pixels, page_with(Frame(Box(50, 0, 100, 60), rotation)), size))) as picture:
        assert (picture.size, picture.mode) == (size, "L")
        at = [(0, size[0] - 1)[corner[0]], (0, size[1] - 1)[corner[1]]]
        dark = [(x, y) for x in (0, size[0] - 1) for y in (0, size[1] - 1) if picture.getpixel((x, y)) < 80]
    assert dark == [tuple(at)]


def test_colour_stays():
    """A colour scan has a colour picture, at the size that is asked for."""
    pixels = np.zeros((60, 100, 3), np.uint8)
    pixels[..., 0] = 200
    with Image.open(BytesIO(page_jpeg(pixels, page_with(Frame(Box(0, 0, 100, 60))), (50, 30)))) as picture:
        assert (picture.size, picture.mode) == ((50, 30), "RGB")
        assert picture.getpixel((25, 15))[0] > 150


def test_a_page_that_was_never_opened_has_no_picture():
    """Without a frame there is nothing to show."""
    with pytest.raises(ValueError, match=r"v\.p0001"):
        page_jpeg(np.zeros((60, 100), np.uint8), page_with(None), (10, 10))
