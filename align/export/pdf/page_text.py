"""The text of a page as invisible words over their ink, in reading order.

A word is stretched to the width of its box and stands on the lower edge of it. The box of a word of a line that is a
little tilted is upright, as the boxes of its letters are; a line that is tilted more has tilted words.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from math import atan2, cos, degrees, sin, tan
from statistics import median
from unicodedata import bidirectional

from align.export.pdf.invisible_font import LETTER, UNITS
from align.export.pdf.syntax import Text, number, syntax
from align.export.pdf.text_fonts import Face, TextFonts
from align.model import Box, Point, Polygon, Transform

# Degrees. Below it the words of a line stand on steps; above it the steps would be as high as letters.
_TILTED = 3.0
# The size of a page's font, which is the distance of its lines, in usual heights of its words: at least, at most, and
# where a page has one line. Poppler takes words for one line whose feet differ by less than half the size, so that the
# lines of a tilted page stay whole.
_LEAST_SIZE, _MOST_SIZE, _USUAL_SIZE = 1.2, 4.0, 1.6


# The least difference in height of the ends of a line, in heights of its words, that is levelled out.
_STEP_SEEN = 0.5
# Letters of a word that shows how high a line is, and how many such words show it.
_LONG, _LONG_WORDS = 3, 3
# The least space between two words, as a share of the font's size: where there is less, poppler joins them.
_SPACE = 0.16
# The least width of a space in points, for words of a line that overlap even so.
_LEAST_SPACE = 0.01


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
class _Placed:
    """A word on the page in points: its lower left, its width along the line, its height across it.

    `raised` is how far above its lower edge the word is said to stand.
    """

    word: PageWord
    foot: Point
    width: float
    height: float
    angle: float
    raised: float = 0.0

    @property
    def middle(self) -> float:
        """Where the middle of the word is, from left to right, if it is not tilted."""
        return self.foot[0] + self.width / 2


def page_text(
    lines: Sequence[PageLine], onto: Transform, fonts: TextFonts, language: str | None
) -> tuple[bytes, set[Face]]:
    """The operators that write the lines, and the faces of the fonts that they use.

    `onto` maps scan pixels to points of the page; a line says its language where it is not `language`.
    """
    placed = [_placed_line(line, onto) for line in lines]
    size = _font_size(placed)
    faces: set[Face] = set()
    out = ["BT\n3 Tr\n"]
    for line, close in zip(lines, placed, strict=True):
        words = _apart(close, _SPACE * size)
        named = line.language is not None and line.language != language
        if named:
            out.append(f"/Span {syntax({'Lang': Text(line.language or '')}).decode('ascii')} BDC\n")
        for own, following in pairwise([*words, None]):
            if own is not None:
                out.append(_word(own, following, size, fonts, faces))
        if named:
            out.append("EMC\n")
    out.append("ET\n")
    return "".join(out).encode("ascii"), faces


def _placed_line(line: PageLine, onto: Transform) -> list[_Placed]:
    """The words of a line on the page."""
    (x0, y0), (x1, y1) = onto.points(_direction(line))
    angle = atan2(y1 - y0, x1 - x0)
    if abs(degrees(angle)) >= _TILTED:
        return [_placed(word, angle, onto) for word in line.words]
    slope = tan(angle)
    return _on_one_level(_levelled([_placed(word, 0.0, onto) for word in line.words], slope), slope)


def _on_one_level(words: Sequence[_Placed], slope: float) -> list[_Placed]:
    """The words of a line that is a little tilted, said to stand on one level, or as near to it as their boxes reach.

    Poppler takes the left and right end of a tilted line for two lines where their feet are half a size apart.
    """
    ends = [own.foot[0] for own in words]
    if abs(slope) * (max(ends) - min(ends)) < _STEP_SEEN * median(own.height for own in words):
        return list(words)
    level = median(own.foot[1] + own.height / 2 for own in words)
    return [replace(own, raised=min(max(level - own.foot[1], 0.0), own.height)) for own in words]


def _levelled(words: Sequence[_Placed], slope: float) -> list[_Placed]:
    """The words, of which the short ones reach no lower and no higher than the long ones; dashes reach the base line.

    Engines take parts of the lines above and below for a part of a word of one letter.
    """
    long = [own for own in words if len(own.word.text) >= _LONG]
    if len(long) < _LONG_WORDS:
        return list(words)
    feet = [own.foot[1] - slope * own.middle for own in long]
    low, base = min(feet), median(feet)
    high = max(own.foot[1] + own.height - slope * own.middle for own in long)
    levelled = []
    for own in words:
        x, y = own.foot
        bottom, top = y - slope * own.middle, y + own.height - slope * own.middle
        if not any(map(str.isalnum, own.word.text)):
            bottom = min(bottom, base)
        if len(own.word.text) < _LONG and max(bottom, low) < min(top, high):
            bottom, top = max(bottom, low), min(top, high)
        levelled.append(replace(own, foot=(x, bottom + slope * own.middle), height=top - bottom))
    return levelled


def _apart(words: Sequence[_Placed], space: float) -> list[_Placed]:
    """The words of a line, with at least so much white between them: where there is less, the longer word is cut."""
    apart = list(words)
    for n in range(1, len(apart)):
        before, after = apart[n - 1], apart[n]
        lacking = space - _gap(before, after)
        if lacking <= 0 or _gap(before, after) <= -before.width:
            continue
        if before.width >= after.width:
            apart[n - 1] = replace(before, width=max(before.width - lacking, before.width / 2))
        else:
            cut = min(lacking, after.width / 2)
            x, y = after.foot
            foot = (x + cut * cos(after.angle), y + cut * sin(after.angle))
            apart[n] = replace(after, foot=foot, width=after.width - cut)
    return apart


def _direction(line: PageLine) -> tuple[Point, Point]:
    """Two points of which the second is further along the line."""
    if len(line.outline.points) == 4:
        return line.outline.points[0], line.outline.points[1]
    first, last = line.words[0].box, line.words[-1].box
    if len(line.words) < 3:
        return (float(first.left), 0.0), (float(first.right), 0.0)
    return _middle(first), _middle(last)


def _middle(box: Box) -> Point:
    return (box.left + box.right) / 2, (box.top + box.bottom) / 2


def _placed(word: PageWord, angle: float, onto: Transform) -> _Placed:
    """The word on the page: its box as it is, or the tilted rectangle that fits into its box."""
    points = onto.points(word.box.corners)
    xs, ys = [x for x, _ in points], [y for _, y in points]
    left, bottom, wide, high = min(xs), min(ys), max(xs) - min(xs), max(ys) - min(ys)
    if not angle:
        return _Placed(word, (left, bottom), wide, high, 0.0)
    c, s = abs(cos(angle)), abs(sin(angle))
    # A rectangle of width w and height h, tilted, has a box of w c + h s by w s + h c. Near 45 degrees these do not
    # say what w and h are; then the word is as high as its letters are wide.
    letters = max(1, len(word.text))
    if abs(c * c - s * s) > 0.2:
        width, height = (wide * c - high * s) / (c * c - s * s), (high * c - wide * s) / (c * c - s * s)
    else:
        width = height = 0.0
    if min(width, height) < 0.1 * min(wide, high):
        width = max(wide, high) / (max(c, s) + min(c, s) / letters)
        height = width / letters
    u, v = (cos(angle), sin(angle)), (-sin(angle), cos(angle))
    x, y = left + wide / 2, bottom + high / 2
    foot = (x - (u[0] * width + v[0] * height) / 2, y - (u[1] * width + v[1] * height) / 2)
    return _Placed(word, foot, width, height, angle)


def _font_size(lines: Sequence[Sequence[_Placed]]) -> float:
    """The size of the page's font in points."""
    usual = median([own.height for line in lines for own in line] or [1.0])
    feet = [median(own.foot[1] for own in line) for line in lines if line]
    steps = [above - below for above, below in pairwise(feet) if above - below > 0.8 * usual]
    gaps = sorted(gap for line in lines for own, other in pairwise(line) if (gap := _gap(own, other)) > 0)
    narrow = gaps[len(gaps) // 10] / _SPACE if gaps else _MOST_SIZE * usual
    return min(max(min(median(steps or [_USUAL_SIZE * usual]), narrow), _LEAST_SIZE * usual), _MOST_SIZE * usual)


def _word(own: _Placed, following: _Placed | None, size: float, fonts: TextFonts, faces: set[Face]) -> str:
    face, font_size = fonts.sized(own.height, size, own.raised)
    faces.add(face)
    # Text in a PDF stands as it is seen: from left to right.
    codes, count = fonts.coded(_as_seen(own.word.text))
    letter = font_size * LETTER / UNITS
    c, s = number(cos(own.angle)), number(sin(own.angle))
    minus_s = number(-sin(own.angle))
    x, y = own.foot
    if face.descent < -1:
        y += font_size * -face.descent / UNITS
    shown = (
        f"/F{face.name} {number(font_size)} Tf {number(100 * own.width / (count * letter))} Tz "
        f"{c} {s} {minus_s} {c} {number(x)} {number(y)} Tm <{codes.hex()}> Tj\n"
    )
    if following is not None:
        space, _ = fonts.coded(" ")
        shown += f"{number(100 * max(_gap(own, following), _LEAST_SPACE) / letter)} Tz <{space.hex()}> Tj\n"
    return shown


def _gap(own: _Placed, following: _Placed) -> float:
    """How much white there is between two words of a line, in points along it."""
    dx, dy = following.foot[0] - own.foot[0], following.foot[1] - own.foot[1]
    along = dx * cos(own.angle) + dy * sin(own.angle)
    return along - own.width


def _as_seen(text: str) -> str:
    return text[::-1] if any(bidirectional(c) in ("R", "AL") for c in text) else text
