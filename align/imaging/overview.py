"""A page looked over at reduced size, before anything is done to it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from align.imaging.background import Ground, evened, find_ground
from align.imaging.letters import Letters, find_letters
from align.imaging.resample import gray, reduced
from align.model import Transform
from align.pixels import Pixels

# An A4 page at 150 dpi: 10 point letters are 10 pixels tall, enough to measure them by, and no page is too large.
SURVEY_SIZE = 1800
# Three words have more letters than this; two specks that happen to be neighbours have fewer.
_LEAST_LETTERS = 6


@dataclass(frozen=True, slots=True)
class Survey:
    """What one image shows at a glance; letters, ink and `level` are in survey pixels, `to_image` leads back.

    `level`: uint8, gray with paper near 255 wherever it is lit and beside the sheet. `ink`: pieces of the size of
    letters, alone or in company: left, top, right, bottom, float64, (n, 4).
    """

    level: Pixels
    to_image: Transform
    ground: Ground
    letters: Letters
    ink: NDArray[np.float64]

    @property
    def reduction(self) -> float:
        """Pixels pixels to one survey pixel, at least 1."""
        return self.to_image.matrix[0]

    @property
    def letter_size(self) -> float:
        """The usual letter height in image pixels, close to the x-height; 0 where there are no letters."""
        return self.letters.size * self.reduction


def survey(pixels: Pixels) -> Survey:
    """What the image shows at a glance: uint8, (height, width) or (height, width, 3) RGB."""
    small, to_image = reduced(gray(pixels), longest=SURVEY_SIZE)
    ground = find_ground(small)
    level = evened(small, ground, white_from=1.0)
    return Survey(level, to_image, ground, *find_letters(level))


def is_blank(surveyed: Survey) -> bool:
    """True where nothing stands that could be three short words: noise, specks and shadows are no letters.

    A whole page of the other side's print may pass for a pale page of its own: only reading it tells.
    """
    return surveyed.letters.count < _LEAST_LETTERS
