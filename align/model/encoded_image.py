"""An image of a scan as a file of another program holds it: encoded bytes, and what one must know to show them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Encoding = Literal["jpeg", "jpeg2000", "group4", "deflate"]


@dataclass(frozen=True, slots=True)
class EncodedImage:
    """The bytes of an image as stored, and its width and height in pixels as stored.

    `colours` is the number of its colour channels: 1 is gray, 3 RGB, 4 CMYK; `profile` is its ICC profile. `inverted`
    says that its highest values are ink. `orientation`, EXIF's 1 to 8, says how the stored image is turned to be the
    scan. An image of kind "group4" has one bit a pixel, all others have eight or say it themselves. "deflate" has its
    rows one after the other, without filters.
    """

    data: bytes
    encoding: Encoding
    width: int
    height: int
    colours: Literal[1, 3, 4]
    profile: bytes | None = None
    inverted: bool = False
    orientation: int = 1
