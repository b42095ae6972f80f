"""PDFs with text in them, written object by object, as OCR programs write them.

Text is invisible and in a font without shapes whose codes are those of Unicode, as Tesseract writes it (GlyphLessFont),
each word stretched to the width of its box; Tesseract counts the space behind the word as a part of it.
"""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from align.model import Line

# Points for each pixel: a scan of 144 dpi.
SCALE = 0.5
# Of a letter's height, what hangs below its line.
DESCENT = 0.2


@dataclass
class PdfText:
    """What is written on a page beside its image: lines, and how: 3 is invisible, 0 is black."""

    lines: Sequence[Line] = ()
    mode: int = 3
    before: bool = False  # the image is drawn over it
    codes: str = "unicode"  # "none": the font does not say which letters it has; "level": nothing hangs below its line
    shift: int = 0  # added to each code, as by a font with codes of its own
    stretch_spaces: bool = False  # a word fills its box together with the space behind it
    dx: float = 0.0
    dy: float = 0.0


@dataclass
class PdfPage:
    """A page with an image that fills it, if there is one; its texts; its rotation; its crop box in pixels."""

    size: tuple[int, int]
    image: np.ndarray | None = None
    texts: list[PdfText] = field(default_factory=list)
    rotate: int = 0
    crop: tuple[int, int, int, int] | None = None


def searchable_pdf(*pages: PdfPage) -> bytes:
    """The PDF of these pages."""
    objects: list[bytes] = [b"", b""]

    def add(content: bytes) -> int:
        objects.append(content)
        return len(objects)

    fonts = {codes: _font(add, codes) for codes in ("unicode", "none", "level")}
    kids = []
    for page in pages:
        width, height = (side * SCALE for side in page.size)
        content = [_text(text, page.size[1]) for text in page.texts if text.before]
        resources = b"/Font <<" + b"".join(b"/%s %d 0 R " % (c.encode(), n) for c, n in fonts.items()) + b">>"
        if page.image is not None:
            rows, columns = page.image.shape
            image = _stream(
                page.image.tobytes(),
                b"/Type /XObject /Subtype /Image /Width %d /Height %d /ColorSpace /DeviceGray /BitsPerComponent 8"
                % (columns, rows),
            )
            resources += b" /XObject << /Im %d 0 R >>" % add(image)
            content.append(b"q %g 0 0 %g 0 0 cm /Im Do Q" % (width, height))
        content += [_text(text, page.size[1]) for text in page.texts if not text.before]
        stream = add(_stream(b"\n".join(content), b""))
        more = b"/Rotate %d " % page.rotate if page.rotate else b""
        if page.crop:
            left, top, right, bottom = page.crop
            more += b"/CropBox [%g %g %g %g] " % (
                left * SCALE, (page.size[1] - bottom) * SCALE, right * SCALE, (page.size[1] - top) * SCALE,
            )  # fmt: skip
        kids.append(
            add(
                b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 %g %g] %s/Resources << %s >> /Contents %d 0 R >>"
                % (width, height, more, resources, stream)
            )
        )
    objects[0] = b"<< /Type /Catalog /Pages 2 0 R >>"
    listed = b" ".join(b"%d 0 R" % kid for kid in kids)
    objects[1] = b"<< /Type /Pages /Kids [%s] /Count %d >>" % (listed, len(kids))
    return _file(objects)


def _text(text: PdfText, height: int) -> bytes:
    """The words of a text: each stretched so that it fills its box."""
    out = [b"BT %d Tr" % text.mode]
    for line in text.lines:
        for word in line.words:
            size = word.box.height * SCALE
            stretch = 100 * word.box.width * SCALE / (0.5 * size * (len(word.text) + text.stretch_spaces))
            x, y = (word.box.left + text.dx) * SCALE, (height - word.box.bottom - text.dy) * SCALE
            y += DESCENT * size
            codes = "".join(f"{ord(c) + text.shift:04X}" for c in word.text + " ")
            out.append(
                b"/%s %g Tf %g Tz 1 0 0 1 %g %g Tm <%s> Tj" % (text.codes.encode(), size, stretch, x, y, codes.encode())
            )
    return b"\n".join((*out, b"ET"))


def _font(add, codes: str) -> int:
    ranges = b"/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapType 2 def /CMapName /A def\n"
    ranges += b"1 begincodespacerange <0000> <FFFF> endcodespacerange 1 beginbfrange <0000> <FFFF> <0000> endbfrange\n"
    ranges += b"endcmap CMapName currentdict /CMap defineresource pop end end"
    unicode = b"/ToUnicode %d 0 R " % add(_stream(ranges, b"")) if codes != "none" else b""
    descriptor = add(
        b"<< /Type /FontDescriptor /FontName /GlyphLessFont /Flags 5 /FontBBox [0 %d 500 %d] /ItalicAngle 0 "
        b"/Ascent %d /Descent %d /CapHeight 1000 /StemV 80 >>"
        % ((0, 1000, 1000, 0) if codes == "level" else (-200, 800, 800, -200))
    )
    inner = add(
        b"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /GlyphLessFont /CIDToGIDMap /Identity /DW 500 "
        b"/CIDSystemInfo << /Ordering (Identity) /Registry (Adobe) /Supplement 0 >> /FontDescriptor %d 0 R >>"
        % descriptor
    )
    return int(
        add(
            b"<< /Type /Font /Subtype /Type0 /BaseFont /GlyphLessFont /Encoding /Identity-H %s"
            b"/DescendantFonts [%d 0 R] >>" % (unicode, inner)
        )
    )


def _stream(data: bytes, more: bytes) -> bytes:
    packed = zlib.compress(data)
    return b"<< %s /Filter /FlateDecode /Length %d >>\nstream\n%s\nendstream" % (more, len(packed), packed)


def _file(objects: Sequence[bytes]) -> bytes:
    out = bytearray(b"%PDF-1.7\n")
    places = []
    for number, content in enumerate(objects, start=1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, start)
    return bytes(out)
