"""The text in hOCR: which of it belongs to lines, words, letters and areas; white space of markup is none of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise

from lxml import etree

from align.ocr.existing.stated import clean, number

WORDS = frozenset({"ocrx_word", "ocr_word"})
# Floats and captions count as lines where they hold no line; Tesseract writes them so.
LINES = frozenset({"ocr_line", "ocrx_line", "ocr_header", "ocr_footer", "ocr_pageno", "ocr_textfloat", "ocr_caption"})
AREAS = frozenset({"ocr_carea", "ocrx_block", "ocr_par", "ocr_page"})
# Tesseract writes letters as ocrx_cinfo (hocr_char_boxes), and in them what else it saw there (lstm_choice_mode).
LETTERS = frozenset({"ocrx_cinfo", "ocr_cinfo", "ocr_glyph", "ocr_glyphs", "ocrx_char", "ocr_char", "ocr_symbol"})
_NO_TEXT = frozenset({"script", "style", "head", "del"})  # <del> is a reading that the program did not choose
_CONFIDENCES = ("x_conf", "x_confs")


@dataclass(slots=True)
class Group:
    """What stands together: a line with its words and texts, or the text of an area that is in no line.

    `anchor` is the element where it begins. Parts are words as elements, and texts; a line feed in them is a <br>.
    """

    owner: etree._Element
    anchor: etree._Element
    is_line: bool
    parts: list[etree._Element | str] = field(default_factory=list)


def groups_of(page: etree._Element) -> list[Group]:
    """All that the page says, in the order of the file; words outside of lines are grouped by what they stand in."""
    groups: dict[etree._Element, Group] = {}
    for owner, anchor, is_line, part in _parts(page, page, in_line=False):
        group = groups.setdefault(owner, Group(owner, anchor, is_line))
        group.is_line = group.is_line or is_line
        group.parts.append(part)
    return [
        group for group in groups.values() if group.is_line or any(isinstance(p, str) and clean(p) for p in group.parts)
    ]


def classes_of(element: etree._Element) -> frozenset[str]:
    """The classes of an element; none for comments and the like."""
    return _classes(element.get("class") or "") if isinstance(element.tag, str) else frozenset()


@lru_cache(maxsize=64)  # a file has few, and each of its elements is asked several times
def _classes(stated: str) -> frozenset[str]:
    return frozenset(stated.split())


def text_of(element: etree._Element) -> str:
    """The text of a word or line: its own; where it has none, its letters, and where these have none, the likeliest."""
    own = "".join(_own(element))
    if clean(own):
        return _joined(element, own)
    letters = list(outermost(element, LETTERS))
    joined = "".join(_letter("".join(_own(letter))) for letter in letters)
    return joined if clean(joined) else "".join(_likeliest(letter) for letter in letters)


def outermost(element: etree._Element, classes: frozenset[str]) -> Iterator[etree._Element]:
    """The elements of these classes in the element that are in no other such element."""
    for child in element:
        if classes_of(child) & classes:
            yield child
        else:
            yield from outermost(child, classes)


def _parts(
    element: etree._Element, owner: etree._Element, *, in_line: bool
) -> Iterator[tuple[etree._Element, etree._Element, bool, etree._Element | str]]:
    """The parts in an element, each with what it belongs to, where it stands, and whether that is a line."""
    if element.text:
        yield owner, owner if in_line else element, in_line, _spaced(element.text)
    for child in element:
        classes = classes_of(child)
        parent = owner if in_line else element
        if classes & WORDS:
            yield parent, parent, True, child
        elif classes & LINES:
            yield child, child, True, ""
            yield from _parts(child, child, in_line=True)
        elif in_line and classes & LETTERS:
            yield owner, owner, True, ""
        elif classes & AREAS and not in_line:
            yield from _parts(child, child, in_line=False)
        elif _tag(child) == "br":
            yield owner, child, in_line, "\n"
        elif isinstance(child.tag, str) and _tag(child) not in _NO_TEXT:
            yield from _parts(child, owner, in_line=in_line)
        if child.tail:
            yield owner, owner if in_line else child, in_line, _spaced(child.tail)


def _own(element: etree._Element) -> Iterator[str]:
    """The pieces of text in an element that are in no letter of it; of alternatives, those of the first with a text."""
    if element.text:
        yield element.text
    alternatives = "alternatives" in classes_of(element)
    for child in element:
        if isinstance(child.tag, str) and _tag(child) not in _NO_TEXT and not classes_of(child) & LETTERS:
            texts = list(_own(child))
            yield from texts
            if alternatives and clean("".join(texts)):
                return
        if child.tail and not alternatives:
            yield child.tail


def _joined(element: etree._Element, text: str) -> str:
    """The text; without its white space where each child holds one letter, on lines of their own."""
    held = [clean("".join(map(str, child.itertext()))) for child in element]
    if len(held) > 1 and all(len(letter) <= 1 for letter in held) and "".join(held) == "".join(text.split()):
        return "".join(held)
    return text


def _letter(text: str) -> str:
    return clean(text) or (" " if text and "\n" not in text else "")


def _likeliest(letter: etree._Element) -> str:
    """Of the readings of a letter, the one with the highest confidence; of several, the first."""
    readings: Sequence[tuple[float, str]] = [
        (_sure(node), clean(node.text or "")) for node in letter.iter() if clean(node.text or "")
    ]
    return max(readings, key=lambda reading: reading[0])[1] if readings else ""


def _sure(element: etree._Element) -> float:
    title = (element.get("title") or "").replace(";", " ").split()
    values = (number(after) for name, after in pairwise(title) if name in _CONFIDENCES)
    return next((value for value in values if value is not None), 0.0)


def _spaced(text: str) -> str:
    return text.replace("\n", " ")


def _tag(element: etree._Element) -> str:
    return element.tag.rpartition("}")[2].lower() if isinstance(element.tag, str) else ""
