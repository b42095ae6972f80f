"""The paper under the ink: how bright it is where, and which part of the image it is."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from align.imaging.resample import resized
from align.pixels import Pixels

# A kernel of 1/80 of the longest side bridges strokes and letters of body text (a 10 point x-height is 1/160 of an
# A4 page) and still follows a shadow; the ground itself is kept at 1/4 of the survey's size since it is smooth.
_CLOSING = 80
_GROUND_REDUCTION = 4
# What lies beside the paper (a lid, a table, a black backing) sends back under half the paper's light.
_DARK = 0.5
# A border smaller than this part of the image cannot mislead Tesseract's threshold; a "border" larger than this is
# no border but the subject.
_LEAST_BORDER, _MOST_BORDER = 0.002, 0.6


@dataclass(frozen=True, slots=True)
class Ground:
    """The paper of one image at a reduced size.

    `light`: uint8, brightness of bare paper, filled in where there is none. `paper`: bool, same shape, False beside
    the sheet. `border`: part of the image beside the sheet. `evenness`: darkest light over brightest on the sheet,
    0..1.
    """

    light: Pixels
    paper: NDArray[np.bool_]
    border: float
    evenness: float


def find_ground(surveyed: Pixels) -> Ground:
    """The paper of a gray image of survey size: its light and its outline."""
    height, width = surveyed.shape
    kernel = max(3, round(max(height, width) / _CLOSING) | 1)
    small = (max(1, width // _GROUND_REDUCTION), max(1, height // _GROUND_REDUCTION))
    smooth = np.asarray(cv2.blur(surveyed, (3, 3)), dtype=np.uint8)
    wide = np.asarray(cv2.dilate(smooth, np.ones((kernel, kernel), np.uint8)), dtype=np.uint8)
    light, _ = resized(wide, width=small[0], height=small[1])
    narrow = np.ones((max(1, kernel // _GROUND_REDUCTION),) * 2, np.uint8)
    closed = np.asarray(cv2.erode(light, narrow), dtype=np.uint8)
    paper = _sheet(closed)
    border = 1.0 - float(paper.mean())
    inner = np.asarray(cv2.erode(paper.astype(np.uint8), np.ones((7, 7), np.uint8), borderValue=1), dtype=np.uint8)
    if border and inner.any():
        closed = _filled(closed, inner.astype(np.bool_))
    even = np.asarray(cv2.GaussianBlur(closed, (0, 0), max(small) / 150), dtype=np.uint8)
    seen = even[inner.astype(np.bool_)] if inner.any() else even
    low, high = np.percentile(seen, (2, 98))
    return Ground(even, paper, border, float(low / high) if high > 0 else 1.0)


def _sheet(light: Pixels) -> NDArray[np.bool_]:
    """True on the sheet; all True where no dark border touches the image's edge."""
    whole = np.ones(light.shape, np.bool_)
    bright = float(np.percentile(light, 90))
    level, _ = cv2.threshold(light, 0, 255, cv2.THRESH_BINARY | cv2.THRESH_OTSU)
    dark = light <= min(level, _DARK * bright)
    if not dark.any() or dark.all() or float(light[dark].mean()) > _DARK * float(light[~dark].mean()):
        return whole
    count, labels = cv2.connectedComponents(dark.astype(np.uint8), connectivity=4)
    edge = np.unique(np.concatenate([labels[0], labels[-1], labels[:, 0], labels[:, -1]]))
    touching = np.zeros(count, np.bool_)
    touching[edge] = True
    touching[0] = False
    outside = touching[labels]
    share = float(outside.mean())
    return ~outside if _LEAST_BORDER <= share <= _MOST_BORDER else whole


def _filled(light: Pixels, inner: NDArray[np.bool_]) -> Pixels:
    """The light with the places outside `inner` filled from the nearest inside (normalised convolution, growing)."""
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


def evened(image: Pixels, ground: Ground, *, white_from: float) -> Pixels:
    """The gray image with its light evened out and all beside the sheet painted white.

    What has at least the part `white_from` of its paper's light becomes white (255), and black stays black.
    """
    height, width = image.shape
    light, _ = resized(ground.light, width=width, height=height)
    out = np.asarray(cv2.divide(image, np.maximum(light, 1), scale=255 / white_from), dtype=np.uint8)
    if ground.border:
        # The sheet's own edge is a shadow line: two cells of the reduced ground go with the border.
        inner = cv2.erode(ground.paper.astype(np.uint8), np.ones((5, 5), np.uint8), borderValue=1)
        mask = cv2.resize(np.asarray(inner, dtype=np.uint8), (width, height), interpolation=cv2.INTER_NEAREST)
        out[np.asarray(mask) == 0] = 255
    return out
