"""Other preparations of a page that went badly: what is lost with one is often plain with another."""

from __future__ import annotations

from dataclasses import replace
from typing import Literal

import cv2
import numpy as np

from align.imaging.prepare import Prepared, prepare
from align.imaging.resample import gray
from align.model import Frame
from align.pixels import Pixels

Way = Literal["bright", "local"]

# Sauvola and Pietikäinen 2000: the weight of the local contrast; 0.5 in the paper loses faded letters.
_CONTRAST = 0.2
_CONTRAST_RANGE = 128.0
# In letter sizes: a window must hold some paper beside a letter, and of a stain's edge no more than need be.
_WINDOW = 3.0


def prepare_otherwise(pixels: Pixels, frame: Frame, way: Way) -> Prepared | None:
    """The working image of one frame, prepared in another way than usual, or None where that way changes nothing.

    `bright`: of a colour scan each pixel's brightest channel, in which coloured stamps and pencils are pale.
    `local`: black or white by what is around each pixel (Sauvola and Pietikäinen 2000), against stains and shadows.
    """
    if way == "bright":
        if pixels.ndim == 2:
            return None
        prepared = prepare(np.ascontiguousarray(pixels.max(axis=2)), frame)
    else:
        usual = prepare(pixels, frame)
        prepared = replace(usual, image=_local(gray(usual.image), letter_size=usual.letter_size))
    return replace(prepared, steps=f"{way}+{prepared.steps}")


def _local(image: Pixels, *, letter_size: float) -> Pixels:
    """The image in black and white, by the mean and spread of the pixels around each."""
    window = max(15, round(_WINDOW * letter_size) | 1)
    values = image.astype(np.float32)
    mean = np.asarray(cv2.blur(values, (window, window)))
    spread = np.sqrt(np.maximum(np.asarray(cv2.blur(values * values, (window, window))) - mean * mean, 0))
    threshold = mean * (1 + _CONTRAST * (spread / _CONTRAST_RANGE - 1))
    return np.where(values > threshold, 255, 0).astype(np.uint8)
