"""Edit distances of many short patterns to all places of their windows, one bit a pattern letter.

The bit-vector algorithm of Myers (1999, J. ACM 46:395) in Hyyrö's notation: a column of the dynamic-programming
matrix is two machine words, and numpy carries thousands of patterns through their windows in step. Row 0 is the
distance of the whole pattern to nothing, row j the distance to a piece of the window that ends at j.

    pattern "дом", window "удома", free start -> 3 3 2 1 0 1; not free -> 3 3 3 2 1 2  (against "", "у", "уд" ...)
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Codes = NDArray[np.uint8]

PATTERN_LETTERS = 64
"""One bit a letter in a machine word."""

CODES = 64
"""Letter codes are below this; 0 is no letter and equals none."""

_ONE = np.uint64(1)


def distances(patterns: Codes, lengths: Ints, windows: Codes, *, free_start: bool) -> NDArray[np.int16]:
    """Edit distances, int16 (window letters + 1, lanes): row j is for the part of the window that ends after j letters.

    Column k of `patterns` is compared with column k of `windows` (a lane). Both are uint8 (letters, lanes), filled up
    with 0; `lengths` are the lengths of the patterns, at most 64 letters. Without `free_start` the part of the window
    begins at its first letter; with it, the part begins wherever the distance is least.
    """
    lanes = np.arange(patterns.shape[1])
    table = np.zeros((len(lanes), CODES), np.uint64)
    for row, letters in enumerate(patterns):
        table[lanes, letters] |= _ONE << np.uint64(row)
    table[:, 0] = 0
    flat, base = table.ravel(), lanes * CODES
    last = np.maximum(lengths - 1, 0).astype(np.uint64)
    plus, minus = np.full(len(lanes), ~np.uint64(0)), np.zeros(len(lanes), np.uint64)
    edge = np.uint64(0) if free_start else _ONE
    edits = np.empty((len(windows) + 1, len(lanes)), np.int16)
    edits[0] = lengths
    for step, letters in enumerate(windows):
        equal = flat[base + letters]
        across = equal | minus
        equal |= ((equal & plus) + plus) ^ plus
        rise = minus | ~(equal | plus)
        fall = plus & equal
        np.add(edits[step], ((rise >> last) & _ONE).astype(np.int16), out=edits[step + 1])
        edits[step + 1] -= ((fall >> last) & _ONE).astype(np.int16)
        rise = (rise << _ONE) | edge
        fall <<= _ONE
        plus = fall | ~(across | rise)
        minus = rise & across
    if not lengths.all():  # nothing is at no distance from the nothing at a free end, and at j from j letters
        edits[:, lengths == 0] = 0 if free_start else np.arange(len(windows) + 1)[:, None]
    return edits


def columns_after(letters: Codes, begins: Ints, lengths: Ints) -> Codes:
    """uint8 (widest, lanes): column l is letters[begin:begin + length], then zeros."""
    steps = np.arange(lengths.max(initial=0))[:, None]
    return np.where(steps < lengths, letters.take(begins + steps, mode="clip"), np.uint8(0))


def columns_before(letters: Codes, ends: Ints, lengths: Ints) -> Codes:
    """uint8 (widest, lanes): column l is letters[end - length:end] back to front, then zeros."""
    steps = np.arange(lengths.max(initial=0))[:, None]
    return np.where(steps < lengths, letters.take(ends - 1 - steps, mode="clip"), np.uint8(0))
