from __future__ import annotations

from math import dist

import cv2
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from align.imaging.resample import cut, gray, quarter_turned, reduced, resampled, resized, straightened
from align.model import Box, Polygon, Transform

STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("turn"), st.sampled_from([90, 180, 270])),
        st.tuples(st.just("straighten"), st.floats(-5, 5), st.floats(0.7, 2.0)),
        st.tuples(st.just("resize"), st.floats(0.7, 1.8), st.floats(0.7, 1.8)),
        st.tuples(st.just("keystone"), st.floats(-2e-4, 2e-4), st.floats(-2e-4, 2e-4)),
        st.tuples(st.just("cut"), st.floats(0, 1), st.floats(0, 1)),
    ),
    max_size=5,
)


def dotted(x: int, y: int) -> np.ndarray:
    """A white image with one black dot whose centre is the pixel corner (x, y), large enough to be reduced often."""
    image = np.full((120, 160), 255, np.uint8)
    cv2.rectangle(image, (x - 8, y - 8), (x + 7, y + 7), 0, -1)
    return image


def dot(image: np.ndarray) -> tuple[float, float]:
    """The dot's centre in pixel-corner coordinates."""
    dark = 255.0 - image
    dark[dark < 20] = 0
    ys, xs = np.mgrid[: image.shape[0], : image.shape[1]]
    return float((dark * (xs + 0.5)).sum() / dark.sum()), float((dark * (ys + 0.5)).sum() / dark.sum())


def stepped(image: np.ndarray, kind: str, how: list, free: tuple[int, int]) -> tuple[np.ndarray, Transform]:
    """The image after one step, and the way back; a cut takes a part of what is free at the left and the top."""
    height, width = image.shape
    if kind == "turn":
        return quarter_turned(image, how[0])
    if kind == "straighten":
        return straightened(image, angle_deg=how[0], scale=how[1], fill=255)
    if kind == "resize":
        return resized(image, width=round(width * how[0]), height=round(height * how[1]))
    if kind == "keystone":
        back = Transform((1.0, 0.0, 0.0, 0.0, 1.0, 0.0, how[0] / 2, how[1] / 2, 1.0))
        return resampled(image, back, width=round(width * 1.1), height=round(height * 1.1), fill=255), back
    return cut(image, Box(int(how[0] * free[0]), int(how[1] * free[1]), width, height))


@pytest.mark.slow
@settings(max_examples=60, deadline=None)
@given(steps=STEPS, x=st.integers(30, 70), y=st.integers(30, 50), width=st.integers(1, 60), height=st.integers(1, 40))
def test_a_box_seen_in_a_working_image_comes_back_within_a_pixel(
    steps: list, x: int, y: int, width: int, height: int
) -> None:
    """However steps are chained, a box whose corners are seen in the working image comes back to its place."""
    true = Box(x, y, x + width, y + height)
    images, to_scan = [dotted(int(a), int(b)) for a, b in true.corners], Transform()
    for kind, *how in steps:
        dark = [np.argwhere(image < 235).min(axis=0) for image in images]
        free = int(min(d[1] for d in dark)), int(min(d[0] for d in dark))
        done = [stepped(image, kind, how, free) for image in images]
        images, to_scan = [image for image, _ in done], done[0][1].then(to_scan)
    seen = [dot(image) for image in images]
    back = Polygon(tuple(to_scan.points(seen)))
    # Half a pixel of the scan, or of the working image where that is coarser: no finer is it seen there.
    x, y = seen[0]
    pixel = max(1.0, *(dist(back.points[0], p) for p in to_scan.points([(x + 1, y), (x, y + 1)])))
    for found, corner in zip(back.points, true.corners, strict=True):
        assert found == pytest.approx(corner, abs=0.5 * pixel)
    there = to_scan.inverse().points(back.points)
    assert [c for p in there for c in p] == pytest.approx([c for p in seen for c in p], abs=1e-6)
    assert max(abs(a - b) for a, b in zip(_edges(back.box), _edges(true), strict=True)) <= 1


def _edges(box: Box) -> tuple[int, int, int, int]:
    return box.left, box.top, box.right, box.bottom


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
