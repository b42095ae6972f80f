"""What the engine missed on a page, read in one more call: page numbers, short headings, lines beside stamps."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from align.imaging import Prepared, Stacked, stacked, survey, unread_strips
from align.model import Box, Line, Polygon, Word
from align.ocr import BlockReader, with_missed


def read_missed(
    prepared: Prepared, lines: tuple[Line, ...], *, engine: BlockReader, languages: tuple[str, ...]
) -> tuple[Line, ...]:
    """The lines and those of the strips that hold letters and no word, in the working image's pixels.

    All strips are stacked into one image, which costs one call; a page without such strips costs none.
    """
    seen = prepared.surveyed or survey(prepared.image)
    known = np.array([_corners(word.box) for line in lines for word in line.words], np.float64).reshape(-1, 4)
    size = seen.letters.size * seen.reduction
    height, width = prepared.image.shape[:2]
    strips = unread_strips(
        seen.ink * seen.reduction,
        known,
        letter_size=size,
        width=width,
        height=height,
    )
    if not strips:
        return lines
    context = _context(lines, width=width, height=height)
    parts = [(strip, scale) for strip in strips for scale in _scales(strip, size)]
    image, stack = stacked(prepared.image, [*((box, 1.0) for box in context), *parts])
    read = engine.read_block(image, languages=languages, dpi=prepared.dpi)
    best: dict[Box, tuple[float, Line]] = {}
    for own in stack[len(context) :]:
        found = tuple(_back(own, w) for line in read for w in line.words if own.place.intersection(_middle(w.box)))
        sure = _sure(found)
        if sure and (own.part not in best or sure > best[own.part][0]):
            best[own.part] = sure, Line(found, Polygon(own.part.corners))
    return with_missed(lines, [best[strip][1] for strip in strips if strip in best])


def _scales(strip: Box, size: float) -> tuple[float, ...]:
    """The sizes at which a strip is read: a number of two digits comes out right at one and wrong at another."""
    return (1.0, 1.4, 2.0) if strip.width <= SHORT * size else (1.0,)


# In letter sizes: a page number is as wide as that with the dashes beside it and what stands around it.
SHORT = 14
# Of readings of one strip, one that is a number and nothing else is the likelier by so much.
NUMBER = 0.2


def _sure(words: tuple[Word, ...]) -> float:
    """How sure a reading is, by its letters and digits; 0 without any."""
    weights = [(sum(c.isalnum() for c in word.text), word.confidence) for word in words]
    total = sum(n for n, _ in weights)
    number = total > 0 and all(c.isdigit() for word in words for c in word.text if c.isalnum())
    return sum(n * confidence for n, confidence in weights) / total + NUMBER * number if total else 0.0


def _context(lines: tuple[Line, ...], *, width: int, height: int) -> list[Box]:
    """Two well-read lines to lead the stack: among numbers alone an engine cannot tell how high a letter is."""
    best = sorted(lines, key=lambda line: -line.confidence * len(line.text))[:2]
    boxes = [line.box for line in best]
    return [
        Box(
            box.left,
            max(0, box.top - box.height // 3),
            min(width, box.right),
            min(height, box.bottom + box.height // 3),
        )
        for box in boxes
    ]


def _corners(box: Box) -> NDArray[np.float64]:
    return np.array([box.left, box.top, box.right, box.bottom], np.float64)


def _middle(box: Box) -> Box:
    x, y = (box.left + box.right) // 2, (box.top + box.bottom) // 2
    return Box(x, y, x + 1, y + 1)


def _back(own: Stacked, word: Word) -> Word:
    box = own.back(word.box)
    return replace(word, box=box, polygon=Polygon(box.corners))
