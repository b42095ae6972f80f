"""A page looked over at reduced size, before it is changed."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from align.imaging.background import Background, evened, find_background
from align.imaging.letters import Letters, find_letters
from align.imaging.resample import gray, reduced
from align.model import Transform
from align.pixels import Pixels
from align.tuning.imaging import IMAGING, ImagingTuning


@dataclass(frozen=True, slots=True)
class Overview:
    """An image at reduced size with its paper and letters, in overview pixels; `to_image` maps them to image pixels.

    `level`: uint8, gray with its light evened: paper is near 255, and so is what lies beside the sheet. `ink`: all
    pieces of ink of the size of letters, alone or beside others: left, top, right, bottom, float64, (n, 4).
    """

    level: Pixels
    to_image: Transform
    background: Background
    letters: Letters
    ink: NDArray[np.float64]

    @property
    def reduction(self) -> float:
        """How many image pixels one overview pixel is wide, at least 1."""
        return self.to_image.matrix[0]

    @property
    def letter_size(self) -> float:
        """The usual letter height in image pixels, close to the x-height; 0 where there are no letters."""
        return self.letters.size * self.reduction


def overview_of(pixels: Pixels, *, tuning: ImagingTuning = IMAGING) -> Overview:
    """The overview of an image."""
    small, to_image = reduced(gray(pixels), longest=tuning.overview_size)
    background = find_background(small, tuning=tuning)
    level = evened(small, background, white_from=1.0)
    return Overview(level, to_image, background, *find_letters(level, tuning=tuning))


def is_blank(overview: Overview, *, tuning: ImagingTuning = IMAGING) -> bool:
    """Whether the page has fewer letters than three short words; noise, specks and shadows are not letters.

    Print of the other side that shows through may look like a pale page: only reading tells them apart.
    """
    return overview.letters.count < tuning.blank_letters
