"""Where the words of a page stand in its PDF, in points, so that readers show them over their ink and keep their order.

A word is as wide and as high as its box. The box of a word of a line that is a little tilted is upright, as the boxes
of its letters are; a line that is tilted more has tilted words. Readers, poppler above all, make lines of words by
themselves: they go by the size of the font, by the level on which words stand, and by the space between them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from math import atan2, cos, degrees, hypot, pi, remainder, sin, tan
from statistics import median

from align.export.pdf.text_fonts import PageSize
from align.model import Box, Point, Polygon, Transform

# Degrees. Below it the words of a line stand on steps; above it the steps would be as high as letters.
_TILTED = 3.0
# The size of a page's font, which is the distance of its lines, in usual heights of its words: at least, at most, and
# where a page has one line. Poppler takes words for one line if their levels differ by less than half the size.
_LEAST_SIZE, _MOST_SIZE, _USUAL_SIZE = 1.2, 4.0, 1.6
# Letters of a word that shows how high a line is, and how many such words show it.
_LONG, _LONG_WORDS = 3, 3
# The least space between two words, as a share of the font's size: where there is less, poppler joins them.
_SPACE = 0.16
# The least width of a letter at the end of a line, in sizes: poppler takes the second of two equal ones that are
# narrower for a shadow of the first.
_NARROWEST = 0.11


@dataclass(frozen=True, slots=True)
class PageWord:
    """A word as it is copied, and its box in scan pixels."""

    text: str
    box: Box


@dataclass(frozen=True, slots=True)
class PageLine:
    """A line of words, its outline in scan pixels as far as it says how the line is tilted, and its language."""

    words: tuple[PageWord, ...]
    outline: Polygon
    language: str | None


@dataclass(frozen=True, slots=True)
class PlacedWord:
    """A word on the page in points: its lower left, its width along the line, its height across it, its angle.

    `raised` is how far above its lower edge the word is said to stand.
    """

    text: str
    foot: Point
    width: float
    height: float
    angle: float = 0.0
    raised: float = 0.0

    @property
    def middle(self) -> float:
        """Where the middle of the word is, from left to right, if it is not tilted."""
        return self.foot[0] + self.width / 2

    @property
    def base(self) -> Point:
        """Where its base line begins."""
        x, y = self.foot
        return x - sin(self.angle) * self.raised, y + cos(self.angle) * self.raised

    def gap(self, following: PlacedWord) -> float:
        """How much white there is between this word and the next one, in points along the line."""
        dx, dy = following.foot[0] - self.foot[0], following.foot[1] - self.foot[1]
        return dx * cos(self.angle) + dy * sin(self.angle) - self.width


def placed_words(lines: Sequence[PageLine], onto: Transform, edge: float) -> tuple[list[list[PlacedWord]], PageSize]:
    """The words of each line on the page, and the size of the page's font.

    `onto` maps scan pixels to points; `edge` is the right edge of the page.
    """
    angles = [_angle(line, onto) for line in lines]
    tilted = [abs(degrees(angle)) >= _TILTED for angle in angles]
    shown = [angle for line, angle, much in zip(lines, angles, tilted, strict=True) if not much and len(line.words) > 2]
    slope = tan(median(shown)) if shown else 0.0
    placed = [
        [_placed(word, angle if much else 0.0, onto) for word in line.words]
        for line, angle, much in zip(lines, angles, tilted, strict=True)
    ]
    straight = [[] if much else line for line, much in zip(placed, tilted, strict=True)]
    placed = [_trimmed(own, slope) or line for own, line in zip(straight, placed, strict=True)]
    size = PageSize.near(_font_size(placed), _pixel(onto))
    placed = [_readable(_apart(line, _SPACE * size.points), _NARROWEST * size.points, edge) for line in placed]
    levelled = _levelled([[] if much else line for line, much in zip(placed, tilted, strict=True)], slope, size.step)
    return [own or line for own, line in zip(levelled, placed, strict=True)], size


def _pixel(onto: Transform) -> float:
    """The side of a pixel in points."""
    (x0, y0), (x1, y1) = onto.points([(0.0, 0.0), (1.0, 0.0)])
    return hypot(x1 - x0, y1 - y0)


def _angle(line: PageLine, onto: Transform) -> float:
    """The angle at which the line runs on the page, anticlockwise."""
    if len(line.outline.points) == 4:
        ends = line.outline.points[:2]
    elif len(line.words) > 2:
        ends = _middle(line.words[0].box), _middle(line.words[-1].box)
    else:
        return 0.0
    (x0, y0), (x1, y1) = onto.points(ends)
    angle = atan2(y1 - y0, x1 - x0)
    return angle if _runs_up(line, onto) else remainder(angle, pi / 2)


def _runs_up(line: PageLine, onto: Transform) -> bool:
    """Whether a line runs up or down the page: it is higher than wide, and that is not for want of letters.

    Of any other line it is known that it runs across. Its outline may not say so: in a file of existing OCR an outline
    begins at any corner, and on a page that lies on its side the first edge is then that of its height.
    """
    points = onto.points(Box.union(word.box for word in line.words).corners)
    xs, ys = [x for x, _ in points], [y for _, y in points]
    return max(ys) - min(ys) > max(xs) - min(xs) and sum(len(word.text) for word in line.words) >= _LONG


def _middle(box: Box) -> Point:
    return (box.left + box.right) / 2, (box.top + box.bottom) / 2


def _placed(word: PageWord, angle: float, onto: Transform) -> PlacedWord:
    """The word on the page: its box as it is, or the tilted rectangle that fits into its box."""
    points = onto.points(word.box.corners)
    xs, ys = [x for x, _ in points], [y for _, y in points]
    left, bottom, wide, high = min(xs), min(ys), max(xs) - min(xs), max(ys) - min(ys)
    if not angle:
        return PlacedWord(word.text, (left, bottom), wide, high)
    c, s = abs(cos(angle)), abs(sin(angle))
    # A rectangle of width w and height h, tilted, has a box of w c + h s by w s + h c.
    difference = c * c - s * s
    width = height = 0.0
    if abs(difference) > 0.2:
        width, height = (wide * c - high * s) / difference, (high * c - wide * s) / difference
    # Near 45 degrees the box does not say what they are: then letters are as wide as they are high.
    if min(width, height) < 0.1 * min(wide, high):
        letters = max(1, len(word.text))
        width = max(wide, high) / (max(c, s) + min(c, s) / letters)
        height = width / letters
    x, y = left + wide / 2, bottom + high / 2
    foot = (x - (cos(angle) * width - sin(angle) * height) / 2, y - (sin(angle) * width + cos(angle) * height) / 2)
    return PlacedWord(word.text, foot, width, height, angle)


def _trimmed(words: Sequence[PlacedWord], slope: float) -> list[PlacedWord]:
    """The words, of which the short ones reach no lower and no higher than the long ones; dashes reach the base line.

    Engines take parts of the lines above and below for a part of a word of one letter.
    """
    long = [own for own in words if len(own.text) >= _LONG]
    if len(long) < _LONG_WORDS:
        return list(words)
    feet = [own.foot[1] - slope * own.middle for own in long]
    low, base = min(feet), median(feet)
    high = max(own.foot[1] + own.height - slope * own.middle for own in long)
    trimmed = []
    for own in words:
        x, y = own.foot
        bottom, top = y - slope * own.middle, y + own.height - slope * own.middle
        if not any(map(str.isalnum, own.text)):
            bottom = min(bottom, base)
        if len(own.text) < _LONG and max(bottom, low) < min(top, high):
            bottom, top = max(bottom, low), min(top, high)
        trimmed.append(replace(own, foot=(x, bottom + slope * own.middle), height=top - bottom))
    return trimmed


def _font_size(lines: Sequence[Sequence[PlacedWord]]) -> float:
    """The size of the page's font in points."""
    usual = median([own.height for line in lines for own in line] or [1.0])
    feet = [median(own.foot[1] for own in line) for line in lines if line]
    steps = [above - below for above, below in pairwise(feet) if above - below > 0.8 * usual]
    gaps = sorted(gap for line in lines for own, other in pairwise(line) if (gap := own.gap(other)) > 0)
    narrow = gaps[len(gaps) // 10] / _SPACE if gaps else _MOST_SIZE * usual
    return min(max(min(median(steps or [_USUAL_SIZE * usual]), narrow), _LEAST_SIZE * usual), _MOST_SIZE * usual)


def _apart(words: Sequence[PlacedWord], space: float) -> list[PlacedWord]:
    """The words of a line, with at least so much white between them: where there is less, the longer word is cut."""
    apart = list(words)
    for n in range(1, len(apart)):
        before, after = apart[n - 1], apart[n]
        lacking = space - before.gap(after)
        if lacking <= 0 or before.gap(after) <= -before.width:
            continue
        if before.width >= after.width:
            apart[n - 1] = replace(before, width=max(before.width - lacking, before.width / 2))
        else:
            cut = min(lacking, after.width / 2)
            x, y = after.foot
            foot = (x + cut * cos(after.angle), y + cut * sin(after.angle))
            apart[n] = replace(after, foot=foot, width=after.width - cut)
    return apart


def _readable(words: list[PlacedWord], letter: float, edge: float) -> list[PlacedWord]:
    """The words of a line, the last one with so much room for each letter: a divided word stands there whole.

    It reaches no farther than the edge of the page, because readers leave out what lies beyond it.
    """
    if words:
        last = words[-1]
        room = min(letter * len(last.text), edge - last.foot[0])
        words[-1] = replace(last, width=max(last.width, room))
    return words


def _levelled(lines: Sequence[Sequence[PlacedWord]], slope: float, step: float) -> list[list[PlacedWord]]:
    """The words, those of each line on one level, or as near as their boxes reach; all are raised by whole steps.

    On a page that is a little tilted, the levels are those of the lines in the middle of the page.
    """
    words = [own for line in lines for own in line]
    if not words:
        return [[] for _ in lines]
    usual = median(own.height for own in words)
    middle = (min(own.middle for own in words) + max(own.middle for own in words)) / 2
    levelled = []
    for line in lines:
        level = median([own.foot[1] - slope * (own.middle - middle) for own in line] or [0.0]) + usual / 3
        if line:
            level -= (level - line[0].foot[1]) % step
        levelled.append([replace(own, raised=min(max(level - own.foot[1], 0.0), own.height)) for own in line])
    return levelled
