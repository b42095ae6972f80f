"""The text in a PDF: what another program read on its scans and put there, usually invisible; in pixels of the scan."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass
from math import degrees
from pathlib import Path
from typing import Any

import pypdfium2

from align.errors import ScanError
from align.files.scans.pdf import Document, PageView, PdfImage, PdfPage, displayed, opened_pdf, pdfium, view_of

# A page of a newspaper has 40,000 letters; a page with more than this was made to keep programs busy.
_MOST_LETTERS = 200_000
# What PDFium gives for a hyphen at the end of a line; older versions give U+FFFE.
_HYPHENS = (0x02, 0xFFFE)
# Text over pictures that cover more of the page is no text of the page: a stamp of a library, a watermark.
_PICTURES = 0.5
_UNKNOWN = "\ufffd"
# Of a letter's height: Tesseract's font has no descent, and its letters stand this much higher than those on the scan.
_DESCENT = 0.2
_ON_LINE = 0.02
# Of a space's width: a space from whose end the next word is further away is no space between them.
_SHORT_SPACE = 0.3

Rect = tuple[float, float, float, float]
Pointer = Any  # the C interface has no types


@dataclass(frozen=True, slots=True)
class LayerWord:
    """A word with its box (left, top, right, bottom) in pixels of the scan; U+FFFD stands for a letter without code."""

    text: str
    box: Rect


@dataclass(frozen=True, slots=True)
class TextLayer:
    """The text of one page of a PDF, line by line, and the size of the page's scan in pixels."""

    width: int
    height: int
    lines: tuple[tuple[LayerWord, ...], ...]


@dataclass(frozen=True, slots=True)
class _Letter:
    code: int
    rect: Rect | None
    object: int | None
    on_head: bool  # shown upside down
    spaces: bool
    breaks: bool


def text_layers(path: Path, relative: str) -> list[TextLayer | None]:
    """The text of each page; None for a page without text, or that cannot be opened.

    A library's stamp over a scan is no text of the page: beside invisible text, visible text is left out, and over a
    picture of the page too. Raises ScanError where the PDF cannot be opened.
    """
    with opened_pdf(path, relative) as document:
        return [_layer(document, index) for index in range(len(document))]


def _layer(document: Document, index: int) -> TextLayer | None:
    try:
        page = document[index]
        view, image = view_of(page)
        letters = list(_letters(page))
        chosen = _chosen(page, letters, image)
    except (pypdfium2.PdfiumError, ValueError, ScanError):
        return None
    lines = tuple(_lines(page, view, letters, chosen))
    return TextLayer(view.width, view.height, lines) if lines else None


def _letters(page: PdfPage) -> Iterator[_Letter]:
    """The letters of the page in the order of its text; those that PDFium adds for gaps have no place."""
    text = page.get_textpage()
    try:
        count = text.count_chars()
        if count > _MOST_LETTERS:
            return
        rect = pdfium.FS_RECTF()
        x, y = ctypes.c_double(), ctypes.c_double()
        rotation = page.get_rotation()
        for n in range(count):
            code = pdfium.FPDFText_GetUnicode(text, n)
            placed = pdfium.FPDFText_GetLooseCharBox(text, n, rect)
            angle = pdfium.FPDFText_GetCharAngle(text, n)
            pdfium.FPDFText_GetCharOrigin(text, n, x, y)
            # FPDFText_HasUnicodeMapError says nothing: it is set for every Cyrillic letter that Tesseract writes, whose
            # code is right. Whether codes are letters is judged by the words that they make.
            yield _Letter(
                code or 0xFFFD,
                _with_descent(rect, y.value, level=angle == 0) if placed else None,
                None if pdfium.FPDFText_IsGenerated(text, n) == 1 else _address(pdfium.FPDFText_GetTextObject(text, n)),
                # PDFium turns clockwise; -1 where it does not know.
                on_head=round((degrees(angle) + rotation) / 90) % 4 == 2,
                spaces=chr(code).isspace(),
                breaks=code in (0x0A, 0x0D),
            )
    finally:
        text.close()


def _with_descent(rect: Any, baseline: float, *, level: bool) -> Rect:  # noqa: ANN401 - a structure of PDFium
    """The box of a letter; where its font says that nothing hangs below the line, it is moved to where letters hang."""
    height = rect.top - rect.bottom
    by = _DESCENT * height if level and abs(baseline - rect.bottom) < _ON_LINE * height else 0.0
    return rect.left, rect.bottom - by, rect.right, rect.top - by


def _address(pointer: Pointer) -> int | None:
    return ctypes.cast(pointer, ctypes.c_void_p).value


def _chosen(page: PdfPage, letters: list[_Letter], image: PdfImage | None) -> set[int]:
    """The text objects that are the page's text: the invisible ones, else those under its picture, else all."""
    order: dict[int, int] = {}
    hidden: set[int] = set()
    shown: set[int] = set()
    pictures = 0.0
    for place, item in enumerate(page.get_objects()):
        own = _address(item.raw)
        if own is None:
            continue
        order[own] = place
        if item.type == pdfium.FPDF_PAGEOBJ_TEXT:
            mode = pdfium.FPDFTextObj_GetTextRenderMode(item.raw)
            (hidden if mode == pdfium.FPDF_TEXTRENDERMODE_INVISIBLE else shown).add(own)
        elif item.type == pdfium.FPDF_PAGEOBJ_IMAGE:
            left, bottom, right, top = item.get_bounds()
            pictures += abs((right - left) * (top - bottom))
    written = {letter.object for letter in letters if letter.object is not None and not letter.spaces}
    if hidden & written:
        return hidden
    if image is not None:
        behind = order.get(_address(image.raw) or 0, 0)
        return {own for own in shown if order[own] < behind}
    width, height = page.get_size()
    return set() if pictures > _PICTURES * width * height else shown


@dataclass(slots=True)
class _Run:
    """The letters of a word, and the space that was written with them, if there is one."""

    letters: list[_Letter]
    space: _Letter | None = None


def _lines(page: PdfPage, view: PageView, letters: list[_Letter], chosen: set[int]) -> Iterator[tuple[LayerWord, ...]]:
    """The lines. Where words were stretched with the space behind them, their boxes hold both."""
    lines = list(_runs(letters, chosen))
    words = [[_word(page, view, run.letters) for run in line] for line in lines]
    wide = [
        [_word(page, view, run.letters if run.space is None else [*run.letters, run.space]) for run in line]
        for line in lines
    ]
    stretched = _are_stretched(words, wide)
    for line, narrow, own in zip(lines, words, wide, strict=True):
        found = [word for word in (_grown(narrow, own) if stretched else narrow) if word is not None]
        if found and line[0].letters[0].on_head:
            # PDFium gives the words of a line that stands on its head from left to right.
            found.sort(key=lambda word: -word.box[0])
        if found:
            yield tuple(found)


def _grown(words: list[LayerWord | None], wide: list[LayerWord | None]) -> list[LayerWord | None]:
    """The words with their spaces; behind a hyphen at a line's end, where PDFium gives none, with one letter more."""
    grew = [
        (side, own.box[side] - word.box[side])
        for word, own in zip(words, wide, strict=True)
        if word is not None and own is not None
        for side in range(4)
        if word.box[side] != own.box[side]
    ]
    if not grew:
        return words
    side, by = max(grew, key=lambda pair: abs(pair[1]))
    out: list[LayerWord | None] = []
    for word, own in zip(words, wide, strict=True):
        if word is not None and own is not None and own.box == word.box:
            box = list(word.box)
            letter = abs(box[side] - box[(side + 2) % 4]) / len(word.text)
            box[side] += letter if by > 0 else -letter
            own = LayerWord(word.text, (box[0], box[1], box[2], box[3]))
        out.append(None if word is None or own is None else LayerWord(word.text, own.box))
    return out


def _runs(letters: list[_Letter], chosen: set[int]) -> Iterator[list[_Run]]:
    """The words, line by line: PDFium puts spaces and line ends where words and lines are apart."""
    line: list[_Run] = []
    word: list[_Letter] = []
    for letter in letters:
        own = letter.object in chosen and not letter.spaces
        if own:
            word.append(letter)
            # PDFium leaves out the line end after such a hyphen.
            if letter.code not in _HYPHENS:
                continue
        if word:
            written = letter.spaces and letter.object is not None and letter.object == word[-1].object
            line.append(_Run(word, letter if written else None))
            word = []
        if line and (letter.breaks or (own and letter.code in _HYPHENS)):
            yield line
            line = []
    if word:
        line.append(_Run(word))
    if line:
        yield line


def _are_stretched(words: list[list[LayerWord | None]], wide: list[list[LayerWord | None]]) -> bool:
    """Whether most words were stretched together with a space, so that it ends where their ink does.

    Tesseract does so. A space that is one reaches as far as the next word.
    """
    votes = 0
    for line, wide_line in zip(words, wide, strict=True):
        for word, own, after in zip(line, wide_line, line[1:], strict=False):
            if word is None or own is None or after is None or word.box == own.box:
                continue
            grown = max(abs(a - b) for a, b in zip(word.box, own.box, strict=True))
            votes += 1 if _gap(own.box, after.box) > _SHORT_SPACE * grown else -1
    return votes > 0


def _gap(box: Rect, other: Rect) -> float:
    return max(other[0] - box[2], box[0] - other[2], other[1] - box[3], box[1] - other[3])


def _word(page: PdfPage, view: PageView, letters: list[_Letter]) -> LayerWord | None:
    """The word around its letters; None where none of them has a place."""
    rects = [letter.rect for letter in letters if letter.rect is not None]
    if not rects:
        return None
    left, bottom = min(r[0] for r in rects), min(r[1] for r in rects)
    right, top = max(r[2] for r in rects), max(r[3] for r in rects)
    corners = [displayed(page, corner) for corner in ((left, bottom), (right, top))]
    xs = sorted((x - view.left) * view.width / view.width_pt for x, _ in corners)
    ys = sorted((y - view.top) * view.height / view.height_pt for _, y in corners)
    codes = ["-" if letter.code in _HYPHENS else _char(letter.code) for letter in letters]
    return LayerWord("".join(codes), (xs[0], ys[0], xs[1], ys[1]))


def _char(code: int) -> str:
    """The letter of a code; U+FFFD for half of a pair and for what is no code."""
    return chr(code) if code < 0x110000 and not 0xD800 <= code < 0xE000 else _UNKNOWN
