"""The translation as notes: each sentence is a mark over its lines, which paints nothing and has the text as a note.

Readers show the note when the pointer rests on the lines, and all notes of a page in a list.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from align.export.pdf.syntax import Name, Ref, Text, Value
from align.model import Link, Point, Polygon, Transform

# Print; a note without it, or one that is hidden, may not be in PDF/A (ISO 19005-2, section 6.3.2).
_PRINT = 4


def notes(links: Iterable[Link], order: int, onto: Transform, appearance: Ref) -> Iterator[dict[str, Value]]:
    """The notes of the page with this order: one for each translated sentence with a place on it, in their order."""
    for link in links:
        here = [polygon for area in link.areas if area.page == order for polygon in area.polygons]
        if link.kind != "translation" or not here:
            continue
        quads = [quad for polygon in here for quad in _quad(polygon, onto)]
        xs, ys = quads[0::2], quads[1::2]
        yield {
            "Type": Name("Annot"),
            "Subtype": Name("Highlight"),
            "Rect": [min(xs), min(ys), max(xs), max(ys)],
            "QuadPoints": quads,
            "Contents": Text(link.content),
            "T": Text(link.language),
            "NM": Text(link.sentence),
            "F": _PRINT,
            "AP": {"N": appearance},
        }


def _quad(polygon: Polygon, onto: Transform) -> Iterator[float]:
    """Eight numbers: both upper corners, then both lower ones, as readers have them rather than as ISO 32000 says."""
    corners: tuple[Point, ...] = polygon.points if len(polygon.points) == 4 else polygon.box.corners
    upper_left, upper_right, lower_right, lower_left = onto.points(corners)
    for point in (upper_left, upper_right, lower_left, lower_right):
        yield from point
