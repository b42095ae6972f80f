"""Whole scans as encoded images: the smallest of the encodings that keep them as they are seen."""

from __future__ import annotations

import zlib
from io import BytesIO

import numpy as np
from PIL import Image, TiffImagePlugin

from align.export.images.page_images import jpeg
from align.model import EncodedImage
from align.pixels import Pixels

# Every so-many-th pixel each way tells whether a picture has few colours.
_STEP = 16
# Grays of a drawing or a page of text made by a program. A photograph of paper has more.
_FEW = 24
_ROWS_PER_STRIP, _STRIP_OFFSETS, _STRIP_LENGTHS, _PHOTOMETRIC = 278, 273, 279, 262


def encoded(pixels: Pixels, quality: int) -> EncodedImage:
    """The scan: without loss where it is black and white or has few grays, else as a JPEG of this quality, 1 to 100.

    Pixels: uint8, (height, width) gray or (height, width, 3) RGB.
    """
    height, width = pixels.shape[:2]
    if pixels.ndim == 2:
        if np.isin(pixels[::_STEP, ::_STEP], (0, 255)).all() and ((pixels == 0) | (pixels == 255)).all():
            return _group4(pixels)
        if len(np.unique(pixels[::_STEP, ::_STEP])) <= _FEW:
            flat = EncodedImage(zlib.compress(pixels.tobytes(), 9), "deflate", width, height, 1)
            lossy = _jpeg(pixels, quality)
            return flat if len(flat.data) <= len(lossy.data) else lossy
    return _jpeg(pixels, quality)


def _jpeg(pixels: Pixels, quality: int) -> EncodedImage:
    height, width = pixels.shape[:2]
    data = jpeg(Image.fromarray(pixels), quality=quality)
    return EncodedImage(data, "jpeg", width, height, 1 if pixels.ndim == 2 else 3)


def _group4(pixels: Pixels) -> EncodedImage:
    """The pixels, 0 and 255, as ITU-T T.6 has them: the one strip of a TIFF file."""
    height, width = pixels.shape
    buffer = BytesIO()
    image = Image.fromarray(pixels).convert("1", dither=Image.Dither.NONE)
    image.save(buffer, "TIFF", compression="group4", tiffinfo={_ROWS_PER_STRIP: height})
    with Image.open(buffer, formats=("TIFF",)) as written:
        tags = written.tag_v2 if isinstance(written, TiffImagePlugin.TiffImageFile) else {}
        (start,), (length,) = tags[_STRIP_OFFSETS], tags[_STRIP_LENGTHS]
        inverted = tags[_PHOTOMETRIC] == 1
    data = buffer.getvalue()[start : start + length]
    return EncodedImage(data, "group4", width, height, 1, inverted=inverted)
