"""The language of a page: as its file states it, or by its script."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

from align.model.language import primary
from align.ocr.existing.stated import StatedLine
from align.ocr.tesseract import TESSERACT_NAMES

# ISO 639-2 has two names for some languages; Tesseract uses the names that are not here.
_BIBLIOGRAPHIC = {
    "arm": "hy", "cze": "cs", "dut": "nl", "fre": "fr", "geo": "ka", "ger": "de", "gre": "el", "mac": "mk", "rum": "ro",
    "slo": "sk",
}  # fmt: skip
_BY_CODE = {name: code for code, name in TESSERACT_NAMES.items()} | _BIBLIOGRAPHIC
# PAGE names languages in words (LanguageSimpleType, after ISO 639).
_BY_NAME = {
    "belarusian": "be", "bulgarian": "bg", "czech": "cs", "danish": "da", "german": "de", "greek": "el",
    "english": "en", "spanish": "es", "estonian": "et", "finnish": "fi", "french": "fr", "hebrew": "he",
    "croatian": "hr", "hungarian": "hu", "armenian": "hy", "italian": "it", "georgian": "ka", "kazakh": "kk",
    "latin": "la",
    "lithuanian": "lt", "latvian": "lv", "macedonian": "mk", "dutch": "nl", "norwegian": "no", "polish": "pl",
    "portuguese": "pt", "romanian": "ro", "russian": "ru", "slovak": "sk", "slovenian": "sl", "serbian": "sr",
    "swedish": "sv", "turkish": "tr", "tatar": "tt", "ukrainian": "uk", "yiddish": "yi",
}  # fmt: skip
_CODE = re.compile(r"([a-z]{2,3})(?:[-_].*)?\Z", re.DOTALL)


def tag(stated: str | None) -> str | None:
    """The BCP 47 primary language of a stated code or name; None where it names no language.

    >>> tag("rus"), tag("en-GB"), tag("Russian"), tag("ger"), tag("unknown language")
    ('ru', 'en', 'ru', 'de', None)
    """
    lowered = (stated or "").strip().lower()
    if lowered in _BY_NAME:
        return _BY_NAME[lowered]
    match = _CODE.match(lowered)
    if match is None or match[1] in ("und", "mul", "zxx", "mis"):
        return None
    code = _BY_CODE.get(match[1], match[1])
    return code if len(code) == 2 or code in TESSERACT_NAMES else None


def by_script(text: str) -> str | None:
    """The language by the script of most letters: "ru" for Cyrillic, "en" for Latin; None where there are neither."""
    cyrillic = sum("\u0400" <= c <= "\u052f" for c in text)
    latin = sum("a" <= c <= "z" or "\u00c0" <= c <= "\u024f" for c in text.lower())
    if not cyrillic and not latin:
        return None
    return "ru" if cyrillic > latin else "en"


def language_of(lines: Iterable[StatedLine], allowed: tuple[str, ...]) -> str | None:
    """The language of most of the text, as stated or by script; one of `allowed` where that names any.

    Where English is stated for Cyrillic text, or Russian for Latin text, a program stated its default, so that the
    script decides.
    """
    listed = list(lines)
    script = by_script(" ".join(stated.line.text for stated in listed))
    weights: Counter[str] = Counter()
    for stated in listed:
        if stated.language:
            weights[stated.language] += len(stated.line.text)
    language = weights.most_common(1)[0][0] if weights else script
    if script is not None and language in ("ru", "en"):
        language = script
    if not allowed:
        return language
    return next((tag for tag in allowed if primary(tag) == language), allowed[0])
