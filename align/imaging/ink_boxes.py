"""Word boxes fitted to the ink of the unscaled image: a reduced working image tells them to a pixel and a half only."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from align.imaging.prepare import Prepared
from align.model import Line, Polygon, Word

# Ink is darker than this part of its paper, as for letters.
_INK = 0.75
# A box that was told in reduced pixels is off by one of them at most; what lies further away is another word's.
_REACH = 1.0


def fitted_to_ink(lines: tuple[Line, ...], prepared: Prepared) -> tuple[Line, ...]:
    """The lines with each word's polygon on the ink of the unscaled image, still in pixels of the working image.

    As they are where the working image was not reduced. An edge moves by one pixel of the working image at most, and
    stays where no ink is near.
    """
    fine = prepared.unscaled
    if fine is None:
        return lines
    height, width = fine.shape
    sx, sy = width / prepared.image.shape[1], height / prepared.image.shape[0]
    ink = fine < _INK * float(np.median(fine[::16, ::16]))
    reach = int(np.ceil(_REACH * max(sx, sy)))

    def fitted(word: Word) -> Word:
        box = word.box
        edges = np.array([box.left * sx, box.top * sy, box.right * sx, box.bottom * sy])
        left, top, right, bottom = np.rint(edges).astype(int)
        x, y = max(0, left - reach), max(0, top - reach)
        part = ink[y : bottom + reach, x : right + reach]
        columns, rows = np.flatnonzero(part.any(axis=0)), np.flatnonzero(part.any(axis=1))
        if not len(columns):
            return word
        found = np.array([x + columns[0], y + rows[0], x + columns[-1] + 1, y + rows[-1] + 1], float)
        found = np.where(np.abs(found - edges) <= reach + 0.5, found, edges)
        a, b, c, d = found / (sx, sy, sx, sy)
        return replace(word, polygon=Polygon(((a, b), (c, b), (c, d), (a, d))))

    return tuple(replace(line, words=tuple(fitted(word) for word in line.words)) for line in lines)
