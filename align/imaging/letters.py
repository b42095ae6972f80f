"""The letters of a page as boxes: their size, the direction of their lines, the angle of the lines."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from align.pixels import Pixels
from align.tuning.imaging import IMAGING, ImagingTuning

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Letters:
    """The letters of one image as boxes: left, top, right, bottom in its pixels (float64, (n, 4)).

    Each has a neighbour of similar size close by; so specks, rules and pictures are left out. `upright_share`: the
    share of letters whose nearest neighbour is beside them, not above or below, 0..1. `faint`: whether all ink is as
    pale as print that shows through its sheet; a faded ribbon can be as pale. `sideways`: whether lines run along y.
    """

    boxes: Floats
    upright_share: float
    faint: bool
    sideways: bool

    @property
    def count(self) -> int:
        """How many letters there are."""
        return len(self.boxes)

    @property
    def size(self) -> float:
        """The usual letter height, close to the x-height, in pixels; 0 where there are no letters."""
        if not self.count:
            return 0.0
        axis = 0 if self.sideways else 1
        return float(np.median(self.boxes[:, axis + 2] - self.boxes[:, axis]))


def letter_gap(letters: Letters, *, tuning: ImagingTuning = IMAGING) -> float:
    """The usual white between two letters of a line, in pixels; 0 where there are too few letters to measure it."""
    if letters.count < tuning.text_letters:
        return 0.0
    along, across = (1, 0) if letters.sideways else (0, 1)
    boxes = letters.boxes[np.argsort(letters.boxes[:, along], kind="stable")]
    gaps = np.full(len(boxes), np.inf)
    for step in range(1, min(tuning.next_letters, len(boxes))):
        earlier, later = boxes[:-step], boxes[step:]
        shared = np.minimum(earlier[:, across + 2], later[:, across + 2]) - np.maximum(
            earlier[:, across], later[:, across]
        )
        same_line = shared >= tuning.same_line_overlap * (earlier[:, across + 2] - earlier[:, across])
        apart = later[:, along] - earlier[:, along + 2]
        gaps[:-step] = np.where(same_line & (apart >= 0), np.minimum(gaps[:-step], apart), gaps[:-step])
    near = gaps[gaps <= letters.size]
    return float(np.median(near)) if len(near) else 0.0


def find_letters(level: Pixels, *, tuning: ImagingTuning = IMAGING) -> tuple[Letters, Floats]:
    """The letters of a gray image with evened light (paper near 255), and all pieces of ink of the size of letters.

    The pieces are alone or beside others: left, top, right, bottom, float64, (n, 4).
    """
    pieces, darkest = _pieces(tuning.ink_level, level, tuning)
    letters = _with_neighbours(pieces, darkest, tuning)
    if letters.count >= tuning.text_letters:
        return letters, pieces
    pale = _with_neighbours(*_pieces(tuning.pale_ink_level, level, tuning), tuning)
    clear = max(pale.upright_share, 1 - pale.upright_share) >= tuning.clear_direction
    enough = pale.count >= max(tuning.text_letters, tuning.pale_gain * letters.count)
    return pale if enough and clear else letters, pieces


def _pieces(limit: int, level: Pixels, tuning: ImagingTuning) -> tuple[Floats, float]:
    """The connected pieces darker than the limit, and the light of the darkest tenth of their pixels, 0..1."""
    ink = (level < limit).astype(np.uint8)
    count, _, stats, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    if count <= 1:
        return np.zeros((0, 4)), 0.0
    table = np.asarray(stats[1:], dtype=np.float64)
    width, height, area = table[:, 2], table[:, 3], table[:, 4]
    size = np.maximum(width, height)
    largest = max(level.shape) / tuning.largest_letter_part
    smallest = max(tuning.smallest_letter, max(level.shape) / tuning.smallest_letter_part)
    keep = (size >= smallest) & (size <= largest) & (np.minimum(width, height) >= 1)
    keep &= area >= tuning.smallest_letter_area
    table = table[keep]
    if len(table) > tuning.most_letters:
        table = table[:: -(-len(table) // tuning.most_letters)]
    boxes = np.column_stack([table[:, 0], table[:, 1], table[:, 0] + table[:, 2], table[:, 1] + table[:, 3]])
    return boxes, float(np.percentile(level[ink.astype(np.bool_)], 10)) / 255


def _with_neighbours(boxes: Floats, darkest: float, tuning: ImagingTuning) -> Letters:
    """The boxes that have a neighbour of similar size close by, as letters; `darkest`: light of the darkest ink, 0..1.

    The nearest neighbour's direction is the line's direction: O'Gorman, The Document Spectrum, 1993.
    """
    if len(boxes) < 2:
        return _letters(np.zeros((0, 4)), 1.0, 0.0, tuning)
    centre = np.column_stack([(boxes[:, 0] + boxes[:, 2]) / 2, (boxes[:, 1] + boxes[:, 3]) / 2])
    size = np.maximum(boxes[:, 2] - boxes[:, 0], boxes[:, 3] - boxes[:, 1])
    cell = max(8.0, float(np.percentile(size, 75)) * 2.5)
    keys = (centre // cell).astype(np.int64)
    order = np.lexsort((keys[:, 0], keys[:, 1]))
    stride = int(keys[:, 0].max()) + 3
    code = (keys[:, 1] * stride + keys[:, 0])[order]
    best = np.full(len(boxes), np.inf)
    best_step = np.zeros((len(boxes), 2))
    members = np.arange(len(boxes))
    for dy in (-1, 0, 1):
        for dx in (-1, 0, 1):
            wanted = (keys[:, 1] + dy) * stride + keys[:, 0] + dx
            first = np.searchsorted(code, wanted, "left")
            last = np.searchsorted(code, wanted, "right")
            for nth in range(int((last - first).max(initial=0))):
                at = first + nth
                mine = members[(at < last)]
                other = order[at[mine]]
                differ = other != mine
                mine, other = mine[differ], other[differ]
                # Measured from edge to edge: letters that touch are one long piece, its middle far from its neighbours.
                step = np.maximum(boxes[other, :2], boxes[mine, :2]) - np.minimum(boxes[other, 2:], boxes[mine, 2:])
                distance = np.hypot(*np.clip(step, 0, None).T)
                most = tuning.neighbour_size
                like = (size[other] <= most * size[mine]) & (size[mine] <= most * size[other])
                reach = tuning.neighbour_gap * np.maximum(size[other], size[mine])
                near = like & (distance <= reach) & (distance < best[mine])
                best[mine[near]] = distance[near]
                best_step[mine[near]] = step[near]
    letters = np.isfinite(best)
    beside = float((best_step[letters, 0] > best_step[letters, 1]).mean()) if letters.any() else 1.0
    return _letters(boxes[letters], beside, darkest, tuning)


def _letters(boxes: Floats, upright_share: float, darkest: float, tuning: ImagingTuning) -> Letters:
    sideways = len(boxes) >= tuning.direction_letters and upright_share < tuning.sideways_share
    return Letters(boxes, upright_share, darkest > tuning.faint_light, sideways)
