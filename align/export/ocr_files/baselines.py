"""The line on which the letters of a line stand, worked out from the boxes of its words and from its slope.

Words without letters that reach below the line stand on it. Recognisers that are trained on lines need it; no result
file has it.
"""

from __future__ import annotations

from collections.abc import Sequence
from statistics import median

from align.model import Box, Line, Point, Rotation, TextWord, Transform

# Letters and marks that reach below the line, or do not reach down to it.
_OFF_THE_LINE = frozenset("руфцщДЦЩgjpqyQJçğş,;()[]{}|/\\„‚_§@$\"'«»“”‘’*^°~=+—–-")
# The share of a word's height that is below the line where some letter reaches below it.
_BELOW = 0.22
# Slopes above this are a mistake of the outline: the line is then taken as level.
_STEEPEST = 0.25


def baseline(line: Line, words: Sequence[TextWord], rotation: Rotation) -> tuple[Point, Point]:
    """The beginning and the end of the base line, in scan pixels, on a page that is turned clockwise by so much."""
    turn = Transform.turn(rotation)
    placed = [(word.text, word.box) for word in words] or [(word.text, word.box) for word in line.words]
    boxes = [(text, Box.around(turn.points(box.corners))) for text, box in placed]
    slope = _slope(turn.points(line.drawn[0].points if line.drawn else line.polygon.points))
    standing = [_height(box, slope) for text, box in boxes if _stands(text)]
    height = median(standing or [_height(box, slope) - _BELOW * box.height for _, box in boxes])
    left, right = min(box.left for _, box in boxes), max(box.right for _, box in boxes)
    begin, end = turn.inverse().points(((left, height + slope * left), (right, height + slope * right)))
    return begin, end


def _stands(text: str) -> bool:
    """Whether a word stands on the line with all its letters."""
    return any(map(str.isalnum, text)) and _OFF_THE_LINE.isdisjoint(text)


def _height(box: Box, slope: float) -> float:
    """Where the base line of a word crosses x = 0: its box is lower than its middle by half its own slope."""
    return box.bottom - abs(slope) * box.width / 2 - slope * (box.left + box.right) / 2


def _slope(outline: Sequence[Point]) -> float:
    """The slope of a four-point outline, clockwise from its left top; 0 for any other, or a steep one."""
    if len(outline) != 4:
        return 0.0
    (x0, y0), (x1, y1) = outline[0], outline[1]
    slope = (y1 - y0) / (x1 - x0) if x1 > x0 else 0.0
    return slope if abs(slope) <= _STEEPEST else 0.0
