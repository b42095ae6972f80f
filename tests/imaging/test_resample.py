from __future__ import annotations

import cv2
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from align.imaging.resample import cut, gray, quarter_turned, reduced, resampled, resized, straightened
from align.model import Box, Transform

STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("turn"), st.sampled_from([90, 180, 270])),
        st.tuples(st.just("straighten"), st.floats(-5, 5), st.floats(0.7, 2.0)),
        st.tuples(st.just("resize"), st.floats(0.6, 1.8), st.floats(0.6, 1.8)),
        st.tuples(st.just("cut"), st.integers(0, 9), st.integers(0, 9)),
    ),
    max_size=4,
)


def dotted(x: int, y: int) -> np.ndarray:
    """A white image with one soft black dot whose centre is the pixel corner (x, y)."""
    image = np.full((120, 160), 255, np.uint8)
    cv2.rectangle(image, (x - 4, y - 4), (x + 3, y + 3), 0, -1)
    return image


def dot(image: np.ndarray) -> tuple[float, float]:
    """The dot's centre in pixel-corner coordinates."""
    dark = 255.0 - image
    dark[dark < 20] = 0
    ys, xs = np.mgrid[: image.shape[0], : image.shape[1]]
    return float((dark * (xs + 0.5)).sum() / dark.sum()), float((dark * (ys + 0.5)).sum() / dark.sum())


@settings(max_examples=60, deadline=None)
@given(steps=STEPS, x=st.integers(30, 130), y=st.integers(30, 90))
def test_what_is_seen_in_a_working_image_leads_back_to_its_scan_pixel(steps: list, x: int, y: int) -> None:
    """However steps are chained, a dot found in the working image maps to its place on the scan within a pixel."""
    image, to_scan = dotted(x, y), Transform()
    for kind, *how in steps:
        if kind == "turn":
            image, back = quarter_turned(image, how[0])
        elif kind == "straighten":
            image, back = straightened(image, angle_deg=how[0], scale=how[1], fill=255)
        elif kind == "resize":
            height, width = image.shape
            image, back = resized(image, width=round(width * how[0]), height=round(height * how[1]))
        else:
            height, width = image.shape
            image, back = cut(image, Box(how[0], how[1], width, height))
        to_scan = back.then(to_scan)
    found = to_scan.point(dot(image))
    assert found == pytest.approx((x, y), abs=0.5)
    there = to_scan.inverse().point(found)
    assert to_scan.point(there) == pytest.approx(found, abs=1e-6)


@settings(max_examples=20, deadline=None)
@given(factor=st.integers(2, 4))
def test_resampling_and_resizing_agree_on_where_pixels_lie(factor: int) -> None:
    """A scaling done by resampling puts the dot where resizing puts it: no half pixel between the two."""
    image = dotted(70, 50)
    height, width = image.shape[0] * factor, image.shape[1] * factor
    by_resize, back = resized(image, width=width, height=height)
    by_resample = resampled(image, back, width=width, height=height, fill=255)
    assert dot(by_resample) == pytest.approx(dot(by_resize), abs=0.05)


def test_a_projective_way_back_is_followed() -> None:
    """Resampling with a keystone leads back to the dot's place."""
    back = Transform((1.0, 0.02, 3.0, 0.01, 1.0, 2.0, 0.0002, 0.0001, 1.0))
    image = resampled(dotted(70, 50), back, width=170, height=130, fill=255)
    assert back.point(dot(image)) == pytest.approx((70, 50), abs=0.3)


def test_straightening_keeps_every_corner() -> None:
    """The canvas grows so that no corner of the page is lost."""
    image = np.zeros((100, 60), np.uint8)
    out, back = straightened(image, angle_deg=5, scale=1.0, fill=255)
    height, width = out.shape
    for corner in Box(0, 0, 60, 100).corners:
        x, y = back.inverse().point(corner)
        assert -0.5 <= x <= width + 0.5
        assert -0.5 <= y <= height + 0.5


def test_a_small_image_is_not_enlarged_by_reduction() -> None:
    """Reduction leaves an image alone that is small enough, and its way back is the identity."""
    image = np.zeros((10, 20), np.uint8)
    out, back = reduced(image, longest=20)
    assert out is image
    assert back == Transform()


def test_an_image_of_another_shape_is_refused_with_its_shape() -> None:
    """Gray conversion names the shape that it cannot take."""
    with pytest.raises(ValueError, match=r"\(4, 5, 2\)"):
        gray(np.zeros((4, 5, 2), np.uint8))


def test_a_cut_outside_the_image_is_refused() -> None:
    """A box that leaves the image is an error, not a smaller cut."""
    with pytest.raises(ValueError, match="leaves the image"):
        cut(np.zeros((10, 10), np.uint8), Box(5, 5, 11, 10))
