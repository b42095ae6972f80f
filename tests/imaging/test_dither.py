"""Dithered scans, smoothed before anything looks at them."""

from __future__ import annotations

from collections.abc import Callable

import cv2
import numpy as np
import pytest
from support.drawn_pages import PAPER, dithered, noisy, ordered, sheet, skewed, text_page

from align.imaging import is_blank, overview_of, undithered

PAGE = noisy(text_page(), 3)
Dither = Callable[[np.ndarray], np.ndarray]
DITHERS = pytest.mark.parametrize("dither", [dithered, ordered])


@DITHERS
@pytest.mark.parametrize("paper", [210, 235, 246])
def test_a_dithered_page_has_the_letters_of_the_page(dither: Dither, paper: int) -> None:
    """What was drawn before the dither is found after it, letter for letter but for a few."""
    page = text_page()
    page = np.where(page == PAPER, paper, page).astype(np.uint8)
    smooth = undithered(dither(page))
    assert len(np.unique(smooth)) > 2
    assert overview_of(smooth).letters.count == pytest.approx(overview_of(page).letters.count, rel=0.3)
    assert abs(float(smooth.mean()) - float(page.mean())) < 10


@DITHERS
@pytest.mark.parametrize("paper", [170, 200, 235])
def test_dithered_paper_is_blank(dither: Dither, paper: int) -> None:
    """A sheet without text stays one, plain or with the noise of a scanner."""
    for page in (sheet(900, 1300, paper), noisy(sheet(900, 1300, paper), 8)):
        assert is_blank(overview_of(undithered(dither(page))))


def test_a_colour_image_of_a_dithered_page_is_smoothed_too() -> None:
    """A dithered page kept with three equal colours is dithered as well."""
    page = dithered(PAGE)
    smooth = undithered(np.dstack([page] * 3))
    assert (smooth == undithered(page)[:, :, None]).all()


def _many_thresholds(page: np.ndarray) -> np.ndarray:
    return np.asarray(cv2.adaptiveThreshold(page, 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY, 31, 12), np.uint8)


@pytest.mark.parametrize(
    "page",
    [
        PAGE,
        np.dstack([PAGE, PAGE // 2, PAGE]),
        np.where(PAGE < 128, 0, 255).astype(np.uint8),
        np.where(skewed(PAGE, 2.0) < 150, 0, 255).astype(np.uint8),
        _many_thresholds(PAGE),
        sheet(900, 1300, 255),
        np.zeros((2, 1), np.uint8),
    ],
    ids=["gray", "colours", "black and white", "crooked", "many thresholds", "white", "tiny"],
)
def test_other_scans_are_not_touched(page: np.ndarray) -> None:
    """Gray and colour scans, and print in black and white, are the very images that they were."""
    assert undithered(page) is page
