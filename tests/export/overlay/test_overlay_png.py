"""Overlay pictures as PNG, and scans made small for embedding."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO

import numpy as np
import pytest
from defusedxml.ElementTree import fromstring
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image
from support.sample_volume import sample

from align.export.overlay.png import embedded_jpeg, overlay_png
from align.export.overlay.svg import overlay_svg
from align.model import Area, Box, Frame, Line, Polygon, Word

VOLUME = sample()


def scan(order: int, ink: int | tuple[int, int, int] = 0) -> np.ndarray:
    """A white scan with an inked square of 20 pixels at its left top."""
    page = VOLUME.pages[order - 1]
    shape = (page.scan.height, page.scan.width) if isinstance(ink, int) else (page.scan.height, page.scan.width, 3)
    pixels = np.full(shape, 255, np.uint8)
    pixels[:20, :20] = ink
    return pixels


def png(order: int, pixels: np.ndarray | None, **options: object) -> np.ndarray:
    page = VOLUME.pages[order - 1]
    data = overlay_png(pixels, page, VOLUME.links, matches=VOLUME.matches.get(order, {}), **options)
    image = Image.open(BytesIO(data))
    assert image.format == "PNG"
    return np.asarray(image)


def is_tinted(pixel: np.ndarray) -> bool:
    return int(pixel.max()) - int(pixel.min()) > 8


def test_areas_lie_where_their_boxes_are():
    """The middle of each box of a sentence is tinted, and the paper between lines is not."""
    page = VOLUME.pages[0]
    picture = png(1, scan(1))
    head = round(3.9 * 0.015 * page.scan.width)
    for link in VOLUME.links[1:4]:
        for box in link.areas[0].boxes:
            assert is_tinted(picture[(box.top + box.bottom) // 2 + head, (box.left + box.right) // 2])
    assert not is_tinted(picture[500 + head, 500])


def test_ink_stays_black_under_a_tint():
    """A black letter inside an area is still black."""
    pixels = scan(1)
    box = VOLUME.links[1].areas[0].boxes[0]
    x, y = (box.left + box.right) // 2, (box.top + box.bottom) // 2
    pixels[y - 3 : y + 3, x - 3 : x + 3] = 0
    assert png(1, pixels)[y + round(3.9 * 15), x].max() < 30


@pytest.mark.parametrize(("rotation", "corner"), [(0, (0, 0)), (90, (0, -1)), (180, (-1, -1)), (270, (-1, 0))])
def test_the_page_stands_upright(rotation, corner):
    """The scan's left top corner comes to the right top after a turn of 90 degrees, and so on round."""
    page = replace(VOLUME.pages[4], frame=Frame(Box(0, 0, 500, 800), rotation), status="ok")
    picture = np.asarray(Image.open(BytesIO(overlay_png(scan(5, (255, 0, 0)), page, []))).convert("RGB")).astype(int)
    width, height = (800, 500) if rotation in (90, 270) else (500, 800)
    head = round(2.4 * 0.015 * width)
    paper = picture[head : head + height]
    assert paper.shape == (height, width, 3)
    spot = paper[5 if corner[0] == 0 else -6, 5 if corner[1] == 0 else -6]
    assert spot[0] - spot[1] > 200


def test_a_page_of_a_spread_is_cut_out():
    """Of a spread only the page's own frame is shown."""
    page = VOLUME.pages[2]
    pixels = scan(3)
    pixels[:, :600] = 0
    picture = png(3, pixels)
    assert picture.shape[1] == page.frame.box.width
    assert (picture.min(axis=2) < 40).mean() < 0.02


def test_no_side_is_over_the_limit():
    """However large the scan, the picture's sides keep to the limit, and the pixels may come at another size."""
    page = replace(VOLUME.pages[0], scan=replace(VOLUME.pages[0].scan, width=10_000, height=7000))
    page = replace(page, frame=Frame(Box(0, 0, 10_000, 7000)))
    picture = Image.open(BytesIO(overlay_png(scan(1), page, VOLUME.links, max_side=300)))
    assert max(picture.size) == 300


def test_the_same_page_gives_the_same_bytes():
    """A picture depends on its page and links alone, on no font or clock of the machine."""
    page = VOLUME.pages[0]
    assert overlay_png(scan(1), page, VOLUME.links) == overlay_png(scan(1), page, VOLUME.links)


def test_pages_that_have_no_picture_have_a_sheet():
    """A scan that could not be opened gives a header on white; one without pixels gives its areas on white."""
    assert png(4, None).shape[1] == 1000
    assert is_tinted(png(1, None)[235 + 58, 200])


def test_names_in_any_letters_are_written():
    """Cyrillic, accents, Hebrew and control characters in names neither fail nor come out as boxes."""
    page = replace(VOLUME.pages[0], scan=replace(VOLUME.pages[0].scan, path="images/Щука café שלום \x00\U0001f600.png"))
    links = [replace(VOLUME.links[0], document="Ю" * 300, sentence="v.x.ru.odd")]
    assert overlay_png(None, page, links)


@pytest.mark.parametrize("colour", [0, (10, 20, 30)])
def test_an_embedded_scan_is_small(colour):
    """A gray or a colour scan becomes a JPEG of the same shape with sides within the limit."""
    image = Image.open(BytesIO(embedded_jpeg(scan(1, colour), max_side=200)))
    assert (image.format, image.size) == ("JPEG", (200, 140))


@settings(deadline=None, max_examples=40)
@given(
    st.integers(1, 60), st.integers(1, 60), st.sampled_from([0, 90, 180, 270]),
    st.lists(st.tuples(st.floats(-30, 90), st.floats(-30, 90)), min_size=3, max_size=6),
)  # fmt: skip
def test_any_geometry_can_be_drawn(width, height, rotation, points):
    """A frame of one pixel, an outline over the scan's edge or with no inside: each still gives both pictures."""
    outline = Polygon(tuple(points))
    word = Word("x", outline.box, outline, 0.5)
    info = replace(VOLUME.pages[0].scan, width=width, height=height)
    page = replace(
        VOLUME.pages[0],
        scan=info,
        frame=Frame(Box(0, 0, width, height), rotation),
        lines=(Line((word,), outline), Line((word,), outline)),
    )
    link = replace(VOLUME.links[0], areas=(Area(1, (outline.box,), (outline,), (0,), None),), status="doubtful")
    assert fromstring(overlay_svg(page, [link]).encode()).get("viewBox")
    assert overlay_png(np.zeros((height, width), np.uint8), page, [link])
