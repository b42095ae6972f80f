"""A page as a canvas: upright, the size of its frame, with places on it as selectors."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from align.export.overlay.scene import upright_transform
from align.model import Box, Page, Point, Polygon, Transform

Json = dict[str, object]


@dataclass(frozen=True, slots=True)
class CanvasGrid:
    """The pixels of a canvas: the page's frame turned upright, with the origin at its left top.

    `transform` maps scan pixels to them.
    """

    width: int
    height: int
    transform: Transform

    @classmethod
    def of(cls, page: Page) -> CanvasGrid | None:
        """The grid of a page's canvas, or None for a scan that could not be opened and has no size."""
        if page.frame is None:
            return None
        upright, paper = upright_transform(page.frame)
        return cls(paper.width, paper.height, upright.then(Transform.shift(-paper.left, -paper.top)))

    def box(self, box: Box) -> Box | None:
        """A box of the scan on the canvas, cut at its edges; None where it lies outside."""
        return Box.around(self.transform.points(box.corners)).intersection(Box(0, 0, self.width, self.height))

    def outline(self, polygon: Polygon) -> tuple[Point, ...]:
        """An outline of the scan on the canvas; points beyond an edge are moved onto it."""
        return tuple(
            (min(max(x, 0.0), float(self.width)), min(max(y, 0.0), float(self.height)))
            for x, y in self.transform.points(polygon.points)
        )


def selectors(grid: CanvasGrid, boxes: Iterable[Box], polygons: Iterable[Polygon]) -> list[Json] | None:
    """The place of some boxes with their outlines: one rectangle around all, and the outlines themselves.

    None where nothing is on the canvas. Outlines are paths, because Mirador draws no other element of an SVG.
    """
    shown = [
        (box, grid.outline(polygon))
        for box, polygon in zip(map(grid.box, boxes), polygons, strict=True)
        if box is not None
    ]
    if not shown:
        return None
    around = Box.union(box for box, _ in shown)
    path = " ".join(_path(points) for _, points in shown)
    return [
        {
            "type": "FragmentSelector",
            "conformsTo": "http://www.w3.org/TR/media-frags/",
            "value": fragment(around),
        },
        {"type": "SvgSelector", "value": f'<svg xmlns="http://www.w3.org/2000/svg"><path d="{path}"/></svg>'},
    ]


def fragment(box: Box) -> str:
    """The rectangle as a media fragment.

    >>> fragment(Box(10, 20, 40, 60))
    'xywh=10,20,30,40'
    """
    return "xywh=" + ",".join(str(value) for value in box.xywh)


def _path(points: Sequence[Point]) -> str:
    return "M" + " L".join(f"{_n(x)},{_n(y)}" for x, y in points) + " Z"


def _n(value: float) -> str:
    return f"{round(value, 1) + 0.0:.10g}"
