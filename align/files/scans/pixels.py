"""Decoded images as gray or RGB arrays: depth by range, transparency on white, orientation applied."""

from __future__ import annotations

import struct
import threading
import warnings
from collections.abc import Iterator
from contextlib import contextmanager

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageCms

from align.pixels import Pixels

# Errors that decoders raise on bytes that break their own format; each means a damaged file.
DECODER_FAULTS = (
    OSError, SyntaxError, ValueError, LookupError, TypeError, ArithmeticError, AttributeError, RuntimeError,
    struct.error,
)  # fmt: skip
# Pillow's limit on pixels and the warning filters belong to the whole process: one thread at a time changes them.
_PILLOW = threading.RLock()

# Bits of the sensors that fill 16-bit files. The range of an image is the smallest of them that holds its values, so
# that 12-bit data in a 16-bit file does not look black. Values are not stretched further: a blank page stays blank.
_DEPTHS = (8, 10, 12, 14, 16, 24, 32)
# Dots per inch that software writes where it does not know them (72: EXIF 2.3, section 4.6.4; 96: a screen).
_UNKNOWN_DPI = (72, 96)


@contextmanager
def pillow() -> Iterator[None]:
    """A block in which Pillow neither refuses large images nor warns: the callers have their own limits."""
    with _PILLOW, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        borrowed, Image.MAX_IMAGE_PIXELS = Image.MAX_IMAGE_PIXELS, None
        try:
            yield
        finally:
            Image.MAX_IMAGE_PIXELS = borrowed


def plausible_dpi(x: float, y: float) -> float | None:
    """The resolution, or None: under 50, over 2400, a default of software, or not the same both ways.

    >>> plausible_dpi(300, 300), plausible_dpi(72, 72), plausible_dpi(1, 1)
    (300.0, None, None)
    """
    x, y = float(x), float(y)
    if not (50 <= x <= 2400 and abs(x - y) <= 0.02 * x) or any(abs(x - default) < 0.05 for default in _UNKNOWN_DPI):
        return None
    return round(x, 2)


def to_pixels(image: Image.Image, *, white_is_zero: bool = False, signed: bool = False) -> Pixels:
    """The loaded image as uint8, (height, width) gray or (height, width, 3) RGB, 0 = black; colour profiles ignored.

    `white_is_zero` and `signed` say what a TIFF says of its samples, which Pillow leaves alone in deep images.
    """
    if image.mode.startswith("I") or image.mode == "F":
        gray = by_range(np.asarray(image), white_is_zero=white_is_zero)
        clear = image.info.get("transparency")
        if isinstance(clear, int):
            gray[np.asarray(image) == clear] = 255
        return gray
    if image.mode in ("LA", "La", "PA", "RGBA", "RGBa") or image.has_transparency_data:
        return _on_white(image)
    if image.mode == "LAB":
        image = _from_lab(image)
    elif image.mode == "1":
        image = image.convert("L")
    elif image.mode not in ("L", "RGB"):
        image = image.convert("RGB")
    pixels = np.array(image)
    if signed and image.mode == "L" and pixels.max(initial=0) > 127:
        return pixels ^ np.uint8(128)
    return pixels


def by_range(samples: NDArray[np.generic], *, white_is_zero: bool = False) -> Pixels:
    """The samples of a deep image as uint8 of the same shape, scaled by their range and rounded.

    The range is 0 to the smallest of 8, 10, 12, 14, 16, 24 or 32 bits that holds all; with negative samples it is that
    of the signed depth; of fractions 0 to 1. A sample that is not a number becomes white.
    """
    low, high = _extremes(samples)
    if samples.dtype.kind == "f" and low >= 0 and high <= 1:
        bottom, top = 0.0, 1.0
    elif low >= 0:
        bottom, top = 0.0, next((2.0**bits - 1 for bits in _DEPTHS if high <= 2.0**bits - 1), high)
    else:
        bits = next((b for b in _DEPTHS if -(2.0 ** (b - 1)) <= low and high < 2.0 ** (b - 1)), None)
        bottom, top = (-(2.0 ** (bits - 1)), 2.0 ** (bits - 1) - 1) if bits else (low, high)
    gray = np.empty(samples.shape, np.uint8)
    for row, out in zip(samples, gray, strict=True):  # row by row: eight bytes a sample are too many for a large scan
        values = row.astype(np.float64)
        missing = ~np.isfinite(values)
        values[missing] = 0
        scaled = np.floor((values - bottom) / (top - bottom) * 255 + 0.5)
        out[:] = 255 - scaled if white_is_zero else scaled
        out[missing] = 255
    return gray


def _extremes(samples: NDArray[np.generic]) -> tuple[float, float]:
    """The least and the greatest sample that is a number; 0 and 0 where there is none."""
    low, high = float(samples.min()), float(samples.max())
    if np.isfinite(low) and np.isfinite(high):
        return low, high
    finite = samples[np.isfinite(samples)]
    return (float(finite.min()), float(finite.max())) if finite.size else (0.0, 0.0)


def turned(pixels: Pixels, orientation: int) -> Pixels:
    """The pixels turned and mirrored as EXIF's orientation (1 to 8) asks.

    >>> turned(np.array([[1, 2]], np.uint8), 6).tolist()
    [[1], [2]]
    """
    # EXIF 2.3, section 4.6.4: where row 0 and column 0 of the stored image are seen.
    match orientation:
        case 2:
            pixels = pixels[:, ::-1]
        case 3:
            pixels = pixels[::-1, ::-1]
        case 4:
            pixels = pixels[::-1]
        case 5:
            pixels = pixels.swapaxes(0, 1)
        case 6:
            pixels = pixels.swapaxes(0, 1)[:, ::-1]
        case 7:
            pixels = pixels.swapaxes(0, 1)[::-1, ::-1]
        case 8:
            pixels = pixels.swapaxes(0, 1)[::-1]
        case _:
            pass
    return np.ascontiguousarray(pixels)


def _on_white(image: Image.Image) -> Pixels:
    gray = image.mode in ("LA", "La", "L", "1")
    # Pillow has no direct way from gray with premultiplied alpha.
    seen = (image.convert("LA") if image.mode == "La" else image).convert("RGBA")
    backed = Image.alpha_composite(Image.new("RGBA", image.size, (255, 255, 255, 255)), seen)
    return np.array(backed.getchannel(0) if gray else backed.convert("RGB"))


def _from_lab(image: Image.Image) -> Image.Image:
    transform = ImageCms.buildTransform(ImageCms.createProfile("LAB"), ImageCms.createProfile("sRGB"), "LAB", "RGB")
    seen = ImageCms.applyTransform(image, transform)
    if seen is None:
        raise ValueError("LAB image was not converted")
    return seen
