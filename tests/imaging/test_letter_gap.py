from __future__ import annotations

import numpy as np
import pytest

from align.imaging.letters import find_letters, letter_gap


@pytest.mark.parametrize("gap", [3, 5, 8])
@pytest.mark.parametrize("sideways", [False, True])
def test_the_white_between_letters_is_measured(gap: int, sideways: bool) -> None:
    """On a page of like letters in words, the usual gap is that between letters, whichever way the lines run."""
    image = np.full((600, 800), 255, np.uint8)
    for row in range(60, 540, 48):
        x = 40
        for letter in range(40):
            image[row : row + 14, x : x + 9] = 20
            x += 9 + (gap if letter % 6 else 16)
            if x > 760:
                break
    letters, _ = find_letters(np.ascontiguousarray(image.T) if sideways else image)
    assert letter_gap(letters) == pytest.approx(gap)


def test_a_page_of_few_letters_has_no_usual_gap() -> None:
    """The gap is 0 where there are too few letters to measure it."""
    image = np.full((200, 200), 255, np.uint8)
    image[50:64, 40:49] = image[50:64, 52:61] = 0
    assert letter_gap(find_letters(image)[0]) == 0.0
