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
        rotation = page.get_rotation()
        for n in range(count):
            code = pdfium.FPDFText_GetUnicode(text, n)
            placed = pdfium.FPDFText_GetLooseCharBox(text, n, rect)
            # FPDFText_HasUnicodeMapError says nothing: it is set for every Cyrillic letter that Tesseract writes, whose
            # code is right. Whether codes are letters is judged by the words that they make.
            yield _Letter(
                code or 0xFFFD,
                (rect.left, rect.bottom, rect.right, rect.top) if placed else None,
                None if pdfium.FPDFText_IsGenerated(text, n) == 1 else _address(pdfium.FPDFText_GetTextObject(text, n)),
                # PDFium turns clockwise; -1 where it does not know.
                on_head=round((degrees(pdfium.FPDFText_GetCharAngle(text, n)) + rotation) / 90) % 4 == 2,
                spaces=chr(code).isspace(),
                breaks=code in (0x0A, 0x0D),
            )
    finally:
        text.close()


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


def _lines(page: PdfPage, view: PageView, letters: list[_Letter], chosen: set[int]) -> Iterator[tuple[LayerWord, ...]]:
    """The lines: PDFium puts spaces and line ends where words and lines are apart."""
    line: list[LayerWord] = []
    word: list[_Letter] = []
    on_head = False
    for letter in letters:
        own = letter.object in chosen and not letter.spaces
        if own:
            word.append(letter)
            on_head = letter.on_head
            # PDFium leaves out the line end after such a hyphen.
            if letter.code not in _HYPHENS:
                continue
        if word:
            line.extend(_word(page, view, word))
            word = []
        if line and (letter.breaks or (own and letter.code in _HYPHENS)):
            yield _in_order(line, on_head=on_head)
            line = []
    if word:
        line.extend(_word(page, view, word))
    if line:
        yield _in_order(line, on_head=on_head)


def _in_order(line: list[LayerWord], *, on_head: bool) -> tuple[LayerWord, ...]:
    """The words as they are read: PDFium gives those of a line that stands on its head from left to right."""
    return tuple(sorted(line, key=lambda word: -word.box[0])) if on_head else tuple(line)


def _word(page: PdfPage, view: PageView, letters: list[_Letter]) -> Iterator[LayerWord]:
    """The word around its letters; none where none of them has a place."""
    rects = [letter.rect for letter in letters if letter.rect is not None]
    if not rects:
        return
    left, bottom = min(r[0] for r in rects), min(r[1] for r in rects)
    right, top = max(r[2] for r in rects), max(r[3] for r in rects)
    corners = [displayed(page, corner) for corner in ((left, bottom), (right, top))]
    xs = sorted((x - view.left) * view.width / view.width_pt for x, _ in corners)
    ys = sorted((y - view.top) * view.height / view.height_pt for _, y in corners)
    codes = ["-" if letter.code in _HYPHENS else _char(letter.code) for letter in letters]
    yield LayerWord("".join(codes), (xs[0], ys[0], xs[1], ys[1]))


def _char(code: int) -> str:
    """The letter of a code; U+FFFD for half of a pair and for what is no code."""
    return chr(code) if code < 0x110000 and not 0xD800 <= code < 0xE000 else _UNKNOWN
