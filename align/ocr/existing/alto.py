"""ALTO 2 to 4 (Library of Congress): Page, TextBlock, TextLine, String."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from lxml import etree

from align.ocr.existing.building.drafts import Draft, DraftRegion
from align.ocr.existing.building.fitting import fuller
from align.ocr.existing.building.page_building import built_page
from align.ocr.existing.order import chained_places, in_reading_order, stated_places
from align.ocr.existing.stated import (
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
        _draft(element, blocks, hundredths=hundredths)
        for element in in_reading_order(page, list(_lines(page)), places=places)
    ]
    size = length(page.get("WIDTH")), length(page.get("HEIGHT"))
    return built_page(drafts, {n: DraftRegion(_outline(block)) for block, n in blocks.items()}, size, pixels=pixels)


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


def _draft(element: etree._Element, blocks: Mapping[etree._Element, int], *, hundredths: bool) -> Draft:
    pieces: list[Piece] = []
    for child in element:
        name = name_of(child)
        if name == "String":
            pieces.append(_piece(child, hundredths=hundredths))
        elif name == "HYP" and pieces:
            pieces[-1] = hyphenated(pieces[-1], child.get("CONTENT"), _outline(child))
    divided = [child for child in element if name_of(child) == "String"][-1:]
    if divided and _is_first_part(divided[0]):
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
        absurd=outline is None and element.get("WIDTH") is not None,
    )


def _piece(string: etree._Element, *, hundredths: bool) -> Piece:
    """The word; what it does not state itself, its glyphs say, and its first alternative that holds text."""
    glyphs = list(string.iterfind("{*}Glyph")) if len(string) else []
    text = fuller(string.get("CONTENT") or "", "".join(clean(glyph.get("CONTENT") or "") for glyph in glyphs))
    if not clean(text):
        others = (node.text or "" for node in string.iterfind("{*}ALTERNATIVE"))
        text = next((other for other in others if clean(other)), "")
    # One String of many words is a line, whose confidence says nothing of any one word.
    sure = None if len(text.split()) > 1 else _confidence(string.get("WC"), hundredths=hundredths)
    places = [place for place in map(_outline, glyphs) if place is not None]
    outline = _outline(string) or (around(places) if places else None)
    return Piece(text, outline, sure, absurd=outline is None and string.get("WIDTH") is not None)


def _is_first_part(string: etree._Element) -> bool:
    """Whether a word is divided at the end of its line, and its hyphen is not stated: the whole word has more."""
    whole, part = clean(string.get("SUBS_CONTENT") or ""), clean(string.get("CONTENT") or "")
    return string.get("SUBS_TYPE") == "HypPart1" and len(whole) > len(part) > 0 and whole.startswith(part)


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
    left, top, width, height = (number(element.get(name)) for name in ("HPOS", "VPOS", "WIDTH", "HEIGHT"))
    return rectangle(left, top, width, height)
