"""Images as a program has them: a path, a Pillow image or a numpy array; all are read in the same way."""

from __future__ import annotations

from hashlib import sha256
from os import PathLike
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageOps

from align.api.guarded import pixels_of, scans_of
from align.errors import UsageError
from align.files.scans.pixels import to_pixels
from align.model import ScanInfo
from align.pixels import Pixels

ImageInput = str | PathLike[str] | Image.Image | NDArray[np.uint8]

# The path that an image without a file has in results.
NAMELESS = "image"


def image_input(image: ImageInput, *, scan_index: int = 0) -> tuple[Pixels, ScanInfo]:
    """The pixels of an image (uint8, gray or RGB, upright by its EXIF orientation), and what is known of it as a scan.

    `scan_index` names the page of a PDF or TIFF file, from 0.
    """
    if isinstance(image, Image.Image):
        upright = ImageOps.exif_transpose(image)
        return _without_file(to_pixels(upright))
    if isinstance(image, np.ndarray):
        return _without_file(_checked(image))
    path = Path(image).absolute()
    scans = scans_of(path.parent, path.name)
    if not 0 <= scan_index < len(scans):
        raise UsageError(f"{path.name} has no page with index {scan_index}: give one from 0 to {len(scans) - 1}.")
    scan = scans[scan_index]
    return pixels_of(path.parent, scan), scan


def _checked(pixels: NDArray[np.uint8]) -> Pixels:
    gray_or_rgb = pixels.ndim == 2 or (pixels.ndim == 3 and pixels.shape[2] == 3)
    if pixels.dtype != np.uint8 or not gray_or_rgb or not pixels.size:
        raise UsageError(
            f"An array of shape {pixels.shape} and type {pixels.dtype} is no image: give uint8 of the shape "
            "(height, width) or (height, width, 3)."
        )
    return np.ascontiguousarray(pixels)


def _without_file(pixels: Pixels) -> tuple[Pixels, ScanInfo]:
    height, width = pixels.shape[:2]
    digest = sha256(f"{pixels.shape} ".encode() + pixels.tobytes()).hexdigest()
    return pixels, ScanInfo(NAMELESS, None, width, height, None, digest)
