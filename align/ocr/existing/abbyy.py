"""ABBYY FineReader XML, schemas 6 to 10 (and FineReader 15, which writes 10): page, block, par, line, charParams."""

from __future__ import annotations

from collections.abc import Iterator
from typing import cast

from lxml import etree

from align.model import Rotation
from align.ocr.existing.building.claims import holds
from align.ocr.existing.rows import Row, page_of_rows
from align.ocr.existing.stated import Outline, Piece, StatedPage, length, name_of, number, rectangle

_TURNS = {"Normal": 0, "RotatedClockwise": 270, "RotatedUpsidedown": 180, "RotatedCounterclockwise": 90}
_TRUE = ("1", "true")
# FineReader's own languages are named in words, such as "EnglishUnitedStates" or "RussianOldSpelling".
_NAMED = ("English", "Russian", "German", "French", "Ukrainian", "Polish", "Spanish", "Portuguese", "Norwegian",
          "Dutch", "Serbian", "Latin")  # fmt: skip
# FineReader's sign for a confidence that is not known.
_UNKNOWN = 255


def is_abbyy(root: etree._Element) -> bool:
    """Whether the outermost element is FineReader's `document`, in any version of its schema or without a namespace."""
    if name_of(root) != "document":
        return False
    namespace = str(root.tag).rpartition("}")[0]
    return "FineReader_xml" in namespace or (not namespace and next(root.iterfind("page"), None) is not None)


def read_abbyy(root: etree._Element) -> tuple[StatedPage, ...]:
    """The pages of the document, in pixels of the original image.

    A place that FineReader states in the image that it turned before reading is turned back.
    """
    stated = {number(c.get("charConfidence")) for c in root.iter("{*}charParams")} - {None}
    # FineReader counts to 100, and 255 says that it does not know. A program that counts to 255 also says 180.
    most = 255.0 if any(100 < cast(float, value) < _UNKNOWN for value in stated) else 100.0
    return tuple(_page(page, most) for page in root.iterfind("{*}page"))


def _page(page: etree._Element, most: float) -> StatedPage:
    width, height = length(page.get("width")), length(page.get("height"))
    turned = 0 if page.get("originalCoords") in _TRUE else _TURNS.get(page.get("rotation") or "Normal", 0)
    rows = [
        _row(line, region, most)
        for region, block in enumerate(page.iter("{*}block"), start=1)
        for line in block.iter("{*}line")
    ]
    if not turned or width is None or height is None:
        return page_of_rows(rows, width, height)
    back = [_turned_back(row, cast(Rotation, turned), width, height) for row in rows]
    return page_of_rows(back, *((width, height) if turned == 180 else (height, width)))


def _row(line: etree._Element, region: int, most: float) -> Row:
    """The line, of its letters where they are stated, else of its text."""
    formats = [child for child in line if name_of(child) == "formatting"]
    letters = [child for part in formats for child in part if name_of(child) == "charParams"]
    pieces = list(_words(letters, most, _box(line))) if letters else [Piece("".join(map(_own_text, formats)))]
    turn = _TURNS.get(_around(line, "text", "orientation") or "")
    languages = [part.get("lang") for part in formats if part.get("lang")]
    return Row(
        pieces,
        _box(line),
        region,
        cast("Rotation | None", turn),
        _language(max(languages, key=languages.count)) if languages else None,
    )


def _words(letters: list[etree._Element], most: float, line: Outline | None) -> Iterator[Piece]:
    """The words: white space divides them, and in a line without any the mark of a word's first letter."""
    signs = [(_own_text(letter), letter) for letter in letters]
    spaced = any(not sign.strip() for sign, _ in signs)
    word: list[tuple[str, etree._Element]] = []
    for sign, letter in signs:
        begins = not spaced and word and word[-1][0][-1:].isalnum() and _begins_word(letter)
        if word and (begins or not sign.strip()):
            yield _word(word, most, line)
            word = []
        if sign.strip():
            word.append((sign, letter))
    if word:
        yield _word(word, most, line)


def _begins_word(letter: etree._Element) -> bool:
    return letter.get("wordStart") in _TRUE or letter.get("wordFirst") in _TRUE


def _word(signs: list[tuple[str, etree._Element]], most: float, line: Outline | None) -> Piece:
    """The word of these letters: around the places of those on the line, and as sure as all are on average."""
    boxes = [box for _, letter in signs if (box := _box(letter)) is not None]
    boxes = [box for box in boxes if line is not None and holds(line, box)] or boxes
    known = [number(letter.get("charConfidence")) for _, letter in signs]
    sure = [value for value in known if value is not None and 0 <= value <= most]
    corners = [point for box in boxes for point in box]
    xs, ys = [x for x, _ in corners], [y for _, y in corners]
    outline = rectangle(min(xs), min(ys), max(xs) - min(xs), max(ys) - min(ys)) if corners else None
    return Piece(
        "".join(sign for sign, _ in signs),
        outline,
        sum(sure) / len(sure) / most if sure else None,
        absurd=outline is None and signs[0][1].get("l") is not None,
    )


def _own_text(element: etree._Element) -> str:
    """The text of the element itself, without that of the variants in it; of the first variant where it has none."""
    texts = [element.text or "", *(child.tail or "" for child in element)]
    if name_of(element) != "charParams":
        return "".join(texts)
    # Programs that indent a letter's variants put white space around it, which is none of the page.
    own = "".join(text.strip() if "\n" in text else text for text in texts)
    if own:
        return own
    variants = (variant.text or "" for variant in element.iter("{*}charRecVariant"))
    return next((variant for variant in variants if variant.strip()), "")


def _box(element: etree._Element) -> Outline | None:
    left, top, right, bottom = (number(element.get(side)) for side in "ltrb")
    if left is None or top is None or right is None or bottom is None:
        return None
    return rectangle(left, top, right - left, bottom - top)


def _around(element: etree._Element, name: str, attribute: str) -> str | None:
    node = element.getparent()
    while node is not None and name_of(node) != name:
        node = node.getparent()
    return None if node is None else node.get(attribute)


def _language(name: str | None) -> str | None:
    """The language without its country or spelling: "Russian" of "RussianOldSpelling"."""
    return next((known for known in _NAMED if (name or "").startswith(known)), name)


def _turned_back(row: Row, turned: Rotation, width: float, height: float) -> Row:
    """The row in the image as it was, where FineReader turned it clockwise by the rest of the circle before reading."""

    def back(outline: Outline | None) -> Outline | None:
        if outline is None:
            return None
        if turned == 180:
            return tuple((width - x, height - y) for x, y in outline)
        # The image was turned clockwise (270): its top came to the right.
        return tuple((y, width - x) if turned == 270 else (height - y, x) for x, y in outline)

    pieces = [Piece(p.text, back(p.outline), p.confidence, p.absurd) for p in row.pieces]
    return Row(pieces, back(row.outline), row.region, None, row.language)
