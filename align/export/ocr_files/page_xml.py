"""PAGE: TextRegion, TextLine, Word, in the version of 2019-07-15 or, for Transkribus, of 2013-07-15.

Sentences are tags of a line's text as Transkribus writes them, in `custom`: where a sentence begins on the line and how
long it is there, in UTF-16 units. `structure` comes last there: eScriptorium takes all that follows it for the type.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import groupby
from typing import Literal

from lxml import etree

from align.export.ocr_files.elements import add, root_element, serialized
from align.export.ocr_files.ocr_page import OcrLine, OcrPage, OcrRegion, Points
from align.export.ocr_files.origin import SOFTWARE, Origin
from align.model import Box, LineRole, TextWord
from align.model.language import primary

PageVersion = Literal["2013-07-15", "2019-07-15"]
_NAMESPACE = "http://schema.primaresearch.org/PAGE/gts/pagecontent"
_TYPES: Mapping[LineRole, str] = {
    "body": "paragraph", "heading": "heading", "running-head": "header", "page-number": "page-number",
    "catchword": "catch-word", "note": "footnote", "margin": "marginalia", "stamp": "other", "other": "other",
}  # fmt: skip
# PAGE names languages in words; a language that is not here is not stated.
_LANGUAGES = {
    "be": "Belarusian", "bg": "Bulgarian", "cs": "Czech", "cu": "Old Church Slavonic", "da": "Danish", "de": "German",
    "el": "Greek", "en": "English", "es": "Spanish", "et": "Estonian", "fi": "Finnish", "fr": "French", "he": "Hebrew",
    "hr": "Croatian", "hu": "Hungarian", "hy": "Armenian", "it": "Italian", "ka": "Georgian", "kk": "Kazakh",
    "la": "Latin", "lt": "Lithuanian", "lv": "Latvian", "mk": "Macedonian", "nl": "Dutch", "no": "Norwegian",
    "pl": "Polish", "pt": "Portuguese", "ro": "Romanian", "ru": "Russian", "sk": "Slovak", "sl": "Slovene",
    "sr": "Serbian", "sv": "Swedish", "tr": "Turkish", "tt": "Tatar", "uk": "Ukrainian", "yi": "Yiddish",
}  # fmt: skip
# What cannot stand in a value of `custom`, with white space.
_SPECIAL = frozenset("\\\"'{}:; \t\n\r")


def page_xml(page: OcrPage, origin: Origin, *, version: PageVersion = "2019-07-15") -> bytes:
    """The file of this page."""
    namespace = f"{_NAMESPACE}/{version}"
    root = root_element("PcGts", namespace, f"{namespace}/pagecontent.xsd")
    metadata = add(root, "Metadata")
    add(metadata, "Creator", text=f"{SOFTWARE} {origin.version}")
    add(metadata, "Created", text=origin.time)
    add(metadata, "LastChange", text=origin.time)
    add(metadata, "Comments", text=origin.contents)
    about = {
        "imageFilename": page.image,
        "imageWidth": page.width,
        "imageHeight": page.height,
        **(_newer(page) if version == "2019-07-15" else {}),
        "custom": " ".join(_about(page)) or None,
    }
    element = add(root, "Page", about)
    if page.regions:
        order = add(add(element, "ReadingOrder"), "OrderedGroup", {"id": "reading-order"})
        for number, region in enumerate(page.regions):
            add(order, "RegionRefIndexed", {"index": number, "regionRef": region.id})
    seen: set[str] = set()
    for number, region in enumerate(page.regions):
        _add_region(element, region, number, seen)
    return serialized(root)


def _about(page: OcrPage) -> Iterator[str]:
    """What PAGE has no attribute for: the label of a page, and where the sides of a spread are."""
    if page.label is not None:
        yield f"pageLabel {{value:{_escaped(page.label)};}}"
    for side in page.sides:
        left, top, width, height = side.xywh
        yield f"side {{left:{left}; top:{top}; width:{width}; height:{height};}}"


def _newer(page: OcrPage) -> dict[str, object]:
    """The attributes of a page that the version of 2013 did not have."""
    dpi = None if page.dpi is None else f"{page.dpi:g}"
    return {
        "imageXResolution": dpi,
        "imageYResolution": dpi,
        "imageResolutionUnit": dpi and "PPI",
        "primaryLanguage": _language(page.language),
    }


def _add_region(page: etree._Element, region: OcrRegion, number: int, seen: set[str]) -> None:
    kind = _TYPES[region.role]
    about = {
        "id": region.id,
        "type": kind,
        "orientation": (region.rotation + 179) % 360 - 179 or None,
        "primaryLanguage": _language(region.language),
        "custom": f"readingOrder {{index:{number};}} structure {{type:{kind};}}",
    }
    element = add(page, "TextRegion", about)
    add(element, "Coords", {"points": _points(_corners(region.box))})
    for index, line in enumerate(region.lines):
        _add_line(element, line, index, region.language, seen)
    _add_text(element, "\n".join(line.text for line in region.lines if line.words))


def _add_line(region: etree._Element, line: OcrLine, index: int, language: str | None, seen: set[str]) -> None:
    custom = [f"readingOrder {{index:{index};}}", *_sentences(line, seen)]
    if line.mark is not None:
        custom.append(f"structure {{type:{line.mark};}}")
    own_language = None if line.language == language else _language(line.language)
    about = {"id": line.id, "primaryLanguage": own_language, "custom": " ".join(custom)}
    element = add(region, "TextLine", about)
    add(element, "Coords", {"points": _points(line.outline)})
    add(element, "Baseline", {"points": _points(line.baseline)})
    for number, word in enumerate(line.words, 1):
        _add_word(element, word, f"{line.id}.w{number:03d}")
    _add_text(element, line.text)


def _add_word(line: etree._Element, word: TextWord, word_id: str) -> None:
    element = add(line, "Word", {"id": word_id})
    add(element, "Coords", {"points": _points(_corners(word.box))})
    _add_text(element, word.text, word.confidence)


def _add_text(element: etree._Element, text: str, confidence: float | None = None) -> None:
    if text:
        equivalent = add(element, "TextEquiv", {"conf": None if confidence is None else f"{confidence:.4g}"})
        add(equivalent, "Unicode", text=text)


def _sentences(line: OcrLine, seen: set[str]) -> Iterator[str]:
    """The tags of the sentences of a line; `seen` are those of lines before, which are continued."""
    at = 0
    for sentence, group in groupby(line.words, key=lambda word: word.sentence):
        length = _units(" ".join(word.text for word in group))
        if sentence is not None:
            continued = "continued:true; " if sentence in seen else ""
            seen.add(sentence)
            yield f"sentence {{offset:{at}; length:{length}; {continued}id:{_escaped(sentence)};}}"
        at += length + 1


def _units(text: str) -> int:
    """The length in UTF-16 units."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def _escaped(value: str) -> str:
    r"""The value as `custom` can hold it.

    >>> _escaped("a b")
    'a\\u0020b'
    """
    return "".join(f"\\u{ord(c):04x}" if c in _SPECIAL else c for c in value)


def _language(language: str | None) -> str | None:
    return None if language is None else _LANGUAGES.get(primary(language))


def _corners(box: Box) -> Points:
    return (box.left, box.top), (box.right, box.top), (box.right, box.bottom), (box.left, box.bottom)


def _points(points: Points) -> str:
    return " ".join(f"{x},{y}" for x, y in points)
