"""Grain: measured on paper with letters, and what it decides."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.drawn_pages import noisy, sheet, text_page

from align.imaging import find_frames, prepare
from align.imaging.grain import grain

MIDDLE_GRAY = 128


@settings(max_examples=25, deadline=None)
@given(sigma=st.floats(1.5, 12), seed=st.integers(0, 1000))
def test_the_noise_of_bare_paper_is_found(sigma, seed):
    """The grain of paper with noise of a known deviation is that deviation, to a sixth of it."""
    assert grain(noisy(sheet(400, 500, MIDDLE_GRAY), sigma, seed)) == pytest.approx(sigma, rel=1 / 6)


def test_letters_are_no_grain():
    """A page full of letters has no grain of its own, and next to none is added to the noise of its paper."""
    page = text_page(size=24)
    assert grain(page) == 0
    assert grain(noisy(page, 4)) == pytest.approx(4, rel=0.3)


@pytest.mark.parametrize("shape", [(1, 1), (2, 900), (900, 3)])
def test_an_image_of_any_size_has_a_grain(shape):
    """The smallest images have a grain, a level one has none."""
    assert grain(np.full(shape, 200, np.uint8)) == 0


@pytest.mark.slow
def test_only_grainy_pages_with_large_letters_are_reduced():
    """Only a page with grain is reduced, and only where its letters are large."""
    large, small = text_page(1800, 2600, size=26), text_page(1800, 2600, lines=40, size=16)
    for page, reduced in ((large, False), (noisy(large, 4), True), (noisy(small, 4), False)):
        prepared = prepare(page, find_frames(page)[0])
        assert (prepared.image.shape[0] < page.shape[0]) is reduced
        assert (prepared.unscaled is not None) is reduced
