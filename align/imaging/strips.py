"""Where a page shows letters that the engine did not read: strips of lines, to be read by themselves.

An engine takes isolated letters for a picture or for dirt: page numbers, short headings, lines beside a stamp.
The boxes of all letters of the page are known. Letters that are in no word, and in a row with others, make a strip.

Example: if all lines of a page were read but its page number "48", that is one strip, a little larger than two digits.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from align.imaging.resample import resized
from align.model import Box
from align.pixels import Pixels
from align.tuning.imaging import IMAGING, ImagingTuning

Floats = NDArray[np.float64]


def unread_strips(
    letters: Floats, words: Floats, *, letter_size: float, width: int, height: int, tuning: ImagingTuning = IMAGING
) -> tuple[Box, ...]:
    """The strips of unread letters in the image, top down, at most `tuning.most_strips`, the longest.

    `letters`, `words`: left, top, right, bottom, float64, (n, 4), in pixels of the image, which is width x height;
    `letter_size`: the usual height of a letter, in the same pixels.
    """
    if not len(letters) or letter_size <= 0:
        return ()
    tall = letters[:, 3] - letters[:, 1]
    lowest, highest = tuning.strip_letter_heights
    plausible = (tall >= lowest * letter_size) & (tall <= highest * letter_size)
    unread = ~_inside(letters, words, tuning.around_word * letter_size)
    loose = letters[plausible & unread]
    strips = [loose[group] for group in _rows(loose, letter_size, tuning)]
    strips = [strip for strip in strips if len(strip) >= 2 or _stands_alone(strip[0], letters, letter_size, tuning)]
    strips = sorted(strips, key=len, reverse=True)[: tuning.most_strips]
    margin, side = tuning.strip_margin * letter_size, tuning.strip_side * letter_size
    boxes: list[Box] = []
    for strip in strips:
        left, top, right, bottom = _with_crumbs(strip, letters[unread], tuning.strip_gap * letter_size)
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
    """Whether most of a strip lies in another: broken letters can make two rows out of one."""
    shared = box.intersection(other)
    return shared is not None and 2 * shared.width * shared.height > box.width * box.height


def _with_crumbs(strip: Floats, pieces: Floats, reach: float) -> tuple[float, float, float, float]:
    """The strip's box, made longer by pieces of ink in its rows and in reach: pale broken letters, underlining."""
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
    """For each letter, whether its middle lies in a word or at most `margin` pixels beside it."""
    x = (letters[:, 0] + letters[:, 2]) / 2
    y = (letters[:, 1] + letters[:, 3]) / 2
    covered = np.zeros(len(letters), bool)
    for left, top, right, bottom in words:
        covered |= (x >= left - margin) & (x <= right + margin) & (y >= top - margin) & (y <= bottom + margin)
    return covered


def _rows(letters: Floats, size: float, tuning: ImagingTuning) -> list[NDArray[np.int64]]:
    """The letters in rows: each letter follows the nearest one to its left at its height."""
    order = np.argsort(letters[:, 0], kind="stable")
    rows: list[list[int]] = []
    for index in order:
        left, top, _, bottom = letters[index]
        best, gap = None, tuning.strip_gap * size
        for number, row in enumerate(rows):
            before = letters[row[-1]]
            apart = left - before[2]
            shared = min(bottom, before[3]) - max(top, before[1])
            if apart <= gap and shared >= tuning.strip_row_overlap * min(bottom - top, before[3] - before[1]):
                best, gap = number, apart
        if best is None:
            rows.append([int(index)])
        else:
            rows[best].append(int(index))
    return [np.array(row, np.int64) for row in rows]


def _stands_alone(letter: Floats, letters: Floats, size: float, tuning: ImagingTuning) -> bool:
    """Whether nearly nothing is near the letter: true of a page number of one digit, false of a speck among letters."""
    beside, above = (part * size for part in tuning.lone_letter_sides)
    near = (letters[:, 0] < letter[2] + beside) & (letters[:, 2] > letter[0] - beside)
    near &= (letters[:, 1] < letter[3] + above) & (letters[:, 3] > letter[1] - above)
    return bool(near.sum() <= tuning.lone_letter_pieces)


@dataclass(frozen=True, slots=True)
class Stacked:
    """A part of an image in a stack: the part, its place in the stack, and how many times it is enlarged."""

    part: Box
    place: Box
    scale: float

    def back(self, box: Box) -> Box:
        """A box of the stack, in pixels of the image."""
        corners = ((x - self.place.left, y - self.place.top) for x, y in (box.corners[0], box.corners[2]))
        return Box.around([(self.part.left + x / self.scale, self.part.top + y / self.scale) for x, y in corners])


def stacked(image: Pixels, parts: Sequence[tuple[Box, float]]) -> tuple[Pixels, tuple[Stacked, ...]]:
    """Parts of an image in one image, one under the other on paper of the same light, and where each part is.

    `parts`: each with the factor by which it is enlarged; the stack has as many channels as the image.
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
    # One pixel in 97 is enough to know the paper's light.
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
