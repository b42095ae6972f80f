"""PAGE XML 2010 to 2019 (PRImA), as Transkribus, eScriptorium and OCR-D write it: TextRegion, TextLine, Word."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from lxml import etree

from align.ocr.existing.building.drafts import Draft, DraftRegion
from align.ocr.existing.building.fitting import fuller
from align.ocr.existing.building.page_building import built_page
from align.ocr.existing.order import in_reading_order, index_of, stated_places
from align.ocr.existing.stated import (
    Outline,
    Piece,
    StatedPage,
    around,
    clean,
    confidence,
    inherited,
    length,
    name_of,
    number,
    points,
    polyline,
    quarter,
)
from align.ocr.judge import letters_and_digits

# Transkribus writes the place among the elements beside it as one of several rules in `custom`.
_CUSTOM_INDEX = re.compile(r"readingOrder\s*\{[^{}]*?\bindex\s*:\s*(-?\d+)")


def read_page_xml(root: etree._Element) -> tuple[StatedPage, ...]:
    """The pages of the document, in pixels."""
    return tuple(_page(page) for page in root.iter("{*}Page"))


def _page(page: etree._Element) -> StatedPage:
    regions = {element: n for n, element in enumerate(_regions(page), start=1)}
    lines = [*page.iter("{*}TextLine"), *_alone(regions)]
    ordered = in_reading_order(page, lines, places=stated_places(page), index=_index)
    built = built_page(
        [_draft(element, regions) for element in ordered],
        {n: DraftRegion(_outline(element), _text(element)[0]) for element, n in regions.items()},
        (length(page.get("imageWidth")), length(page.get("imageHeight"))),
    )
    return replace(built, image=page.get("imageFilename") or "")


def _regions(page: etree._Element) -> Iterator[etree._Element]:
    """The elements that lines may be in: regions of all kinds, and cells of tables."""
    return (element for element in page.iter() if name_of(element).endswith(("Region", "Cell")))


def _alone(regions: dict[etree._Element, int]) -> list[etree._Element]:
    """The regions that have a text and no lines in them, nor other such regions."""
    found: list[etree._Element] = []
    outer: set[etree._Element] = set()
    for region in reversed(list(regions)):  # inner ones first
        if region in outer or next(region.iter("{*}TextLine"), None) is not None or not clean(_text(region)[0]):
            continue
        found.append(region)
        outer.update(region.iterancestors())
    return found[::-1]


def _index(element: etree._Element) -> float | None:
    match = _CUSTOM_INDEX.search(element.get("custom") or "")
    return number(match[1] if match else element.get("index"))


def _draft(element: etree._Element, regions: dict[etree._Element, int]) -> Draft:
    """The line; a region without lines is one without text, which gets that of the region."""
    around_it = [node for node in (element, *element.iterancestors()) if node in regions]
    region = regions[around_it[0]] if around_it else 0
    within = frozenset(regions[node] for node in around_it)
    turn, language = quarter(inherited(element, "orientation")), inherited(element, "primaryLanguage")
    if name_of(element) != "TextLine":
        return Draft(region=region, within=within, turn=turn, language=language)
    baseline = element.find("{*}Baseline")
    outline = _outline(element)
    return Draft(
        [
            _piece(word)
            for word in in_reading_order(element, list(element.iterfind("{*}Word")), places={}, index=_index)
        ],
        outline,
        _text(element)[0],  # the confidence of a line says nothing of any one word
        baseline=None if baseline is None else polyline(_points(baseline)),
        region=region,
        within=within,
        turn=turn,
        language=language,
        absurd=outline is None and element.find("{*}Coords") is not None,
    )


def _piece(word: etree._Element) -> Piece:
    """The word; what it does not state itself, its glyphs say."""
    glyphs = list(word.iterfind("{*}Glyph"))
    text, sure = _text(word)
    if letters_and_digits(text) < len(glyphs):
        text = fuller(text, "".join(clean(_text(glyph)[0]) for glyph in glyphs))
    outline = _outline(word)
    if outline is None:
        places = [place for place in map(_outline, glyphs) if place is not None]
        outline = around(places) if places else None
    return Piece(text, outline, sure, absurd=outline is None and word.find("{*}Coords") is not None)


def _text(element: etree._Element) -> tuple[str, float | None]:
    """The text and the confidence of the TextEquiv with the lowest index, or of the first, among those that hold text.

    In each, a Unicode without text gives way to the PlainText.
    """
    read = [(_held(version), version) for version in element.iterfind("{*}TextEquiv")]
    held = [(text, version) for text, version in read if clean(text)]
    if not held:
        return "", None
    text, chosen = min(held, key=lambda pair: index_of(pair[1]))
    return text, confidence(chosen.get("conf"))


def _held(version: etree._Element) -> str:
    texts = (
        "".join(map(str, node.itertext())) for tag in ("Unicode", "PlainText") for node in version.iter(f"{{*}}{tag}")
    )
    return next((text for text in texts if clean(text)), "")


def _outline(element: etree._Element) -> Outline | None:
    coords = element.find("{*}Coords")
    return None if coords is None else points(_points(coords))


def _points(element: etree._Element) -> str:
    stated = element.get("points")
    if stated is None:  # before 2013 points were elements
        stated = " ".join(f"{point.get('x', '')},{point.get('y', '')}" for point in element.iterfind("{*}Point"))
    return stated
