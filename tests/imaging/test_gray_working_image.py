"""Colours do not reach the engine."""

from __future__ import annotations

import numpy as np

from align.imaging import find_frames, prepare


def test_a_colour_page_is_prepared_in_gray_with_the_weights_of_the_engine() -> None:
    """The working image of an even, level colour page is the page in gray: 0.3 red, 0.5 green, 0.2 blue."""
    pixels = np.full((1500, 1000, 3), 230, np.uint8)
    pixels[100:103, 40:60] = (10, 60, 200)
    prepared = prepare(pixels, find_frames(pixels)[0])
    assert prepared.image.shape == (1500, 1000)
    assert abs(int(prepared.image[101, 50]) - round(0.3 * 10 + 0.5 * 60 + 0.2 * 200)) <= 1
    assert abs(int(prepared.image[20, 20]) - 230) <= 1
