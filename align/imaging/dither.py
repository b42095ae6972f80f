"""Dithered scans smoothed: in black and white, their grays are specks, which hide the letters from every later step.

Example: Floyd and Steinberg's dither shows paper of gray level 235 as white with one black pixel in thirteen.
"""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from align.pixels import Pixels
from align.tuning.imaging import IMAGING, ImagingTuning

# So many pixels are looked at first: a scan of more than two values shows it there.
_FIRST_LOOK_STEP = 61


def undithered(pixels: Pixels, *, tuning: ImagingTuning = IMAGING) -> Pixels:
    """The scan itself, or, where it is a dithered one, the smooth gray scan that it stands for.

    A scan is dithered if it has two values only, and so many specks as thresholded print never has. Any other scan is
    returned as it is.
    """
    two = _two_values(pixels)
    if two is None or _specks(two) < tuning.dither_specks:
        return pixels
    smooth = cv2.GaussianBlur(pixels, (0, 0), tuning.dither_blur)
    return np.asarray(smooth, np.uint8)


def _two_values(pixels: Pixels) -> NDArray[np.bool_] | None:
    """Which pixels have the darker of the two values of a scan; None where it has not just two, or has colours."""
    image = pixels
    if pixels.ndim == 3:
        image = pixels[:, :, 0]
        first = pixels.reshape(-1, 3)[::_FIRST_LOOK_STEP]
        if (first != first[:, :1]).any() or (pixels != image[:, :, None]).any():
            return None
    first = image.reshape(-1)[::_FIRST_LOOK_STEP]
    low, high = int(first.min()), int(first.max())
    if low == high or not np.isin(first, (low, high)).all():
        return None
    dark = image == low
    return dark if bool((dark | (image == high)).all()) else None


def _specks(dark: NDArray[np.bool_]) -> float:
    """The share of pixels that differ from the pixels above, below, left and right of them."""
    beside = dark[1:-1, 1:] != dark[1:-1, :-1]
    above = dark[1:, 1:-1] != dark[:-1, 1:-1]
    alone = beside[:, 1:] & beside[:, :-1] & above[1:] & above[:-1]
    return float(alone.mean()) if alone.size else 0.0
