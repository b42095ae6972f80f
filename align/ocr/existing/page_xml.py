"""PAGE XML 2010 to 2019 (PRImA), as Transkribus, eScriptorium and OCR-D write it: TextRegion, TextLine, Word."""

from __future__ import annotations

from math import atan2, degrees
from typing import cast

from lxml import etree

from align.model import Rotation
from align.ocr.existing.line_building import Built, built_line
from align.ocr.existing.order import in_reading_order, index_of
from align.ocr.existing.stated import (
    Outline,
    Piece,
    StatedLine,
    StatedPage,
    clean,
    confidence,
    inherited,
    length,
    number,
    points,
    quarter,
)
from align.ocr.existing.stated_language import tag


def read_page_xml(root: etree._Element) -> tuple[StatedPage, ...] | None:
    """The pages of the document, in pixels; None where it holds text, but no lines that have a place."""
    pages = tuple(_page(page) for page in root.iter("{*}Page"))
    texts = (clean(node.text or "") for node in root.iterfind(".//{*}TextRegion/{*}TextEquiv/{*}Unicode"))
    return None if not any(page.lines or page.misplaced for page in pages) and any(texts) else pages


def _page(page: etree._Element) -> StatedPage:
    regions: dict[etree._Element | None, int] = {}
    lines: list[StatedLine] = []
    misplaced: list[str] = []
    for element in in_reading_order(page, list(page.iter("{*}TextLine")), stated_in=page):
        region = regions.setdefault(element.getparent(), len(regions) + 1)
        turn = quarter(inherited(element, "orientation"))
        built = _line(element, region=region, turn=_by_baseline(element) if turn is None else turn)
        misplaced += built.misplaced
        if built.line is not None:
            lines.append(StatedLine(built.line, turn, tag(inherited(element, "primaryLanguage"))))
    size = length(page.get("imageWidth")), length(page.get("imageHeight"))
    return StatedPage(*size, tuple(lines), misplaced=tuple(misplaced))


def _line(element: etree._Element, *, region: int, turn: Rotation) -> Built:
    """The line, made of its words; of its own text where the words have none."""
    text, _ = _text(element)  # the confidence of a line says nothing of any one word
    words = []
    for word in element.iterfind("{*}Word"):
        word_text, confidence_of_word = _text(word)
        outline = _outline(word)
        absurd = outline is None and word.find("{*}Coords") is not None
        words.append(Piece(word_text, outline, confidence_of_word, absurd=absurd))
    if not any(clean(word.text) for word in words):
        tokens = clean(text).split()
        if len(tokens) == len(words):
            words = [Piece(token, word.outline) for token, word in zip(tokens, words, strict=True)]
        else:
            words = [Piece(text)]
    return built_line(words, _outline(element), region=region, turn=turn)


def _text(element: etree._Element) -> tuple[str, float | None]:
    """The text and the confidence of the TextEquiv with the lowest index; of the first where none has an index."""
    versions = list(element.iterfind("{*}TextEquiv"))
    if not versions:
        return "", None
    chosen = min(versions, key=index_of)
    text = chosen.find("{*}Unicode")
    if text is None:
        text = chosen.find("{*}PlainText")
    return (text.text or "") if text is not None else "", confidence(chosen.get("conf"))


def _outline(element: etree._Element) -> Outline | None:
    coords = element.find("{*}Coords")
    if coords is None:
        return None
    stated = coords.get("points")
    if stated is None:  # before 2013 points were elements
        stated = " ".join(f"{point.get('x', '')},{point.get('y', '')}" for point in coords.iterfind("{*}Point"))
    return points(stated)


def _by_baseline(element: etree._Element) -> Rotation:
    """The turn that makes a line's baseline run to the right; 0 where no baseline is stated."""
    baseline = element.find("{*}Baseline")
    numbers = (baseline.get("points") or "").replace(",", " ").split() if baseline is not None else []
    ends = [number(text) for text in (*numbers[:2], *numbers[-2:])]
    if len(numbers) < 4 or len(ends) < 4 or None in ends:
        return 0
    x0, y0, x1, y1 = cast("list[float]", ends)
    return cast(Rotation, -round(degrees(atan2(y1 - y0, x1 - x0)) / 90) % 4 * 90)
