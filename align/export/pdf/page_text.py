"""The text of a page as invisible words over their ink, in reading order.

A word is stretched to the width of its box and stands on the lower edge of it. The box of a word of a line that is a
little tilted is upright, as the boxes of its letters are; a line that is tilted more has tilted words.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import atan2, cos, degrees, hypot, sin
from statistics import median
from unicodedata import bidirectional

from align.export.pdf.invisible_font import LETTER, UNITS
from align.export.pdf.syntax import Text, number, syntax
from align.export.pdf.text_fonts import TextFonts
from align.model import Box, Point, Polygon, Transform

# Degrees. Below it the words of a line stand on steps; above it the steps would be as high as letters.
_TILTED = 3.0
# The size of a page's font, which is the distance of its lines, in usual heights of its words: at least, at most, and
# where a page has one line. Poppler takes words for one line whose feet differ by less than half the size, so that the
# lines of a tilted page stay whole.
_LEAST_SIZE, _MOST_SIZE, _USUAL_SIZE = 1.2, 4.0, 1.6


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
    """A word on the page in points: its foot on the left, its width along the line, its height across it."""

    word: PageWord
    foot: Point
    width: float
    height: float
    angle: float


def page_text(
    lines: Sequence[PageLine], onto: Transform, fonts: TextFonts, language: str | None
) -> tuple[bytes, set[int]]:
    """The operators that write the lines, and the ascents of the fonts that they use.

    `onto` maps scan pixels to points of the page; a line says its language where it is not `language`.
    """
    placed = [[_placed(word, angle, onto) for word in line.words] for line, angle in _angled(lines, onto)]
    size = _font_size(placed)
    ascents: set[int] = set()
    out = ["BT\n3 Tr\n"]
    for line, words in zip(lines, placed, strict=True):
        named = line.language is not None and line.language != language
        if named:
            out.append(f"/Span {syntax({'Lang': Text(line.language or '')}).decode('ascii')} BDC\n")
        for own, following in pairwise([*words, None]):
            if own is not None:
                out.append(_word(own, following, size, fonts, ascents))
        if named:
            out.append("EMC\n")
    out.append("ET\n")
    return "".join(out).encode("ascii"), ascents


def _angled(lines: Iterable[PageLine], onto: Transform) -> Iterable[tuple[PageLine, float]]:
    """Each line with the angle at which it runs on the page, anticlockwise; 0 where that is small."""
    for line in lines:
        (x0, y0), (x1, y1) = onto.points(_direction(line))
        angle = atan2(y1 - y0, x1 - x0)
        yield line, angle if abs(degrees(angle)) >= _TILTED else 0.0


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
    return min(max(median(steps or [_USUAL_SIZE * usual]), _LEAST_SIZE * usual), _MOST_SIZE * usual)


def _word(own: _Placed, following: _Placed | None, size: float, fonts: TextFonts, ascents: set[int]) -> str:
    ascent, font_size = fonts.sized(own.height, size)
    ascents.add(ascent)
    # Text in a PDF stands as it is seen: from left to right.
    codes, count = fonts.coded(_as_seen(own.word.text))
    letter = font_size * LETTER / UNITS
    c, s = number(cos(own.angle)), number(sin(own.angle))
    minus_s = number(-sin(own.angle))
    x, y = own.foot
    shown = (
        f"/F{ascent} {number(font_size)} Tf {number(100 * own.width / (count * letter))} Tz "
        f"{c} {s} {minus_s} {c} {number(x)} {number(y)} Tm <{codes.hex()}> Tj\n"
    )
    if following is not None and (gap := _gap(own, following)) > 0:
        space, _ = fonts.coded(" ")
        shown += f"{number(100 * gap / letter)} Tz <{space.hex()}> Tj\n"
    return shown


def _gap(own: _Placed, following: _Placed) -> float:
    """How much white there is between two words of a line, in points along it."""
    dx, dy = following.foot[0] - own.foot[0], following.foot[1] - own.foot[1]
    along = dx * cos(own.angle) + dy * sin(own.angle)
    return along - own.width if hypot(dx, dy) > 0 else 0.0


def _as_seen(text: str) -> str:
    return text[::-1] if any(bidirectional(c) in ("R", "AL") for c in text) else text
