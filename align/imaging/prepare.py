"""From a frame of a scan to the working image that OCR reads: only what the page needs."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from align.imaging.background import evened
from align.imaging.grain import grain
from align.imaging.overview import Survey, survey
from align.imaging.resample import cut, gray, quarter_turned, straightened
from align.imaging.skew import find_skew
from align.model import Box, Frame, Transform
from align.pixels import Pixels

# Where the darkest paper keeps this part of the brightest paper's light, one threshold serves the whole page: drawn
# typescripts of 0.79 to 0.89 had 2.4 errors in 100 letters evened, 7.0 as they were; real scans of 0.93 and more lost.
_EVEN = 0.9
# Above this, only reading tells whether a page is better evened, unless its paper is white and there is nothing to do.
_OPEN, _GRAY_PAPER = 0.8, 245
# Tesseract follows lines that rise by less than this; turning costs sharpness.
_LEVEL_DEG = 0.4
# Tesseract's models were trained on letters about 20 pixels high; below 14 it loses words.
_SMALL, _WANTED, _MOST_SCALE = 14.0, 20.0, 3.0
# In grain, letters larger than needed cost time and errors, and reducing them takes the grain away; without grain they
# are read better as they are. Real pages and clean prints have a grain of 0 to 0.7, or of 1.7 to 4: see
# docs/decisions/preparation.md.
_LARGE, _ENOUGH, _GRAINY = 22.0, 18.0, 1.5
# Letters of usual print and of typewriters are 20 to 26 pixels high at 300 dpi.
_DPI_OF_LETTER = 13.0
# What is nearly as light as the paper is noise, grain or the other side's print. Measured on rendered bad pages: errors
# of 11.1 in 100 letters with 1.0, 7.4 with 0.88, 5.4 with 0.80, 9.3 with 0.73, where faded letters break.
_WHITE_FROM = 0.83
_WHITE = 255


@dataclass(frozen=True, slots=True)
class Prepared:
    """A working image and its way back.

    `image`: uint8, (height, width), gray; lines run level, upright if the frame's rotation says so. `to_scan` maps its
    pixel corners to scan pixels. `steps` names what was done, "plain" for nothing more than gray. `dpi` is told from
    the letters, not from metadata. `band` is the quarter of the image's height with the most letters: enough to try a
    language or an orientation on. `side`: half the white between two letters, which is a word's own at either end.
    `surveyed`: what the working image shows at a glance, where that is known: it is the frame as it was surveyed.
    `unscaled`: where the working image was reduced, the same at the frame's own size: as level, edge upon edge.
    """

    image: Pixels
    to_scan: Transform
    steps: str
    dpi: float
    letter_size: float
    band: Box
    side: float = 0.0
    surveyed: Survey | None = None
    unscaled: Pixels | None = None


def survey_frame(pixels: Pixels, frame: Frame) -> Survey:
    """What one frame of the scan shows at a glance."""
    return survey(cut(pixels, frame.box)[0])


def is_uneven(surveyed: Survey) -> bool:
    """True where the light is evened unless told otherwise: a dark border, or paper much darker in one place."""
    return surveyed.ground.border > 0 or surveyed.ground.evenness < _EVEN


def evening_is_open(surveyed: Survey) -> bool:
    """True where a page may read better evened, or not: gray paper, all of it lit much alike, without a border."""
    ground = surveyed.ground
    return not ground.border and ground.evenness >= _OPEN and float(np.median(ground.light)) < _GRAY_PAPER


def prepare(pixels: Pixels, frame: Frame, *, surveyed: Survey | None = None, even: bool | None = None) -> Prepared:
    """The working image of one frame, turned by the frame's rotation.

    `pixels`: the scan, uint8, (height, width) or (height, width, 3) RGB; `surveyed`: of this frame's pixels. An even,
    straight page of readable size comes back untouched but for its colours; else: light and border together, then
    turn, deskew and scale in one resampling. `even`: whether light is evened; by `is_uneven` if None.
    """
    seen = surveyed or survey_frame(pixels, frame)
    image, to_scan = cut(pixels, frame.box)
    # Tesseract takes twice as long over colours, turning the page gray anew for every line, and reads no better.
    image = gray(image)
    angle, size = _lines(seen, frame)
    scale = _scale(size, image)
    steps: list[str] = []
    uneven = is_uneven(seen) if even is None else even
    if uneven:
        image = evened(image, seen.ground, white_from=1.0 if seen.letters.faint else _WHITE_FROM)
        steps.append("even")
    image, back = quarter_turned(image, frame.rotation) if frame.rotation else (image, Transform())
    to_scan = back.then(to_scan)
    if abs(angle) < _LEVEL_DEG:
        angle = 0.0
    unscaled = None
    if angle or scale != 1.0:
        fill, whole = _WHITE if uneven else int(np.median(image[::16, ::16])), image
        image, back = straightened(whole, angle_deg=angle, scale=scale, fill=fill)
        if scale < 1:
            unscaled = straightened(whole, angle_deg=angle, scale=1.0, fill=fill)[0] if angle else whole
        to_scan = back.then(to_scan)
        steps += ["deskew"] * bool(angle) + [f"scale{scale:.2f}"] * (scale != 1.0)
    size *= scale
    dpi = float(np.clip(round(size * _DPI_OF_LETTER / 50) * 50, 100, 600)) if size else 300.0
    side = seen.letters.gap / 2 * seen.reduction * scale
    as_surveyed = None if steps or frame.rotation else seen
    return Prepared(
        image, to_scan, "+".join(steps) or "plain", dpi, size, _band(image, seen, frame), side, as_surveyed, unscaled
    )


def _scale(size: float, image: Pixels) -> float:
    """By how much the image, its light as scanned, is enlarged or reduced for letters of this size, 0 for none."""
    if 0 < size < _SMALL:
        return min(_MOST_SCALE, _WANTED / size)
    return _ENOUGH / size if size > _LARGE and grain(image) > _GRAINY else 1.0


def _lines(seen: Survey, frame: Frame) -> tuple[float, float]:
    """The angle of the lines and the letters' size in image pixels, in the frame turned by its rotation."""
    turned = _turned(seen, frame)
    if not len(turned):
        return 0.0, 0.0
    size = _usual(turned)
    return find_skew(turned, letter_size=size), size * seen.reduction


def _band(image: Pixels, seen: Survey, frame: Frame) -> Box:
    height, width = image.shape[:2]
    turned = _turned(seen, frame)
    rows = 40
    upright = seen.level.shape[1] if frame.rotation in (90, 270) else seen.level.shape[0]
    counts, _ = np.histogram((turned[:, 1] + turned[:, 3]) / 2, bins=rows, range=(0, upright))
    quarter = np.convolve(counts, np.ones(rows // 4), mode="valid")
    first = int(quarter.argmax()) if quarter.any() else (rows - rows // 4) // 2
    top = min(height - 1, first * height // rows)
    return Box(0, top, width, max(top + 1, min(height, (first + rows // 4) * height // rows)))


def _usual(boxes: NDArray[np.float64]) -> float:
    """The usual height: by number, or by area where crumbs of stamps and dirt outnumber the letters."""
    heights = boxes[:, 3] - boxes[:, 1]
    order = np.argsort(heights, kind="stable")
    weight = np.cumsum(((boxes[:, 2] - boxes[:, 0]) * heights)[order])
    by_area = float(heights[order][int(np.searchsorted(weight, weight[-1] / 2))])
    # Capitals weigh too much by area, crumbs by number; on a page of text the two differ by a fifth or so.
    by_number = float(np.median(heights))
    return by_number if by_area <= 1.6 * by_number else by_area


def _turned(seen: Survey, frame: Frame) -> NDArray[np.float64]:
    """The letters' boxes in survey pixels, turned with the frame."""
    boxes = seen.letters.boxes
    height, width = seen.level.shape
    left, top, right, bottom = boxes.T
    if frame.rotation == 90:
        return np.column_stack([height - bottom, left, height - top, right])
    if frame.rotation == 180:
        return np.column_stack([width - right, height - bottom, width - left, height - top])
    if frame.rotation == 270:
        return np.column_stack([top, width - right, bottom, width - left])
    return boxes
