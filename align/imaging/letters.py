"""The letters of a page as boxes: their size, the direction of their lines, the angle of the lines."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from align.pixels import Pixels

Floats = NDArray[np.float64]

# Levels are relative to paper at 255. Ink is darker than 0.75 of its paper. Carbon copies and pencil can be paler: that
# level is tried where there is hardly any ink, and believed for a text's worth of letters in lines of a clear direction
# (noise has none).
_INK_LEVEL, _PALE_LEVEL = 191, 224
_TEXT, _CLEAR = 60, 0.75
# Print seen through its sheet keeps more than this of the paper's light.
_FAINT = 0.55
# Letters between 3 pixels or 1/400 of the image's longest side (2 points on A4) and 1/25 of it: specks are smaller,
# pictures and rules larger.
_SMALLEST, _SMALLEST_PART, _LARGEST = 3, 400, 25
# Letters of one line share this part of their height; the next is among so many to the right: a page has some 50 lines.
_SAME_LINE, _NEXT = 0.4, 120
# Enough letters for every measure here; a page has 1000 to 4000.
_MOST = 6000


@dataclass(frozen=True, slots=True)
class Letters:
    """Letter-like pieces of ink in one image's pixels: rows of left, top, right, bottom (float64, (n, 4)).

    Only pieces that have a neighbour of like size close by; so specks, rules and pictures are left out.
    `upright_share`: how many have their nearest neighbour beside, not above or below them, 0..1. `darkest`: how dark
    the darkest tenth of the image's ink is, 0..1 of the paper's light.
    """

    boxes: Floats
    upright_share: float
    darkest: float = 0.0

    @property
    def count(self) -> int:
        """How many there are."""
        return len(self.boxes)

    @property
    def faint(self) -> bool:
        """True where all ink is as pale as show-through; a faded ribbon can be as pale."""
        return self.darkest > _FAINT

    @property
    def sideways(self) -> bool:
        """True where the lines run along y: letters stand nearest to those above and below them."""
        return self.count >= 12 and self.upright_share < 0.35

    @property
    def size(self) -> float:
        """The usual letter height, close to the x-height, in pixels; 0 where there are no letters."""
        if not self.count:
            return 0.0
        axis = 0 if self.sideways else 1
        return float(np.median(self.boxes[:, axis + 2] - self.boxes[:, axis]))

    @property
    def gap(self) -> float:
        """The usual white between two letters of a line, in pixels; 0 where there are too few to tell."""
        if self.count < _TEXT:
            return 0.0
        along, across = (1, 0) if self.sideways else (0, 1)
        boxes = self.boxes[np.argsort(self.boxes[:, along], kind="stable")]
        gaps = np.full(len(boxes), np.inf)
        for step in range(1, min(_NEXT, len(boxes))):
            here, there = boxes[:-step], boxes[step:]
            shared = np.minimum(here[:, across + 2], there[:, across + 2]) - np.maximum(
                here[:, across], there[:, across]
            )
            row = shared >= _SAME_LINE * (here[:, across + 2] - here[:, across])
            apart = there[:, along] - here[:, along + 2]
            gaps[:-step] = np.where(row & (apart >= 0), np.minimum(gaps[:-step], apart), gaps[:-step])
        near = gaps[gaps <= self.size]
        return float(np.median(near)) if len(near) else 0.0


def find_letters(level: Pixels) -> tuple[Letters, Floats]:
    """The letter-like pieces of an evened gray image (uint8, paper near 255), and all pieces of ink of their size.

    The latter stand alone or in company: left, top, right, bottom, float64, (n, 4).
    """
    pieces, darkest = _pieces(_INK_LEVEL, level)
    letters = _with_neighbours(pieces, darkest)
    if letters.count >= _TEXT:
        return letters, pieces
    pale = _with_neighbours(*_pieces(_PALE_LEVEL, level))
    clear = max(pale.upright_share, 1 - pale.upright_share) >= _CLEAR
    return pale if pale.count >= max(_TEXT, 3 * letters.count) and clear else letters, pieces


def _pieces(limit: int, level: Pixels) -> tuple[Floats, float]:
    """The pieces of what is darker than the limit, and how dark its darkest tenth is."""
    ink = (level < limit).astype(np.uint8)
    count, _, stats, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    if count <= 1:
        return np.zeros((0, 4)), 0.0
    table = np.asarray(stats[1:], dtype=np.float64)
    width, height, area = table[:, 2], table[:, 3], table[:, 4]
    size = np.maximum(width, height)
    largest = max(level.shape) / _LARGEST
    smallest = max(_SMALLEST, max(level.shape) / _SMALLEST_PART)
    keep = (size >= smallest) & (size <= largest) & (np.minimum(width, height) >= 1) & (area >= 4)
    table = table[keep]
    if len(table) > _MOST:
        table = table[:: -(-len(table) // _MOST)]
    boxes = np.column_stack([table[:, 0], table[:, 1], table[:, 0] + table[:, 2], table[:, 1] + table[:, 3]])
    return boxes, float(np.percentile(level[ink.astype(np.bool_)], 10)) / 255


def _with_neighbours(boxes: Floats, darkest: float) -> Letters:
    """Those boxes with a neighbour of like size within two sizes, and the share whose nearest lies beside them.

    The nearest neighbour's direction is the line's direction: O'Gorman, The Document Spectrum, 1993.
    """
    if len(boxes) < 2:
        return Letters(np.zeros((0, 4)), 1.0)
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
                # From edge to edge, so that letters that touch and make one long piece count as what they are.
                step = np.maximum(boxes[other, :2], boxes[mine, :2]) - np.minimum(boxes[other, 2:], boxes[mine, 2:])
                distance = np.hypot(*np.clip(step, 0, None).T)
                like = (size[other] <= 2.5 * size[mine]) & (size[mine] <= 2.5 * size[other])
                near = like & (distance <= 1.5 * np.maximum(size[other], size[mine])) & (distance < best[mine])
                best[mine[near]] = distance[near]
                best_step[mine[near]] = step[near]
    found = np.isfinite(best)
    beside = float((best_step[found, 0] > best_step[found, 1]).mean()) if found.any() else 1.0
    return Letters(boxes[found], beside, darkest)
