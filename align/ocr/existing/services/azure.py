"""Azure: Document Intelligence (Form Recognizer) 3 and 4, Read 2 and 3, Image Analysis 4, the oldest OCR by regions."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from math import inf
from typing import cast

from align.model import Rotation
from align.ocr.existing.rows import Row, page_of_rows, turn_of_corners
from align.ocr.existing.services.json_values import corners, count, field, items, size, sureness, text, whole
from align.ocr.existing.services.sheet import UNPLACED
from align.ocr.existing.stated import Outline, Piece, StatedPage, number, rectangle

# Inches are counted in thousandths, so that a word is many units wide, as in all other formats.
_UNITS = {"inch": 1000.0}
# Where the top of the text is: the text is turned from there.
_ORIENTATIONS = {"Up": 0, "Right": 270, "Down": 180, "Left": 90}
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
    starts = sorted(
        found
        for paragraph in items(result, "paragraphs")
        for span in items(paragraph, "spans")
        if (found := whole(span, "offset")) is not None
    )
    languages = _spoken(items(result, "languages"))
    said = text(result, "content")
    return tuple(_page(page, starts, languages, said) for page in pages)


def _unit(page: object) -> float:
    return _UNITS.get(text(page, "unit").lower(), 1.0)


def _stated(rows: list[Row], page: object) -> StatedPage:
    unit = _unit(page)
    return page_of_rows(rows, size(page, unit, "width"), size(page, unit, "height"), pixels=unit == 1)


def _page(page: object, paragraphs: list[int], languages: list[_Spoken], said: str) -> StatedPage:
    """A page whose lines and words are in two lists, and belong together by their spans of the whole text."""
    unit = _unit(page)
    own = "".join(said[place[0] : place[1]] for span in items(page, "spans") if (place := _place(span)) is not None)
    if own.strip() and not items(page, "words") and not items(page, "lines"):
        return StatedPage(None, None, (), fault=UNPLACED)
    words = sorted(
        ((_place(field(word, "span")) or (0, 0), word) for word in items(page, "words")), key=lambda pair: pair[0]
    )
    begins = [start for (start, _), _ in words]
    lines = items(page, "lines")
    spans = [
        (*place, n)
        for n, line in enumerate(lines)
        for span in items(line, "spans")
        if (place := _place(span)) is not None
    ]
    inside: dict[int, list[object]] = {}
    rows: list[tuple[int, Row]] = []
    free = 0
    for start, end, n in [*sorted(spans), (inf, inf, -1)]:
        first, last = (max(free, bisect_left(begins, place)) for place in (start, end))
        # Words that no line names are lines of their own.
        rows += [(begin, _row(None, [word], unit)) for (begin, _), word in words[free:first]]
        inside.setdefault(n, []).extend(word for _, word in words[first:last])
        free = last
    first_of = {n: start for start, _, n in sorted(spans, reverse=True)}
    before = 0
    for n, line in enumerate(lines):
        before = first_of.get(n, before)
        rows.append((before, _row(line, inside.get(n, []), unit)))
    rows.sort(key=lambda pair: pair[0])
    return _stated(
        [
            Row(row.pieces, row.outline, bisect_right(paragraphs, start), row.turn, _language(languages, start))
            for start, row in rows
        ],
        page,
    )


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
    return _stated([_row(line, items(line, "words"), unit, language=language) for line in items(page, "lines")], page)


def _page_of_blocks(answer: object, read: object) -> StatedPage:
    """The page of Image Analysis, whose blocks hold lines, and lines their words."""
    rows = [
        _row(line, items(line, "words"), 1.0, region=region)
        for region, block in enumerate(items(read, "blocks"), start=1)
        for line in items(block, "lines")
    ]
    return _stated(rows, field(answer, "metadata"))


def _page_of_regions(answer: object) -> StatedPage:
    """The page of the oldest OCR, which states boxes as text, such as "462,379,497,258", and no size of the page."""
    turn = _ORIENTATIONS.get(text(answer, "orientation"))
    rows = [
        _row(line, items(line, "words"), 1.0, region=region, language=text(answer, "language"))
        for region, block in enumerate(items(answer, "regions"), start=1)
        for line in items(block, "lines")
    ]
    turned = [
        Row(row.pieces, row.outline, row.region, cast(Rotation, turn) if turn is not None else None, row.language)
        for row in rows
    ]
    return page_of_rows(turned, None, None)


def _row(line: object, words: list[object], unit: float, *, region: int = 1, language: str | None = None) -> Row:
    pieces = list(_pieces(words, unit))
    if not any(piece.text.strip() for piece in pieces):
        pieces = [Piece(text(line, "content", "text"))]
    outline = _outline(line, unit)
    return Row(pieces, outline, region, turn_of_corners([*(piece.outline for piece in pieces), outline]), language)


def _pieces(words: list[object], unit: float) -> Iterator[Piece]:
    for word in words:
        outline = _outline(word, unit)
        stated = field(word, "polygon", "boundingBox", "boundingPolygon") is not None
        yield Piece(text(word, "content", "text"), outline, sureness(word, 1), absurd=outline is None and stated)


def _outline(element: object, unit: float) -> Outline | None:
    stated = field(element, "polygon", "boundingPolygon", "boundingBox")
    if isinstance(stated, str):
        numbers = [number(part) for part in stated.split(",")]
        return rectangle(*numbers) if len(numbers) == 4 else None
    if isinstance(stated, dict):
        return rectangle(*(count(stated, name) for name in ("x", "y", "w", "h")))
    return corners(stated, unit, unit)
