"""Outlines cut across the direction of reading: the parts that belong to words, or lie between two levels."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from align.model import Point, Rotation
from align.ocr.existing.stated import Outline, around, has_extent, right_to_left


def direction(tokens: Sequence[str], turn: Rotation) -> tuple[int, bool]:
    """The axis along which words follow one another (0 for x, 1 for y), and whether they run towards lower numbers."""
    return 0 if turn in (0, 180) else 1, (turn in (90, 180)) != right_to_left("".join(tokens))


def ends(outline: Outline, axis: int) -> tuple[float, float]:
    """The lowest and the highest x (axis 0) or y (axis 1) of the outline."""
    if len(outline) == 4:  # most are: without a list, because it is asked some twenty times a word
        a, b, c, d = outline[0][axis], outline[1][axis], outline[2][axis], outline[3][axis]
        return min(a, b, c, d), max(a, b, c, d)
    values = [point[axis] for point in outline]
    return min(values), max(values)


def low(outline: Outline, axis: int) -> float:
    """The lowest x (axis 0) or y (axis 1) of the outline."""
    return ends(outline, axis)[0]


def high(outline: Outline, axis: int) -> float:
    """The highest x (axis 0) or y (axis 1) of the outline."""
    return ends(outline, axis)[1]


def extent(outline: Outline, axis: int) -> float:
    """The width (axis 0) or the height (axis 1) of the outline."""
    lowest, highest = ends(outline, axis)
    return highest - lowest


def middle(outline: Outline, axis: int) -> float:
    """The x (axis 0) or y (axis 1) half way between the ends of the outline."""
    lowest, highest = ends(outline, axis)
    return (highest + lowest) / 2


def cut(outline: Outline, tokens: Sequence[str], turn: Rotation) -> Iterator[Outline]:
    """The parts of an outline that belong to the tokens, in proportion to their letters and the spaces between them."""
    if len(tokens) == 1:
        yield outline
        return
    axis, backwards = direction(tokens, turn)
    start, whole = low(outline, axis), extent(outline, axis)
    total, letters = sum(map(len, tokens)) + len(tokens) - 1, 0
    for token in tokens:
        a, b = letters / total, (letters + len(token)) / total
        if backwards:
            a, b = 1 - b, 1 - a
        yield strip(outline, axis, start + a * whole, start + b * whole)
        letters += len(token) + 1


def strip(outline: Outline, axis: int, lower: float, upper: float) -> Outline:
    """The part of an outline between two levels of x (axis 0) or y (axis 1) (Sutherland & Hodgman 1974)."""
    kept = _side(_side(outline, axis, lower, 1.0), axis, upper, -1.0)
    if len(kept) >= 3 and has_extent(kept):
        return kept
    (left, top), _, (right, bottom), _ = around([outline])
    return around([((lower, top), (upper, bottom))]) if axis == 0 else around([((left, lower), (right, upper))])


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
