"""Pages as JPEG: cut out of their scan, upright, whole or in tiles. Pixels come as arrays, files go as bytes."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from math import sqrt

import numpy as np
from PIL import Image

from align.export.images.tiles import TILE_SIZE, Tile, image_files
from align.model import Frame
from align.pixels import Pixels

# Quality of a JPEG, 0 to 100. At 85 letters and paper look as on the scan; at 75 typed letters have gray haloes.
QUALITY = 85
# Pixels of the longer side. Viewers show a strip of thumbnails 128 points high; some screens have two pixels a point.
THUMBNAIL_SIDE = 256
# All settings that change the image files of a page: files made with other settings are made again.
ENCODING = f"JPEG {QUALITY}, thumbnail {THUMBNAIL_SIDE}, tiles {TILE_SIZE}"


def page_image(pixels: Pixels, frame: Frame) -> Image.Image:
    """The page as it is read: the frame cut out of its scan and turned upright.

    Pixels: the whole scan, uint8, (height, width) gray or (height, width, 3) RGB.
    """
    box = frame.box
    turned = np.rot90(pixels[box.top : box.bottom, box.left : box.right], k=-frame.rotation // 90)
    return Image.fromarray(np.ascontiguousarray(turned))


def upright_size(frame: Frame) -> tuple[int, int]:
    """Width and height of the page as page_image gives it."""
    turned = frame.rotation in (90, 270)
    return (frame.box.height, frame.box.width) if turned else (frame.box.width, frame.box.height)


def fitting(size: tuple[int, int], *, max_pixels: int) -> tuple[int, int]:
    """The size, reduced in proportion where it has more than `max_pixels` pixels.

    >>> fitting((4000, 6000), max_pixels=6_000_000), fitting((40, 60), max_pixels=6_000_000)
    ((2000, 3000), (40, 60))
    """
    width, height = size
    scale = min(1.0, sqrt(max_pixels / (width * height)))
    return max(1, int(width * scale + 1e-6)), max(1, int(height * scale + 1e-6))


def jpeg(image: Image.Image, *, size: tuple[int, int] | None = None, quality: int = QUALITY) -> bytes:
    """The image as a baseline JPEG without metadata, gray or colour like the image; `size` changes width and height."""
    if size not in (None, image.size):
        image = image.resize(size, Image.Resampling.LANCZOS, reducing_gap=2.0)
    buffer = BytesIO()
    image.save(buffer, "JPEG", quality=quality, optimize=True)
    return buffer.getvalue()


def thumbnail_size(width: int, height: int) -> tuple[int, int]:
    """Width and height of the thumbnail of an image of this size, at least one pixel each, and never larger.

    >>> thumbnail_size(2000, 3000), thumbnail_size(100, 50)
    ((171, 256), (100, 50))
    """
    share = min(1.0, THUMBNAIL_SIDE / max(width, height))
    return max(1, round(width * share)), max(1, round(height * share))


def thumbnail(image: Image.Image) -> bytes:
    """The image as a small JPEG, of the size that thumbnail_size gives."""
    return jpeg(image, size=thumbnail_size(*image.size))


def tile_jpegs(image: Image.Image) -> Iterator[tuple[str, bytes]]:
    """Path and bytes of every tile of the image, as align.export.images.tiles lists them.

    Each scale is made from the one before it: two by two pixels become one, which fits the grid of tiles exactly.
    """
    reduced, scale = image, 1
    for path, tile in image_files(*image.size):
        while scale < tile.scale:
            reduced, scale = reduced.reduce(2), scale * 2
        yield path, jpeg(_cut(reduced, tile))


def _cut(reduced: Image.Image, tile: Tile) -> Image.Image:
    box = tile.reduced
    return reduced.crop((box.left, box.top, box.right, box.bottom))
