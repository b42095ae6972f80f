"""Azure: Document Intelligence (Form Recognizer) 3 and 4, Read 2 and 3, Image Analysis 4, the oldest OCR by regions."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import replace
from math import inf
from typing import cast

from align.model import Rotation
from align.ocr.existing.building.drafts import DraftRegion
from align.ocr.existing.loose_words import adopted, in_lines
from align.ocr.existing.rows import Row, page_of_rows, turn_of_corners
from align.ocr.existing.services.json_values import corners, count, field, items, size, sureness, text, whole
from align.ocr.existing.services.sheet import UNPLACED
from align.ocr.existing.stated import Outline, Piece, StatedPage, number, rectangle

# Inches are counted in thousandths, so that a word is many units wide, as in all other formats.
_UNITS = {"inch": 1000.0}
# Where the top of the text is: the text is turned from there.
_ORIENTATIONS = {"Up": 0, "Right": 270, "Down": 180, "Left": 90}
# What the service writes where it sees a box to tick, a formula or a bar code: no text of the page.
_MARKS = re.compile(r":(?:selected|unselected|formula|barcode):")
# A paragraph, behind the first of its characters, with its place if it is on one page.
_Paragraph = tuple[int, object, object]
# A language, behind the first character for which it is stated and the one after the last.
_Spoken = tuple[int, int, str]


def azure_pages(answer: object) -> tuple[StatedPage, ...] | None:
    """The pages of an answer, or of a list of answers; None where it is of another service."""
    if isinstance(answer, list):
        parts = [azure_pages(one) if isinstance(one, dict) else None for one in answer]
        known = [part for part in parts if part is not None]
        return tuple(page for part in known for page in part) if known and len(known) == len(parts) else None
    if isinstance(field(answer, "regions"), list):
        return (_page_of_regions(answer),)
    read = field(answer, "readResult")
    if isinstance(field(read, "blocks"), list):
        return (_page_of_blocks(answer, read),)
    result = field(answer, "analyzeResult", "readResult") or answer
    older = items(result, "readResults", "recognitionResults") or items(answer, "recognitionResults")
    if older:
        return tuple(_page_of_lines(page) for page in older)
    pages = items(result, "pages")
    if not any(count(page, "pageNumber") and field(page, "words", "lines", "spans") is not None for page in pages):
        return None
    languages = _spoken(items(result, "languages"))
    paragraphs = _paragraphs(items(result, "paragraphs"))
    return tuple(_page(page, paragraphs, languages, text(result, "content")) for page in pages)


def _unit(page: object) -> float:
    return _UNITS.get(text(page, "unit").lower(), 1.0)


def _stated(
    rows: list[Row], page: object, regions: Mapping[int, DraftRegion] | None = None, fault: str | None = None
) -> StatedPage:
    unit = _unit(page)
    sides = size(page, unit, "width"), size(page, unit, "height")
    return page_of_rows(rows, *sides, pixels=unit == 1, regions=regions, fault=fault)


def _paragraphs(stated: list[object]) -> list[_Paragraph]:
    """The paragraphs in the order of the text, each with the first of its characters; all on one page."""
    found = []
    for paragraph in stated:
        starts = [start for span in items(paragraph, "spans") if (start := whole(span, "offset")) is not None]
        places = items(paragraph, "boundingRegions")
        if starts:
            found.append((min(starts), paragraph, places[0] if len(places) == 1 else None))
    return sorted(found, key=lambda one: one[0])


def _page(page: object, paragraphs: list[_Paragraph], languages: list[_Spoken], said: str) -> StatedPage:
    """A page whose lines and words are in two lists, and belong together by their spans of the whole text."""
    starts = [start for start, _, _ in paragraphs]
    rows = _rows(page)
    regions = {}
    for n, (start, paragraph, place) in enumerate(paragraphs, start=1):
        outline = _outline(place, _unit(page))
        if outline is not None and whole(place, "pageNumber") == whole(page, "pageNumber"):
            regions[n] = DraftRegion(outline, _MARKS.sub("", text(paragraph, "content")))
            rows.append((start, Row([])))
    rows.sort(key=lambda pair: (pair[0], not pair[1].says_something()))
    own = "".join(said[place[0] : place[1]] for span in items(page, "spans") if (place := _place(span)) is not None)
    placeless = own.strip() and not regions and not any(row.says_something() for _, row in rows)
    made = [
        replace(row, region=bisect_right(starts, start), language=_language(languages, start)) for start, row in rows
    ]
    return _stated(made, page, regions, fault=UNPLACED if placeless else None)


def _rows(page: object) -> list[tuple[int, Row]]:
    """The lines of a page, each with the first of its characters; words of no line are given to one, or are lines."""
    unit = _unit(page)
    lines = items(page, "lines")
    spans = [[place for span in items(line, "spans") if (place := _place(span)) is not None] for line in lines]
    owners = sorted((*place, n) for n, places in enumerate(spans) for place in places)
    inside: list[list[Piece]] = [[] for _ in lines]
    loose: list[tuple[int, Piece]] = []
    words = [(_place(field(word, "span")) or (0, 0), word) for word in items(page, "words")]
    for (start, end), word in sorted(words, key=lambda pair: pair[0]):
        n = bisect_right(owners, (start, inf, 0)) - 1
        if n >= 0 and start < min(end, owners[n][1]):
            inside[owners[n][2]].append(_piece(word, unit))
        else:
            loose.append((start, _piece(word, unit)))
    rows, left = adopted(
        [_row(line, pieces, unit) for line, pieces in zip(lines, inside, strict=True)], [piece for _, piece in loose]
    )
    before, made = 0, []
    for row, places in zip(rows, spans, strict=True):
        before = min((start for start, _ in places), default=before)
        made.append((before, row))
    at = 0
    for pieces in in_lines([loose[n][1] for n in left]):
        made.append((loose[left[at]][0], _row(None, pieces, unit)))
        at += len(pieces)
    return made


def _place(span: object) -> tuple[int, int] | None:
    start, length = whole(span, "offset"), whole(span, "length")
    return None if start is None or length is None or length < 0 else (start, start + length)


def _spoken(languages: list[object]) -> list[_Spoken]:
    """Which language is stated from which character to which, in order."""
    return sorted(
        (*place, text(language, "locale", "languageCode"))
        for language in languages
        for span in items(language, "spans")
        if (place := _place(span)) is not None
    )


def _language(languages: list[_Spoken], start: int) -> str | None:
    """The language that is stated for the character."""
    n = bisect_right(languages, start, key=lambda spoken: spoken[0]) - 1
    return languages[n][2] if n >= 0 and start < languages[n][1] else None


def _page_of_lines(page: object) -> StatedPage:
    """A page of Read, whose lines hold their words."""
    unit = _unit(page)
    language = text(page, "language") or None
    return _stated([_row(line, _pieces(line, unit), unit, language=language) for line in items(page, "lines")], page)


def _page_of_blocks(answer: object, read: object) -> StatedPage:
    """The page of Image Analysis, whose blocks hold lines, and lines their words."""
    rows = [
        _row(line, _pieces(line, 1.0), 1.0, region=region)
        for region, block in enumerate(items(read, "blocks"), start=1)
        for line in items(block, "lines")
    ]
    return _stated(rows, field(answer, "metadata"))


def _page_of_regions(answer: object) -> StatedPage:
    """The page of the oldest OCR, which states boxes as text, such as "462,379,497,258", and no size of the page."""
    turn = _ORIENTATIONS.get(text(answer, "orientation"))
    rows = [
        _row(line, _pieces(line, 1.0), 1.0, region=region, language=text(answer, "language"))
        for region, block in enumerate(items(answer, "regions"), start=1)
        for line in items(block, "lines")
    ]
    turned = [replace(row, turn=cast("Rotation | None", turn)) for row in rows]
    return page_of_rows(turned, None, None)


def _row(line: object, pieces: list[Piece], unit: float, *, region: int = 1, language: str | None = None) -> Row:
    outline = _outline(line, unit)
    turn = turn_of_corners([*(piece.outline for piece in pieces), outline])
    return Row(pieces, outline, region, turn, language, _MARKS.sub("", text(line, "content", "text")))


def _pieces(line: object, unit: float) -> list[Piece]:
    return [_piece(word, unit) for word in items(line, "words")]


def _piece(word: object, unit: float) -> Piece:
    outline = _outline(word, unit)
    stated = field(word, "polygon", "boundingBox", "boundingPolygon") is not None
    return Piece(text(word, "content", "text"), outline, sureness(word, 1), absurd=outline is None and stated)


def _outline(element: object, unit: float) -> Outline | None:
    stated = field(element, "polygon", "boundingPolygon", "boundingBox")
    if isinstance(stated, str):
        numbers = [number(part) for part in stated.split(",")]
        return rectangle(*numbers) if len(numbers) == 4 else None
    if isinstance(stated, dict):
        return rectangle(*(count(stated, name) for name in ("x", "y", "w", "h")))
    return corners(stated, unit, unit)
