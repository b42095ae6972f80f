"""The geometry of static tiles: the files of an image that no server cuts (IIIF Image API 3, level 0).

Regions are half-open, in pixels of the full image; a tile at scale factor s shows one pixel for s by s of them.
Pure arithmetic, after "Tile region parameter calculation" in the Image API's implementation notes.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from align.model import Box

# Pixels of a side of a tile.
TILE_SIZE = 512


@dataclass(frozen=True, slots=True)
class Tile:
    """One file: the region of the full image that it shows, at one pixel for `scale` by `scale` of the image's."""

    region: Box
    scale: int

    @property
    def width(self) -> int:
        """The file's width in pixels."""
        return _ceil(self.region.width, self.scale)

    @property
    def height(self) -> int:
        """The file's height in pixels."""
        return _ceil(self.region.height, self.scale)

    @property
    def reduced(self) -> Box:
        """The region in pixels of the image that is reduced by the scale factor."""
        left, top = self.region.left // self.scale, self.region.top // self.scale
        return Box(left, top, left + self.width, top + self.height)


def scale_factors(width: int, height: int, *, size: int = TILE_SIZE) -> tuple[int, ...]:
    """The scale factors of an image: 1, 2, 4 and on; at the last one, a single tile shows the whole image.

    >>> scale_factors(4000, 6000), scale_factors(512, 512)
    ((1, 2, 4, 8, 16), (1,))
    """
    factors = [1]
    while max(_ceil(width, factors[-1]), _ceil(height, factors[-1])) > size:
        factors.append(2 * factors[-1])
    return tuple(factors)


def tiles(width: int, height: int, *, scale: int, size: int = TILE_SIZE) -> Iterator[Tile]:
    """The tiles of an image at one scale factor, row by row: each pixel of the image is in exactly one of them.

    >>> [tile.region.xywh for tile in tiles(700, 400, scale=1)]
    [(0, 0, 512, 400), (512, 0, 188, 400)]
    """
    step = size * scale
    for top in range(0, height, step):
        for left in range(0, width, step):
            yield Tile(Box(left, top, min(left + step, width), min(top + step, height)), scale)


def whole(width: int, height: int, *, scale: int) -> Tile:
    """The one tile that shows the whole image at a scale factor: an entry of `sizes`."""
    return Tile(Box(0, 0, width, height), scale)


def image_path(tile: Tile, width: int, height: int) -> str:
    """The path of a tile's file below the image's own address: the canonical URI of Image API 3, section 4.7.

    `width` and `height` are those of the full image.

    >>> image_path(Tile(Box(512, 0, 700, 400), 1), 700, 400), image_path(whole(700, 400, scale=2), 700, 400)
    ('512,0,188,400/188,400/0/default.jpg', 'full/350,200/0/default.jpg')
    >>> image_path(whole(700, 400, scale=1), 700, 400)
    'full/max/0/default.jpg'
    """
    full = tile.region.xywh == (0, 0, width, height)
    region = "full" if full else ",".join(str(v) for v in tile.region.xywh)
    size = "max" if full and tile.scale == 1 else f"{tile.width},{tile.height}"
    return f"{region}/{size}/0/default.jpg"


def image_files(width: int, height: int, *, size: int = TILE_SIZE) -> Iterator[tuple[str, Tile]]:
    """The path and the tile of every file of an image, each path once: tiles by scale factor, then whole images."""
    paths = set()
    for scale in scale_factors(width, height, size=size):
        for tile in (*tiles(width, height, scale=scale, size=size), whole(width, height, scale=scale)):
            path = image_path(tile, width, height)
            # A corner of one pixel is the same file at two scales.
            if path not in paths:
                paths.add(path)
                yield path, tile


def image_information(identifier: str, width: int, height: int, *, size: int = TILE_SIZE) -> dict[str, object]:
    """The content of info.json for an image whose address (a URL without a slash at its end) is `identifier`."""
    factors = scale_factors(width, height, size=size)
    shown = [whole(width, height, scale=scale) for scale in reversed(factors)]
    return {
        "@context": "http://iiif.io/api/image/3/context.json",
        "id": identifier,
        "type": "ImageService3",
        "protocol": "http://iiif.io/api/image",
        "profile": "level0",
        "width": width,
        "height": height,
        "sizes": [{"width": tile.width, "height": tile.height} for tile in shown],
        "tiles": [{"width": size, "height": size, "scaleFactors": list(factors)}],
    }


def _ceil(length: int, scale: int) -> int:
    return -(-length // scale)
