"""The written sides on a scan: one, or the two of an opening."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from align.imaging.overview import Overview, overview_of
from align.imaging.skew import find_skew
from align.model import Box, Frame
from align.pixels import Pixels
from align.tuning.imaging import IMAGING, ImagingTuning

Floats = NDArray[np.float64]


def find_frames(
    pixels: Pixels, *, overview: Overview | None = None, tuning: ImagingTuning = IMAGING
) -> tuple[Frame, ...]:
    """The written sides of a scan, in scan pixels, left before right as the lines run.

    A single frame is the whole scan; the two frames of an opening meet at the gutter. A frame's rotation is 90 where
    lines run along the scan's height, else 0; only reading tells whether the page is upside down. `overview`: of these
    pixels, where it is known already.
    """
    overview = overview or overview_of(pixels, tuning=tuning)
    height, width = pixels.shape[:2]
    sideways = overview.letters.sideways
    length = height if sideways else width
    at = _gutter(overview, tuning)
    if at is None or not 1 <= round(at * length) < length:
        return (Frame(Box(0, 0, width, height), 90 if sideways else 0),)
    cut = round(at * length)
    if sideways:
        # When the scan is turned clockwise by 90 degrees, its bottom comes to the left.
        return Frame(Box(0, cut, width, height), 90), Frame(Box(0, 0, width, cut), 90)
    return Frame(Box(0, 0, cut, height)), Frame(Box(cut, 0, width, height))


def _gutter(overview: Overview, tuning: ImagingTuning) -> float | None:
    """Where the gutter crosses the middle of the sheet, as a share of the scan's extent along the lines, or None."""
    sideways = overview.letters.sideways
    level, paper, light = overview.level, overview.background.paper, overview.background.light
    boxes = overview.letters.boxes
    if sideways:
        level, paper, light, boxes = level.T, paper.T, light.T, boxes[:, [1, 0, 3, 2]]
    columns, rows = np.flatnonzero(paper.any(axis=0)), np.flatnonzero(paper.any(axis=1))
    left, right = float(columns[0]), float(columns[-1] + 1)
    top, bottom = float(rows[0]), float(rows[-1] + 1)
    aspect = (right - left) / (bottom - top)
    if aspect < tuning.opening_aspect:
        return None
    unit = level.shape[1] / paper.shape[1]
    size = float(np.median(boxes[:, 3] - boxes[:, 1])) if len(boxes) else 0.0
    angle = find_skew(boxes, letter_size=size, tuning=tuning)
    middle = ((left + right) / 2 * unit, (top + bottom) / 2 * unit)
    turn = np.deg2rad(angle)
    centre_x, centre_y = (boxes[:, 0] + boxes[:, 2]) / 2 - middle[0], (boxes[:, 1] + boxes[:, 3]) / 2 - middle[1]
    level_x = centre_x * np.cos(turn) + centre_y * np.sin(turn)
    half = (boxes[:, 2] - boxes[:, 0]) / 2
    wide = (right - left) * unit
    starts, ends = (level_x - half) / wide + 0.5, (level_x + half) / wide + 0.5
    fold = _fold(light[int(top) : int(bottom), int(left) : int(right)], tuning)
    at = _between(starts, ends, fold=fold, aspect=aspect, tuning=tuning)
    if at is None:
        return None
    return float((left + at * (right - left)) / light.shape[1])


def _between(starts: Floats, ends: Floats, *, fold: float | None, aspect: float, tuning: ImagingTuning) -> float | None:
    """Where one page ends and the next begins, 0..1 of the sheet's width, or None for one page."""
    cells = 500
    covered = np.zeros(cells + 1)
    np.add.at(covered, np.clip((starts * cells).astype(np.int64), 0, cells), 1)
    np.add.at(covered, np.clip(np.ceil(ends * cells).astype(np.int64), 0, cells), -1)
    covered = np.cumsum(covered)[:cells]
    # A stray mark in the gutter is not text.
    empty = covered <= max(1.0, tuning.stray_marks * float(covered.max(initial=0)))
    gaps = [(a / cells, b / cells) for a, b in _runs(empty)]
    if fold is not None:
        near = tuning.gap_beside_fold
        around = [b - a for a, b in gaps if a - near <= fold <= b + near]
        return fold if around and max(around) >= tuning.gap_with_fold else None
    if len(starts) < 2 * tuning.side_letters:
        return None
    zone = tuning.gutter_zone
    inner = [(a, b) for a, b in gaps if a > 0 and b < 1 and zone[0] <= (a + b) / 2 <= zone[1]]
    first, last = np.percentile(starts, 1), np.percentile(ends, 99)
    for a, b in sorted(inner, key=lambda gap: gap[0] - gap[1])[:1]:
        sides = min(int((ends <= (a + b) / 2).sum()), int((starts >= (a + b) / 2).sum()))
        other_widths = [d - c for c, d in gaps if c > first and d < last and (c, d) != (a, b)]
        outer = (max(0.0, first) + max(0.0, 1 - last)) / 2
        # Columns of one page are closer together than its margins are wide; a table has more gaps than one.
        wide = b - a >= max(tuning.gap_alone, tuning.gap_over_margin * outer)
        if sides >= tuning.side_letters and wide and max(other_widths, default=0) < tuning.other_gaps * (b - a):
            return (a + b) / 2
    return _beside_empty(float(first), float(last), letters=len(starts), aspect=aspect, tuning=tuning)


def _beside_empty(first: float, last: float, *, letters: int, aspect: float, tuning: ImagingTuning) -> float | None:
    """The middle of a sheet shaped like an opening, where text fills one half and the other half is empty, or None."""
    fills = last - first >= tuning.lone_page_width and letters >= tuning.lone_page_letters
    narrowest, widest = tuning.lone_page_aspects
    opening = narrowest <= aspect <= widest
    one_half = last <= 0.5 or first >= 0.5
    return 0.5 if fills and opening and one_half else None


def _fold(light: Pixels, tuning: ImagingTuning) -> float | None:
    """Where the shadow of a fold crosses the middle of the sheet, 0..1 of its width, or None."""
    height, width = light.shape
    count = tuning.fold_bands
    if width < 50 or height < 2 * count:
        return None
    bands = np.array_split(light.astype(np.float32), count, axis=0)
    low, high = int(tuning.gutter_zone[0] * width), int(tuning.gutter_zone[1] * width)
    near, far = max(1, int(tuning.fold_beside[0] * width)), int(tuning.fold_beside[1] * width)
    places, depths = [], []
    for band in bands:
        profile = np.median(band, axis=0)
        at = low + int(profile[low:high].argmin())
        beside = min(float(np.median(profile[at - far : at - near])), float(np.median(profile[at + near : at + far])))
        places.append(at / width)
        depths.append(1 - float(profile[at]) / max(1.0, beside))
    at_band = np.arange(count, dtype=np.float64)
    deep = np.array(depths) >= tuning.fold_depth
    if deep.sum() < count * tuning.fold_found:
        return None
    x, y = at_band[deep], np.array(places)[deep]
    slopes = [(y[j] - y[i]) / (x[j] - x[i]) for i in range(len(x)) for j in range(i + 1, len(x))]
    slope = float(np.median(slopes))
    offset = float(np.median(y - slope * x))
    bent = np.median(np.abs(y - slope * x - offset)) > tuning.fold_straight
    if bent or abs(slope) * count > tuning.fold_slant:
        return None
    return offset + slope * (count - 1) / 2


def _runs(flags: NDArray[np.bool_]) -> list[tuple[int, int]]:
    """Half-open runs of True.

    >>> _runs(np.array([True, False, True, True]))
    [(0, 1), (2, 4)]
    """
    edges = np.flatnonzero(np.diff(np.concatenate([[0], flags.astype(np.int8), [0]])))
    return [(int(a), int(b)) for a, b in zip(edges[::2], edges[1::2], strict=True)]
