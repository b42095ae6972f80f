"""Amazon Textract: blocks (PAGE, LINE, WORD) that name their parts by id, with places as shares of the page."""

from __future__ import annotations

from align.ocr.existing.loose_words import adopted, in_lines
from align.ocr.existing.rows import Row, page_of_rows, turn_of_corners
from align.ocr.existing.services.json_values import corners, count, field, items, sureness, text, whole
from align.ocr.existing.services.sheet import WHOLE
from align.ocr.existing.stated import Outline, Piece, StatedPage, rectangle


def textract_pages(answer: object) -> tuple[StatedPage, ...] | None:
    """The pages of an answer, or of the list of its parts (the service gives 1,000 blocks at a time); else None."""
    parts = answer if isinstance(answer, list) else [answer]
    if not parts or not all(isinstance(field(part, "Blocks"), list) for part in parts):
        return None
    blocks = [block for part in parts for block in items(part, "Blocks")]
    by_page: dict[int, list[object]] = {}
    page = 0
    for block in blocks:
        kind = text(block, "BlockType")
        # The service numbers the pages of files only; an image is one page.
        page = whole(block, "Page") or (page + 1 if kind == "PAGE" else max(page, 1))
        of_page = by_page.setdefault(page, [])
        if kind in ("LINE", "WORD") or kind.startswith("LAYOUT_"):
            of_page.append(block)
    return tuple(_page(by_page[number]) for number in sorted(by_page))


def _page(blocks: list[object]) -> StatedPage:
    """The page; words that no line names are put into the line on which they lie, or into lines of their own."""
    words = {text(block, "Id"): block for block in blocks if text(block, "BlockType") == "WORD"}
    named = [
        _row(line, [_piece(words.pop(name)) for name in _children(line) if name in words]) for line in _ordered(blocks)
    ]
    loose = [_piece(word) for word in words.values()]
    rows, left = adopted(named, loose)
    rows += [_row(None, pieces) for pieces in in_lines([loose[n] for n in left])]
    return page_of_rows(rows, WHOLE, WHOLE, relative=True)


def _ordered(blocks: list[object]) -> list[object]:
    """The lines, in the order of the blocks of the layout that name them; those of none come where they stand."""
    lines = [block for block in blocks if text(block, "BlockType") == "LINE"]
    layouts = (block for block in blocks if text(block, "BlockType").startswith("LAYOUT_"))
    places: dict[str, int] = {}
    for name in (name for layout in layouts for name in _children(layout)):
        places.setdefault(name, len(places))
    order, last = [], -1
    for line in lines:
        last = places.get(text(line, "Id"), last)
        order.append(last)
    return [line for _, line in sorted(zip(order, lines, strict=True), key=lambda pair: pair[0])]


def _children(block: object) -> list[str]:
    return [
        name
        for relation in items(block, "Relationships")
        if text(relation, "Type") == "CHILD"
        for name in items(relation, "Ids")
        if isinstance(name, str)
    ]


def _piece(word: object) -> Piece:
    outline = _outline(word)
    absurd = outline is None and field(word, "Geometry") is not None
    return Piece(text(word, "Text"), outline, sureness(word, 100), absurd=absurd)


def _row(line: object, pieces: list[Piece]) -> Row:
    outline = _outline(line)
    turn = turn_of_corners([*(piece.outline for piece in pieces), outline])
    return Row(pieces, outline, 1, turn, text=text(line, "Text"))


def _outline(block: object) -> Outline | None:
    geometry = field(block, "Geometry")
    outline = corners(items(geometry, "Polygon"), WHOLE, WHOLE)
    if outline is not None:
        return outline
    box = field(geometry, "BoundingBox")
    shares = [count(box, name) for name in ("Left", "Top", "Width", "Height")]
    return rectangle(*(None if share is None or abs(share) > 2 else share * WHOLE for share in shares))
