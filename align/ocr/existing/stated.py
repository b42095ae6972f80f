"""What a file of existing OCR states: pages with their size, lines with words, in the file's own units."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import cast

from lxml import etree

from align.model import Line, Point, Rotation

Outline = tuple[Point, ...]

# No scan is wider, in any unit; a larger coordinate is a mistake or an attack.
LARGEST = 1_000_000.0
# Points. An outline has a few hundred at most, but for some that go along each pixel: these are replaced by their box.
MOST_POINTS = 1000

_NUMBER = re.compile(r"[-+]?\d+(?:\.\d*)?(?:[eE][-+]?\d+)?")
# An outline of more points keeps its shape without one of them.
_FEW_POINTS = 4
# A point is a mistake if it is so many times as far from all others as these are from each other.
_STRAY = 1.5
_SOFT_HYPHEN = "\u00ad"
HYPHENS = "-‐\u2011¬"  # as they occur at line ends


@dataclass(frozen=True, slots=True)
class StatedLine:
    """A line, with the turn that makes it upright and its language (BCP 47) where the file states them."""

    line: Line
    rotation: Rotation | None = None
    language: str | None = None


Sides = tuple[tuple[float, float, float, float], ...]
"""Left, top, right and bottom of each written side of a scan, in the units of the file."""


@dataclass(frozen=True, slots=True)
class StatedPage:
    """A page of the file, its lines in reading order; its size in `pixels` or another unit, None where not stated.

    `misplaced` are the words, in their order, whose place cannot be used: they are left out, or put beside others.
    `estimated` are texts that have no line of their own in the file, put where there is room; `unused` are those for
    which there is none.
    `relative`: places are shares of the page's sides, of which the size says the whole, so that any scan has its shape.
    `fault` says why the page fails, in words that follow the file's name. `image` is the name of its image, as stated.
    `sides` are the two of a spread, where the file states them.
    `in_pixels` is the same page without its size, where its lines go on behind the edges that the size states: it
    counts if its places fit the scan as they are.
    """

    width: float | None
    height: float | None
    lines: tuple[StatedLine, ...]
    pixels: bool = True
    misplaced: tuple[str, ...] = ()
    estimated: tuple[str, ...] = ()
    unused: tuple[str, ...] = ()
    relative: bool = False
    fault: str | None = None
    image: str = ""
    sides: Sides = ()
    in_pixels: StatedPage | None = None


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of text, usually a word, with its outline and its confidence 0..1 where they are stated.

    `absurd`: a place is stated that can be none, such as NaN, or a width below zero; it then has no outline.
    """

    text: str
    outline: Outline | None = None
    confidence: float | None = None
    absurd: bool = False


def name_of(element: etree._Element) -> str:
    """The element's name without its namespace; empty for comments and the like."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def inherited(element: etree._Element, *names: str) -> str | None:
    """The value of the first of these attributes that the element has, or the nearest element around it, up to Page."""
    node: etree._Element | None = element
    while node is not None:
        for name in names:
            value = node.get(name)
            if value is not None:
                return str(value)
        node = None if name_of(node) == "Page" else node.getparent()
    return None


def number(text: str | None) -> float | None:
    """The number; None where there is none, or it is too large for a place on a scan."""
    try:
        value = float(text) if text is not None else LARGEST + 1
    except ValueError:
        return None
    return value if abs(value) <= LARGEST else None


def length(text: str | None) -> float | None:
    """The number if a page can have that size, which is at least one unit; else None."""
    value = number(text)
    return value if value is not None and value >= 1 else None


def confidence(text: str | None) -> float | None:
    """The confidence 0..1; some programs state it in percent."""
    value = number(text)
    if value is None or not 0 <= value <= 100:
        return None
    return value if value <= 1 else value / 100


def quarter(degrees: str | None) -> Rotation | None:
    """The clockwise turn that makes text upright, rounded to whole quarters; None where no angle is stated.

    All formats state the same angle: in ALTO and hOCR it is how far the text was turned counter-clockwise, in PAGE how
    far the text must be turned clockwise to be upright.
    """
    value = number(degrees)
    if value is None:
        return None
    return cast(Rotation, round(value / 90) % 4 * 90)


def points(text: str | None) -> Outline | None:
    """The points of a list such as "1,2 3,4" or "1 2 3 4"; None where they are no outline; a box for very many.

    Of five points or more, single ones that are no numbers, or far away from all others, are left out.
    """
    stated = text or ""
    parts = stated.split() if stated.count(",") >= _FEW_POINTS else [stated]
    numbers = [[number(match.group()) for match in _NUMBER.finditer(part)] for part in parts]
    if len(parts) > _FEW_POINTS:
        kept = [pair for pair in numbers if len(pair) == 2 and None not in pair]
        numbers = kept if len(kept) > len(parts) - len(kept) else numbers
    flat = [value for part in numbers for value in part]
    values = [value for value in flat if value is not None]
    if len(flat) % 2 or len(flat) < 6 or len(values) < len(flat):
        return None
    outline = _without_strays(tuple(zip(values[::2], values[1::2], strict=True)))
    if not has_extent(outline):
        return None
    return outline if len(outline) <= MOST_POINTS else around([outline])


def _without_strays(outline: Outline) -> Outline:
    """The outline without a point that is further from all others, along one axis, than these are from each other."""
    for axis in (0, 1):
        levels = sorted(point[axis] for point in outline)
        for own, beside, other in ((levels[0], levels[1], levels[-1]), (levels[-1], levels[-2], levels[0])):
            rest = abs(other - beside)
            if len(outline) > _FEW_POINTS and rest > 0 and abs(beside - own) > _STRAY * rest:
                outline = tuple(point for point in outline if point[axis] != own)
    return outline


def polyline(text: str | None) -> Outline | None:
    """The points of a baseline such as "1,2 30,4"; None where they are fewer than two, or all the same."""
    values = [number(match.group()) for match in _NUMBER.finditer(text or "")]
    known = [value for value in values if value is not None]
    if len(known) < len(values) or len(known) % 2 or not 4 <= len(known) <= 2 * MOST_POINTS:
        return None
    line = tuple(zip(known[::2], known[1::2], strict=True))
    return line if line[0] != line[-1] else None


def rectangle(left: float | None, top: float | None, width: float | None, height: float | None) -> Outline | None:
    """The four corners, clockwise from the top left; None where a number is missing or the rectangle is empty."""
    if left is None or top is None or width is None or height is None or width <= 0 or height <= 0:
        return None
    right, bottom = left + width, top + height
    return (left, top), (right, top), (right, bottom), (left, bottom)


def around(outlines: Iterable[Outline]) -> Outline:
    """The corners of the rectangle around outlines."""
    xs, ys = zip(*[point for outline in outlines for point in outline], strict=True)
    left, top, right, bottom = min(xs), min(ys), max(xs), max(ys)
    return (left, top), (right, top), (right, bottom), (left, bottom)


def is_upright(outline: Outline) -> bool:
    """Whether an outline is a rectangle as `rectangle` makes it, whose corners are clockwise from the top left."""
    if len(outline) != 4:
        return False
    (left, top), (right, level), (across, bottom), last = outline
    return level == top and across == right and last == (left, bottom) and left < right and top < bottom


def clean(text: str) -> str:
    """The text without control characters and with single spaces; a soft hyphen at its end becomes a hyphen."""
    if text.isprintable():  # has none of these, and no white space but blanks
        return " ".join(text.split()) if " " in text else text
    if text.rstrip().endswith(_SOFT_HYPHEN):
        text = text.rstrip()[:-1] + "-"
    spaced = "".join(" " if c.isspace() else c for c in text)
    return " ".join("".join(c for c in spaced if unicodedata.category(c) not in ("Cc", "Cf", "Cs", "Cn")).split())


def cleaned(piece: Piece) -> Piece:
    """The piece with its text as `clean` makes it."""
    text = clean(piece.text)
    return piece if text == piece.text else replace(piece, text=text)


def hyphenated(piece: Piece, hyphen: str | None, outline: Outline | None) -> Piece:
    """The piece with the hyphen that follows it at the end of the line."""
    if piece.text.rstrip().endswith((*HYPHENS, _SOFT_HYPHEN)):
        return piece
    joined = around([piece.outline, outline]) if piece.outline and outline else piece.outline
    return Piece(piece.text.rstrip() + (clean(hyphen or "") or "-"), joined, piece.confidence, piece.absurd)


def has_extent(outline: Outline) -> bool:
    """Whether an outline has a width and a height."""
    xs, ys = [x for x, _ in outline], [y for _, y in outline]
    return max(xs) > min(xs) and max(ys) > min(ys)


def right_to_left(text: str) -> bool:
    """True where most letters are of a script that runs from right to left (UAX 9: R, AL)."""
    classes = [unicodedata.bidirectional(c) for c in text]
    return sum(c in ("R", "AL") for c in classes) > sum(c == "L" for c in classes)
