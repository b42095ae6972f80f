"""The grain of an image: what a scanner, film or rough paper adds to every pixel."""

from __future__ import annotations

import cv2
import numpy as np

from align.pixels import Pixels

# The second difference both ways, which level paper and straight edges leave at nothing.
_MASK = np.array([[1, -2, 1], [-2, 4, -2], [1, -2, 1]], np.float32)
_MASK_NOISE = 6.0  # its answer to noise of deviation 1
_MEDIAN_OF_NORMAL = 0.6745
# The middle of a page tells, and a sheet of any size costs no more than this many pixels both ways.
_LOOKED_AT = 1200


def grain(image: Pixels) -> float:
    """The standard deviation of the noise in the middle of an image, in gray levels.

    `image`: uint8, (height, width). After Immerkaer (1996), "Fast noise variance estimation", with the median of the
    answers in place of their mean: half of a page is paper, and its letters are no grain.
    """
    height, width = image.shape
    top, left = max(0, (height - _LOOKED_AT) // 2), max(0, (width - _LOOKED_AT) // 2)
    middle = image[top : top + _LOOKED_AT, left : left + _LOOKED_AT].astype(np.float32)
    answers = np.abs(cv2.filter2D(middle, cv2.CV_32F, _MASK))
    return float(np.median(answers)) / (_MEDIAN_OF_NORMAL * _MASK_NOISE)
