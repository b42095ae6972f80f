"""hOCR 1.2: HTML whose elements state in `class` what they are, and in `title` where they are."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from align.model import Rotation
from align.ocr.existing.line_building import built_line
from align.ocr.existing.stated import (
    Outline,
    Piece,
    StatedLine,
    StatedPage,
    length,
    number,
    quarter,
    rectangle,
)
from align.ocr.existing.stated_language import tag

_WORDS = frozenset({"ocrx_word", "ocr_word"})
# Floats and captions count as lines where they hold no line; Tesseract writes them so.
_LINES = frozenset({"ocr_line", "ocrx_line", "ocr_header", "ocr_footer", "ocr_pageno", "ocr_textfloat", "ocr_caption"})
_AREAS = frozenset({"ocr_carea", "ocrx_block"})
_QUOTED = re.compile(r"\"[^\"]*\"|'[^']*'")
_LANG = ("lang", "{http://www.w3.org/XML/1998/namespace}lang")


def read_hocr(root: etree._Element) -> tuple[StatedPage, ...]:
    """The pages of the document, in pixels from the corner of each page; empty where there is no ocr_page."""
    return tuple(_page(page) for page in root.iter() if "ocr_page" in _classes(page))


def _page(page: etree._Element) -> StatedPage:
    corner = _box(page)
    x, y = corner[:2] if corner else (0.0, 0.0)
    areas: dict[etree._Element | None, int] = {}
    lines: list[StatedLine] = []
    misplaced: list[str] = []
    for owner, words in _lines(page):
        turn = _turn(owner, page)
        pieces = [_piece(word, x, y) for word in words]
        built = built_line(
            pieces or [Piece(_text(owner))],
            _outline(owner, x, y),
            region=areas.setdefault(_area(owner, page), len(areas) + 1),
            turn=turn or 0,
        )
        misplaced += built.misplaced
        if built.line is not None:
            lines.append(StatedLine(built.line, turn, tag(_inherited(owner, page, *_LANG))))
    width, height = (corner[2] - x, corner[3] - y) if corner else (None, None)
    return StatedPage(_stated(width), _stated(height), tuple(lines), misplaced=tuple(misplaced))


def _lines(page: etree._Element) -> Iterator[tuple[etree._Element, list[etree._Element]]]:
    """Each line with its words, in the order of the document; words outside of lines are grouped by their parent."""
    words: dict[etree._Element, list[etree._Element]] = {}
    outer: set[etree._Element] = set()
    for element in page.iter():
        classes = _classes(element)
        if classes & _LINES:
            words.setdefault(element, [])
            outer.update(around for around in element.iterancestors() if around in words)
        elif classes & _WORDS:
            owner = next((e for e in element.iterancestors() if _classes(e) & _LINES), element.getparent())
            if owner is not None:
                words.setdefault(owner, []).append(element)
    for owner, words_of_line in words.items():
        if words_of_line or owner not in outer:
            yield owner, words_of_line


def _classes(element: etree._Element) -> frozenset[str]:
    return frozenset((element.get("class") or "").split()) if isinstance(element.tag, str) else frozenset()


def _properties(element: etree._Element) -> dict[str, str]:
    """The properties in the title, such as `bbox 0 0 10 20; x_wconf 93`, without quoted names of files."""
    parts = (part.strip().partition(" ") for part in _QUOTED.sub("", element.get("title") or "").split(";"))
    return {name.lower(): value.strip() for name, _, value in parts}


def _box(element: etree._Element) -> tuple[float, float, float, float] | None:
    """Left, top, right, bottom."""
    numbers = [number(text) for text in _properties(element).get("bbox", "").replace(",", " ").split()]
    known = [value for value in numbers if value is not None]
    return (known[0], known[1], known[2], known[3]) if len(known) == len(numbers) == 4 else None


def _piece(word: etree._Element, x: float, y: float) -> Piece:
    outline = _outline(word, x, y)
    return Piece(_text(word), outline, _confidence(word), absurd=outline is None and "bbox" in _properties(word))


def _outline(element: etree._Element, x: float, y: float) -> Outline | None:
    box = _box(element)
    return None if box is None else rectangle(box[0] - x, box[1] - y, box[2] - box[0], box[3] - box[1])


def _stated(size: float | None) -> float | None:
    return None if size is None else length(str(size))


def _text(element: etree._Element) -> str:
    return "".join(str(part) for part in element.itertext())


def _confidence(word: etree._Element) -> float | None:
    percent = number(_properties(word).get("x_wconf"))
    return percent / 100 if percent is not None and 0 <= percent <= 100 else None


def _turn(element: etree._Element, page: etree._Element) -> Rotation | None:
    node: etree._Element | None = element
    while node is not None:
        turn = quarter(_properties(node).get("textangle"))
        if turn is not None:
            return turn
        node = None if node is page else node.getparent()
    return None


def _inherited(element: etree._Element, page: etree._Element, *names: str) -> str | None:
    """The attribute of the element or of the nearest one around it, up to the page: above it is the HTML's own."""
    node: etree._Element | None = element
    while node is not None:
        for name in names:
            value = node.get(name)
            if value:
                return str(value)
        node = None if node is page else node.getparent()
    return None


def _area(element: etree._Element, page: etree._Element) -> etree._Element:
    node = element
    while node is not page:
        if _classes(node) & _AREAS:
            return node
        parent = node.getparent()
        if parent is None:
            break
        node = parent
    return page
