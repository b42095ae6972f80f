"""The grain of an image: the noise that a scanner, film or rough paper adds to every pixel."""

from __future__ import annotations

import cv2
import numpy as np

from align.pixels import Pixels
from align.tuning.imaging import IMAGING, ImagingTuning

# The second difference both ways: it answers 0 to evenly lit paper and to straight edges.
_MASK = np.array([[1, -2, 1], [-2, 4, -2], [1, -2, 1]], np.float32)
_MASK_NOISE = 6.0  # the spread of its answers to noise of spread 1
_MEDIAN_OF_NORMAL = 0.6745  # the median of the absolute values of a normal distribution of spread 1


def grain(image: Pixels, *, tuning: ImagingTuning = IMAGING) -> float:
    """The standard deviation of the noise in the middle of an image, in gray levels.

    `image`: gray. After Immerkaer (1996), "Fast noise variance estimation", but with the median of the answers in place
    of their mean: most of a page is paper, and letters are not grain.
    """
    height, width = image.shape
    side = tuning.grain_window
    top, left = max(0, (height - side) // 2), max(0, (width - side) // 2)
    middle = image[top : top + side, left : left + side].astype(np.float32)
    answers = np.abs(cv2.filter2D(middle, cv2.CV_32F, _MASK))
    return float(np.median(answers)) / (_MEDIAN_OF_NORMAL * _MASK_NOISE)
