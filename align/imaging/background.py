"""The paper under the ink: how much light it has at each place, and which part of the image it is."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from align.imaging.resample import resized
from align.pixels import Pixels
from align.tuning.imaging import IMAGING, ImagingTuning


@dataclass(frozen=True, slots=True)
class Background:
    """The paper of one image at a reduced size.

    `light`: uint8, brightness of bare paper, filled in where there is none; `paper`: bool, same shape, False beside
    the sheet; `border`: the share of the image that is beside the sheet; `evenness`: the darkest light of the sheet
    over its brightest, 0..1.
    """

    light: Pixels
    paper: NDArray[np.bool_]
    border: float
    evenness: float


def find_background(image: Pixels, *, tuning: ImagingTuning = IMAGING) -> Background:
    """The paper of a gray image at the size of an overview: its light and its outline."""
    height, width = image.shape
    reduction = tuning.background_reduction
    kernel = max(3, round(max(height, width) / tuning.closing_part) | 1)
    small = (max(1, width // reduction), max(1, height // reduction))
    smooth = np.asarray(cv2.blur(image, (3, 3)), dtype=np.uint8)
    wide = np.asarray(cv2.dilate(smooth, np.ones((kernel, kernel), np.uint8)), dtype=np.uint8)
    light, _ = resized(wide, width=small[0], height=small[1])
    narrow = np.ones((max(1, kernel // reduction),) * 2, np.uint8)
    closed = np.asarray(cv2.erode(light, narrow), dtype=np.uint8)
    paper = _sheet(closed, tuning)
    border = 1.0 - float(paper.mean())
    inner = np.asarray(cv2.erode(paper.astype(np.uint8), np.ones((7, 7), np.uint8), borderValue=1), dtype=np.uint8)
    if border and inner.any():
        closed = _filled(closed, inner.astype(np.bool_))
    even = np.asarray(cv2.GaussianBlur(closed, (0, 0), max(small) / 150), dtype=np.uint8)
    light_of_sheet = even[inner.astype(np.bool_)] if inner.any() else even
    low, high = np.percentile(light_of_sheet, (2, 98))
    return Background(even, paper, border, float(low / high) if high > 0 else 1.0)


def _sheet(light: Pixels, tuning: ImagingTuning) -> NDArray[np.bool_]:
    """True on the sheet; all True where no dark border touches the image's edge."""
    whole = np.ones(light.shape, np.bool_)
    bright = float(np.percentile(light, 90))
    level, _ = cv2.threshold(light, 0, 255, cv2.THRESH_BINARY | cv2.THRESH_OTSU)
    dark = light <= min(level, tuning.dark_border_light * bright)
    if not dark.any() or dark.all():
        return whole
    if float(light[dark].mean()) > tuning.dark_border_light * float(light[~dark].mean()):
        return whole
    count, labels = cv2.connectedComponents(dark.astype(np.uint8), connectivity=4)
    edge = np.unique(np.concatenate([labels[0], labels[-1], labels[:, 0], labels[:, -1]]))
    touching = np.zeros(count, np.bool_)
    touching[edge] = True
    touching[0] = False
    outside = touching[labels]
    share = float(outside.mean())
    return ~outside if tuning.least_border <= share <= tuning.most_border else whole


def _filled(light: Pixels, inner: NDArray[np.bool_]) -> Pixels:
    """The light with the places outside `inner` filled from the nearest places inside, by growing convolutions."""
    value = light.astype(np.float32) * inner
    weight = inner.astype(np.float32)
    out = value.copy()
    known = inner.copy()
    sigma = 4.0
    while not known.all() and sigma < 4 * max(light.shape):
        mass = np.asarray(cv2.GaussianBlur(weight, (0, 0), sigma))
        total = np.asarray(cv2.GaussianBlur(value, (0, 0), sigma))
        new = ~known & (mass > 1e-3)
        out[new] = total[new] / mass[new]
        known |= new
        sigma *= 2
    out[~known] = float(light[inner].mean())
    return np.clip(np.rint(out), 1, 255).astype(np.uint8)


def evened(image: Pixels, background: Background, *, white_from: float) -> Pixels:
    """The gray image with its light evened out, and white beside the sheet.

    Pixels with at least the share `white_from` of their paper's light become white (255); black stays black.
    """
    height, width = image.shape
    light, _ = resized(background.light, width=width, height=height)
    out = np.asarray(cv2.divide(image, np.maximum(light, 1), scale=255 / white_from), dtype=np.uint8)
    if background.border:
        # The edge of the sheet is a line of shadow, so two cells of the reduced light are counted as border.
        inner = cv2.erode(background.paper.astype(np.uint8), np.ones((5, 5), np.uint8), borderValue=1)
        mask = cv2.resize(np.asarray(inner, dtype=np.uint8), (width, height), interpolation=cv2.INTER_NEAREST)
        out[np.asarray(mask) == 0] = 255
    return out
