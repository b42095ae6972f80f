"""The angle of the text lines, from the letters' feet."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from align.tuning.imaging import IMAGING, ImagingTuning


def find_skew(boxes: NDArray[np.float64], *, letter_size: float, tuning: ImagingTuning = IMAGING) -> float:
    """The clockwise angle in degrees at which the lines of these letters run; 0 where no angle is clearly the best.

    `boxes`: float64, (n, 4), left, top, right, bottom of letters whose lines run along x. The letters are turned by
    many angles. At the true skew the feet of each line fall on one height, so the histogram of heights has its highest
    peaks (Baird, The Skew Angle of Printed Documents, 1987). The error is at most 0.1 degree on pages of ten or more
    lines.
    """
    if len(boxes) < tuning.skew_letters or letter_size <= 0:
        return 0.0
    most, coarse_step, fine_step = tuning.most_skew_deg, tuning.coarse_skew_deg, tuning.fine_skew_deg
    x = (boxes[:, 0] + boxes[:, 2]) / 2
    y = boxes[:, 3]
    x, y = x - x.mean(), y - y.mean()
    coarse = np.arange(-most, most + coarse_step / 2, coarse_step)
    sharp = np.array([_sharpness(x, y, angle, letter_size / 2) for angle in coarse])
    best = float(coarse[int(sharp.argmax())])
    # On a page of a few short lines there are peaks by chance: the larger an angle, the more it must gain.
    near_level = np.abs(coarse) <= tuning.near_level_deg
    level = float(sharp[near_level].max())
    needed = 1.0 + tuning.skew_doubt * max(0.0, abs(best) - tuning.near_level_deg) / np.sqrt(len(boxes))
    if abs(best) > most - coarse_step or sharp.max() < tuning.skew_peak * float(np.median(sharp)):
        return 0.0
    if sharp.max() < needed * level:
        best = float(coarse[near_level][int(sharp[near_level].argmax())])
    fine = np.arange(best - coarse_step, best + coarse_step + fine_step / 2, fine_step)
    sharp = np.array([_sharpness(x, y, angle, letter_size / 4) for angle in fine])
    # The top of the peak is flat and ragged, so its middle, weighted by height, is steadier than its highest point.
    weight = np.clip(sharp - (sharp.min() + sharp.max()) / 2, 0, None)
    return float((fine * weight).sum() / weight.sum()) if weight.sum() > 0 else best


def _sharpness(x: NDArray[np.float64], y: NDArray[np.float64], angle_deg: float, bin_size: float) -> float:
    """The sum of squares of the letters' feet, counted in rows of `bin_size` pixels that run at this angle."""
    radians = np.deg2rad(angle_deg)
    height = (y * np.cos(radians) - x * np.sin(radians)) / bin_size
    height -= height.min()
    low = height.astype(np.int64)
    share = height - low
    counts = np.bincount(low, weights=1 - share, minlength=int(low.max()) + 2)
    counts[1:] += np.bincount(low, weights=share, minlength=len(counts) - 1)[: len(counts) - 1]
    return float((counts**2).sum())
