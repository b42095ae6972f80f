"""Alternative preparations for a page that was read badly: text that one loses is often plain in another."""

from __future__ import annotations

from dataclasses import replace
from typing import Literal

import cv2
import numpy as np

from align.imaging.prepare import Prepared, prepare
from align.imaging.resample import gray
from align.model import Frame
from align.pixels import Pixels
from align.tuning.imaging import IMAGING, ImagingTuning

Way = Literal["bright", "local"]


def prepare_alternative(pixels: Pixels, frame: Frame, way: Way, *, tuning: ImagingTuning = IMAGING) -> Prepared | None:
    """The working image of one frame, prepared in an alternative way; None where that way changes nothing.

    `bright`: the brightest channel of each pixel of a colour scan, in which coloured stamps and pencils are pale.
    `local`: each pixel black or white by the pixels around it (Sauvola and Pietikäinen 2000), against stains and
    shadows.
    """
    if way == "bright":
        if pixels.ndim == 2:
            return None
        prepared = prepare(np.ascontiguousarray(pixels.max(axis=2)), frame, tuning=tuning)
    else:
        usual = prepare(pixels, frame, tuning=tuning)
        prepared = replace(usual, image=_local(gray(usual.image), letter_size=usual.letter_size, tuning=tuning))
    return replace(prepared, steps=f"{way}+{prepared.steps}")


def _local(image: Pixels, *, letter_size: float, tuning: ImagingTuning) -> Pixels:
    """The gray image in black and white: each pixel is compared with the mean and spread of the pixels around it."""
    window = max(tuning.least_local_window, round(tuning.local_window * letter_size) | 1)
    values = image.astype(np.float32)
    mean = np.asarray(cv2.blur(values, (window, window)))
    spread = np.sqrt(np.maximum(np.asarray(cv2.blur(values * values, (window, window))) - mean * mean, 0))
    threshold = mean * (1 + tuning.local_contrast * (spread / tuning.local_contrast_range - 1))
    return np.where(values > threshold, 255, 0).astype(np.uint8)
