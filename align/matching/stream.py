"""The two sequences that are matched: the folded letters of all lines, one after another, and of the text.

Letters become small integers; lines become **pieces** of at most 64 letters, so that one piece fits a machine word
(see bitvectors). An ordinary line is one piece; a line of 150 letters is three of 50; a line without letters is none.

    lines = ["Сло-", "во и дело"], text = "Слово и дело."
    -> letters "словоидело", "словоидело"; pieces start at 0 and 3, and belong to lines 0 and 1
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from align.matching.bitvectors import CODES, PATTERN_LETTERS, Codes, Ints
from align.text.fold import fold

PIECE_LETTERS = PATTERN_LETTERS
"""So that a piece is one pattern of bitvectors."""

OTHER = CODES - 1
"""The code of every letter that is not among the 62 most frequent of the text (1..62); 0 is no letter."""


@dataclass(frozen=True, slots=True)
class Stream:
    """What is matched.

    lines, text: letter codes, uint8, 0..63. text_offsets: the source offset of each text letter.
    starts: int64, one more than there are pieces; piece i is lines[starts[i]:starts[i + 1]]. owners: the line of each
    piece.
    """

    lines: Codes
    text: Codes
    text_offsets: NDArray[np.int32]
    starts: Ints
    owners: Ints


def make_stream(lines: Sequence[str], text: str) -> Stream:
    """The stream of these lines and this text."""
    folded_text = fold(text).letters()
    folded_lines = fold("\n".join(lines)).letters()
    codes_of_text = _code_points(folded_text.text)
    table = _ranks(codes_of_text)
    line_ends = np.cumsum(np.fromiter((len(line) + 1 for line in lines), np.int64, len(lines)))
    bounds = np.searchsorted(np.frombuffer(folded_lines.offsets, np.int32), np.concatenate(([0], line_ends)))
    starts, owners = _pieces(bounds)
    return Stream(
        lines=table[_code_points(folded_lines.text)],
        text=table[codes_of_text],
        text_offsets=np.frombuffer(folded_text.offsets, np.int32),
        starts=starts,
        owners=owners,
    )


def _code_points(text: str) -> NDArray[np.uint32]:
    return np.frombuffer(text.encode("utf-32-le"), np.uint32)


def _ranks(code_points: NDArray[np.uint32]) -> Codes:
    """A table from code point to letter code, the most frequent letters of the text first."""
    table = np.full(0x110000, OTHER, np.uint8)
    found, counts = np.unique(code_points, return_counts=True)
    frequent = found[np.argsort(-counts, kind="stable")[: OTHER - 1]]
    table[frequent] = np.arange(1, len(frequent) + 1)
    return table


def _pieces(bounds: Ints) -> tuple[Ints, Ints]:
    """Starts and owners of the pieces of lines with these bounds, each line cut into equal parts."""
    lengths = np.diff(bounds)
    parts = -(-lengths // PIECE_LETTERS)
    owners = np.repeat(np.arange(len(lengths)), parts)
    nth = np.arange(len(owners)) - np.repeat(np.cumsum(parts) - parts, parts)
    starts = bounds[owners] + nth * lengths[owners] // np.maximum(parts[owners], 1)
    return np.append(starts, bounds[-1]), owners
