"""A font whose one letter is a rectangle half as wide as the font is large, for text that is never painted.

The letter reaches from the font's descent to its ascent: Chromium's viewer asks the letter how high a word is, others
the font.
The tables are those that PDF asks of an embedded TrueType font (ISO 32000-1, section 9.9).
"""

from __future__ import annotations

import struct

UNITS = 1000
"""Units of the font's size."""
LETTER = UNITS // 2
"""The width of the letter in units."""
GLYPH = 1
"""The number of the letter; 0 is the one for what is missing."""

_GLYPHS = 2
_HEAD_MAGIC = 0x5F0F3CF5
_CHECKSUM_MAGIC = 0xB1B0AFBA


def invisible_font(ascent: int, descent: int) -> bytes:
    """The font as a TrueType file; `ascent` and `descent`, which is not above 0, are in units."""
    glyph = _rectangle(descent, ascent)
    tables = {
        b"glyf": glyph,
        b"head": _head(ascent, descent, adjustment=0),
        b"hhea": struct.pack(">IhhhH11hH", 0x10000, ascent, descent, 0, LETTER, *(0, 0, LETTER, 1), *[0] * 7, _GLYPHS),
        b"hmtx": struct.pack(">HhHh", LETTER, 0, LETTER, 0),
        b"loca": struct.pack(">HHH", 0, 0, len(glyph) // 2),
        b"maxp": struct.pack(">IHHHHHHHHHHHHHH", 0x10000, _GLYPHS, 4, 1, 0, 0, 1, *[0] * 8),
    }
    whole = _font_file(tables)
    tables[b"head"] = _head(ascent, descent, adjustment=(_CHECKSUM_MAGIC - _checksum(whole)) & 0xFFFFFFFF)
    return _font_file(tables)


def _rectangle(bottom: int, top: int) -> bytes:
    """The outline: four points on the curve, each as a difference of 16 bits from the one before."""
    head = struct.pack(">hhhhh", 1, 0, bottom, LETTER, top)
    ends_and_instructions = struct.pack(">HH", 3, 0)
    xs, ys = (0, LETTER, 0, -LETTER), (bottom, 0, top - bottom, 0)
    data = head + ends_and_instructions + b"\x01" * 4 + struct.pack(">8h", *xs, *ys)
    return data + b"\0" * (-len(data) % 4)


def _head(ascent: int, descent: int, *, adjustment: int) -> bytes:
    return struct.pack(
        ">IIIIHHqqhhhhHHhhh",
        *(0x10000, 0x10000, adjustment, _HEAD_MAGIC, 0, UNITS, 0, 0),
        *(0, descent, LETTER, ascent, 0, 8, 2, 0, 0),
    )


def _font_file(tables: dict[bytes, bytes]) -> bytes:
    count = len(tables)
    power = count.bit_length() - 1
    directory = struct.pack(">IHHHH", 0x10000, count, 16 << power, power, 16 * count - (16 << power))
    at = len(directory) + 16 * count
    body = b""
    for tag, table in sorted(tables.items()):
        directory += tag + struct.pack(">III", _checksum(table), at + len(body), len(table))
        body += table + b"\0" * (-len(table) % 4)
    return directory + body


def _checksum(data: bytes) -> int:
    padded = data + b"\0" * (-len(data) % 4)
    words: tuple[int, ...] = struct.unpack(f">{len(padded) // 4}I", padded)
    return sum(words) & 0xFFFFFFFF
