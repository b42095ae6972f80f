"""Resizing, turning and cutting of images; the half pixel between OpenCV's two conventions is handled here alone.

`cv2.resize` keeps the corners of pixels in place, `cv2.warpAffine` their centres. Every transform here maps corners of
pixels, from the new image back to the old one.
"""

from __future__ import annotations

import cv2
import numpy as np

from align.model import Box, Rotation, Transform
from align.pixels import Pixels

# Weights of red, green and blue as in Leptonica's pixConvertRGBToLuminance: Tesseract reads the gray image as it would
# read the colours.
_WEIGHTS = np.array([[0.3, 0.5, 0.2]], np.float32)
_CENTRE_TO_CORNER = Transform.shift(0.5, 0.5)
_CORNER_TO_CENTRE = Transform.shift(-0.5, -0.5)


def gray(pixels: Pixels) -> Pixels:
    """The image in one channel: uint8, (height, width), 255 = white; colours weighted as Tesseract weighs them."""
    if pixels.ndim == 2:
        return pixels
    if pixels.ndim == 3 and pixels.shape[2] == 3:
        return np.asarray(cv2.transform(pixels, _WEIGHTS), dtype=np.uint8)
    raise ValueError(f"an image is (height, width) or (height, width, 3): {pixels.shape}")


def cut(image: Pixels, box: Box) -> tuple[Pixels, Transform]:
    """The part of the image inside the box (a view), and the way back."""
    height, width = image.shape[:2]
    if box.left < 0 or box.top < 0 or box.right > width or box.bottom > height:
        raise ValueError(f"the box leaves the image: {box}, {width} x {height}")
    return image[box.top : box.bottom, box.left : box.right], Transform.shift(box.left, box.top)


def quarter_turned(image: Pixels, rotation: Rotation) -> tuple[Pixels, Transform]:
    """The image turned clockwise by quarters (exact, no resampling), and the way back.

    >>> turned, back = quarter_turned(np.zeros((2, 3), np.uint8), 90)
    >>> turned.shape, back.point((0.0, 0.0))
    ((3, 2), (0.0, 2.0))
    """
    height, width = image.shape[:2]
    back = {
        0: Transform(),
        90: Transform((0, 1, 0, -1, 0, height, 0, 0, 1)),
        180: Transform((-1, 0, width, 0, -1, height, 0, 0, 1)),
        270: Transform((0, -1, width, 1, 0, 0, 0, 0, 1)),
    }[rotation]
    return np.ascontiguousarray(np.rot90(image, -(rotation // 90))), back


def resized(image: Pixels, *, width: int, height: int) -> tuple[Pixels, Transform]:
    """The image at another size, by area means where it shrinks and cubic where it grows, and the way back."""
    old_height, old_width = image.shape[:2]
    shrinks = width * height <= old_width * old_height
    method = cv2.INTER_AREA if shrinks else cv2.INTER_CUBIC
    out = cv2.resize(image, (width, height), interpolation=method)
    return np.asarray(out, dtype=np.uint8), Transform.scale(old_width / width, old_height / height)


def reduced(image: Pixels, *, longest: int) -> tuple[Pixels, Transform]:
    """The image so that no side exceeds `longest` pixels (itself where none does), and the way back."""
    height, width = image.shape[:2]
    factor = longest / max(height, width)
    if factor >= 1:
        return image, Transform()
    return resized(image, width=max(1, round(width * factor)), height=max(1, round(height * factor)))


def resampled(image: Pixels, to_image: Transform, *, width: int, height: int, fill: int) -> Pixels:
    """A new image of this size whose point p shows the image's point to_image(p); cubic; `fill` outside the image."""
    centres = _CENTRE_TO_CORNER.then(to_image).then(_CORNER_TO_CENTRE).matrix
    matrix = np.array(centres, dtype=np.float64).reshape(3, 3)
    flags = cv2.INTER_CUBIC | cv2.WARP_INVERSE_MAP
    colour = (fill, fill, fill)
    if np.allclose(matrix[2], (0, 0, 1)):
        out = cv2.warpAffine(
            image, matrix[:2], (width, height), flags=flags, borderMode=cv2.BORDER_CONSTANT, borderValue=colour
        )
    else:
        out = cv2.warpPerspective(
            image, matrix, (width, height), flags=flags, borderMode=cv2.BORDER_CONSTANT, borderValue=colour
        )
    return np.asarray(out, dtype=np.uint8)


def straightened(image: Pixels, *, angle_deg: float, scale: float, fill: int) -> tuple[Pixels, Transform]:
    """The image turned back by the angle of its lines and scaled, on a canvas that holds all of it, and the way back.

    `angle_deg` is the clockwise angle at which the lines run; they run level in the result. Where it shrinks, it does
    so by area means before it is turned: that takes the paper's grain away, and there is less to turn.
    """
    if scale < 1:
        old_height, old_width = image.shape[:2]
        small = max(1, round(old_width * scale)), max(1, round(old_height * scale))
        image, to_whole = resized(image, width=small[0], height=small[1])
        if not angle_deg:
            return image, to_whole
        image, to_small = straightened(image, angle_deg=angle_deg, scale=1.0, fill=fill)
        return image, to_small.then(to_whole)
    height, width = image.shape[:2]
    centre = (width / 2, height / 2)
    corners = Transform.turn(-angle_deg, centre).points([(0, 0), (width, 0), (width, height), (0, height)])
    left, top = min(x for x, _ in corners), min(y for _, y in corners)
    right, bottom = max(x for x, _ in corners), max(y for _, y in corners)
    new_width, new_height = max(1, round((right - left) * scale)), max(1, round((bottom - top) * scale))
    to_image = (
        Transform.scale((right - left) / new_width, (bottom - top) / new_height)
        .then(Transform.shift(left, top))
        .then(Transform.turn(angle_deg, centre))
    )
    return resampled(image, to_image, width=new_width, height=new_height, fill=fill), to_image
