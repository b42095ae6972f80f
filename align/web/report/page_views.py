"""What a finding shows of a page: a part of the page's picture, and outlines drawn over it.

The picture of a page shows its frame alone, turned upright, large enough for typescript to be read. All coordinates of
this module are pixels of that picture.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median
from typing import Literal

from align.export.overlay.scene import upright_transform
from align.model import Area, Box, Frame, Page, Point, Polygon, Transform

# The largest picture, in pixels. At a width of 1400 a letter of a line of 60 letters is 20 pixels wide: as sharp as a
# screen of double density shows it.
PICTURE_WIDTH, PICTURE_HEIGHT = 1400, 2400
# Lines of context above and below the outlines, and the most lines shown. Of a longer passage the beginning is shown.
CONTEXT_LINES, MOST_LINES = 1.5, 16.0
# From one line to the next, in heights of a line, as in most typescripts and books.
LEADING = 1.7
# The height of a line, as a share of the page's height, where no line was read.
USUAL_LINE = 0.018

Mark = Literal["lines", "around", "gap"]


@dataclass(frozen=True, slots=True)
class Outline:
    """An outline to draw: lines that the finding is about, lines around it, or the gap where something is missing."""

    mark: Mark
    points: tuple[Point, ...]


@dataclass(frozen=True, slots=True)
class View:
    """A part of a page's picture with its outlines; `page` is its order. `whole` says that no place is known."""

    page: int
    box: Box
    outlines: tuple[Outline, ...]
    whole: bool = False


def picture_size(frame: Frame) -> tuple[int, int]:
    """Width and height of the picture of a page in pixels. A small scan is not enlarged."""
    paper = upright_transform(frame)[1]
    scale = min(1.0, PICTURE_WIDTH / paper.width, PICTURE_HEIGHT / paper.height)
    return max(1, round(paper.width * scale)), max(1, round(paper.height * scale))


def to_picture(frame: Frame) -> Transform:
    """The map from scan pixels to the page's picture."""
    upright, paper = upright_transform(frame)
    width, height = picture_size(frame)
    return upright.then(Transform.shift(-paper.left, -paper.top)).then(
        Transform.scale(width / paper.width, height / paper.height)
    )


def outlined_view(page: Page, polygons: Sequence[Polygon], *, mark: Mark = "lines") -> View:
    """The part of a page that these polygons (in scan pixels) enclose, with lines of context around it."""
    assert page.frame is not None
    place = to_picture(page.frame)
    outlines = tuple(Outline(mark, _rounded(place.points(polygon.points))) for polygon in polygons)
    return View(page.order, _part(page, outlines), outlines)


def gap_view(page: Page, before: Area | None, after: Area | None) -> View:
    """The gap between two areas of one page: both outlined, and a stroke between them."""
    assert page.frame is not None
    place = to_picture(page.frame)
    outlines = []
    stroke: Polygon | None = None
    if before is not None:
        outlines.append(Outline("around", _rounded(place.points(before.polygons[-1].points))))
        stroke = _stroke(outlines[-1].points, at_end=True)
    if after is not None:
        outlines.append(Outline("around", _rounded(place.points(after.polygons[0].points))))
        stroke = stroke or _stroke(outlines[-1].points, at_end=False)
    if stroke is not None:
        outlines.append(Outline("gap", _rounded(stroke.points)))
    return View(page.order, _part(page, outlines), tuple(outlines))


def whole_view(page: Page) -> View:
    """The whole page, nothing outlined."""
    assert page.frame is not None
    return View(page.order, Box(0, 0, *picture_size(page.frame)), (), whole=True)


def line_height(page: Page) -> float:
    """The median height of the lines in the picture, each by its highest word: the box of a skewed line is too high."""
    assert page.frame is not None
    height = picture_size(page.frame)[1]
    place = to_picture(page.frame)
    heights = [max(_height(place, word.box) for word in line.words) for line in page.lines]
    return median(heights) if heights else USUAL_LINE * height


def _height(place: Transform, box: Box) -> float:
    ys = [y for _, y in place.points(box.corners)]
    return max(ys) - min(ys)


def _part(page: Page, outlines: Sequence[Outline]) -> Box:
    """The part of the picture around the outlines, with lines of context. It is as wide as the text: no line is cut."""
    assert page.frame is not None
    width, height = picture_size(page.frame)
    em = line_height(page)
    place = to_picture(page.frame)
    ys = [y for o in outlines for _, y in o.points]
    xs = [x for o in outlines for x, _ in o.points]
    xs += [x for line in page.lines for x, _ in place.points(line.polygon.points)]
    top = max(0.0, min(ys) - CONTEXT_LINES * LEADING * em)
    bottom = min(max(ys) + CONTEXT_LINES * LEADING * em, top + MOST_LINES * LEADING * em)
    (left, right), (upper, lower) = _within(min(xs) - em, max(xs) + em, width), _within(top, bottom, height)
    return Box(left, upper, right, lower)


def _within(low: float, high: float, size: int) -> tuple[int, int]:
    """The range in whole pixels, cut so that it lies within 0..size and is not empty."""
    first = min(max(round(low), 0), size - 1)
    return first, min(max(round(high), first + 1), size)


def _stroke(points: Sequence[Point], *, at_end: bool) -> Polygon:
    """A thin upright stroke just behind (or before) an outline."""
    xs, ys = [x for x, _ in points], [y for _, y in points]
    em = max(ys) - min(ys)
    x = max(xs) + 0.1 * em if at_end else min(xs) - 0.2 * em
    thin = max(2.0, 0.1 * em)
    low, high = min(ys) - 0.15 * em, max(ys) + 0.15 * em
    return Polygon(((x, low), (x + thin, low), (x + thin, high), (x, high)))


def _rounded(points: Sequence[Point]) -> tuple[Point, ...]:
    return tuple((round(x, 1), round(y, 1)) for x, y in points)
