"""Scans as their files hold them: an image that other programs show as it is, without being decoded."""

from __future__ import annotations

import struct
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Literal, TypeVar

from PIL import Image, ImageCms

from align.files.paths import scan_path, unreadable_scan
from align.files.scans.fingerprints import KnownScan
from align.files.scans.images import orientation_of
from align.files.scans.pdf import is_pdf
from align.files.scans.pixels import DECODER_FAULTS, pillow
from align.model import EncodedImage

T = TypeVar("T")

# What programs for transcription take.
_PLAIN = ("JPEG", "PNG", "TIFF")
_ORIENTATION = 274
_CHANNELS: dict[str, Literal[1, 3, 4]] = {"L": 1, "RGB": 3, "CMYK": 4}
_SPACES = {1: "GRAY", 3: "RGB", 4: "CMYK"}
# Kinds of profiles that say what the colours of an image mean (ICC.1, section 7.2).
_PROFILE_KINDS = ("scnr", "mntr", "prtr", "spac")
# Frames that every reader of PDF decodes: baseline, extended and progressive, coded by Huffman's way (ITU-T T.81).
_FRAMES = (0xC0, 0xC1, 0xC2)
_NOT_FRAMES = (0xC4, 0xC8, 0xCC)
_ADOBE, _SCAN = 0xEE, 0xDA
# Colour spaces of JPEG 2000 by their numbers (ISO 15444-1, annex I): sRGB, gray.
_JP2_SPACES = {16: 3, 17: 1}
_JP2 = b"\0\0\0\x0cjP  \r\n\x87\n"


def stored_image(root: Path, known: KnownScan) -> EncodedImage | None:
    """The image of the scan as its file holds it, for a PDF; None where it must be decoded and encoded anew.

    ScanError as `_taken`.
    """
    return _taken(root, known, ("JPEG", "JPEG2000"), _encoded)


def plain_file(root: Path, known: KnownScan) -> bytes | None:
    """The bytes of a scan's file, for programs that take images and do not turn them; None where one must be made.

    ScanError as `_taken`.
    """
    return _taken(root, known, _PLAIN, lambda data, image: None if _is_turned(image) else data)


def _taken(
    root: Path, known: KnownScan, formats: tuple[str, ...], take: Callable[[bytes, Image.Image], T | None]
) -> T | None:
    """What `take` makes of the scan's file, of its bytes and its opened image; None where it makes nothing of it.

    None, too, where the file holds more than this one image, is of another format, or is damaged. ScanError "changed"
    where it is not the one that the run read, and as `scan_path`.
    """
    scan = known.scan
    path = scan_path(root, scan.path)
    if scan.index is not None or is_pdf(path):
        return None
    try:
        data = path.read_bytes()
    except OSError as error:
        raise unreadable_scan(scan.path, error) from error
    known.check(root)
    try:
        with pillow(), Image.open(BytesIO(data), formats=formats) as image:
            # The second image of an MPO is a preview, which programs for JPEG pass over.
            is_one = image.format == "MPO" or getattr(image, "n_frames", 1) == 1
            size = image.size[::-1] if orientation_of(image) > 4 else image.size
            return take(data, image) if is_one and size == (scan.width, scan.height) else None
    except (*DECODER_FAULTS, MemoryError):
        return None


def _is_turned(image: Image.Image) -> bool:
    """Whether EXIF says to turn the stored pixels, for a TIFF too, which Pillow turns by itself."""
    return image.getexif().get(_ORIENTATION, 1) in range(2, 9)


def _encoded(data: bytes, image: Image.Image) -> EncodedImage | None:
    return _jpeg2000(data, image) if image.format == "JPEG2000" else stored_jpeg(data, image)


def stored_jpeg(data: bytes, image: Image.Image) -> EncodedImage | None:
    """The JPEG file `data`, opened as `image`; None where readers of PDF do not all show it alike."""
    frame = _frame_of(data)
    colours = _CHANNELS.get(image.mode)
    if frame is None or colours is None or frame.kind not in _FRAMES or frame.bits != 8:
        return None
    if colours == 3 and frame.ids == b"RGB" and not frame.adobe:  # some readers take it for YCbCr, others do not
        return None
    profile = _profile(image.info.get("icc_profile"), colours)
    # Without a profile the colours of print are anybody's guess; without Adobe's mark it is unsure what is ink.
    if colours == 4 and (profile is None or not frame.adobe):
        return None
    return EncodedImage(
        data, "jpeg", *image.size, colours, profile, inverted=colours == 4, orientation=orientation_of(image)
    )


@dataclass(frozen=True, slots=True)
class _Frame:
    """The head of a JPEG: the kind of its frame, bits a sample, the ids of its channels, Adobe's mark before it."""

    kind: int
    bits: int
    ids: bytes
    adobe: bool


def _frame_of(data: bytes) -> _Frame | None:
    frame, adobe = None, False
    for marker, segment in _segments(data):
        if marker == _ADOBE and segment.startswith(b"Adobe"):
            adobe = True
        elif 0xC0 <= marker <= 0xCF and marker not in _NOT_FRAMES and frame is None:
            frame = _Frame(marker, segment[0], segment[6::3], adobe)
    return None if frame is None else _Frame(frame.kind, frame.bits, frame.ids, adobe)


def _segments(data: bytes) -> Iterator[tuple[int, bytes]]:
    """The markers before the first scan, each with its segment."""
    at = 2
    while at + 4 <= len(data) and data[at] == 0xFF:
        marker = data[at + 1]
        if marker == 0xFF:  # a fill byte
            at += 1
            continue
        if marker == _SCAN:
            return
        (length,) = struct.unpack_from(">H", data, at + 2)
        yield marker, data[at + 4 : at + 2 + length]
        at += 2 + length


def _profile(profile: bytes | None, colours: int) -> bytes | None:
    """The profile, if it is a sound one for so many channels and of a version that PDF 1.7 knows."""
    if not profile or len(profile) < 128 or profile[8] > 4:
        return None
    try:
        found = ImageCms.ImageCmsProfile(BytesIO(profile)).profile
    except DECODER_FAULTS:
        return None
    fits = found.xcolor_space.strip() == _SPACES[colours] and found.device_class in _PROFILE_KINDS
    return profile if fits else None


def _jpeg2000(data: bytes, image: Image.Image) -> EncodedImage | None:
    """The image where it has one plain colour space, as PDF/A asks (ISO 19005-2, section 6.2.8.3)."""
    header = dict(_boxes(data)).get(b"jp2h")
    colours = _CHANNELS.get(image.mode)
    if header is None or colours is None:
        return None
    boxes = list(_boxes(header))
    kinds = [kind for kind, _ in boxes]
    if kinds.count(b"colr") != 1 or not set(kinds) <= {b"ihdr", b"colr", b"res "}:
        return None
    inner = dict(boxes)
    method, space = inner[b"colr"][0], int.from_bytes(inner[b"colr"][3:7], "big")
    if method != 1 or _JP2_SPACES.get(space) != colours or inner[b"ihdr"][10] != 7:
        return None
    return EncodedImage(data, "jpeg2000", *image.size, colours)


def _boxes(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    """The boxes of a JPEG 2000 file, or of a box of it: their kinds and contents."""
    at = 0
    while at + 8 <= len(data):
        length, kind = struct.unpack_from(">I4s", data, at)
        end = at + length if length else len(data)
        if length == 1 or end < at + 8:  # a box of more than four gigabytes, or nonsense
            return
        yield kind, data[at + 8 : end]
        at = end
