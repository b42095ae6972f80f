"""The colour profile of sRGB, which says what the colours of pictures without a profile of their own mean."""

from __future__ import annotations

from functools import cache

from PIL import ImageCms


@cache
def srgb_profile() -> bytes:
    """The ICC profile of sRGB that LittleCMS makes, always the same bytes."""
    profile = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    # ICC.1, section 7.2: the version that PDF 1.7 knows, 4.2; a fixed date in place of today's; no identifier.
    profile[8:12] = bytes((4, 0x20, 0, 0))
    profile[24:36] = bytes.fromhex("07d0 0001 0001 0000 0000 0000")
    profile[84:100] = bytes(16)
    return bytes(profile)
