"""Small pictures of places: within their size, around the place, framed, whatever the page and the place are."""

from __future__ import annotations

from io import BytesIO

from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from align.export.images.place_pictures import HEIGHT, WIDTH, place_picture
from align.model import Box

PAGE = Image.new("L", (1400, 2000), 230)


def test_a_word():
    """A word in the middle of a page is in the picture, with a red frame, and little around it."""
    picture = place_picture(PAGE, Box(100, 900, 1300, 1100), [[(600, 1000), (700, 1000), (700, 1030), (600, 1030)]])
    image = Image.open(BytesIO(picture.data))
    assert image.size == (picture.width, picture.height)
    assert picture.width == WIDTH
    assert 20 < picture.height < 60
    red = [(x, y) for x in range(image.width) for y in range(image.height) if image.getpixel((x, y))[1] < 160]
    assert red
    assert abs(sum(x for x, _ in red) / len(red) - WIDTH / 2) < 5


@settings(max_examples=30, deadline=None)
@given(
    st.tuples(st.integers(1, 60), st.integers(1, 60)),
    st.lists(st.lists(st.tuples(st.floats(-20, 99), st.floats(-20, 99)), min_size=3, max_size=5), max_size=3),
)
def test_any_place_on_any_page(size, outlines):
    """A picture has at least one pixel and at most the largest size, also of a place at or beyond the page's edge."""
    picture = place_picture(Image.new("L", size, 200), Box(0, 0, *size), outlines)
    assert 0 < picture.width <= WIDTH
    assert 0 < picture.height <= HEIGHT
    assert Image.open(BytesIO(picture.data)).size == (picture.width, picture.height)
