"""Scans as pixels. The pixel grid of a scan is the coordinate system of all results.

Pillow decodes every image to its end: OpenCV returns half of a truncated JPEG without a word.
PDF is in align.files.scans.pdf.
"""

from __future__ import annotations

import hashlib
import struct
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from PIL import Image, TiffImagePlugin

from align.errors import InputError, ScanError
from align.files.paths import inside, scan_path, shown, unreadable_scan
from align.files.scans import pdf
from align.files.scans.fingerprints import KnownScan, file_digest
from align.files.scans.pixels import DECODER_FAULTS, pillow, plausible_dpi, to_pixels, turned
from align.files.scans.unchanged import changing, signature
from align.model import ScanInfo
from align.pixels import Pixels

# Pixels: an A2 sheet at 900 dpi, or A0 at 450, which takes 1.2 GB in colour. Forged headers ask for far more.
MAX_PIXELS = 400_000_000
# Pixels of a side. From 32,768 on, the 16-bit coordinates of OpenCV's warps overflow.
MAX_SIDE = 32_767
# Pages of one file. No bound volume is longer: such a file is a forgery or a pile, and each page takes time to find.
MAX_PAGES = 5_000
_FORMATS = ("JPEG", "PNG", "TIFF", "WEBP", "JPEG2000")
# First bytes of the formats above (of the container for WebP): they tell a damaged image from a file of another kind.
_MAGIC = (
    b"\xff\xd8\xff", b"\x89PNG", b"II*\0", b"MM\0*", b"II+\0", b"MM\0+", b"RIFF", b"\0\0\0\x0cjP", b"\xff\x4f\xff\x51",
)  # fmt: skip
_ORIENTATION, _X_RESOLUTION, _Y_RESOLUTION, _RESOLUTION_UNIT = 274, 282, 283, 296
_SUBFILE_TYPE, _OLD_SUBFILE_TYPE, _PHOTOMETRIC, _SAMPLE_FORMAT = 254, 255, 262, 339


def list_scans(root: Path, relative_path: str) -> tuple[ScanInfo, ...]:
    """The scans of one file, from its headers and digest alone: pages of a PDF or TIFF, or the one image.

    Raises ScanError: "changing" where the file changes meanwhile, and what `_listed` raises.
    """
    before = signature(root / relative_path)
    try:
        listed = _listed(root, relative_path)
    except ScanError as error:
        # A file that is not there has no signature; one that grew may be whole a moment later.
        if before is not None and signature(root / relative_path) not in (before, None):
            raise changing(relative_path) from error
        raise
    if signature(root / relative_path) != before:
        raise changing(relative_path)
    return listed


def _listed(root: Path, relative_path: str) -> tuple[ScanInfo, ...]:
    """As list_scans, of a file that stays the same.

    Pages of a PDF have an index from 0, and so have pages of a TIFF with several. Thumbnails and masks in a TIFF are
    not pages. An animated file gives its first frame. A page that cannot be opened, one of several, has size 0.
    Raises ScanError: "missing", "empty", "not-an-image", "too-large", "password", "truncated" or "unreadable".
    """
    path = scan_path(root, relative_path)
    digest = file_digest(path, relative_path)
    if pdf.is_pdf(path):
        return tuple(
            ScanInfo(relative_path, index, *size, digest)
            for index, size in enumerate(pdf.page_grids(path, relative_path, max_pages=MAX_PAGES, fits=_fits))
        )
    with _opened(path, relative_path) as image:
        if image.format != "TIFF":
            return (ScanInfo(relative_path, None, *_grid(image, relative_path), digest),)
        pages = _tiff_pages(image, relative_path)
    if len(pages) == 1 and pages[0][0] == 0:
        _refuse_large(relative_path, *pages[0][1][:2])
        return (ScanInfo(relative_path, None, *pages[0][1], digest),)
    return tuple(
        ScanInfo(relative_path, index, *(size if _fits(*size[:2]) else (0, 0, None)), digest) for index, size in pages
    )


def load_scan(root: Path, info: ScanInfo) -> Pixels:
    """The scan's pixels, EXIF orientation applied: uint8, (height, width) gray or (height, width, 3) RGB, 0 = black.

    Transparency is laid on white; 16-bit and other deep images are scaled by their range. The whole file is decoded.
    Raises ScanError as list_scans does, and "truncated" where pixels are missing.
    """
    path = scan_path(root, info.path)
    if pdf.is_pdf(path):
        pixels = pdf.render_page(path, info.path, index=info.index or 0, fits=_fits)
    else:
        with _opened(path, info.path) as image:
            if info.index:
                image.seek(info.index)
            _refuse_large(info.path, *image.size)
            tags = _tags(image)
            inverted, signed = tags.get(_PHOTOMETRIC) == 0, tags.get(_SAMPLE_FORMAT) in (2, (2,))
            orientation = orientation_of(image)
            image.load()
            pixels = turned(to_pixels(image, white_is_zero=inverted, signed=signed), orientation)
    if info.width and pixels.shape[:2] != (info.height, info.width):
        raise ScanError(
            f"{shown(info.path)} has changed since it was listed ({info.width} x {info.height} pixels then, "
            f"{pixels.shape[1]} x {pixels.shape[0]} now): run again.",
            cause="unreadable",
        )
    return pixels


def load_known(root: Path, known: KnownScan) -> Pixels:
    """The pixels of a scan that was compared with the one of the run, as load_scan gives them.

    Raises ScanError "changed" also where its file is written while it is loaded.
    """
    pixels = load_scan(root, known.scan)
    known.check(root)
    return pixels


def failed_scan(root: Path, relative_path: str) -> ScanInfo:
    """The scan for a file that list_scans refuses: size 0, and the digest of the bytes that can be read."""
    try:
        return ScanInfo(relative_path, None, 0, 0, None, file_digest(inside(root, relative_path), relative_path))
    except InputError:
        return ScanInfo(relative_path, None, 0, 0, None, hashlib.sha256().hexdigest())


@contextmanager
def _opened(path: Path, relative: str) -> Iterator[Image.Image]:
    """The opened image; while it is open, every error of Pillow becomes a ScanError."""
    try:
        with pillow(), path.open("rb") as stream, Image.open(stream, formats=_FORMATS) as image:
            yield image
    except MemoryError as error:
        raise ScanError(
            f"{shown(relative)} needs more memory than it may take: make it smaller, or allow more with "
            "--memory-limit.",
            cause="out-of-memory",
        ) from error
    except DECODER_FAULTS as error:
        raise _fault(path, relative, error) from error


def _fault(path: Path, relative: str, error: Exception) -> ScanError:
    name = shown(relative)
    try:
        with path.open("rb") as stream:
            known = stream.read(16).startswith(_MAGIC)
            cut = known and _ends_early(stream)
    except OSError as unread:
        return unreadable_scan(relative, unread)
    if cut or "truncated" in str(error).lower():
        return ScanError(
            f"{name} is truncated, a part of the image is missing: copy it again from its source.", cause="truncated"
        )
    if not known:
        return ScanError(
            f"{name} is not an image that can be read: replace it with a JPEG, PNG, TIFF, WebP, JPEG 2000 or PDF file.",
            cause="not-an-image",
        )
    return ScanError(
        f"{name} is damaged or of a kind that cannot be read: copy it again from its source, or save it anew as PNG.",
        cause="unreadable",
    )


def _ends_early(stream: IO[bytes]) -> bool:
    """Whether the file lacks the end that its format requires."""
    stream.seek(0, 2)
    size = stream.tell()
    stream.seek(0)
    head = stream.read(16)
    # Some cameras and scanners append a few bytes after the end.
    stream.seek(max(0, size - 65_536))
    tail = stream.read()
    if head.startswith((b"\xff\xd8", b"\xff\x4f", b"\0\0\0\x0cjP")):
        return b"\xff\xd9" not in tail
    if head.startswith(b"\x89PNG"):
        return b"IEND" not in tail
    if head.startswith(b"RIFF"):
        return len(head) < 8 or struct.unpack("<I", head[4:8])[0] + 8 > size
    order = "<" if head.startswith(b"II") else ">"
    # The directory of a TIFF is most often last: if it begins after the end of the file, the file was cut off.
    return len(head) < 8 or (head[2:4].strip(b"\0") == b"*" and struct.unpack(order + "I", head[4:8])[0] + 2 > size)


def _fits(width: float, height: float) -> bool:
    return 0 < width <= MAX_SIDE and 0 < height <= MAX_SIDE and width * height <= MAX_PIXELS


def _refuse_large(relative: str, width: int, height: int) -> None:
    if not _fits(width, height):
        raise ScanError(
            f"{shown(relative)} says that it is {width} x {height} pixels, more than can be read "
            f"({MAX_PIXELS // 10**6} megapixels, {MAX_SIDE} pixels a side): make it smaller.",
            cause="too-large",
        )


def _grid(image: Image.Image, relative: str) -> tuple[int, int, float | None]:
    """Width, height and dpi of the image as it will be loaded."""
    width, height = image.size
    _refuse_large(relative, width, height)
    if orientation_of(image) in (5, 6, 7, 8):
        width, height = height, width
    return width, height, _dpi(image)


def _tiff_pages(image: Image.Image, relative: str) -> list[tuple[int, tuple[int, int, float | None]]]:
    """Index, width, height and dpi of each page; thumbnails (bit 0 of NewSubfileType) and masks (bit 2) left out."""
    pages: list[tuple[int, tuple[int, int, float | None]]] = []
    for index in range(MAX_PAGES + 1):
        try:
            image.seek(index)
        except EOFError:
            return pages or [(0, _first(image))]
        except DECODER_FAULTS as error:
            if index == 0:
                raise
            pages.append((index, (0, 0, None)))
            if not isinstance(error, SyntaxError):  # SyntaxError: a page of an unknown kind; else the way on is lost
                return pages
            continue
        tags = _tags(image)
        thumbnail = isinstance(kind := tags.get(_SUBFILE_TYPE, 0), int) and kind & 0b101
        if not thumbnail and tags.get(_OLD_SUBFILE_TYPE) != 2:
            # Pillow turns a TIFF upright itself, and reports the size of the upright image.
            pages.append((index, (*image.size, _dpi(image))))
    raise ScanError(
        f"{shown(relative)} has more than {MAX_PAGES} pages: split it into several files.", cause="too-large"
    )


def _first(image: Image.Image) -> tuple[int, int, float | None]:
    image.seek(0)
    return (*image.size, _dpi(image))


def _tags(image: Image.Image) -> Mapping[int, object]:
    """The tags of a TIFF's current page; none for other formats."""
    return image.tag_v2 if isinstance(image, TiffImagePlugin.TiffImageFile) else {}


def orientation_of(image: Image.Image) -> int:
    """EXIF's orientation, 1 to 8; 1 where it is absent or nonsense, or Pillow has applied it already (TIFF)."""
    if image.format == "TIFF":
        return 1
    try:
        value = image.getexif().get(_ORIENTATION, 1)
    except DECODER_FAULTS:
        return 1
    return value if value in range(1, 9) else 1


def _dpi(image: Image.Image) -> float | None:
    """Pixels per inch as the file states it; None where it states nothing plausible."""
    try:
        stated = image.info.get("dpi")
        # Pillow gives a JPEG without a unit 72 dpi: only JFIF units of inch and centimetre, or EXIF, count.
        if image.format in ("JPEG", "MPO") and image.info.get("jfif_unit") not in (1, 2):
            stated = _exif_dpi(image)
        if image.format == "WEBP":
            stated = _exif_dpi(image)
        return plausible_dpi(*stated[:2]) if stated else None
    except DECODER_FAULTS:
        return None


def _exif_dpi(image: Image.Image) -> tuple[float, float] | None:
    exif = image.getexif()
    x, y, unit = (exif.get(tag) for tag in (_X_RESOLUTION, _Y_RESOLUTION, _RESOLUTION_UNIT))
    if x is None or unit not in (2, 3):
        return None
    factor = 1.0 if unit == 2 else 2.54
    return float(x) * factor, float(y if y is not None else x) * factor
