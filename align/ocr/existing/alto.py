"""ALTO 2 to 4 (Library of Congress): Page, TextBlock, TextLine, String."""

from __future__ import annotations

from lxml import etree

from align.model import Line, Rotation
from align.ocr.existing.order import in_reading_order
from align.ocr.existing.stated import (
    Outline,
    Piece,
    StatedLine,
    StatedPage,
    built_line,
    confidence,
    hyphenated,
    inherited,
    length,
    name_of,
    number,
    points,
    quarter,
    rectangle,
)
from align.ocr.existing.stated_language import tag


def read_alto(root: etree._Element) -> tuple[StatedPage, ...]:
    """The pages of the document, each in the unit of the document (pixel, mm10 or inch1200).

    The printed text is read, not SUBS_CONTENT: a word over a line end is two words, the first with its hyphen.
    """
    unit = next((node.text or "" for node in root.iter("{*}MeasurementUnit")), "pixel").strip().lower()
    return tuple(_page(page, root, pixels=unit in ("", "pixel")) for page in root.iter("{*}Page"))


def _page(page: etree._Element, root: etree._Element, *, pixels: bool) -> StatedPage:
    blocks: dict[etree._Element | None, int] = {}
    lines = []
    for element in in_reading_order(page, list(page.iter("{*}TextLine")), stated_in=root):
        region = blocks.setdefault(element.getparent(), len(blocks) + 1)
        turn = quarter(inherited(element, "ROTATION"))
        line = _line(element, region=region, turn=turn or 0, page=confidence(page.get("PC")))
        if line is not None:
            lines.append(StatedLine(line, turn, tag(inherited(element, "LANG", "language"))))
    return StatedPage(length(page.get("WIDTH")), length(page.get("HEIGHT")), tuple(lines), pixels=pixels)


def _line(element: etree._Element, *, region: int, turn: Rotation, page: float | None) -> Line | None:
    pieces: list[Piece] = []
    for child in element:
        name = name_of(child)
        if name == "String":
            sure = confidence(child.get("WC"))
            pieces.append(Piece(child.get("CONTENT") or "", _outline(child), page if sure is None else sure))
        elif name == "HYP" and pieces:
            pieces[-1] = hyphenated(pieces[-1], child.get("CONTENT"), _outline(child))
    return built_line(pieces, _outline(element), region=region, turn=turn)


def _outline(element: etree._Element) -> Outline | None:
    """The polygon of the element's shape, or its rectangle where it has none."""
    for polygon in element.iterfind("{*}Shape/{*}Polygon"):
        outline = points(polygon.get("POINTS"))
        if outline is not None:
            return outline
    left, top, width, height = (number(element.get(name)) for name in ("HPOS", "VPOS", "WIDTH", "HEIGHT"))
    return rectangle(left, top, width, height)
