"""The angle of the text lines, from the letters' feet."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

# Scans lie crooked by up to about five degrees; one more keeps the ends honest.
_MOST_DEG = 6.0
_COARSE_DEG, _FINE_DEG = 0.2, 0.02
# Fewer letters than two short lines give no angle worth turning a page for.
_LEAST_LETTERS = 24
# Most scans lie within a degree of level; a degree more needs this gain in sharpness, over the root of the letters.
_NEAR_LEVEL_DEG, _DOUBT = 1.0, 0.6


def find_skew(boxes: NDArray[np.float64], *, letter_size: float) -> float:
    """The clockwise angle in degrees at which the lines of these letters run; 0 where none stands out.

    `boxes`: float64, (n, 4), left, top, right, bottom of letters whose lines run along x. The feet of the letters of a
    level line share one height, so their projection on the page's height is sharpest at the right angle: Baird,
    The Skew Angle of Printed Documents, 1987. Within 0.1 degree on pages of ten lines and more.
    """
    if len(boxes) < _LEAST_LETTERS or letter_size <= 0:
        return 0.0
    x = (boxes[:, 0] + boxes[:, 2]) / 2
    y = boxes[:, 3]
    x, y = x - x.mean(), y - y.mean()
    coarse = np.arange(-_MOST_DEG, _MOST_DEG + _COARSE_DEG / 2, _COARSE_DEG)
    sharp = np.array([_sharpness(x, y, angle, letter_size / 2) for angle in coarse])
    best = float(coarse[int(sharp.argmax())])
    # On a page of a few short lines chance makes peaks too: a large angle must beat the level page by the more.
    level = float(sharp[np.abs(coarse) <= _NEAR_LEVEL_DEG].max())
    needed = 1.0 + _DOUBT * max(0.0, abs(best) - _NEAR_LEVEL_DEG) / np.sqrt(len(boxes))
    if abs(best) > _MOST_DEG - _COARSE_DEG or sharp.max() < 1.15 * float(np.median(sharp)):
        return 0.0
    if sharp.max() < needed * level:
        best = float(coarse[np.abs(coarse) <= _NEAR_LEVEL_DEG][int(sharp[np.abs(coarse) <= _NEAR_LEVEL_DEG].argmax())])
    fine = np.arange(best - _COARSE_DEG, best + _COARSE_DEG + _FINE_DEG / 2, _FINE_DEG)
    sharp = np.array([_sharpness(x, y, angle, letter_size / 4) for angle in fine])
    # The top of the peak is flat and ragged: its middle, weighted by height, is steadier than its highest point.
    weight = np.clip(sharp - (sharp.min() + sharp.max()) / 2, 0, None)
    return float((fine * weight).sum() / weight.sum()) if weight.sum() > 0 else best


def _sharpness(x: NDArray[np.float64], y: NDArray[np.float64], angle_deg: float, bin_size: float) -> float:
    radians = np.deg2rad(angle_deg)
    height = (y * np.cos(radians) - x * np.sin(radians)) / bin_size
    height -= height.min()
    low = height.astype(np.int64)
    share = height - low
    counts = np.bincount(low, weights=1 - share, minlength=int(low.max()) + 2)
    counts[1:] += np.bincount(low, weights=share, minlength=len(counts) - 1)[: len(counts) - 1]
    return float((counts**2).sum())
