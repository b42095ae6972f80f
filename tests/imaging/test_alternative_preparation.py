"""Other preparations of a page: stamps grow pale, stains part into ink and paper, places stay."""

from __future__ import annotations

import cv2
import numpy as np
from support.drawn_pages import INK, PAPER, text_page

from align.imaging import prepare, prepare_alternative
from align.model import Box, Frame

RED = (200, 40, 50)


def big_page() -> np.ndarray:
    """A page whose letters are neither so small nor so large that it is scaled."""
    return text_page(1500, 2100, lines=25, size=17)


def whole(page: np.ndarray) -> Frame:
    return Frame(Box(0, 0, page.shape[1], page.shape[0]))


def test_coloured_ink_is_pale_and_black_stays():
    """In the brightest channel a red stamp is much paler than in gray, and black letters are as dark."""
    page = cv2.cvtColor(big_page(), cv2.COLOR_GRAY2RGB)
    page[600:700, 300:500] = RED
    prepared = prepare_alternative(page, whole(page), "bright")
    assert prepared is not None
    assert prepared.image[650, 400] >= 0.8 * PAPER
    assert prepared.image.min() <= INK + 5
    assert prepared.steps.startswith("bright+")


def test_a_gray_page_has_no_brightest_channel():
    """Of a gray scan there is no other reading by its colours."""
    page = big_page()
    assert prepare_alternative(page, whole(page), "bright") is None


def test_letters_on_a_stain_are_parted_from_it():
    """In black and white, letters in a dark stain are black and the stain around them is white."""
    page = big_page()
    stained = page.copy()
    stained[400:800, 200:700] = (page[400:800, 200:700] * 0.5).astype(np.uint8)
    prepared = prepare_alternative(stained, whole(stained), "local")
    assert prepared is not None
    assert set(np.unique(prepared.image)) == {0, 255}
    inside = prepared.image[420:780, 220:680]
    bare = page[420:780, 220:680] == PAPER
    assert (inside[bare] == 255).mean() > 0.97
    assert (inside[page[420:780, 220:680] == INK] == 0).mean() > 0.9


def test_places_lead_back_as_usual():
    """The way back to the scan is that of the usual preparation, which has the same turn and size."""
    page = big_page()
    prepared = prepare_alternative(page, whole(page), "local")
    assert prepared is not None
    usual = prepare(page, whole(page))
    assert prepared.to_scan == usual.to_scan
    assert prepared.image.shape[:2] == usual.image.shape[:2]
