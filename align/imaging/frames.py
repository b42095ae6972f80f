"""Written sides on a scan: one, or the two of an opening."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from align.imaging.overview import Survey, survey
from align.imaging.skew import find_skew
from align.model import Box, Frame
from align.pixels import Pixels

Floats = NDArray[np.float64]

# An opening is wider than high unless its pages are narrower than half their height.
_LEAST_ASPECT = 0.95
# Where a gutter may be, as parts of the opening's width.
_ZONE = (0.35, 0.65)
# A gap between two pages holds two inner margins: as parts of the opening's width, with and without a seen fold.
_GAP_WITH_FOLD, _GAP_ALONE = 0.012, 0.04
# A fold's shadow: this much darker than the paper at either side, in two bands of three, along a straight line.
_FOLD_DEPTH, _FOLD_BANDS, _FOLD_STRAIGHT = 0.06, 12, 0.015
# Enough letters on a side to be sure that it is text and not a stamp or a shelf mark.
_TEXT = 12


def find_frames(pixels: Pixels, *, surveyed: Survey | None = None) -> tuple[Frame, ...]:
    """The written sides of a scan, in scan pixels, left before right as the lines run.

    `pixels`: uint8, (height, width) or (height, width, 3). One frame is the whole scan; the two of an opening share
    the cut along the gutter. A frame's rotation is 90 where lines run along the scan's height, else 0: which of the
    two ways up is right, the reading decides.
    """
    seen = surveyed or survey(pixels)
    height, width = pixels.shape[:2]
    sideways = seen.letters.sideways
    length = height if sideways else width
    at = _gutter(seen)
    if at is None or not 1 <= round(at * length) < length:
        return (Frame(Box(0, 0, width, height), 90 if sideways else 0),)
    cut = round(at * length)
    if sideways:
        # Turned clockwise by 90 degrees, the scan's bottom comes to lie left.
        return Frame(Box(0, cut, width, height), 90), Frame(Box(0, 0, width, cut), 90)
    return Frame(Box(0, 0, cut, height)), Frame(Box(cut, 0, width, height))


def _gutter(seen: Survey) -> float | None:
    """Where the gutter crosses the middle of the sheet, as a part of the scan's extent along the lines, or None."""
    sideways = seen.letters.sideways
    level, paper, light = seen.level, seen.ground.paper, seen.ground.light
    boxes = seen.letters.boxes
    if sideways:
        level, paper, light, boxes = level.T, paper.T, light.T, boxes[:, [1, 0, 3, 2]]
    columns, rows = np.flatnonzero(paper.any(axis=0)), np.flatnonzero(paper.any(axis=1))
    left, right = float(columns[0]), float(columns[-1] + 1)
    top, bottom = float(rows[0]), float(rows[-1] + 1)
    aspect = (right - left) / (bottom - top)
    if aspect < _LEAST_ASPECT:
        return None
    unit = level.shape[1] / paper.shape[1]
    angle = find_skew(boxes, letter_size=float(np.median(boxes[:, 3] - boxes[:, 1]))) if len(boxes) else 0.0
    middle = ((left + right) / 2 * unit, (top + bottom) / 2 * unit)
    turn = np.deg2rad(angle)
    centre_x, centre_y = (boxes[:, 0] + boxes[:, 2]) / 2 - middle[0], (boxes[:, 1] + boxes[:, 3]) / 2 - middle[1]
    level_x = centre_x * np.cos(turn) + centre_y * np.sin(turn)
    half = (boxes[:, 2] - boxes[:, 0]) / 2
    wide = (right - left) * unit
    starts, ends = (level_x - half) / wide + 0.5, (level_x + half) / wide + 0.5
    fold = _fold(light[int(top) : int(bottom), int(left) : int(right)])
    found = _between(starts, ends, fold=fold, aspect=aspect)
    if found is None:
        return None
    return float((left + found * (right - left)) / light.shape[1])


def _between(starts: Floats, ends: Floats, *, fold: float | None, aspect: float) -> float | None:
    """Where one page ends and the next begins, 0..1 of the sheet's width, or None for one page."""
    cells = 500
    covered = np.zeros(cells + 1)
    np.add.at(covered, np.clip((starts * cells).astype(np.int64), 0, cells), 1)
    np.add.at(covered, np.clip(np.ceil(ends * cells).astype(np.int64), 0, cells), -1)
    covered = np.cumsum(covered)[:cells]
    # A stray mark in the gutter is not text: one letter in a hundred of the fullest column.
    empty = covered <= max(1.0, 0.02 * float(covered.max(initial=0)))
    gaps = [(a / cells, b / cells) for a, b in _runs(empty)]
    if fold is not None:
        around = [b - a for a, b in gaps if a - 0.01 <= fold <= b + 0.01]
        return fold if around and max(around) >= _GAP_WITH_FOLD else None
    if len(starts) < 2 * _TEXT:
        return None
    inner = [(a, b) for a, b in gaps if a > 0 and b < 1 and _ZONE[0] <= (a + b) / 2 <= _ZONE[1]]
    first, last = np.percentile(starts, 1), np.percentile(ends, 99)
    for a, b in sorted(inner, key=lambda gap: gap[0] - gap[1])[:1]:
        sides = min(int((ends <= (a + b) / 2).sum()), int((starts >= (a + b) / 2).sum()))
        others = [d - c for c, d in gaps if c > first and d < last and (c, d) != (a, b)]
        outer = (max(0.0, first) + max(0.0, 1 - last)) / 2
        # Columns of one page stand closer together than its margins are wide; a table has more gaps than one.
        if sides >= _TEXT and b - a >= max(_GAP_ALONE, 0.9 * outer) and max(others, default=0) < 0.6 * (b - a):
            return (a + b) / 2
    return _beside_empty(float(first), float(last), letters=len(starts), aspect=aspect)


def _beside_empty(first: float, last: float, *, letters: int, aspect: float) -> float | None:
    """The middle, where a page of text fills one half of a sheet shaped like an opening and the other half is bare."""
    fills = last - first >= 0.28 and letters >= 10 * _TEXT
    opening = 1.2 <= aspect <= 1.75
    one_half = last <= 0.5 or first >= 0.5
    return 0.5 if fills and opening and one_half else None


def _fold(light: Pixels) -> float | None:
    """Where the shadow of a fold crosses the middle of the sheet, 0..1 of its width, or None."""
    height, width = light.shape
    if width < 50 or height < 2 * _FOLD_BANDS:
        return None
    bands = np.array_split(light.astype(np.float32), _FOLD_BANDS, axis=0)
    low, high = int(_ZONE[0] * width), int(_ZONE[1] * width)
    near, far = max(1, int(0.025 * width)), int(0.07 * width)
    places, depths = [], []
    for band in bands:
        profile = np.median(band, axis=0)
        at = low + int(profile[low:high].argmin())
        beside = min(float(np.median(profile[at - far : at - near])), float(np.median(profile[at + near : at + far])))
        places.append(at / width)
        depths.append(1 - float(profile[at]) / max(1.0, beside))
    at_band = np.arange(_FOLD_BANDS, dtype=np.float64)
    deep = np.array(depths) >= _FOLD_DEPTH
    if deep.sum() < _FOLD_BANDS * 2 / 3:
        return None
    x, y = at_band[deep], np.array(places)[deep]
    slopes = [(y[j] - y[i]) / (x[j] - x[i]) for i in range(len(x)) for j in range(i + 1, len(x))]
    slope = float(np.median(slopes))
    offset = float(np.median(y - slope * x))
    if np.median(np.abs(y - slope * x - offset)) > _FOLD_STRAIGHT or abs(slope) * _FOLD_BANDS > 0.12:
        return None
    return offset + slope * (_FOLD_BANDS - 1) / 2


def _runs(flags: NDArray[np.bool_]) -> list[tuple[int, int]]:
    """Half-open runs of True.

    >>> _runs(np.array([True, False, True, True]))
    [(0, 1), (2, 4)]
    """
    edges = np.flatnonzero(np.diff(np.concatenate([[0], flags.astype(np.int8), [0]])))
    return [(int(a), int(b)) for a, b in zip(edges[::2], edges[1::2], strict=True)]
