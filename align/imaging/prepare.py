"""From a frame of a scan to the working image that OCR reads; a page is changed only where it needs it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from align.imaging.background import evened
from align.imaging.grain import grain
from align.imaging.letters import letter_gap
from align.imaging.overview import Overview, overview_of
from align.imaging.resample import cut, gray, quarter_turned, straightened
from align.imaging.skew import find_skew
from align.model import Box, Frame, Transform
from align.pixels import Pixels
from align.tuning.imaging import IMAGING, ImagingTuning

_WHITE = 255


@dataclass(frozen=True, slots=True)
class Prepared:
    """A working image and the transform that leads back to the scan.

    `image`: gray; lines run level, and upright if the frame's rotation is right. `to_scan` maps its pixel corners to
    scan pixels. `steps` names what was done, "plain" for gray alone. `dpi` is estimated from the letters, not from
    metadata. `band`: the quarter of the image's height with the most letters, to try a language or a way up on.
    `side_bearing`: half the white between two letters; each end of a word has this much white of its own. `overview`:
    the overview of the working image, where it is known because nothing but colours was changed. `unscaled`: where the
    working image was reduced, the same image at the frame's own size, equally level, with the same edges.
    """

    image: Pixels
    to_scan: Transform
    steps: str
    dpi: float
    letter_size: float
    band: Box
    side_bearing: float = 0.0
    overview: Overview | None = None
    unscaled: Pixels | None = None


def overview_of_frame(pixels: Pixels, frame: Frame, *, tuning: ImagingTuning = IMAGING) -> Overview:
    """The overview of one frame of the scan."""
    return overview_of(cut(pixels, frame.box)[0], tuning=tuning)


def is_unevenly_lit(overview: Overview, *, tuning: ImagingTuning = IMAGING) -> bool:
    """Whether the page has a dark border, or paper that is much darker in one place than in another."""
    return overview.background.border > 0 or overview.background.evenness < tuning.even_light


def may_need_evening(overview: Overview, *, tuning: ImagingTuning = IMAGING) -> bool:
    """Whether only reading tells if evened light is better: the paper is gray, fairly evenly lit, without a border."""
    background = overview.background
    if background.border or background.evenness < tuning.open_light:
        return False
    return float(np.median(background.light)) < tuning.gray_paper


def prepare(
    pixels: Pixels,
    frame: Frame,
    *,
    overview: Overview | None = None,
    even: bool | None = None,
    tuning: ImagingTuning = IMAGING,
) -> Prepared:
    """The working image of one frame, turned by the frame's rotation.

    `pixels`: the whole scan; `overview`: of this frame's pixels, where it is known already; `even`: whether light is
    evened, None for `is_unevenly_lit`. An evenly lit, straight page of readable size is only made gray. Otherwise light
    and border are changed together, and then the image is turned, straightened and scaled in one resampling.
    """
    overview = overview or overview_of_frame(pixels, frame, tuning=tuning)
    image, to_scan = cut(pixels, frame.box)
    # Tesseract takes twice as long for colours, as it makes the page gray again for every line, and reads no better.
    image = gray(image)
    angle, size = _lines(overview, frame, tuning)
    scale = _scale(size, image, tuning)
    steps: list[str] = []
    uneven = is_unevenly_lit(overview, tuning=tuning) if even is None else even
    if uneven:
        white_from = 1.0 if overview.letters.faint else tuning.white_from
        image = evened(image, overview.background, white_from=white_from)
        steps.append("even")
    image, back = quarter_turned(image, frame.rotation) if frame.rotation else (image, Transform())
    to_scan = back.then(to_scan)
    if abs(angle) < tuning.level_deg:
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
    dpi = float(np.clip(round(size * tuning.dpi_of_letter / 50) * 50, 100, 600)) if size else 300.0
    return Prepared(
        image,
        to_scan,
        "+".join(steps) or "plain",
        dpi,
        size,
        _band(image, overview, frame),
        side_bearing=letter_gap(overview.letters, tuning=tuning) / 2 * overview.reduction * scale,
        overview=None if steps or frame.rotation else overview,
        unscaled=unscaled,
    )


def _scale(size: float, image: Pixels, tuning: ImagingTuning) -> float:
    """The factor by which an image is enlarged or reduced; `size`: letter height in pixels, 0 where there are none.

    `image`: gray, with its light as scanned: evened light has less grain.
    """
    if 0 < size < tuning.small_letter:
        return min(tuning.most_scale, tuning.wanted_letter / size)
    if size > tuning.large_letter and grain(image, tuning=tuning) > tuning.grainy:
        return tuning.enough_letter / size
    return 1.0


def _lines(overview: Overview, frame: Frame, tuning: ImagingTuning) -> tuple[float, float]:
    """The angle of the lines and the letters' size in image pixels, in the frame turned by its rotation."""
    turned = _turned(overview, frame)
    if not len(turned):
        return 0.0, 0.0
    size = _usual_height(turned, tuning)
    return find_skew(turned, letter_size=size, tuning=tuning), size * overview.reduction


def _band(image: Pixels, overview: Overview, frame: Frame) -> Box:
    """The quarter of the working image's height that has the most letters."""
    height, width = image.shape[:2]
    turned = _turned(overview, frame)
    rows = 40
    upright = overview.level.shape[1] if frame.rotation in (90, 270) else overview.level.shape[0]
    counts, _ = np.histogram((turned[:, 1] + turned[:, 3]) / 2, bins=rows, range=(0, upright))
    quarter = np.convolve(counts, np.ones(rows // 4), mode="valid")
    first = int(quarter.argmax()) if quarter.any() else (rows - rows // 4) // 2
    top = min(height - 1, first * height // rows)
    return Box(0, top, width, max(top + 1, min(height, (first + rows // 4) * height // rows)))


def _usual_height(boxes: NDArray[np.float64], tuning: ImagingTuning) -> float:
    """The usual letter height: by number, or by area where crumbs of stamps and dirt outnumber the letters."""
    heights = boxes[:, 3] - boxes[:, 1]
    order = np.argsort(heights, kind="stable")
    weight = np.cumsum(((boxes[:, 2] - boxes[:, 0]) * heights)[order])
    by_area = float(heights[order][int(np.searchsorted(weight, weight[-1] / 2))])
    # Area gives too much weight to capitals, number to crumbs; on a page of text the two differ by about a fifth.
    by_number = float(np.median(heights))
    return by_number if by_area <= tuning.crumbs_by_area * by_number else by_area


def _turned(overview: Overview, frame: Frame) -> NDArray[np.float64]:
    """The letters' boxes in overview pixels, turned with the frame."""
    boxes = overview.letters.boxes
    height, width = overview.level.shape
    left, top, right, bottom = boxes.T
    if frame.rotation == 90:
        return np.column_stack([height - bottom, left, height - top, right])
    if frame.rotation == 180:
        return np.column_stack([width - right, height - bottom, width - left, height - top])
    if frame.rotation == 270:
        return np.column_stack([top, width - right, bottom, width - left])
    return boxes
