"""hOCR 1.2: HTML whose elements state in `class` what they are, and in `title` where they are."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import lru_cache

from lxml import etree

from align.model import Rotation
from align.ocr.existing.building.drafts import Draft, DraftRegion
from align.ocr.existing.building.fitting import resembles
from align.ocr.existing.building.page_building import built_page
from align.ocr.existing.hocr_text import AREAS, LETTERS, Group, classes_of, groups_of, outermost, text_of
from align.ocr.existing.loose_words import in_lines
from align.ocr.existing.order import in_reading_order
from align.ocr.existing.stated import (
    Outline,
    Piece,
    StatedPage,
    around,
    clean,
    length,
    number,
    points,
    quarter,
    rectangle,
)
from align.ocr.judge import letters_and_digits

_QUOTED = re.compile(r"\"[^\"]*\"|'[^']*'")
_IMAGE = re.compile(r"\bimage\s+[\"']?([^\"';]+)")
_LANG = ("lang", "{http://www.w3.org/XML/1998/namespace}lang")


def read_hocr(root: etree._Element) -> tuple[StatedPage, ...]:
    """The pages of the document, in pixels from the corner of each page; empty where there is no ocr_page."""
    return tuple(_page(page) for page in root.iter() if "ocr_page" in classes_of(page))


def _page(page: etree._Element) -> StatedPage:
    corner = _box(page, "bbox")
    x, y = corner[:2] if corner else (0.0, 0.0)
    groups: dict[etree._Element, list[Group]] = {}
    for group in groups_of(page):
        groups.setdefault(group.anchor, []).append(group)
    areas = {area: n for n, area in enumerate((e for e in page.iter() if classes_of(e) & AREAS), start=1)}
    ordered = in_reading_order(page, list(groups), places={}, index=_order)
    drafts = [d for anchor in ordered for group in groups[anchor] for d in _drafts(group, page, areas, x, y)]
    regions = {n: DraftRegion(_outline(area, x, y)) for area, n in areas.items() if area is not page}
    if not any(group.is_line for groups_here in groups.values() for group in groups_here):
        regions[areas[page]] = DraftRegion(_outline(page, x, y))
    width, height = (corner[2] - x, corner[3] - y) if corner else (None, None)
    image = _IMAGE.search(page.get("title") or "")
    built = built_page(drafts, regions, (_stated(width), _stated(height)))
    return replace(built, image=image[1] if image else "")


def _drafts(
    group: Group, page: etree._Element, areas: Mapping[etree._Element, int], x: float, y: float
) -> Iterator[Draft]:
    """The line that the group is; of the text of an area that is in no line, each row."""
    owner = group.owner
    area = next(node for node in (owner, *owner.iterancestors()) if node in areas)
    turn, language = _turn(owner, page), _inherited(owner, page, *_LANG)
    if not group.is_line:
        for row in "".join(part for part in group.parts if isinstance(part, str)).split("\n"):
            if letters_and_digits(row):
                yield Draft(text=row, region=areas[area], turn=turn, language=language, estimated=True)
        return
    words = [part for part in group.parts if not isinstance(part, str)]
    pieces = [Piece(part) if isinstance(part, str) else _piece(part, x, y) for part in group.parts]
    loose = clean(" ".join(part for part in group.parts if isinstance(part, str)))
    own = loose if words and resembles(loose, " ".join(map(text_of, words))) else ""
    if own:  # the line says what its words say, and both are in the file
        pieces = [_piece(word, x, y) for word in words]
    outline = _outline(owner, x, y) if owner is not area else None
    draft = Draft(
        pieces if words else [Piece(text_of(owner))],
        outline,
        own,
        region=areas[area],
        turn=turn,
        language=language,
        absurd=outline is None and "bbox" in _properties(owner),
    )
    # Words that are in no line are lines as their places have it.
    alone = owner is area and words
    yield from (replace(draft, pieces=line) for line in in_lines(pieces)) if alone else (draft,)


def _properties(element: etree._Element) -> Mapping[str, str]:
    """The properties in the title, such as `bbox 0 0 10 20; x_wconf 93`, without quoted names of files."""
    return _stated_in(element.get("title") or "")


@lru_cache(maxsize=16)  # an element is asked for several properties, one after the other
def _stated_in(title: str) -> Mapping[str, str]:
    parts = [part.strip().partition(" ") for part in _QUOTED.sub("", title).split(";")]
    return {name.lower(): value.strip() for name, _, value in parts}


def _box(element: etree._Element, name: str) -> tuple[float, float, float, float] | None:
    """Left, top, right, bottom."""
    numbers = [number(text) for text in _properties(element).get(name, "").replace(",", " ").split()]
    known = [value for value in numbers if value is not None]
    return (known[0], known[1], known[2], known[3]) if len(known) == len(numbers) == 4 else None


def _piece(word: etree._Element, x: float, y: float) -> Piece:
    """The word; where it states no place, that of its letters."""
    outline = _outline(word, x, y)
    if outline is None:
        stated = (_outline(letter, x, y) for letter in outermost(word, LETTERS))
        places = [place for place in stated if place is not None]
        outline = around(places) if places else None
    return Piece(text_of(word), outline, _confidence(word), absurd=outline is None and "bbox" in _properties(word))


def _outline(element: etree._Element, x: float, y: float) -> Outline | None:
    """The polygon of the element (kraken writes it as `poly`), or its box; that of a letter is in `x_bboxes`."""
    polygon = points(_properties(element).get("poly"))
    if polygon is not None:
        return tuple((px - x, py - y) for px, py in polygon)
    box = _box(element, "bbox") or (_box(element, "x_bboxes") if classes_of(element) & LETTERS else None)
    return None if box is None else rectangle(box[0] - x, box[1] - y, box[2] - box[0], box[3] - box[1])


def _stated(size: float | None) -> float | None:
    return None if size is None else length(str(size))


def _order(element: etree._Element) -> float | None:
    return number(_properties(element).get("order")) if isinstance(element.tag, str) else None


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
