"""Scans as they are stored: for programs that take image files, and know nothing of turns and pages in files."""

from __future__ import annotations

from pathlib import Path

from PIL import Image

from align.files.paths import scan_path
from align.files.scans import pdf
from align.files.scans.fingerprints import KnownScan
from align.files.scans.pixels import DECODER_FAULTS, pillow

# What programs for transcription take.
_FORMATS = ("JPEG", "PNG", "TIFF")
_ORIENTATION = 274


def plain_file(root: Path, known: KnownScan) -> bytes | None:
    """The bytes of a scan's file, if it is one JPEG, PNG or TIFF image that shows the pixels of the scan as stored.

    None for a page of a file with several, another format, or an image that EXIF says to turn. ScanError "changed"
    where the file is written meanwhile.
    """
    path = scan_path(root, known.scan.path)
    if known.scan.index is not None or pdf.is_pdf(path):
        return None
    try:
        with pillow(), Image.open(path, formats=_FORMATS) as image:
            is_plain = image.getexif().get(_ORIENTATION, 1) == 1 and getattr(image, "n_frames", 1) == 1
    except DECODER_FAULTS:
        return None
    data = path.read_bytes() if is_plain else None
    known.check(root)
    return data
