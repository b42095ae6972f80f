"""Pictures of pages for notebooks: a page with its areas and findings, and a place cut out of its scan."""

from __future__ import annotations

from collections.abc import Iterable
from io import BytesIO

from PIL import Image, ImageDraw

from align.api.volume_index import VolumeIndex
from align.errors import ScanError
from align.export import overlay_png, page_image
from align.export.overlay.scene import lay_out
from align.files.scans.fingerprints import CHANGED
from align.model import Box, Finding, Frame, Page, Polygon

# A screen's height twice over: letters of a typescript can be read.
LONGEST_SIDE = 1600
# The report's red, thick enough to be seen over the tints.
FINDING_COLOUR, FINDING_WIDTH = "#c2182b", 3


def page_picture(index: VolumeIndex, page: Page, findings: Iterable[Finding], max_side: int) -> Image.Image:
    """The page with its sentences tinted and numbered, as overlays show it, and the findings framed in red.

    The picture's paper is white where the scan cannot be opened. ScanError ("changed") where it is not the one that the
    run read: its lines would be drawn over another page.
    """
    links, matches = index.links_of_pages.get(page.order, ()), index.matches[page.order]
    try:
        pixels = index.pixels(page) if page.frame else None
    except ScanError as error:
        if error.cause == CHANGED:
            raise
        pixels = None
    image = Image.open(BytesIO(overlay_png(pixels, page, links, matches=matches, max_side=max_side)))
    image.load()
    outlines = [outline for finding in findings for outline in _outlines(finding, page)]
    if outlines:
        picture = lay_out(page, links, matches=matches)
        scale = image.width / picture.view.width
        draw = ImageDraw.Draw(image)
        for outline in outlines:
            corners = [
                ((x - picture.view.left) * scale, (y - picture.view.top) * scale)
                for x, y in picture.upright.points(outline.points)
            ]
            draw.polygon(corners, outline=FINDING_COLOUR, width=FINDING_WIDTH)
    return image


def _outlines(finding: Finding, page: Page) -> list[Polygon]:
    """Where the finding is on this page: its areas, or else its lines."""
    areas = [polygon for area in finding.areas if area.page == page.order for polygon in area.polygons]
    named = set(finding.lines)
    lines = (line for index, line in enumerate(page.lines) if page.line_id(index) in named)
    return areas or [outline for line in lines for outline in line.drawn]


def cut_out(index: VolumeIndex, page: Page, box: Box, margin: int) -> Image.Image:
    """The box cut out of the page's scan with a margin in pixels, turned upright; ScanError without the scan."""
    pixels = index.pixels(page)
    height, width = pixels.shape[:2]
    wider = Box(
        max(0, box.left - margin),
        max(0, box.top - margin),
        min(width, box.right + margin),
        min(height, box.bottom + margin),
    )
    return page_image(pixels, Frame(wider, page.frame.rotation if page.frame else 0))
