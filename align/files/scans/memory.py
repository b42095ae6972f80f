"""How much memory a scan takes: an estimate from its size in pixels, made before it is opened."""

from __future__ import annotations

from align.model import ScanInfo

# Bytes a pixel, at the peak of reading or drawing. A colour scan of 399 megapixels took 4.2 GB, one of 1 bit 1.8 GB.
# The size does not say which of them a scan is.
_BYTES_A_PIXEL = 10.6


def memory_needed(scan: ScanInfo) -> int:
    """How many bytes a worker needs for the scan, as an estimate from above."""
    return round(scan.width * scan.height * _BYTES_A_PIXEL)
