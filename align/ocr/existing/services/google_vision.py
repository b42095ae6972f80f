"""Google Cloud Vision: fullTextAnnotation of images and of files, and the older textAnnotations alone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from align.model import Rotation
from align.ocr.existing.loose_words import Step, step
from align.ocr.existing.rows import Row, turn_of_corners
from align.ocr.existing.services.json_values import field, items, text, whole
from align.ocr.existing.services.sheet import Sheet, joined, stated_sureness
from align.ocr.existing.services.text_annotations import rows_of_annotations
from align.ocr.existing.stated import Piece, StatedPage, around, hyphenated

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
    whole_answer = field(answer, "fullTextAnnotation")
    pages, annotations = items(whole_answer, "pages"), items(answer, "textAnnotations")
    error = " ".join(text(field(answer, "error"), "message").split())[:120]
    if len(pages) < 2 and annotations and not any(_paragraphs(page) for page in pages):
        sheet = Sheet.of(pages[0] if pages else None)
        yield sheet.page(rows_of_annotations(annotations, sheet), (), text(whole_answer, "text"))
    elif pages:
        said = text(whole_answer, "text")
        yield from (_page(page, said if len(pages) == 1 else "") for page in pages)
    elif error:
        yield StatedPage(None, None, (), fault=f"says that Google could not read the page ({error})")
    else:
        yield Sheet(None, None).page((), (), text(whole_answer, "text"))


def _page(page: object, said: str) -> StatedPage:
    sheet = Sheet.of(page)
    rows = [
        row
        for region, block, paragraph in _paragraphs(page)
        for row in _rows(paragraph, region, _language(paragraph) or _language(block) or _language(page), sheet)
    ]
    boxes = (field(word, "boundingBox") for _, _, paragraph in _paragraphs(page) for word in items(paragraph, "words"))
    return sheet.page(rows, boxes, said)


def _paragraphs(page: object) -> list[tuple[int, object, object]]:
    """The paragraphs of a page, each with the number of its block and the block itself."""
    return [
        (region, block, paragraph)
        for region, block in enumerate(items(page, "blocks"), start=1)
        for paragraph in items(block, "paragraphs")
    ]


def _language(value: object) -> str | None:
    """The first of the languages that are detected."""
    return next((text(one, "languageCode") for one in items(field(value, "property"), "detectedLanguages")), None)


@dataclass(frozen=True, slots=True)
class _Word:
    """A word with what the service says stands before it and behind it, such as a space; None where it says nothing."""

    piece: Piece
    before: str | int | None
    after: str | int | None


def _rows(paragraph: object, region: int, language: str | None, sheet: Sheet) -> Iterator[Row]:
    """The lines of a paragraph: a break after a letter says where a word and a line end; else their places do."""
    words = [_word(word, sheet) for word in items(paragraph, "words")]
    turn = turn_of_corners(word.piece.outline for word in words)
    for line in _lines(words, turn or 0):
        pieces: list[Piece] = []
        for word, how in line:
            pieces.append(joined(pieces.pop(), word.piece) if how is Step.TOUCHES and pieces else word.piece)
        yield Row(pieces, None, region, turn_of_corners(word.piece.outline for word, _ in line), language)


def _lines(words: Sequence[_Word], turn: Rotation) -> list[list[tuple[_Word, Step]]]:
    lines: list[list[tuple[_Word, Step]]] = []
    for n, word in enumerate(words):
        how = _step(words[n - 1], word, turn) if n else Step.NEW_LINE
        if how is Step.NEW_LINE:
            lines.append([])
        lines[-1].append((word, how))
    return lines


def _step(before: _Word, after: _Word, turn: Rotation) -> Step:
    """How a word follows the one before it: as the service says, else as their places have it."""
    said = {before.after, after.before}
    if said & _ENDS_LINE:
        return Step.NEW_LINE
    if said & _ENDS_WORD:
        return Step.SPACED
    how = Step.TOUCHES
    if before.piece.outline is not None and after.piece.outline is not None:
        how = step(before.piece, after.piece, turn)
    # A comma may stand some way off its word.
    return how if after.piece.text[:1].isalnum() or how is Step.NEW_LINE else Step.TOUCHES


def _word(word: object, sheet: Sheet) -> _Word:
    """The word; where it has no place, it has that of its letters."""
    symbols = items(word, "symbols")
    breaks = [_break(symbol) for symbol in symbols]
    letters = ""
    for n, (symbol, (kind, leads)) in enumerate(zip(symbols, breaks, strict=True)):
        space = " " if kind in _ENDS_WORD | _ENDS_LINE and 0 < n + (not leads) < len(symbols) else ""
        letters += space + text(symbol, "text") if leads else text(symbol, "text") + space
    box = field(word, "boundingBox")
    outline = sheet.outline(box)
    if outline is None:
        places = [place for symbol in symbols if (place := sheet.outline(field(symbol, "boundingBox"))) is not None]
        outline = around(places) if places else None
    piece = Piece(letters.strip(), outline, stated_sureness(word), absurd=outline is None and box is not None)
    before = next((kind for kind, leads in breaks[:1] if leads), None)
    after = next((kind for kind, leads in breaks[-1:] if not leads), None)
    return _Word(hyphenated(piece, None, None) if after in _HYPHEN else piece, before, after)


def _break(symbol: object) -> tuple[str | int | None, bool]:
    """The break that stands at a letter, and whether it stands before it."""
    stated = field(field(symbol, "property"), "detectedBreak")
    kind = field(stated, "type")
    return kind if isinstance(kind, str | int) else None, field(stated, "isPrefix") is True
