"""What a file of existing OCR states: pages with their size, lines with words, in the file's own units."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import cast

from lxml import etree

from align.model import Box, Line, Point, Polygon, Rotation, Word

Outline = tuple[Point, ...]

# No scan is wider, in any unit; a larger coordinate is a mistake or an attack.
LARGEST = 1_000_000.0
# Points. An outline drawn by a program has a few hundred at most; an outline with more is replaced by its box.
MOST_POINTS = 1000

_NUMBER = re.compile(r"[-+]?\d+(?:\.\d*)?(?:[eE][-+]?\d+)?")
_SOFT_HYPHEN = "\u00ad"
HYPHENS = "-‐\u2011¬"  # as they occur at line ends


@dataclass(frozen=True, slots=True)
class StatedLine:
    """A line, with the turn that makes it upright and its language (BCP 47) where the file states them."""

    line: Line
    rotation: Rotation | None = None
    language: str | None = None


@dataclass(frozen=True, slots=True)
class StatedPage:
    """A page of the file, its lines in reading order; its size in `pixels` or another unit, None where not stated."""

    width: float | None
    height: float | None
    lines: tuple[StatedLine, ...]
    pixels: bool = True


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of text, usually a word, with its outline and its confidence 0..1 where they are stated."""

    text: str
    outline: Outline | None = None
    confidence: float | None = None


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
    """The points of a list such as "1,2 3,4" or "1 2 3 4"; None where they are no outline."""
    numbers = [number(match.group()) for match in _NUMBER.finditer(text or "")]
    if len(numbers) % 2 or not 6 <= len(numbers) <= 2 * MOST_POINTS:
        return None
    values = [value for value in numbers if value is not None]
    if len(values) < len(numbers):
        return None
    outline = tuple(zip(values[::2], values[1::2], strict=True))
    return outline if _has_extent(outline) else None


def rectangle(left: float | None, top: float | None, width: float | None, height: float | None) -> Outline | None:
    """The four corners, clockwise from the top left; None where a number is missing or the rectangle is empty."""
    if left is None or top is None or width is None or height is None or width <= 0 or height <= 0:
        return None
    right, bottom = left + width, top + height
    return (left, top), (right, top), (right, bottom), (left, bottom)


def around(outlines: Iterable[Outline]) -> Outline:
    """The corners of the rectangle around outlines."""
    every = [point for outline in outlines for point in outline]
    xs, ys = [x for x, _ in every], [y for _, y in every]
    return (min(xs), min(ys)), (max(xs), min(ys)), (max(xs), max(ys)), (min(xs), max(ys))


def clean(text: str) -> str:
    """The text without control characters and with single spaces; a soft hyphen at its end becomes a hyphen."""
    if text.rstrip().endswith(_SOFT_HYPHEN):
        text = text.rstrip()[:-1] + "-"
    spaced = "".join(" " if c.isspace() else c for c in text)
    return " ".join("".join(c for c in spaced if unicodedata.category(c) not in ("Cc", "Cf", "Cs", "Cn")).split())


def hyphenated(piece: Piece, hyphen: str | None, outline: Outline | None) -> Piece:
    """The piece with the hyphen that follows it at the end of the line."""
    if piece.text.rstrip().endswith((*HYPHENS, _SOFT_HYPHEN)):
        return piece
    joined = around([piece.outline, outline]) if piece.outline and outline else piece.outline
    return Piece(piece.text.rstrip() + (clean(hyphen or "") or "-"), joined, piece.confidence)


def built_line(pieces: Sequence[Piece], outline: Outline | None, *, region: int, turn: Rotation) -> Line | None:
    """The line of these pieces; words without an outline get a part of the line's outline, by their letters.

    `turn`: the clockwise turn that makes the line upright; it decides along which side the outline is cut. None where
    there is no text, or no place for it.
    """
    split_pieces = [(clean(piece.text).split(), piece) for piece in pieces]
    split_pieces = [(tokens, piece) for tokens, piece in split_pieces if tokens]
    if outline is not None and any(piece.outline is None for _, piece in split_pieces):
        tokens = [(token, piece) for tokens, piece in split_pieces for token in tokens]
        shares = _cut(outline, [token for token, _ in tokens], turn)
        words = [_word(token, piece, share) for (token, piece), share in zip(tokens, shares, strict=True)]
    else:
        words = [
            _word(token, piece, share)
            for tokens, piece in split_pieces
            if piece.outline is not None
            for token, share in zip(tokens, _cut(piece.outline, tokens, turn), strict=True)
        ]
    if not words:
        return None
    place = Box.union(word.box for word in words)
    polygon = Polygon(place.corners if outline is None else outline)
    # An outline that is not where the words are is a mistake of the program that wrote it.
    return Line(tuple(words), polygon if polygon.box.intersection(place) else Polygon(place.corners), region=region)


def _word(token: str, piece: Piece, outline: Outline) -> Word:
    return Word(token, Box.around(outline), Polygon(outline), piece.confidence)


def _cut(outline: Outline, tokens: Sequence[str], turn: Rotation) -> Iterator[Outline]:
    """The parts of an outline that belong to the tokens, in proportion to their letters and the spaces between them."""
    if len(tokens) == 1:
        yield outline
        return
    axis = 0 if turn in (0, 180) else 1
    backwards = (turn in (90, 180)) != right_to_left("".join(tokens))
    low = min(point[axis] for point in outline)
    extent = max(point[axis] for point in outline) - low
    total, start = sum(map(len, tokens)) + len(tokens) - 1, 0
    for token in tokens:
        a, b = start / total, (start + len(token)) / total
        if backwards:
            a, b = 1 - b, 1 - a
        yield _strip(outline, axis, low + a * extent, low + b * extent)
        start += len(token) + 1


def _strip(outline: Outline, axis: int, low: float, high: float) -> Outline:
    """The part of an outline between two levels of x (axis 0) or y (axis 1) (Sutherland & Hodgman 1974)."""
    kept = _side(_side(outline, axis, low, 1.0), axis, high, -1.0)
    if len(kept) >= 3 and _has_extent(kept):
        return kept
    (left, top), _, (right, bottom), _ = around([outline])
    return around([((low, top), (high, bottom))]) if axis == 0 else around([((left, low), (right, high))])


def _side(outline: Outline, axis: int, level: float, sign: float) -> Outline:
    """The part of an outline on one side of a level: beyond it with sign 1, before it with -1."""
    kept: list[Point] = []
    for (x0, y0), (x1, y1) in zip(outline[-1:] + outline[:-1], outline, strict=True) if outline else ():
        before, here = (x0, y0)[axis] - level, (x1, y1)[axis] - level
        if before * here < 0:
            share = before / (before - here)
            kept.append((x0 + share * (x1 - x0), y0 + share * (y1 - y0)))
        if here * sign >= 0:
            kept.append((x1, y1))
    return tuple(kept)


def _has_extent(outline: Outline) -> bool:
    xs, ys = [x for x, _ in outline], [y for _, y in outline]
    return max(xs) > min(xs) and max(ys) > min(ys)


def right_to_left(text: str) -> bool:
    """True where most letters are of a script that runs from right to left (UAX 9: R, AL)."""
    classes = [unicodedata.bidirectional(c) for c in text]
    return sum(c in ("R", "AL") for c in classes) > sum(c == "L" for c in classes)
