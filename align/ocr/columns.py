"""Two columns of one page put in reading order, and the lines parted that an engine drew across both.

An engine follows the page's blocks; a stroke of a pen between two columns makes it read both as one block there, line
by line across. Columns show in the words: a strip of white that hardly a line crosses, with full lines on either side.

Only two columns are looked for, and only where both are plain: tables, lists and ragged pages stay as they were read.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from statistics import median

import numpy as np

from align.model import Box, Line, Polygon, Word

# A column has at least so many full lines, each at least this part of the column's width.
_LINES, _FULL = 8, 0.6
# A gutter is so many letter sizes wide at least (two words stand under one apart) and lies in the middle of the text.
_GUTTER, _MIDDLE = 1.1, (0.25, 0.75)
# Of the lines beside it no more than this share may cross it: headings, and what was read across.
_CROSSED = 0.12
# A line lies in a column with this part of its width. One across the gutter was read across two columns if it is
# nearly as wide as both, or has words beside it; a heading over both is narrower, and alone in its rows. White
# within a heading is a word's; that between two columns is no narrower than this part of the gutter.
_OWN, _WIDE, _APART = 0.9, 0.85, 0.6
_WORD = 3  # letters
# The shorter column stands beside the other for this part of its height.
_BESIDE = 0.6


def in_columns(lines: tuple[Line, ...]) -> tuple[Line, ...]:
    """The lines of a page in reading order: where it has two columns, the left one first, between lines across both.

    A line that was read across both columns is two lines. Lines run level, as in a working image; without two
    plain columns they come back as they are. Regions are numbered anew where the order changes.

    Example: the rows "a b", "c d" of two columns are read "a c b d".
    """
    if sum(len(line.words) for line in lines) < 4 * _LINES:
        return lines
    gutter = _gutter(lines)
    if gutter is None:
        return lines
    left, right = np.percentile([(line.box.left, line.box.right) for line in lines], (5, 95))
    parts: list[_Part] = []
    for line in lines:
        read_across = line.box.width >= _WIDE * (right - left) or _has_neighbours(line, lines)
        parts += _parted(line, gutter, read_across=read_across)
    if not _both_full(parts):
        return lines
    ordered = _in_order(parts)
    return lines if [line.words for line in ordered] == [line.words for line in lines] else ordered


@dataclass(frozen=True, slots=True)
class _Part:
    """A line, or what of it stands in one column; `side`: 0 left, 1 right, -1 over both."""

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

    def side(self, box: Box) -> int:
        """0 left of it, 1 right of it, -1 across it: dirt in the gutter makes no line of one column one of both."""
        if box.right <= self.right or box.left >= self.left:
            return int(box.left >= self.left)
        middle = (self.left + self.right) / 2
        left = min(1.0, max(0.0, (middle - box.left) / box.width))
        return -1 if 1 - _OWN < left < _OWN else int(left < 0.5)


def _gutter(lines: Sequence[Line]) -> _Gutter | None:
    """The widest strip in the middle of the text that hardly a line has words in, or None."""
    # Dirt between the columns is read as dashes and strokes.
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
    white = counts <= _CROSSED * len(lines)
    white[: int(_MIDDLE[0] * bins)] = white[int(_MIDDLE[1] * bins) :] = False
    edges = np.flatnonzero(np.diff(np.concatenate([[0], white.astype(int), [0]])))
    runs = [(b - a, a, b) for a, b in zip(edges[::2], edges[1::2], strict=True)]
    if not runs:
        return None
    width, a, b = max(runs)
    return _Gutter(left + a * step, left + b * step) if width * step >= _GUTTER * 2 * size else None


def _height(line: Line) -> float:
    """The usual height of a line's words: of a line that was read across two columns the box says nothing."""
    return float(median(word.box.height for word in line.words))


def _has_neighbours(line: Line, lines: Sequence[Line]) -> bool:
    """Whether the middle of another line with a word lies in this one's rows: no heading over both columns has such."""
    rows = line.box.top, line.box.bottom
    return any(
        rows[0] < (o.box.top + o.box.bottom) / 2 < rows[1]
        and any(sum(map(str.isalpha, word.text)) >= _WORD for word in o.words)
        for o in lines
        if o is not line
    )


def _parted(line: Line, gutter: _Gutter, *, read_across: bool) -> list[_Part]:
    """The line, or its two parts where it was read across, or leaves the gutter white between words on both sides."""
    middle = (gutter.left + gutter.right) / 2
    if read_across:
        sides = [int(word.box.left + word.box.right > 2 * middle) for word in line.words]
    else:
        sides = [gutter.side(word.box) for word in line.words]
    if -1 in sides:
        return [_Part(line, gutter.side(line.box))]
    if len(set(sides)) == 1:
        return [_Part(line, sides[0])]
    left, right = ([w for w, s in zip(line.words, sides, strict=True) if s == side] for side in (0, 1))
    white = min(w.box.left for w in right) - max(w.box.right for w in left)
    if not read_across and white < _APART * (gutter.right - gutter.left):
        return [_Part(line, gutter.side(line.box))]
    return [_Part(_of_words(line, left), 0), _Part(_of_words(line, right), 1)]


def _of_words(line: Line, words: Sequence[Word]) -> Line:
    return replace(line, words=tuple(words), polygon=Polygon(Box.union(word.box for word in words).corners))


def _both_full(parts: Sequence[_Part]) -> bool:
    """Whether both sides are columns of full lines that stand beside each other, with few lines across."""
    sides = [[part.line.box for part in parts if part.side == side] for side in (0, 1)]
    across = sum(part.side == -1 for part in parts)
    if across > _CROSSED * len(parts) or not all(sides):
        return False
    heights = []
    for boxes in sides:
        widest = float(np.percentile([box.width for box in boxes], 90))
        full = [box for box in boxes if box.width >= _FULL * widest]
        if len(full) < _LINES or len(full) < 0.5 * len(boxes):
            return False
        heights.append((min(box.top for box in full), max(box.bottom for box in full), widest))
    (top, bottom, wide), (other_top, other_bottom, other_wide) = heights
    shared = min(bottom, other_bottom) - max(top, other_top)
    alike = min(wide, other_wide) >= 0.5 * max(wide, other_wide)
    return alike and shared >= _BESIDE * min(bottom - top, other_bottom - other_top)


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
