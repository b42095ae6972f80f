"""The rows of boxes, outlines, spans, areas and shares of one, as all records write them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from align.model import Area, Box, Page, Polygon, Span
from align.records.record import ReadRow, Row


def encoded_area(area: Area, pages: Mapping[int, Page]) -> Row:
    """The row of an area, with label and scan of its page; `pages` by order. KeyError where its page is missing."""
    page = pages[area.page]
    return {
        "page": area.page,
        "label": page.label,
        "scan": page.scan.path,
        "scan_index": page.scan.index,
        "boxes": [encoded_box(box) for box in area.boxes],
        "polygons": [encoded_polygon(polygon) for polygon in area.polygons],
        "lines": [None if index is None else page.line_id(index) for index in area.lines],
        "spans": None if area.spans is None else encoded_spans(area.spans),
    }


def decoded_area(row: ReadRow, line_numbers: Mapping[str, int]) -> Area:
    """The area of such a row; `line_numbers` gives the 0-based index of a line on its page by the line's id."""
    return Area(
        page=row["page"],
        boxes=tuple(Box.from_xywh(box) for box in row["boxes"]),
        polygons=tuple(decoded_polygon(points) for points in row["polygons"]),
        lines=tuple(None if line is None else line_numbers[line] for line in row["lines"]),
        spans=None if row["spans"] is None else decoded_spans(row["spans"]),
    )


def line_numbers_of(pages: Iterable[Page]) -> dict[str, int]:
    """The 0-based index of each line on its page, by the line's id."""
    return {page.line_id(index): index for page in pages for index in range(len(page.lines))}


def encoded_box(box: Box) -> list[int]:
    """Left, top, width and height."""
    return list(box.xywh)


def encoded_polygon(polygon: Polygon) -> list[list[float]]:
    """The points to a tenth of a pixel."""
    # Adding zero turns the -0.0 of a point just outside the scan into 0.0.
    return [[round(x, 1) + 0.0, round(y, 1) + 0.0] for x, y in polygon.points]


def decoded_polygon(points: Sequence[Sequence[float]]) -> Polygon:
    """The outline of these points."""
    return Polygon(tuple((x, y) for x, y in points))


def encoded_spans(spans: Sequence[Span]) -> list[list[int]]:
    """Start and end of each span."""
    return [[start, end] for start, end in spans]


def decoded_spans(rows: Sequence[Sequence[int]]) -> tuple[Span, ...]:
    """The spans of these pairs."""
    return tuple((start, end) for start, end in rows)


def encoded_share(value: float) -> float:
    """A share of one, such as a score, to four decimals."""
    return round(float(value), 4)


def encoded_confidence(value: float | None) -> float | None:
    """A confidence, to four decimals; None where none is stated."""
    return None if value is None else encoded_share(value)
