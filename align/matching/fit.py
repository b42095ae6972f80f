"""How well pieces fit into windows of the text, and where: many pieces at once.

Each piece is compared with its window by edit distance with free ends, the whole piece against the best substring
(Sellers 1980). A second run from the best end backwards finds where that substring starts.

    piece "словоид" looked for in "еслоЬоидело" -> distance 1, the range of "слоЬоид"

It gives no path: exact line ends are settled by cuts, from the source characters.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from align.matching.bitvectors import Codes, Ints, columns_after, columns_before, distances
from align.tuning.matching import MATCHING, MatchingTuning

_LANES = 1024  # pieces carried in step: their tables of 64 words of 8 bytes stay inside a processor's cache


@dataclass(frozen=True, slots=True)
class Fits:
    """For each candidate the half-open range of text letters that is nearest to its piece, and their edit distance."""

    starts: Ints
    ends: Ints
    distances: Ints


def margin(lengths: Ints, *, tuning: MatchingTuning = MATCHING) -> Ints:
    """The number of letters around its candidate's place in which a piece of this many letters is looked for.

    Seeds are exact where they hit. Between a seed and the end of its piece, noise moves the text by far less than a
    sixth of the letters.
    """
    return tuning.fit_margin_letters + lengths // tuning.fit_margin_part


def fit_pieces(
    lines: Codes, text: Codes, begins: Ints, lengths: Ints, places: Ints, *, tuning: MatchingTuning = MATCHING
) -> Fits:
    """The fits of pieces lines[begin:begin + length] near these places in the text (of the piece's first letter)."""
    margins = margin(lengths, tuning=tuning)
    left = np.clip(places - margins, 0, len(text))
    widths = np.clip(places + lengths + margins, left, len(text)) - left
    starts, ends, best = (np.empty(len(begins), np.int64) for _ in range(3))
    order = np.argsort(widths, kind="stable")
    for at in range(0, len(order), _LANES):
        lanes = order[at : at + _LANES]
        lane = np.arange(len(lanes))
        begin, length, width = begins[lanes], lengths[lanes], widths[lanes]
        windows = columns_after(text, left[lanes], width)
        edits = distances(columns_after(lines, begin, length), length, windows, free_start=True)
        forward = _least(edits, width, places[lanes] + length - left[lanes])
        best[lanes], ends[lanes] = edits[forward, lane], left[lanes] + forward
        width = np.minimum(forward, length + margins[lanes])
        windows = columns_before(text, ends[lanes], width)
        edits = distances(columns_before(lines, begin + length, length), length, windows, free_start=False)
        starts[lanes] = ends[lanes] - _least(edits, width, ends[lanes] - places[lanes])
    return Fits(starts, ends, best)


def compare(lines: Codes, text: Codes, begins: Ints, lengths: Ints, starts: Ints, ends: Ints) -> Ints:
    """The edit distances of pieces lines[begin:begin + length] to all of text[start:end]."""
    edits = np.empty(len(begins), np.int64)
    order = np.argsort(ends - starts, kind="stable")
    for at in range(0, len(order), _LANES):
        lanes = order[at : at + _LANES]
        width = ends[lanes] - starts[lanes]
        pieces, windows = columns_after(lines, begins[lanes], lengths[lanes]), columns_after(text, starts[lanes], width)
        table = distances(pieces, lengths[lanes], windows, free_start=False)
        edits[lanes] = table[width, np.arange(len(lanes))]
    return edits


def _least(edits: NDArray[np.int16], widths: Ints, expected: Ints) -> Ints:
    """For each lane the row of least distance, of equals the one nearest to the expected; rows end at the width."""
    rows = np.arange(len(edits))[:, None]
    costs = edits * np.int32(1 << 12) + np.abs(rows - expected)
    costs[rows > widths] = 1 << 30
    least: Ints = costs.argmin(axis=0)
    return least
