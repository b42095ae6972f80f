"""Which encoding a scan gets, and that it is seen as it was."""

from __future__ import annotations

import zlib

import numpy as np
from PIL import Image

from align.export.images.encodings import encoded


def test_black_and_white_is_stored_as_fax():
    """A scan of two values is stored without loss in a fraction of its size."""
    pixels = np.where(np.add.outer(np.arange(300), np.arange(200)) % 50 < 9, 0, 255).astype(np.uint8)
    image = encoded(pixels, 85)
    assert (image.encoding, image.width, image.height) == ("group4", 200, 300)
    assert len(image.data) < pixels.size / 40


def test_few_grays_are_stored_without_loss():
    """A drawing of a few grays is smaller without loss than as a JPEG."""
    pixels = np.repeat(np.repeat(np.array([[10, 200], [90, 255]], np.uint8), 100, 0), 150, 1)
    image = encoded(pixels, 85)
    assert image.encoding == "deflate"
    assert zlib.decompress(image.data) == pixels.tobytes()


def test_other_scans_are_jpegs_of_the_quality_asked_for():
    """A photograph is a JPEG, in gray or colour as it was; a lower quality makes it smaller."""
    gray = np.asarray(Image.effect_noise((200, 300), 60))
    colour = np.stack([gray, gray, 255 - gray], axis=2)
    assert [(encoded(p, 85).encoding, encoded(p, 85).colours) for p in (gray, colour)] == [("jpeg", 1), ("jpeg", 3)]
    assert len(encoded(gray, 40).data) < len(encoded(gray, 85).data)
