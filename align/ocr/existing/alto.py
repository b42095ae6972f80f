"""ALTO 2 to 4 (Library of Congress): Page, TextBlock, TextLine, String."""

from __future__ import annotations

import re

from lxml import etree

from align.model import Rotation
from align.ocr.existing.line_building import Built, built_line
from align.ocr.existing.order import in_reading_order
from align.ocr.existing.stated import (
    Outline,
    Piece,
    StatedLine,
    StatedPage,
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
    hundredths = _drops_zeros(root)
    lines: list[StatedLine] = []
    misplaced: list[str] = []
    for element in in_reading_order(page, list(page.iter("{*}TextLine")), stated_in=root):
        region = blocks.setdefault(element.getparent(), len(blocks) + 1)
        turn = quarter(inherited(element, "ROTATION"))
        built = _line(element, region=region, turn=turn or 0, hundredths=hundredths)
        misplaced += built.misplaced
        if built.line is not None:
            lines.append(StatedLine(built.line, turn, tag(inherited(element, "LANG", "language"))))
    size = length(page.get("WIDTH")), length(page.get("HEIGHT"))
    return StatedPage(*size, tuple(lines), pixels=pixels, misplaced=tuple(misplaced))


def _line(element: etree._Element, *, region: int, turn: Rotation, hundredths: bool) -> Built:
    pieces: list[Piece] = []
    for child in element:
        name = name_of(child)
        if name == "String":
            text = child.get("CONTENT") or ""
            # One String of many words is a line, whose confidence says nothing of any one word.
            sure = None if len(text.split()) > 1 else _confidence(child.get("WC"), hundredths=hundredths)
            outline = _outline(child)
            pieces.append(Piece(text, outline, sure, absurd=outline is None and child.get("WIDTH") is not None))
        elif name == "HYP" and pieces:
            pieces[-1] = hyphenated(pieces[-1], child.get("CONTENT"), _outline(child))
    return built_line(pieces, _outline(element), region=region, turn=turn)


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
    for polygon in element.iterfind("{*}Shape/{*}Polygon"):
        outline = points(polygon.get("POINTS"))
        if outline is not None:
            return outline
    left, top, width, height = (number(element.get(name)) for name in ("HPOS", "VPOS", "WIDTH", "HEIGHT"))
    return rectangle(left, top, width, height)
