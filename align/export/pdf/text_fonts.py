"""The fonts of a file's invisible text: one letter shape for all characters, and one font for each height of words.

Programs put words into lines by the size of their font, and take the height of a word from the ascent of its font. So
all words of a page have one size, and the height of each is in the ascent of the font that it uses.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from math import ceil
from typing import NamedTuple

from align.export.pdf.file import PdfFile
from align.export.pdf.invisible_font import GLYPH, LETTER, UNITS, invisible_font
from align.export.pdf.syntax import Name, Ref, utf16

# The least and greatest ascent in thousandths of the size. Poppler ignores one from 3,000 on.
_LEAST, _MOST = 10, 2900
# The least step between heights of fonts, in thousandths of their size.
_LEAST_STEP = 12
# The number for all characters beyond those that two bytes can number.
_LAST_CODE = 0xFFFF
# Entries of one block of a character map (Adobe technical note 5014).
_BLOCK = 100


class Face(NamedTuple):
    """How far a font reaches above its base line, and below it, in thousandths of its size.

    The descent is never 0, which readers take for a mistake, and for a quarter of the size.
    """

    ascent: int
    descent: int

    @property
    def name(self) -> str:
        """The name of the face, such as 960d40."""
        return f"{self.ascent}d{-self.descent}"


@dataclass(frozen=True, slots=True)
class PageSize:
    """The size of a page's font in points, and of how many points and of how many units of the font a step is.

    A step is a whole number of the scan's pixels: boxes of whole pixels come out exactly, with few fonts.
    """

    points: float
    step: float
    units: int

    @classmethod
    def near(cls, points: float, pixel: float) -> PageSize:
        """The size nearest to this one that makes a step a whole number of units; `pixel` is in points.

        >>> PageSize.near(12.0, 0.25)
        PageSize(points=11.904761904761905, step=0.25, units=21)
        """
        step = pixel * ceil(_LEAST_STEP * points / UNITS / pixel)
        units = max(1, round(UNITS * step / points))
        return cls(UNITS * step / units, step, units)

    def face(self, height: float, raised: float = 0.0) -> Face:
        """The face for a word of this height that stands so far above the lower edge of its box.

        A word that is too low for any font gets a higher box.

        >>> size = PageSize.near(12.0, 0.25)
        >>> size.face(8.0), size.face(8.0, 2.0)
        (Face(ascent=672, descent=-1), Face(ascent=504, descent=-168))
        """
        ascent, descent = (self.units * round(part / self.step) for part in (height - raised, raised))
        return Face(min(max(ascent, _LEAST), _MOST), -min(max(descent, 1), _MOST))


@dataclass(slots=True)
class TextFonts:
    """The characters and the fonts that a file has used so far."""

    file: PdfFile
    _codes: dict[str, int] = field(default_factory=dict)
    _fonts: dict[Face, Ref] = field(default_factory=dict)

    def coded(self, text: str) -> tuple[bytes, int]:
        """The codes of a text, two bytes each, and how many they are: a letter and its accents have one."""
        codes = [self._codes.setdefault(c, min(len(self._codes) + 1, _LAST_CODE)) for c in clusters(text)]
        return b"".join(code.to_bytes(2, "big") for code in codes), len(codes)

    def font(self, face: Face) -> Ref:
        """The font with this face."""
        if face not in self._fonts:
            self._fonts[face] = self.file.reserve()
        return self._fonts[face]

    def write(self) -> None:
        """Write all fonts; none can be used afterwards."""
        if not self._fonts:
            return
        codes = max(self._codes.values(), default=0) + 1
        glyphs = self.file.put_compressed(GLYPH.to_bytes(2, "big") * codes, {})
        meanings = self.file.put_compressed(_character_map(self._codes), {})
        for face, ref in self._fonts.items():
            name = Name(f"AlignInvisible-{face.name}")
            program = invisible_font(face.ascent, face.descent)
            descriptor = self.file.put(
                {
                    "Type": Name("FontDescriptor"),
                    "FontName": name,
                    "Flags": 4,
                    "FontBBox": [0, face.descent, LETTER, face.ascent],
                    "ItalicAngle": 0,
                    "Ascent": face.ascent,
                    "Descent": face.descent,
                    "CapHeight": face.ascent,
                    "StemV": 80,
                    "FontFile2": self.file.put_compressed(program, {"Length1": len(program)}),
                }
            )
            descendant = self.file.put(
                {
                    "Type": Name("Font"),
                    "Subtype": Name("CIDFontType2"),
                    "BaseFont": name,
                    "CIDSystemInfo": {"Registry": b"Adobe", "Ordering": b"Identity", "Supplement": 0},
                    "FontDescriptor": descriptor,
                    "DW": LETTER,
                    "CIDToGIDMap": glyphs,
                }
            )
            self.file.put(
                {
                    "Type": Name("Font"),
                    "Subtype": Name("Type0"),
                    "BaseFont": name,
                    "Encoding": Name("Identity-H"),
                    "DescendantFonts": [descendant],
                    "ToUnicode": meanings,
                },
                ref,
            )


def clusters(text: str) -> Iterator[str]:
    r"""The characters of a text, each with the marks that follow and stand on it.

    >>> [len(cluster) for cluster in clusters("и\u0306ж")]
    [2, 1]
    """
    start = 0
    for at in range(1, len(text) + 1):
        if at == len(text) or unicodedata.category(text[at]) not in ("Mn", "Me", "Mc", "Cf"):
            yield text[start:at]
            start = at


def _character_map(codes: dict[str, int]) -> bytes:
    """What each code means, as a CMap (ISO 32000-1, section 9.10.3)."""
    meanings = {code: utf16(text).hex() for text, code in codes.items() if code < _LAST_CODE}
    if len(codes) >= _LAST_CODE:
        meanings[_LAST_CODE] = utf16("\ufffd").hex()
    entries = [f"<{code:04x}> <{meaning}>\n" for code, meaning in meanings.items()]
    blocks = [entries[n : n + _BLOCK] for n in range(0, len(entries), _BLOCK)]
    body = "".join(f"{len(block)} beginbfchar\n{''.join(block)}endbfchar\n" for block in blocks)
    return (
        "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n"
        "/CIDSystemInfo <</Registry (Adobe) /Ordering (UCS) /Supplement 0>> def\n"
        "/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n"
        f"1 begincodespacerange\n<0000> <ffff>\nendcodespacerange\n{body}"
        "endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n"
    ).encode("ascii")
