"""The text of a page as operators: words that are never painted, each stretched over its ink, in reading order."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from math import cos, sin
from unicodedata import bidirectional

from align.export.pdf.invisible_font import LETTER, UNITS
from align.export.pdf.placed_words import PageLine, PlacedWord, placed_words
from align.export.pdf.syntax import Text, number, syntax
from align.export.pdf.text_fonts import Face, PageSize, TextFonts
from align.model import Transform

# The least width of a space in points, for words of a line that overlap.
_LEAST_SPACE = 0.01


def page_text(
    lines: Sequence[PageLine], onto: Transform, edge: float, fonts: TextFonts, language: str | None
) -> tuple[bytes, set[Face]]:
    """The operators that write the lines, and the faces of the fonts that they use.

    `onto` maps scan pixels to points of the page, whose right edge is `edge`; a line says its language where it is not
    `language`.
    """
    placed, size = placed_words(lines, onto, edge)
    faces: set[Face] = set()
    out = ["BT\n3 Tr\n"]
    for line, words in zip(lines, placed, strict=True):
        named = line.language is not None and line.language != language
        if named:
            out.append(f"/Span {syntax({'Lang': Text(line.language or '')}).decode('ascii')} BDC\n")
        for own, following in pairwise([*words, None]):
            if own is not None:
                out.append(_word(own, following, size, fonts, faces))
        if named:
            out.append("EMC\n")
    out.append("ET\n")
    return "".join(out).encode("ascii"), faces


def _word(own: PlacedWord, following: PlacedWord | None, size: PageSize, fonts: TextFonts, faces: set[Face]) -> str:
    face = size.face(own.height, own.raised)
    faces.add(face)
    # Text in a PDF stands as it is seen: from left to right.
    codes, count = fonts.coded(_as_seen(own.text))
    letter = size.points * LETTER / UNITS
    c, s, minus_s = number(cos(own.angle)), number(sin(own.angle)), number(-sin(own.angle))
    x, y = own.base
    shown = (
        f"/F{face.name} {number(size.points)} Tf {number(100 * own.width / (count * letter))} Tz "
        f"{c} {s} {minus_s} {c} {number(x)} {number(y)} Tm <{codes.hex()}> Tj\n"
    )
    if following is not None:
        space, _ = fonts.coded(" ")
        shown += f"{number(100 * max(own.gap(following), _LEAST_SPACE) / letter)} Tz <{space.hex()}> Tj\n"
    return shown


def _as_seen(text: str) -> str:
    return text[::-1] if any(bidirectional(c) in ("R", "AL") for c in text) else text
