"""Where a page shows letters that the engine did not read: strips of lines, to be read by themselves.

An engine takes what stands alone for a picture or for dirt: a page number, a short heading, the lines beside a stamp.
The letters of the page are known as boxes; those in no word that was read, and in a row with others, are such strips.

Example: a page number "48" over a page whose lines were all read is one strip, a little larger than its two digits.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from align.imaging.resample import resized
from align.model import Box
from align.pixels import Pixels

Floats = NDArray[np.float64]

# All in letter sizes: how far letters of one strip may stand apart, what is a letter's height, what is around a strip.
_APART, _LOWEST, _HIGHEST, _MARGIN, _SIDE = 4.0, 0.5, 2.6, 0.8, 3.0
# A letter belongs to a word if its middle is in the word's box, widened by this much on each side.
_AROUND_WORD = 0.35
# More strips than these are a drawing, a stamp or handwriting: the longest are read.
MOST_STRIPS = 16


def unread_strips(letters: Floats, words: Floats, *, letter_size: float, width: int, height: int) -> tuple[Box, ...]:
    """The strips of unread letters in the image, top down, at most MOST_STRIPS.

    `letters`, `words`: left, top, right, bottom, float64, (n, 4), in pixels of the image, which is width x height;
    `letter_size`: the usual letter's height in its pixels.
    """
    if not len(letters) or letter_size <= 0:
        return ()
    tall = letters[:, 3] - letters[:, 1]
    plausible = (tall >= _LOWEST * letter_size) & (tall <= _HIGHEST * letter_size)
    unread = ~_inside(letters, words, _AROUND_WORD * letter_size)
    loose = letters[plausible & unread]
    strips = [loose[group] for group in _rows(loose, letter_size)]
    strips = [strip for strip in strips if len(strip) >= 2 or _stands_alone(strip[0], letters, letter_size)]
    strips = sorted(strips, key=len, reverse=True)[:MOST_STRIPS]
    margin, side = _MARGIN * letter_size, _SIDE * letter_size
    boxes: list[Box] = []
    for strip in strips:
        left, top, right, bottom = _with_crumbs(strip, letters[unread], _APART * letter_size)
        box = Box(
            max(0, int(left - side)),
            max(0, int(top - margin)),
            min(width, int(right + side) + 1),
            min(height, int(bottom + margin) + 1),
        )
        if not any(_same_row(box, other) for other in boxes):
            boxes.append(box)
    return tuple(sorted(boxes, key=lambda box: (box.top, box.left)))


def _same_row(box: Box, other: Box) -> bool:
    """Whether most of a strip lies in another: letters in crumbs make two rows of one."""
    shared = box.intersection(other)
    return shared is not None and 2 * shared.width * shared.height > box.width * box.height


def _with_crumbs(strip: Floats, pieces: Floats, reach: float) -> tuple[float, float, float, float]:
    """The strip's box, longer by what stands at its height and in reach: pale letters in crumbs, underlining."""
    left, top = (float(v) for v in strip[:, :2].min(axis=0))
    right, bottom = (float(v) for v in strip[:, 2:].max(axis=0))
    row = pieces[(pieces[:, 1] < bottom) & (pieces[:, 3] > top)]
    while True:
        near = row[(row[:, 0] <= right + reach) & (row[:, 2] >= left - reach)]
        ends = min(left, float(near[:, 0].min())), max(right, float(near[:, 2].max()))
        if ends == (left, right):
            return left, top, right, bottom
        left, right = ends


def _inside(letters: Floats, words: Floats, margin: float) -> NDArray[np.bool_]:
    """For each letter whether its middle lies in a word."""
    x = (letters[:, 0] + letters[:, 2]) / 2
    y = (letters[:, 1] + letters[:, 3]) / 2
    covered = np.zeros(len(letters), bool)
    for left, top, right, bottom in words:
        covered |= (x >= left - margin) & (x <= right + margin) & (y >= top - margin) & (y <= bottom + margin)
    return covered


def _rows(letters: Floats, size: float) -> list[NDArray[np.int64]]:
    """The letters in rows: each the nearest to the right of another at its height."""
    order = np.argsort(letters[:, 0], kind="stable")
    rows: list[list[int]] = []
    for index in order:
        left, top, _, bottom = letters[index]
        best, gap = None, _APART * size
        for number, row in enumerate(rows):
            before = letters[row[-1]]
            apart = left - before[2]
            shared = min(bottom, before[3]) - max(top, before[1])
            if apart <= gap and shared >= 0.4 * min(bottom - top, before[3] - before[1]):
                best, gap = number, apart
        if best is None:
            rows.append([int(index)])
        else:
            rows[best].append(int(index))
    return [np.array(row, np.int64) for row in rows]


def _stands_alone(letter: Floats, letters: Floats, size: float) -> bool:
    """Whether nothing else stands near: a page number of one digit does, a speck among letters does not."""
    near = (letters[:, 0] < letter[2] + 4 * size) & (letters[:, 2] > letter[0] - 4 * size)
    near &= (letters[:, 1] < letter[3] + 2 * size) & (letters[:, 3] > letter[1] - 2 * size)
    return bool(near.sum() <= 3)


@dataclass(frozen=True, slots=True)
class Stacked:
    """A part of an image in a stack: the part, where it came to stand, and how many times enlarged."""

    part: Box
    place: Box
    scale: float

    def back(self, box: Box) -> Box:
        """A box of the stack in pixels of the image."""
        corners = ((x - self.place.left, y - self.place.top) for x, y in (box.corners[0], box.corners[2]))
        return Box.around([(self.part.left + x / self.scale, self.part.top + y / self.scale) for x, y in corners])


def stacked(image: Pixels, parts: Sequence[tuple[Box, float]]) -> tuple[Pixels, tuple[Stacked, ...]]:
    """Parts of an image, each enlarged by its factor, one under the other on the image's own paper.

    `image`: uint8, (height, width) or (height, width, 3); the stack has the same channels.
    """
    pieces = [
        resized(
            image[box.top : box.bottom, box.left : box.right],
            width=round(box.width * scale),
            height=round(box.height * scale),
        )[0]
        for box, scale in parts
    ]
    gap = max(piece.shape[0] for piece in pieces) * 3 // 4
    width = max(piece.shape[1] for piece in pieces) + 2 * gap
    height = sum(piece.shape[0] + gap for piece in pieces) + gap
    # Every hundredth pixel is enough to know the paper.
    paper = np.median(image.reshape(-1, *image.shape[2:])[::97], axis=0)
    sheet = np.empty((height, width, *image.shape[2:]), np.uint8)
    sheet[:] = paper
    stack = []
    top = gap
    for (box, scale), piece in zip(parts, pieces, strict=True):
        tall, wide = piece.shape[:2]
        sheet[top : top + tall, gap : gap + wide] = piece
        stack.append(Stacked(box, Box(gap, top, gap + wide, top + tall), scale))
        top += tall + gap
    return sheet, tuple(stack)
