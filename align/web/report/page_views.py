"""Where on a page a finding is looked at: the part of its picture that is shown, and what is outlined there.

A page's picture is the page turned upright, its frame alone, at a size at which typescript can be read. All that stands
here is in pixels of that picture.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median
from typing import Literal

from align.export.overlay.scene import upright_transform
from align.model import Area, Box, Frame, Page, Point, Polygon, Transform

# At 1400 pixels a page of 60 letters a line has 20 pixels a letter: as sharp as a screen of double density shows it.
PICTURE_WIDTH, PICTURE_HEIGHT = 1400, 2400
# Lines of context around what is outlined; of a long passage its beginning is shown, the rest is on the whole page.
CONTEXT_LINES, MOST_LINES = 1.5, 16.0
# From line to line, in heights of a line: of most typescripts and print.
LEADING = 1.7
# The height of a line where none was read, as a share of the page's.
USUAL_LINE = 0.018

Mark = Literal["lines", "around", "gap"]


@dataclass(frozen=True, slots=True)
class Outline:
    """What is drawn: lines that the finding is about, lines around it, or the gap where something is missing."""

    mark: Mark
    points: tuple[Point, ...]


@dataclass(frozen=True, slots=True)
class View:
    """A part of a page's picture (page by order) with what is outlined in it; `whole` where no place is known."""

    page: int
    box: Box
    outlines: tuple[Outline, ...]
    whole: bool = False


def picture_size(frame: Frame) -> tuple[int, int]:
    """Width and height of the picture of a page; a small scan is not made larger."""
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
    """What these outlines, in scan pixels, enclose on a page, with its context."""
    assert page.frame is not None
    place = to_picture(page.frame)
    outlines = tuple(Outline(mark, _rounded(place.points(polygon.points))) for polygon in polygons)
    return View(page.order, _part(page, outlines), outlines)


def gap_view(page: Page, before: Area | None, after: Area | None) -> View:
    """The place between two neighbours on one page: what ends before it, what begins after it, and a stroke there."""
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
    """How high a line of the page is in its picture, from its highest words: skew makes a line's own box higher."""
    assert page.frame is not None
    height = picture_size(page.frame)[1]
    place = to_picture(page.frame)
    heights = [max(_height(place, word.box) for word in line.words) for line in page.lines]
    return median(heights) if heights else USUAL_LINE * height


def _height(place: Transform, box: Box) -> float:
    ys = [y for _, y in place.points(box.corners)]
    return max(ys) - min(ys)


def _part(page: Page, outlines: Sequence[Outline]) -> Box:
    """What is shown around the outlines: lines of context, and across all of the text, so that no line is cut."""
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
    """The range in whole pixels, moved and cut so that it lies in 0..size and is not empty."""
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
