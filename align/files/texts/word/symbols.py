"""Letters that Word documents name by a font and its number (w:sym), as characters."""

from __future__ import annotations

from lxml import etree

from align.files.texts.word.parts import W

# Where a font has no characters of its own, Word puts its numbers into the private area from U+F000 on.
_PRIVATE = range(0xF000, 0xF100)
# The font Symbol, by Adobe's Symbol Encoding: from 0x20, and from 0xA0.
_SYMBOL = dict(
    zip(
        (*range(0x20, 0x7F), *range(0xA0, 0xD8)),
        " !∀#∃%&∋()∗+,−./0123456789:;<=>?≅ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ[∴]⊥_‾αβχδεφγηιϕκλμνοπθρστυϖωξψζ{|}∼"
        "€ϒ′≤⁄∞ƒ♣♦♥♠↔←↑→↓°±″≥×∝∂•÷≠≡≈…⏐⎯↵ℵℑℜ℘⊗⊕∅∩∪⊃⊇⊄⊂⊆∈∉∠∇®©™∏√⋅",
        strict=True,
    )
)
# Signs of the font Wingdings that stand in typed texts.
_WINGDINGS = {
    0x28: "☎", 0x2A: "✉", 0x3F: "✍", 0x4A: "☺", 0x6C: "●", 0x6E: "■", 0x6F: "□", 0x71: "❑", 0x76: "❖", 0x9F: "•",
    0xA7: "▪", 0xA8: "◻", 0xD8: "➢", 0xDF: "←", 0xE0: "→", 0xE8: "➔", 0xF0: "⇨", 0xFB: "✗", 0xFC: "✓", 0xFD: "☒",
    0xFE: "☑",
}  # fmt: skip
_FONTS: dict[str, dict[int, str]] = {"symbol": _SYMBOL, "wingdings": _WINGDINGS}


def symbol_of(element: etree._Element) -> str:
    """The character of a w:sym; empty where it cannot be told."""
    try:
        number = int(element.get(f"{W}char", ""), 16)
        sign = chr(number)
    except (ValueError, OverflowError):
        return ""
    signs = _FONTS.get(element.get(f"{W}font", "").strip().lower())
    if number in _PRIVATE or (signs is not None and number <= 0xFF):
        return (signs or {}).get(number & 0xFF, "")
    return sign if sign.isprintable() else ""
