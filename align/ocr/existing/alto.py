"""ALTO 2 to 4 (Library of Congress): Page, TextBlock, TextLine, String."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace

from lxml import etree

from align.ocr.existing.building.drafts import Draft, DraftRegion
from align.ocr.existing.building.fitting import fuller
from align.ocr.existing.building.page_building import built_page
from align.ocr.existing.loose_words import in_lines
from align.ocr.existing.order import chained_places, in_reading_order, stated_places
from align.ocr.existing.stated import (
    HYPHENS,
    Outline,
    Piece,
    StatedPage,
    around,
    clean,
    confidence,
    hyphenated,
    inherited,
    length,
    name_of,
    number,
    points,
    polyline,
    quarter,
    rectangle,
)


def read_alto(root: etree._Element) -> tuple[StatedPage, ...]:
    """The pages of the document, each in the unit of the document (pixel, mm10 or inch1200).

    The printed text is read, not SUBS_CONTENT: a word over a line end is two words, the first with its hyphen.
    """
    unit = next((node.text or "" for node in root.iter("{*}MeasurementUnit")), "pixel").strip().lower()
    places = stated_places(root) or chained_places(_blocks(root), following="IDNEXT")
    hundredths = _drops_zeros(root)
    return tuple(
        _page(page, places, pixels=unit in ("", "pixel"), hundredths=hundredths) for page in root.iter("{*}Page")
    )


def _page(page: etree._Element, places: Mapping[str, int], *, pixels: bool, hundredths: bool) -> StatedPage:
    blocks = {element: n for n, element in enumerate(_blocks(page), start=1)}
    drafts = [
        draft
        for element in in_reading_order(page, list(_lines(page)), places=places)
        for draft in _drafts(element, blocks, hundredths=hundredths)
    ]
    regions = {n: DraftRegion(_outline(block)) for block, n in blocks.items()}
    return built_page(drafts, regions, _size(page), pixels=pixels)


def _size(page: etree._Element) -> tuple[float | None, float | None]:
    """The width and the height of the page; where it states none, those of its print space and margins together."""
    width, height = length(page.get("WIDTH")), length(page.get("HEIGHT"))
    if width is not None and height is not None:
        return width, height
    parts = [place for child in page if name_of(child).endswith(_SPACES) and (place := _outline(child)) is not None]
    if not parts or around(parts)[0] != (0.0, 0.0):
        return width, height
    return around(parts)[2]


# What a page of ALTO is divided into; together they are all of it.
_SPACES = ("PrintSpace", "Margin")
_PLACE = ("HPOS", "VPOS", "WIDTH", "HEIGHT")


def _lines(page: etree._Element) -> dict[etree._Element, None]:
    """The lines of the page; a String outside of lines is in one by what it stands in."""
    lines: dict[etree._Element, None] = {}
    for element in page.iter("{*}TextLine", "{*}String"):
        parent = element.getparent()
        if name_of(element) == "TextLine":
            lines[element] = None
        elif parent is not None:
            lines[parent] = None
    return lines


def _blocks(root: etree._Element) -> Iterator[etree._Element]:
    return root.iter("{*}TextBlock", "{*}ComposedBlock")


def _drafts(element: etree._Element, blocks: Mapping[etree._Element, int], *, hundredths: bool) -> Iterator[Draft]:
    """The line; strings that are in no line are lines as their places have it."""
    draft = _draft(element, blocks, hundredths=hundredths)
    if name_of(element) == "TextLine":
        yield draft
    else:
        yield from (replace(draft, pieces=pieces) for pieces in in_lines(draft.pieces))


def _draft(element: etree._Element, blocks: Mapping[etree._Element, int], *, hundredths: bool) -> Draft:
    pieces: list[Piece] = []
    last: etree._Element | None = None  # the string before
    for child in element:
        name = name_of(child)
        content = child.get("CONTENT")
        if pieces and (name == "HYP" or (name == "String" and _is_hyphen_of(last, content))):
            pieces[-1] = hyphenated(pieces[-1], content, _outline(child))
        elif name == "String":
            pieces.append(_piece(child, hundredths=hundredths))
            last = child
    if last is not None and _is_first_part(last):
        pieces[-1] = hyphenated(pieces[-1], None, None)
    outline = _outline(element) if name_of(element) == "TextLine" else None
    baseline = polyline(element.get("BASELINE"))
    return Draft(
        pieces,
        outline,
        baseline=baseline,
        region=next((blocks[node] for node in (element, *element.iterancestors()) if node in blocks), 0),
        turn=quarter(inherited(element, "ROTATION")),
        language=inherited(element, "LANG", "language"),
        absurd=outline is None and _states_place(element),
    )


def _piece(string: etree._Element, *, hundredths: bool) -> Piece:
    """The word; what it does not state itself, its glyphs say, and its first alternative that holds text."""
    glyphs = list(string.iterfind("{*}Glyph")) if len(string) else []
    text = fuller(string.get("CONTENT") or "", "".join(map(_letter, glyphs)))
    if not clean(text):
        others = (node.text or "" for node in string.iterfind("{*}ALTERNATIVE"))
        text = next((other for other in others if clean(other)), "")
    # One String of many words is a line, whose confidence says nothing of any one word.
    sure = None if len(text.split()) > 1 else _confidence(string.get("WC"), hundredths=hundredths)
    places = [place for place in map(_outline, glyphs) if place is not None]
    outline = _outline(string) or (around(places) if places else None)
    return Piece(text, outline, sure, absurd=outline is None and _states_place(string))


def _letter(glyph: etree._Element) -> str:
    """The letter of a glyph, or the first of its variants that holds one."""
    read = (clean(element.get("CONTENT") or "") for element in (glyph, *glyph.iterfind("{*}Variant")))
    return next((letter for letter in read if letter), "")


def _states_place(element: etree._Element) -> bool:
    return any(element.get(name) is not None for name in _PLACE)


def _is_first_part(string: etree._Element) -> bool:
    """Whether a word is divided at the end of its line, and its hyphen is not stated: the whole word has more."""
    whole, part = clean(string.get("SUBS_CONTENT") or ""), clean(string.get("CONTENT") or "")
    return string.get("SUBS_TYPE") == "HypPart1" and len(whole) > len(part) > 0 and whole.startswith(part)


def _is_hyphen_of(string: etree._Element | None, content: str | None) -> bool:
    """Whether a string is no word but the hyphen of the divided word before it."""
    return string is not None and string.get("SUBS_TYPE") == "HypPart1" and clean(content or "") in [*HYPHENS]


def _drops_zeros(root: etree._Element) -> bool:
    """Whether a program wrote the file that drops a zero of confidences below a tenth: it writes 0.08 as 0.8.

    Tesseract up to 5.3 does so. It writes its version behind its name, as "tesseract 5.3.0". Newer versions write
    "Tesseract", and the version in an element of its own.
    """
    return any((node.text or "").strip().startswith("tesseract") for node in root.iter("{*}softwareName"))


def _confidence(stated: str | None, *, hundredths: bool) -> float | None:
    """The confidence of a word; one digit behind the point is hundredths where a program drops zeros."""
    one_digit = _ONE_DIGIT.fullmatch(stated or "") if hundredths else None
    return int(one_digit[1]) / 100 if one_digit else confidence(stated)


_ONE_DIGIT = re.compile(r"\s*0\.([0-9])\s*")


def _outline(element: etree._Element) -> Outline | None:
    """The polygon of the element's shape, or its rectangle where it has none."""
    for polygon in element.iterfind("{*}Shape/{*}Polygon") if len(element) else ():
        outline = points(polygon.get("POINTS"))
        if outline is not None:
            return outline
    left, top, width, height = (number(element.get(name)) for name in _PLACE)
    return rectangle(left, top, width, height)
