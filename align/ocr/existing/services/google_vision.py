"""Google Cloud Vision: fullTextAnnotation of images and of files, and the older textAnnotations alone."""

from __future__ import annotations

from collections.abc import Iterator

from align.ocr.existing.rows import Row, turn_of_corners
from align.ocr.existing.services.json_values import field, items, text, whole
from align.ocr.existing.services.sheet import Sheet, joined, stated_sureness
from align.ocr.existing.stated import Outline, Piece, StatedPage, hyphenated

# TextAnnotation.DetectedBreak.BreakType, by name and by number: 4 is a hyphen that is printed and not in the text.
_ENDS_WORD = frozenset({"SPACE", "SURE_SPACE", 1, 2})
_ENDS_LINE = frozenset({"EOL_SURE_SPACE", "LINE_BREAK", "HYPHEN", 3, 4, 5})
_HYPHEN = frozenset({"HYPHEN", 4})


def vision_pages(answer: object) -> tuple[StatedPage, ...] | None:
    """The pages of an answer, or of a list of answers, in the order of their page numbers; None for another service."""
    answers = list(_answers(answer, 0))
    if not any(_is_known(one) for one in answers):
        return None
    numbered = [(whole(field(one, "context"), "pageNumber"), one) for one in answers]
    if all(number is not None for number, _ in numbered):
        numbered.sort(key=lambda pair: pair[0] or 0)
    return tuple(page for _, one in numbered for page in _pages(one))


def _answers(value: object, level: int) -> Iterator[object]:
    """The answers in what the service gives for an image, for several images, and for a file or several."""
    inner = value if isinstance(value, list) else field(value, "responses")
    if not isinstance(inner, list):
        yield value
    elif level < 4:
        for one in inner:
            yield from _answers(one, level + 1)


def _is_known(answer: object) -> bool:
    return any(isinstance(field(answer, name), dict | list) for name in ("fullTextAnnotation", "textAnnotations"))


def _pages(answer: object) -> Iterator[StatedPage]:
    """The pages of one answer: one of an image; a blank one where there is no text; one that fails for an error."""
    pages = items(field(answer, "fullTextAnnotation"), "pages")
    error = " ".join(text(field(answer, "error"), "message").split())[:120]
    if pages:
        said = text(field(answer, "fullTextAnnotation"), "text")
        yield from (_page(page, said if len(pages) == 1 else "") for page in pages)
    elif error:
        yield StatedPage(None, None, (), fault=f"says that Google could not read the page ({error})")
    else:
        yield Sheet(None, None).page(list(_rows_of_annotations(items(answer, "textAnnotations"))), (), "")


def _page(page: object, said: str) -> StatedPage:
    sheet = Sheet.of(page)
    paragraphs = [
        (region, paragraph, _language(paragraph) or _language(block) or _language(page))
        for region, block in enumerate(items(page, "blocks"), start=1)
        for paragraph in items(block, "paragraphs")
    ]
    rows = [row for region, paragraph, language in paragraphs for row in _rows(paragraph, region, language, sheet)]
    boxes = (field(word, "boundingBox") for _, paragraph, _ in paragraphs for word in items(paragraph, "words"))
    return sheet.page(rows, boxes, said)


def _language(value: object) -> str | None:
    """The first of the languages that are detected."""
    return next((text(one, "languageCode") for one in items(field(value, "property"), "detectedLanguages")), None)


class _Line:
    """The words of a line so far; words of the service that touch are one piece, such as a word and its comma."""

    def __init__(self) -> None:
        self.pieces: list[Piece] = []
        self.corners: list[Outline | None] = []
        self.touches = False

    def add(self, piece: Piece, *, touching: bool) -> None:
        self.corners.append(piece.outline)
        self.pieces.append(joined(self.pieces.pop(), piece) if self.touches else piece)
        self.touches = touching

    def row(self, region: int, language: str | None) -> Row:
        return Row(self.pieces, None, region, turn_of_corners(self.corners), language)


def _rows(paragraph: object, region: int, language: str | None, sheet: Sheet) -> Iterator[Row]:
    """The lines of a paragraph: a break after a letter says where a word and a line end."""
    line = _Line()
    for word in items(paragraph, "words"):
        symbols = items(word, "symbols")
        breaks = [_break(symbol) for symbol in symbols]
        end = breaks[-1] if breaks else None
        letters = "".join(
            text(symbol, "text") + (" " if kind in _ENDS_WORD | _ENDS_LINE else "")
            for symbol, kind in zip(symbols, breaks, strict=True)
        )
        box = field(word, "boundingBox")
        outline = sheet.outline(box)
        piece = Piece(letters.strip(), outline, stated_sureness(word), absurd=outline is None and box is not None)
        if end in _HYPHEN:
            piece = hyphenated(piece, None, None)
        line.add(piece, touching=end not in _ENDS_WORD | _ENDS_LINE)
        if end in _ENDS_LINE:
            yield line.row(region, language)
            line = _Line()
    if line.pieces:
        yield line.row(region, language)


def _break(symbol: object) -> str | int | None:
    kind = field(field(field(symbol, "property"), "detectedBreak"), "type")
    return kind if isinstance(kind, str | int) else None


def _rows_of_annotations(annotations: list[object]) -> Iterator[Row]:
    """The lines of textAnnotations: the first holds the whole text with its lines, each other one a word of it."""
    words = iter(annotations[1:])
    whole_text = text(annotations[0], "description") if annotations else ""
    for line in whole_text.splitlines():
        found, rest = _Line(), line.strip()
        while rest:
            word = next(words, None)
            letters = text(word, "description")
            if not letters or not rest.startswith(letters):
                # From here on the words and the text do not agree: the line keeps its text.
                found.touches = False
                found.add(Piece(rest), touching=False)
                break
            rest = rest[len(letters) :]
            outline = Sheet(None, None).outline(field(word, "boundingPoly"))
            found.add(Piece(letters, outline, absurd=outline is None), touching=bool(rest) and not rest[0].isspace())
            rest = rest.strip()
        if found.pieces:
            yield found.row(1, text(annotations[0], "locale") or None)
