"""Words cut out of a scan, level and at a chosen size, to be read once more by themselves.

A strip holds the words in doubt and one neighbour on either side. Its paper is white and its ink black, whatever the
light of the page. It is made from the scan, not from the working image, so that it is a second look and not the first.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import hypot

import cv2
import numpy as np
from numpy.typing import NDArray

from align.imaging.resample import cut, gray, resampled
from align.model import Box, Polygon, Transform
from align.pixels import Pixels
from align.tuning.imaging import IMAGING, ImagingTuning

_WHITE = 255


@dataclass(frozen=True, slots=True, eq=False)
class WordStrip:
    """An image of words and their neighbours; the words themselves stand between `left` and `right`, in its pixels."""

    image: Pixels
    left: float
    right: float


def word_strip(
    pixels: Pixels,
    words: Sequence[Polygon],
    first: int,
    end: int,
    *,
    height: float,
    black: bool = False,
    tuning: ImagingTuning = IMAGING,
) -> WordStrip | None:
    """The strip of the words first to end - 1 of a line; None where there is nothing to cut out.

    `pixels`: the whole scan; `words`: the outlines of all words of the line, in scan pixels; `height`: the usual height
    of a word in the strip, in pixels; `black`: whether each pixel becomes black or white.
    """
    along = _direction(words[first])
    if along is None:
        return None
    axes = np.array([along, (-along[1], along[0])])
    # Left, top, right, bottom of each word along the line and across it.
    places = np.array([_extent(np.asarray(word.points) @ axes.T) for word in words])
    usual = float(np.median(places[:, 3] - places[:, 1]))
    asked, shown = places[first:end], places[max(0, first - 1) : end + 1]
    margin = tuning.word_margin * usual
    middle = (asked[:, 1].min() + asked[:, 3].max()) / 2
    half = min(max(usual, asked[:, 3].max() - asked[:, 1].min()) / 2, tuning.word_half_height * usual) + margin
    left, right = shown[:, 0].min() - margin, shown[:, 2].max() + margin
    scale = height / usual if usual > 1 else 0.0
    wide, tall = round((right - left) * scale), round(2 * half * scale)
    if min(wide, tall) < 1 or wide > tuning.widest_strip * tall:
        return None
    corner = left * axes[0] + (middle - half) * axes[1]
    to_scan = Transform(
        (axes[0][0] / scale, axes[1][0] / scale, corner[0], axes[0][1] / scale, axes[1][1] / scale, corner[1], 0, 0, 1)
    )
    image = _drawn(pixels, to_scan, wide, tall, scale)
    if image is None:
        return None
    clear = _clear(image, tuning)
    return WordStrip(
        _black(clear) if black else clear, (asked[:, 0].min() - left) * scale, (asked[:, 2].max() - left) * scale
    )


def piled(strips: Sequence[WordStrip], *, gap: int) -> tuple[Pixels, tuple[Box, ...]]:
    """Strips one under the other on white paper, `gap` pixels apart, and the box of each strip's own words there."""
    width = max(strip.image.shape[1] for strip in strips) + 2 * gap
    height = sum(strip.image.shape[0] + gap for strip in strips) + gap
    sheet = np.full((height, width), _WHITE, np.uint8)
    boxes, top = [], gap
    for strip in strips:
        tall, wide = strip.image.shape
        sheet[top : top + tall, gap : gap + wide] = strip.image
        boxes.append(Box(gap + int(strip.left), top, gap + int(strip.right) + 1, top + tall))
        top += tall + gap
    return sheet, tuple(boxes)


def _direction(word: Polygon) -> tuple[float, float] | None:
    """The direction in which a word is written, of length 1; None where its outline has no length."""
    (x, y), (to_x, to_y) = word.points[:2]
    length = hypot(to_x - x, to_y - y)
    return ((to_x - x) / length, (to_y - y) / length) if length >= 1 else None


def _extent(points: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.concatenate([points.min(axis=0), points.max(axis=0)])


def _drawn(pixels: Pixels, to_scan: Transform, wide: int, tall: int, scale: float) -> Pixels | None:
    """The strip as it is on the scan; None where it is outside the scan."""
    height, width = pixels.shape[:2]
    outline = to_scan.points([(0, 0), (wide, 0), (wide, tall), (0, tall)])
    part = Box.around(outline).intersection(Box(0, 0, width, height))
    if part is None:
        return None
    image, shift = cut(pixels, part)
    image = gray(image)
    if scale < 1:
        # Cubic resampling takes few pixels into account; without this, thin strokes would come and go.
        size = round(1 / scale)
        image = np.asarray(cv2.blur(image, (size, size)), dtype=np.uint8)
    return resampled(image, to_scan.then(shift.inverse()), width=wide, height=tall, fill=int(np.median(image)))


def _clear(image: Pixels, tuning: ImagingTuning) -> Pixels:
    """The image with white paper and black ink."""
    ink, paper = np.percentile(image, tuning.strip_light)
    levels = _WHITE + (image.astype(np.float32) - paper) * (_WHITE / max(tuning.least_strip_contrast, paper - ink))
    return np.asarray(np.clip(levels, 0, _WHITE), np.uint8)


def _black(image: Pixels) -> Pixels:
    """The image in black and white, with the light that divides the two best (Otsu 1979), and soft edges."""
    _, divided = cv2.threshold(image, 0, _WHITE, cv2.THRESH_BINARY + cv2.THRESH_OTSU)
    return np.asarray(cv2.GaussianBlur(divided, (0, 0), 0.6), np.uint8)
