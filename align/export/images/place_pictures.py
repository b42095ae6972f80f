"""Small pictures of places on a page, for the rows of a table: lines of the page with what they are about framed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PIL import Image, ImageDraw

from align.export.images.page_images import jpeg
from align.model import Box, Point

# Pixels of a picture at most. A line of a typescript, 60 letters, is 8 pixels a letter wide: as small as can be read.
WIDTH, HEIGHT = 480, 120
# What is shown around the place, as a share of its height, and at least so many pixels of the page's picture.
_AROUND, _LEAST_AROUND = 0.6, 14
_FRAME = (200, 30, 30)
# Quality of the JPEG, 0 to 100: letters of this size stay legible, and 5,000 pictures stay below 40 MB.
_QUALITY = 35


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture as a JPEG file, with its width and height in pixels."""

    data: bytes
    width: int
    height: int


def place_picture(page: Image.Image, box: Box, outlines: Sequence[Sequence[Point]]) -> Picture:
    """A picture of the place that the outlines frame; of the beginning of the box where there are none.

    Box and outlines are in pixels of the page's picture. A place larger than the picture allows is shown in its
    beginning.
    """
    left, top, right, bottom = _part(page.size, box, outlines)
    scale = min(1.0, WIDTH / (right - left))
    bottom = min(bottom, top + max(1, int(HEIGHT / scale)))
    size = max(1, round((right - left) * scale)), max(1, round((bottom - top) * scale))
    part = page.crop((left, top, right, bottom)).resize(size, Image.Resampling.BILINEAR, reducing_gap=2.0)
    part = part.convert("RGB")
    pen = ImageDraw.Draw(part)
    for points in outlines:
        pen.polygon([((x - left) * scale, (y - top) * scale) for x, y in points], outline=_FRAME)
    return Picture(jpeg(part, quality=_QUALITY), *size)


def _part(size: tuple[int, int], box: Box, outlines: Sequence[Sequence[Point]]) -> tuple[int, int, int, int]:
    """The part of the page: as wide as a picture at half the page's size, around the place."""
    xs = [x for points in outlines for x, _ in points] or [box.left, box.right]
    ys = [y for points in outlines for _, y in points] or [box.top, min(box.bottom, box.top + 2 * HEIGHT)]
    around = max(_LEAST_AROUND, _AROUND * min(max(ys) - min(ys), HEIGHT))
    wide = max(2 * WIDTH, max(xs) - min(xs) + 2 * around)
    middle = (min(xs) + max(xs)) / 2
    left = max(0, min(round(middle - wide / 2), size[0] - round(wide)))
    top = min(max(0, round(min(ys) - around)), size[1] - 1)
    right = min(size[0], left + round(wide))
    bottom = min(size[1], max(top + 1, round(max(ys) + around)))
    return left, top, right, bottom
