"""Google Document AI: a document whose layouts point into its text by the numbers of characters."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import replace
from typing import cast

from align.model import Rotation
from align.ocr.existing.building.drafts import DraftRegion
from align.ocr.existing.loose_words import in_lines
from align.ocr.existing.rows import Row, turn_of_corners
from align.ocr.existing.services.json_values import field, items, text, whole
from align.ocr.existing.services.sheet import Sheet, joined, stated_sureness
from align.ocr.existing.stated import Piece, StatedPage, hyphenated

# How the head is turned to read the text; the text is turned back by the rest of the circle.
_TURNS = {"PAGE_UP": 0, 1: 0, "PAGE_RIGHT": 270, 2: 270, "PAGE_DOWN": 180, 3: 180, "PAGE_LEFT": 90, 4: 90}

# The break behind a token that is divided at the end of its line, by name and by number.
_HYPHEN = ("HYPHEN", 3)

# The characters from the first to the one behind the last.
_Span = tuple[int, int]
# A token with the spans that it points at, and the first character of them.
_Token = tuple[int, list[_Span], object]


def document_ai_pages(answer: object) -> tuple[StatedPage, ...] | None:
    """The pages of a document, or of a list of its shards; None where it is of another service."""
    if isinstance(answer, list):
        parts = [document_ai_pages(field(one, "document") or one) for one in answer if isinstance(one, dict)]
        known = [part for part in parts if part is not None]
        return tuple(page for part in known for page in part) if known and len(known) == len(answer) else None
    pages = items(answer, "pages")
    if not any(field(page, "dimension", "layout", "tokens", "image") for page in pages):
        return None
    whole_text = text(answer, "text")
    alone = len(pages) == 1
    return tuple(_page(page, whole_text, whole_text if alone else "") for page in pages)


def _page(page: object, whole_text: str, said: str) -> StatedPage:
    """The page; `said` is its text where its layout states none."""
    sheet = Sheet.of(field(page, "dimension"))
    blocks = [
        (spans[0][0], DraftRegion(sheet.outline(_box(block)), _said(spans, whole_text)))
        for block in items(page, "paragraphs") or items(page, "blocks")
        if (spans := _spans(block))
    ]
    blocks.sort(key=lambda found: found[0])
    starts = [start for start, _ in blocks]
    rows = [*_rows(page, whole_text, sheet), *((start, Row([])) for start in starts)]
    rows.sort(key=lambda found: (found[0], not found[1].says_something()))
    made = [
        replace(row, region=bisect_right(starts, start), language=row.language or _language(page))
        for start, row in rows
    ]
    regions = {n: block for n, (_, block) in enumerate(blocks, start=1)}
    boxes = (_box(element) for name in ("tokens", "lines", "paragraphs", "blocks") for element in items(page, name))
    return sheet.page(made, boxes, _said(_spans(page), whole_text) or said, regions)


def _rows(page: object, whole_text: str, sheet: Sheet) -> Iterator[tuple[int, Row]]:
    """Each line with the character at which it begins; tokens outside of all lines are lines of their own."""
    tokens = sorted(
        ((spans[0][0], spans, token) for token in items(page, "tokens") if (spans := _spans(token))),
        key=lambda found: found[0],
    )
    taken = 0
    lines = sorted(((spans, line) for line in items(page, "lines") if (spans := _spans(line))), key=lambda f: f[0])
    for spans, line in lines:
        start, end = spans[0][0], spans[-1][1]
        loose = _until(tokens, taken, start)
        yield from _loose(tokens[taken:loose], whole_text, sheet)
        taken = max(loose, _until(tokens, loose, end))
        inside = _pieces(tokens[loose:taken], whole_text, sheet)
        outline, turn = sheet.outline(_box(line)), _turn(line)
        if turn is None:
            turn = turn_of_corners([*(piece.outline for _, piece in inside), outline])
        pieces = [piece for _, piece in inside]
        yield start, Row(pieces, outline, 1, turn, _language(line), _with_hyphen(_said(spans, whole_text), pieces))
    yield from _loose(tokens[taken:], whole_text, sheet)


def _with_hyphen(said: str, pieces: list[Piece]) -> str:
    """The text of a line; with the hyphen that its last word has got and the text has not."""
    last, own = pieces[-1].text if pieces else "", said.split()[-1:]
    return said.rstrip() + last[-1] if last and [last[:-1]] == own else said


def _loose(tokens: list[_Token], whole_text: str, sheet: Sheet) -> Iterator[tuple[int, Row]]:
    """The lines of tokens that no line of the answer holds."""
    found = _pieces(tokens, whole_text, sheet)
    at = 0
    for line in in_lines([piece for _, piece in found]):
        yield found[at][0], Row(line, None, 1, turn_of_corners(piece.outline for piece in line))
        at += len(line)


def _until(tokens: list[_Token], first: int, end: int) -> int:
    """The first of the tokens from `first` on that does not begin before the character `end`."""
    while first < len(tokens) and tokens[first][0] < end:
        first += 1
    return first


def _pieces(tokens: list[_Token], whole_text: str, sheet: Sheet) -> list[tuple[int, Piece]]:
    """The words of these tokens, each with its first character.

    Tokens without white space between them are one piece, such as a word and its comma.
    """
    pieces: list[tuple[int, Piece]] = []
    touches = False
    for start, spans, token in tokens:
        said = _said(spans, whole_text)
        outline = sheet.outline(_box(token))
        absurd = outline is None and _box(token) is not None
        piece = Piece(said.strip(), outline, stated_sureness(field(token, "layout")), absurd=absurd)
        if field(field(token, "detectedBreak"), "type") in _HYPHEN:
            piece = hyphenated(piece, None, None)
        if touches and not said[:1].isspace():
            first, before = pieces.pop()
            pieces.append((first, joined(before, piece)))
        else:
            pieces.append((start, piece))
        end = spans[-1][1]
        touches = bool(said) and not said[-1].isspace() and not whole_text[end : end + 1].isspace()
    return pieces


def _spans(element: object) -> list[_Span]:
    """The characters that a layout points at; an index that is not stated is 0, because zeros are left out."""
    segments = items(field(field(element, "layout"), "textAnchor"), "textSegments")
    spans = [(whole(segment, "startIndex") or 0, whole(segment, "endIndex") or 0) for segment in segments]
    return [span for span in spans if 0 <= span[0] < span[1]]


def _said(spans: list[_Span], whole_text: str) -> str:
    return "".join(whole_text[start:end] for start, end in spans)


def _box(element: object) -> object:
    return field(field(element, "layout"), "boundingPoly")


def _turn(element: object) -> Rotation | None:
    stated = field(field(element, "layout"), "orientation")
    turn = _TURNS.get(stated) if isinstance(stated, str | int) else None
    return None if turn is None else cast(Rotation, turn)


def _language(element: object) -> str | None:
    return next((text(one, "languageCode") for one in items(element, "detectedLanguages")), None)
