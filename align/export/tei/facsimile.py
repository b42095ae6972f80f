"""The pages of a text as a facsimile: a surface for each page, with zones for its lines and for the sentences on it.

All coordinates are pixels of the scan: those of the graphic. Where a page is a part of a scan, its surface covers that
part, and the graphic stands in a zone that is larger than the surface, as the Guidelines have it (chapter 12.1).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from align.export.tei.tags import PLAIN, Attributes, Markup
from align.export.tei.zones import SentenceZone
from align.model import Box, Page, Polygon, ScanInfo

# Media types of scans by the ends of their names.
_TYPES = {
    "jpg": "image/jpeg", "jpeg": "image/jpeg", "png": "image/png", "tif": "image/tiff", "tiff": "image/tiff",
    "webp": "image/webp", "jp2": "image/jp2", "pdf": "application/pdf",
}  # fmt: skip
# Pixels. An outline that is nowhere farther from its box is not written: the box says the same.
_SAME = 0.5


def facsimile(
    pages: Iterable[Page],
    zones: Mapping[int, Sequence[SentenceZone]],
    *,
    href: Callable[[ScanInfo], str],
    stem: str = "",
    markup: Markup = PLAIN,
) -> Iterator[str]:
    """The facsimile of these pages, line by line; none where no page could be opened.

    `zones` are those of sentences by the order of the page; `href` gives the address of a scan. All ids begin with
    `stem`, also those of lines and pages that the result files have without it.
    """
    shown = [page for page in pages if page.frame is not None]
    if not shown:
        return
    yield f"{markup.start('facsimile', {'xml:id': f'{stem}align.facsimile'})}\n"
    for page in shown:
        yield from _surface(page, zones.get(page.order, ()), href, stem, markup)
    yield f"{markup.end('facsimile')}\n"


def _surface(
    page: Page, zones: Sequence[SentenceZone], href: Callable[[ScanInfo], str], stem: str, markup: Markup
) -> Iterator[str]:
    assert page.frame is not None
    frame, whole = page.frame.box, Box(0, 0, page.scan.width, page.scan.height)
    attributes = {"xml:id": stem + page.id, "n": page.label, **_corners(frame)}
    yield f"{markup.start('surface', attributes)}\n"
    graphic = markup.empty("graphic", _graphic(page, href))
    if frame == whole:
        yield f"{graphic}\n"
    else:
        yield f"{markup.start('zone', {'type': 'scan', **_corners(whole)})}{graphic}{markup.end('zone')}\n"
    for index, line in enumerate(page.lines):
        role = None if line.role == "body" else line.role
        about = {"xml:id": stem + page.line_id(index), "type": "line", "subtype": role}
        yield f"{markup.empty('zone', {**about, **_place(line.box, line.polygon)})}\n"
    for zone in zones:
        yield from _zone(zone, page, stem, markup)
    yield f"{markup.end('surface')}\n"


def _zone(zone: SentenceZone, page: Page, stem: str, markup: Markup) -> Iterator[str]:
    about: Attributes = {"xml:id": zone.id, "type": "sentence"}
    parts = [
        {
            **_place(fragment.box, fragment.outline),
            "corresp": None if fragment.line is None else f"#{stem}{page.line_id(fragment.line)}",
        }
        for fragment in zone.fragments
    ]
    if len(parts) == 1:
        yield f"{markup.empty('zone', {**about, **parts[0]})}\n"
        return
    yield markup.start("zone", {**about, **_corners(zone.box)})
    yield from (markup.empty("zone", {"type": "fragment", **part}) for part in parts)
    yield f"{markup.end('zone')}\n"


def _graphic(page: Page, href: Callable[[ScanInfo], str]) -> Attributes:
    assert page.frame is not None
    scan, turn = page.scan, page.frame.rotation
    return {
        "url": href(scan),
        "mimeType": _TYPES.get(scan.path.rpartition(".")[2].lower()),
        "width": f"{scan.width}px",
        "height": f"{scan.height}px",
        "rend": f"rotate({turn})" if turn else None,
    }


def _place(box: Box, outline: Polygon) -> dict[str, str]:
    """The box, and the outline where it is another one."""
    corners = _corners(box)
    if len(outline.points) == 4 and all(
        min(abs(x - a) + abs(y - b) for a, b in box.corners) <= _SAME for x, y in outline.points
    ):
        return corners
    return {**corners, "points": " ".join(f"{_number(x)},{_number(y)}" for x, y in outline.points)}


def _corners(box: Box) -> dict[str, str]:
    return {"ulx": str(box.left), "uly": str(box.top), "lrx": str(box.right), "lry": str(box.bottom)}


def _number(value: float) -> str:
    return f"{round(value, 1) + 0.0:.10g}"
