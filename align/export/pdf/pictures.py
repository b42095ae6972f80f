"""The scans of a file as pictures: each is written once, whatever number of pages shows parts of it."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field

from align.export.pdf.file import PdfFile
from align.export.pdf.syntax import Name, Ref, Value
from align.model import EncodedImage, Point, Transform

_FILTERS = {"jpeg": "DCTDecode", "jpeg2000": "JPXDecode", "group4": "CCITTFaxDecode", "deflate": "FlateDecode"}
_DEVICE = {1: "DeviceGray", 3: "DeviceRGB", 4: "DeviceCMYK"}


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture that is in the file: its number, its width and height in pixels as stored, and EXIF's orientation."""

    ref: Ref
    width: int
    height: int
    orientation: int

    def placement(self, onto: Transform) -> tuple[float, float, float, float, float, float]:
        """The matrix that lays the picture, a square of one point, where `onto` puts the scan's pixels on the page."""
        (x, y), (x1, y1), (x2, y2) = onto.points(
            self._on_scan(*corner) for corner in ((0.0, self.height), (self.width, self.height), (0.0, 0.0))
        )
        return x1 - x, y1 - y, x2 - x, y2 - y, x, y

    def _on_scan(self, i: float, j: float) -> Point:
        """The place on the scan of a place in the stored image (EXIF 2.3, section 4.6.4)."""
        width, height = self.width, self.height
        match self.orientation:
            case 2:
                return width - i, j
            case 3:
                return width - i, height - j
            case 4:
                return i, height - j
            case 5:
                return j, i
            case 6:
                return height - j, i
            case 7:
                return height - j, width - i
            case 8:
                return j, width - i
            case _:
                return i, j


@dataclass(slots=True)
class Pictures:
    """Writes pictures and their colour profiles into a file."""

    file: PdfFile
    _profiles: dict[tuple[bytes, int], Ref] = field(default_factory=dict)

    def put(self, image: EncodedImage) -> Picture:
        """The image, written into the file."""
        entries: dict[str, Value] = {
            "Type": Name("XObject"),
            "Subtype": Name("Image"),
            "Width": image.width,
            "Height": image.height,
            "Filter": Name(_FILTERS[image.encoding]),
        }
        if image.encoding != "jpeg2000":  # which says both itself
            entries["BitsPerComponent"] = 1 if image.encoding == "group4" else 8
            entries["ColorSpace"] = self._colours(image)
        if image.encoding == "group4":
            entries["DecodeParms"] = {"K": -1, "Columns": image.width, "Rows": image.height}
        if image.inverted:
            entries["Decode"] = [1, 0] * image.colours
        ref = self.file.put_stream(image.data, entries)
        return Picture(ref, image.width, image.height, image.orientation)

    def _colours(self, image: EncodedImage) -> Value:
        if image.profile is None:
            return Name(_DEVICE[image.colours])
        return [Name("ICCBased"), self.profile(image.profile, image.colours)]

    def profile(self, profile: bytes, colours: int) -> Ref:
        """The number of a colour profile, the same one for the same profile."""
        key = hashlib.sha256(profile).digest(), colours
        if key not in self._profiles:
            self._profiles[key] = self.file.put_compressed(profile, {"N": colours})
        return self._profiles[key]
