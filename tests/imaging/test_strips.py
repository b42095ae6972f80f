"""Strips of letters that no word holds: found whole, one for each row, and none where all was read."""

from __future__ import annotations

import numpy as np

from align.imaging import unread_strips

SIZE = 20.0


def row(left: float, top: float, count: int, *, height: float = 20, pitch: float = 24) -> list[list[float]]:
    """So many letters side by side."""
    return [[left + n * pitch, top, left + n * pitch + 16, top + height] for n in range(count)]


def strips(letters: list[list[float]], words: list[list[float]] | None = None) -> tuple:
    known = np.array(words or [], np.float64).reshape(-1, 4)
    return unread_strips(np.array(letters, np.float64), known, letter_size=SIZE, width=2000, height=1000)


def test_what_was_read_is_no_strip() -> None:
    """Letters inside words leave no strip, a row beside them leaves one."""
    read = row(100, 100, 20)
    assert strips(read, [[95, 95, 600, 125]]) == ()
    (strip,) = strips([*read, *row(100, 400, 6)], [[95, 95, 600, 125]])
    assert strip.top < 400 < 420 < strip.bottom
    assert strip.left < 100 < 236 < strip.right


def test_pale_letters_belong_to_their_row() -> None:
    """Crumbs of pale letters and pieces of underlining make the strip as long as the line that they are part of."""
    dark, crumbs, line = row(500, 300, 4), row(300, 306, 8, height=5), row(300, 318, 12, height=4)
    (strip,) = strips([*dark, *crumbs, *line])
    assert strip.left < 300
    assert strip.right > 588


def test_crumbs_of_one_row_make_one_strip() -> None:
    """Two rows of pieces at one height are read once."""
    upper, lower = row(300, 300, 8, height=12), row(310, 314, 8, height=12)
    assert len(strips([*upper, *lower])) == 1


def test_rows_apart_are_strips_of_their_own() -> None:
    """Rows one under the other are two strips, top down."""
    first, second = strips([*row(300, 500, 5), *row(300, 300, 5)])
    assert first.bottom < second.top
