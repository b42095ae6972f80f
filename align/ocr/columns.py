"""Two columns of one page put in reading order; lines that an engine read across both columns are parted.

An engine follows the blocks of a page. Where a stroke of a pen joins two columns, it takes them for one block and reads
line by line across both. The words still show the columns: hardly a line crosses the strip of white between them, and
full lines are on either side.

Only two columns are looked for, and only where both are plain: tables, lists and ragged pages stay as they were read.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from statistics import median

import numpy as np

from align.model import Box, Line, Polygon, Word
from align.tuning.ocr import OCR, OcrTuning


def in_columns(lines: tuple[Line, ...], *, tuning: OcrTuning = OCR) -> tuple[Line, ...]:
    """The lines of a page in reading order: the left of two columns comes before the right one.

    A line over both columns ends the columns above it. A line that was read across both becomes two lines. `lines` run
    level, as in a working image; without two plain columns they come back as they are. Regions are numbered anew where
    the order changes.

    Example: the rows "a b", "c d" of two columns are read "a c b d".
    """
    if sum(len(line.words) for line in lines) < 4 * tuning.column_lines:
        return lines
    gutter = _gutter(lines, tuning)
    if gutter is None:
        return lines
    left, right = np.percentile([(line.box.left, line.box.right) for line in lines], (5, 95))
    parts: list[_Part] = []
    for line in lines:
        wide = line.box.width >= tuning.wide_line * (right - left)
        read_across = wide or _has_neighbours(line, lines, tuning)
        parts += _parted(line, gutter, tuning, read_across=read_across)
    if not _both_full(parts, tuning):
        return lines
    ordered = _in_order(parts)
    return lines if [line.words for line in ordered] == [line.words for line in lines] else ordered


@dataclass(frozen=True, slots=True)
class _Part:
    """A line, or the part of it in one column; `side`: 0 left, 1 right, -1 over both."""

    line: Line
    side: int

    @property
    def middle(self) -> float:
        return (self.line.box.top + self.line.box.bottom) / 2


@dataclass(frozen=True, slots=True)
class _Gutter:
    """The white between two columns: from `left` to `right`, in pixels of the lines."""

    left: float
    right: float

    def side(self, box: Box, tuning: OcrTuning) -> int:
        """0 left of the gutter, 1 right of it, -1 across it; a box that hardly reaches across is in its column."""
        if box.right <= self.right or box.left >= self.left:
            return int(box.left >= self.left)
        middle = (self.left + self.right) / 2
        left = min(1.0, max(0.0, (middle - box.left) / box.width))
        return -1 if 1 - tuning.in_column < left < tuning.in_column else int(left < 0.5)


def _gutter(lines: Sequence[Line], tuning: OcrTuning) -> _Gutter | None:
    """The widest strip in the middle of the text in which hardly a line has words, or None."""
    # Dirt between the columns is read as dashes and strokes, so only words with a letter or digit count.
    words = [(n, w.box) for n, line in enumerate(lines) for w in line.words if any(map(str.isalnum, w.text))]
    if not words:
        return None
    boxes = np.array([(box.left, box.right) for _, box in words], float)
    row = np.array([n for n, _ in words])
    size = median(_height(line) for line in lines) / 2
    left, right = np.percentile(boxes[:, 0], 2), np.percentile(boxes[:, 1], 98)
    step = max(1.0, size / 4)
    bins = int((right - left) / step)
    if bins < 8:
        return None
    covered = np.zeros((len(lines), bins), bool)
    first = np.clip(np.floor((boxes[:, 0] - left) / step).astype(int), 0, bins)
    last = np.clip(np.ceil((boxes[:, 1] - left) / step).astype(int), 0, bins)
    for n, a, b in zip(row, first, last, strict=True):
        covered[n, a:b] = True
    counts = covered.sum(axis=0)
    white = counts <= tuning.crossed * len(lines)
    first_bin, last_bin = (int(place * bins) for place in tuning.gutter_zone)
    white[:first_bin] = white[last_bin:] = False
    edges = np.flatnonzero(np.diff(np.concatenate([[0], white.astype(int), [0]])))
    runs = [(b - a, a, b) for a, b in zip(edges[::2], edges[1::2], strict=True)]
    if not runs:
        return None
    width, a, b = max(runs)
    return _Gutter(left + a * step, left + b * step) if width * step >= tuning.gutter * 2 * size else None


def _height(line: Line) -> float:
    """The usual height of a line's words; the box of a line read across two columns may be much higher."""
    return float(median(word.box.height for word in line.words))


def _has_neighbours(line: Line, lines: Sequence[Line], tuning: OcrTuning) -> bool:
    """Whether another line with a word is beside this one; no line is beside a heading over both columns."""
    top, bottom = line.box.top, line.box.bottom
    return any(
        top < (other.box.top + other.box.bottom) / 2 < bottom
        and any(sum(map(str.isalpha, word.text)) >= tuning.neighbour_letters for word in other.words)
        for other in lines
        if other is not line
    )


def _parted(line: Line, gutter: _Gutter, tuning: OcrTuning, *, read_across: bool) -> list[_Part]:
    """The line, or its two parts: where it was read across, or has words on both sides and none in the gutter."""
    middle = (gutter.left + gutter.right) / 2
    if read_across:
        sides = [int(word.box.left + word.box.right > 2 * middle) for word in line.words]
    else:
        sides = [gutter.side(word.box, tuning) for word in line.words]
    if -1 in sides:
        return [_Part(line, gutter.side(line.box, tuning))]
    if len(set(sides)) == 1:
        return [_Part(line, sides[0])]
    left, right = ([w for w, s in zip(line.words, sides, strict=True) if s == side] for side in (0, 1))
    white = min(w.box.left for w in right) - max(w.box.right for w in left)
    if not read_across and white < tuning.white_of_gutter * (gutter.right - gutter.left):
        return [_Part(line, gutter.side(line.box, tuning))]
    return [_Part(_of_words(line, left), 0), _Part(_of_words(line, right), 1)]


def _of_words(line: Line, words: Sequence[Word]) -> Line:
    return replace(line, words=tuple(words), polygon=Polygon(Box.union(word.box for word in words).corners))


def _both_full(parts: Sequence[_Part], tuning: OcrTuning) -> bool:
    """Whether both sides are columns of full lines beside each other, with few lines across."""
    sides = [[part.line.box for part in parts if part.side == side] for side in (0, 1)]
    across = sum(part.side == -1 for part in parts)
    if across > tuning.crossed * len(parts) or not all(sides):
        return False
    heights = []
    for boxes in sides:
        widest = float(np.percentile([box.width for box in boxes], 90))
        full = [box for box in boxes if box.width >= tuning.full_line * widest]
        if len(full) < tuning.column_lines or len(full) < tuning.full_lines * len(boxes):
            return False
        heights.append((min(box.top for box in full), max(box.bottom for box in full), widest))
    (top, bottom, wide), (other_top, other_bottom, other_wide) = heights
    shared = min(bottom, other_bottom) - max(top, other_top)
    alike = min(wide, other_wide) >= tuning.alike_widths * max(wide, other_wide)
    return alike and shared >= tuning.beside * min(bottom - top, other_bottom - other_top)


def _in_order(parts: Sequence[_Part]) -> tuple[Line, ...]:
    """The parts, left column before right, between one line across both and the next."""
    limits = sorted(part.middle for part in parts if part.side == -1)

    def place(part: _Part) -> tuple[int, int, float]:
        section = sum(limit < part.middle for limit in limits)
        return section, part.side if part.side >= 0 else 2, part.middle

    result, region = [], -1
    before: tuple[int, int] | None = None
    for part in sorted(parts, key=place):
        section, side, _ = place(part)
        if (section, side) != before:
            before, region = (section, side), region + 1
        result.append(replace(part.line, region=region))
    return tuple(result)
