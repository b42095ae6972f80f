"""Word boxes fitted to the ink of the unscaled image: in a reduced image they are exact to a pixel and a half only."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from align.imaging.prepare import Prepared
from align.model import Line, Polygon, Word
from align.tuning.imaging import IMAGING, ImagingTuning


def fitted_to_ink(lines: tuple[Line, ...], prepared: Prepared, *, tuning: ImagingTuning = IMAGING) -> tuple[Line, ...]:
    """The lines with each word's polygon fitted to the ink of the unscaled image, in pixels of the working image.

    Lines stay as they are where the working image was not reduced. An edge moves by at most `tuning.box_reach` pixels
    of the working image, and stays where no ink is near.
    """
    fine = prepared.unscaled
    if fine is None:
        return lines
    height, width = fine.shape
    sx, sy = width / prepared.image.shape[1], height / prepared.image.shape[0]
    ink = fine < tuning.box_ink * float(np.median(fine[::16, ::16]))
    reach = int(np.ceil(tuning.box_reach * max(sx, sy)))

    def fitted(word: Word) -> Word:
        box = word.box
        edges = np.array([box.left * sx, box.top * sy, box.right * sx, box.bottom * sy])
        first_x, first_y, last_x, last_y = np.rint(edges).astype(int)
        x, y = max(0, first_x - reach), max(0, first_y - reach)
        part = ink[y : last_y + reach, x : last_x + reach]
        columns, rows = np.flatnonzero(part.any(axis=0)), np.flatnonzero(part.any(axis=1))
        if not len(columns):
            return word
        inked = np.array([x + columns[0], y + rows[0], x + columns[-1] + 1, y + rows[-1] + 1], float)
        moved = np.where(np.abs(inked - edges) <= reach + 0.5, inked, edges)
        left, top, right, bottom = moved / (sx, sy, sx, sy)
        return replace(word, polygon=Polygon(((left, top), (right, top), (right, bottom), (left, bottom))))

    return tuple(replace(line, words=tuple(fitted(word) for word in line.words)) for line in lines)
