"""Whether the text in a PDF is sound enough to be taken as OCR, and the page that it states then."""

from __future__ import annotations

import unicodedata
from collections import defaultdict, deque
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import islice, pairwise
from statistics import median

from align.ocr.columns import in_columns
from align.ocr.existing.rows import Row, page_of_rows
from align.ocr.existing.stated import LARGEST, Piece, StatedLine, StatedPage, rectangle

# A box in pixels of the scan: left, top, right, bottom.
Rect = tuple[float, float, float, float]
Words = Sequence[tuple[str, Rect]]

# Shares of letters, words or pages from which a text is not sound. Sound layers keep far away from all of them; broken
# ones are far over them, because a fault is in a font and so in all of its words.
_MOST_UNMAPPED = 0.02  # of letters without a code, or with a private or control code
_LEAST_LETTERS = 0.5  # of letters and digits among all signs
_LEAST_SPOKEN = 0.7  # of longer words with a vowel, in scripts that write vowels
_VOWEL_SHARES = 0.25, 0.6  # of the letters of longer words, which are vowels; languages of Europe have 0.35 to 0.5
_MOST_MIXED = 0.08  # of longer words with a capital or a digit inside: a page read upside down has 0.2, a good one 0.01
_MANY_LETTERS = 100  # from here on the share of vowels says something
_MOST_WESTERN = 0.4  # of letters such as "Ï" or "ð": Cyrillic read in the wrong code page is made of them
_MOST_OUTSIDE = 0.1  # of words whose middle is not on the page
_MOST_OVERLAPPING = 0.1  # of words that lie on another one
_HEIGHTS = 0.002, 0.2  # of the page's height, which words have: less is dust, more is a poster
_LONGER = 4  # letters
_VOWELS = frozenset("aeiouyаеёиоуыэюяіїєѣѵ")


def sound_page(width: int, height: int, lines: Sequence[Words]) -> StatedPage | None:
    """The page that a text layer states, in pixels of the scan; None where the layer is not sound.

    Confidence is not known: no layer states it.
    """
    rows = [row for row in (_distinct(line) for line in _without_doubles(lines)) if row]
    words = [word for row in rows for word in row]
    if not words or not _is_readable([text for text, _ in words]) or not _is_placed(words, width, height):
        return None
    made = [
        Row([Piece(text, _outline(rect), absurd=_outline(rect) is None) for text, rect in row], region=1)
        for row in rows
    ]
    page = page_of_rows(made, width, height)
    if any(stated.rotation for stated in page.lines):
        return page
    ordered = in_columns(tuple(stated.line for stated in page.lines))
    return replace(page, lines=tuple(StatedLine(line) for line in ordered))


def _outline(rect: Rect) -> tuple[tuple[float, float], ...] | None:
    left, top, right, bottom = rect
    if not all(abs(value) <= LARGEST for value in rect):  # also where it is no number
        return None
    return rectangle(left, top, right - left, bottom - top)


def _is_readable(texts: Sequence[str]) -> bool:
    """Whether the signs of a text are letters with codes, in words that can be spoken."""
    signs = "".join(texts)
    codes = [unicodedata.category(c) for c in signs]
    unmapped = sum(code in ("Co", "Cn", "Cc", "Cs") or c == "\ufffd" for c, code in zip(signs, codes, strict=True))
    letters = [c for c, code in zip(signs, codes, strict=True) if code[0] in "LMN"]
    if unmapped > _MOST_UNMAPPED * len(signs) or not letters or len(letters) < _LEAST_LETTERS * len(signs):
        return False
    western = sum("\u00a1" <= c <= "\u00ff" for c in signs)
    if western > _MOST_WESTERN * len(signs):
        return False
    longer = [text for text in texts if sum(map(_is_spelt, text)) >= _LONGER]
    vowels = [sum(_plain(c) in _VOWELS for c in text) for text in longer]
    if sum(map(bool, vowels)) < _LEAST_SPOKEN * len(longer):
        return False
    spelt = sum(_is_spelt(c) for text in longer for c in text)
    if spelt >= _MANY_LETTERS and sum(map(_is_mixed, longer)) > _MOST_MIXED * len(longer):
        return False
    least, most = _VOWEL_SHARES
    return spelt < _MANY_LETTERS or least <= sum(vowels) / spelt <= most


def _is_spelt(char: str) -> bool:
    """Whether it is a letter of Latin or Cyrillic script, whose words have vowels."""
    return char.isalpha() and (char < "\u0250" or "\u0400" <= char <= "\u052f")


def _is_mixed(text: str) -> bool:
    """Whether a small letter is followed by a capital, or a letter stands beside a digit: "эжА", "э9о"."""
    return any(
        (a.islower() and b.isupper()) or (a.isalpha() and b.isdigit()) or (a.isdigit() and b.isalpha())
        for a, b in pairwise(text)
    )


def _plain(char: str) -> str:
    return unicodedata.normalize("NFD", char.lower())[:1]


def _is_placed(words: Words, width: int, height: int) -> bool:
    """Whether the words are on the page, as high as words are, and beside one another."""
    inside = [rect for _, rect in words if _is_inside(rect, width, height)]
    if len(words) - len(inside) > _MOST_OUTSIDE * len(words):
        return False
    least, most = _HEIGHTS
    upright = median(min(bottom - top, right - left) for left, top, right, bottom in inside) / height
    if not least <= upright <= most:
        return False
    return _overlapping(inside) <= _MOST_OVERLAPPING * len(words)


def _is_inside(rect: Rect, width: int, height: int) -> bool:
    left, top, right, bottom = rect
    return 0 <= (left + right) / 2 <= width and 0 <= (top + bottom) / 2 <= height and left < right and top < bottom


def _overlapping(rects: Sequence[Rect]) -> int:
    """How many of the boxes hold the middle of a box that comes before them or after them."""
    cells = _by_cell(rects)
    return sum(
        any(other != n and _holds(rect, rects[other]) for cell in _cells(rect) for other in cells.get(cell, ()))
        for n, rect in enumerate(rects)
    )


_CELL = 64.0  # pixels
_MOST_CELLS = 400  # of one box; a larger one is looked at in a part of them


def _by_cell(rects: Sequence[Rect]) -> dict[tuple[int, int], list[int]]:
    """The boxes by the cell of a grid in which their middle is; a crowded cell keeps its first boxes."""
    cells: dict[tuple[int, int], list[int]] = defaultdict(list)
    for n, (left, top, right, bottom) in enumerate(rects):
        own = cells[int((left + right) / 2 / _CELL), int((top + bottom) / 2 / _CELL)]
        if len(own) < _MOST_CELLS:
            own.append(n)
    return cells


def _cells(rect: Rect) -> Iterator[tuple[int, int]]:
    left, top, right, bottom = (int(value / _CELL) for value in rect)
    return islice(((x, y) for x in range(left, right + 1) for y in range(top, bottom + 1)), _MOST_CELLS)


def _holds(rect: Rect, other: Rect) -> bool:
    x, y = (other[0] + other[2]) / 2, (other[1] + other[3]) / 2
    return rect[0] < x < rect[2] and rect[1] < y < rect[3]


def _without_doubles(lines: Sequence[Words]) -> list[list[tuple[str, Rect]]]:
    """The lines without words that are there twice, as in a PDF to which text was added twice."""
    seen: dict[str, deque[Rect]] = defaultdict(lambda: deque(maxlen=_MOST_CELLS))
    kept: list[list[tuple[str, Rect]]] = []
    for line in lines:
        row = [(text, rect) for text, rect in line if not any(_is_same(rect, other) for other in seen[text])]
        for text, rect in line:
            seen[text].append(rect)
        kept.append(row)
    return kept


def _is_same(rect: Rect, other: Rect) -> bool:
    """Whether two boxes are one place: they differ by less than a third of their height."""
    near = (rect[3] - rect[1]) / 3
    return all(abs(a - b) < near for a, b in zip(rect, other, strict=True))


def _distinct(line: Words) -> list[tuple[str, Rect]]:
    """The words of a line that have letters or signs."""
    return [(text, rect) for text, rect in line if text.strip()]
