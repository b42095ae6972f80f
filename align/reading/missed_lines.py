"""Lines that the engine missed on a page, read in one more call: page numbers, short headings, lines beside stamps."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from align.imaging import Prepared, Stacked, overview_of, stacked, unread_strips
from align.model import Box, Line, Polygon, Word, mean_confidence
from align.ocr import BlockReader, letters_and_digits, with_missed
from align.reading.side import Tunings
from align.tuning.reading import ReadingTuning


def read_missed(
    prepared: Prepared, lines: tuple[Line, ...], *, engine: BlockReader, languages: tuple[str, ...], tunings: Tunings
) -> tuple[Line, ...]:
    """The lines, and those of the strips that hold letters but no word, in the working image's pixels.

    All strips are stacked into one image, which costs one call of the engine; a page without such strips costs none.
    """
    tuning = tunings.reading
    overview = prepared.overview or overview_of(prepared.image, tuning=tunings.imaging)
    words = np.array([_corners(word.box) for line in lines for word in line.words], np.float64).reshape(-1, 4)
    letter_size = overview.letters.size * overview.reduction
    height, width = prepared.image.shape[:2]
    strips = unread_strips(
        overview.ink * overview.reduction,
        words,
        letter_size=letter_size,
        width=width,
        height=height,
        tuning=tunings.imaging,
    )
    if not strips:
        return lines
    context = _context(lines, width=width, height=height, tuning=tuning)
    parts = [(strip, scale) for strip in strips for scale in _scales(strip, letter_size, tuning)]
    image, stack = stacked(prepared.image, [*((box, 1.0) for box in context), *parts])
    lines_of_stack = engine.read_block(image, languages=languages, dpi=prepared.dpi)
    best: dict[Box, tuple[float, Line]] = {}
    for piece in stack[len(context) :]:
        words_of_piece = tuple(
            _in_image(piece, word)
            for line in lines_of_stack
            for word in line.words
            if piece.place.intersection(_middle(word.box))
        )
        likely = _likelihood(words_of_piece, tuning)
        if likely and (piece.part not in best or likely > best[piece.part][0]):
            best[piece.part] = likely, Line(words_of_piece, Polygon(piece.part.corners))
    return with_missed(lines, [best[strip][1] for strip in strips if strip in best], tuning=tunings.ocr)


def _scales(strip: Box, letter_size: float, tuning: ReadingTuning) -> tuple[float, ...]:
    """The sizes at which a strip is read: several for a strip that may be a page number."""
    return tuning.strip_scales if strip.width <= tuning.short_strip * letter_size else (1.0,)


def _likelihood(words: tuple[Word, ...], tuning: ReadingTuning) -> float:
    """How likely a reading of a strip is right, by the confidence of its letters and digits; 0 where there are none."""
    sure = mean_confidence(words, letters_and_digits)
    if sure is None:
        return 0.0
    number = all(c.isdigit() for word in words for c in word.text if c.isalnum())
    return sure + tuning.number_bonus * number


def _context(lines: tuple[Line, ...], *, width: int, height: int, tuning: ReadingTuning) -> list[Box]:
    """The boxes of the lines that were read best, a little higher than the lines, to lead the stack."""
    best = sorted(lines, key=lambda line: -(line.confidence or 0.0) * len(line.text))[: tuning.context_lines]
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
    """The one pixel in the middle of a box."""
    x, y = (box.left + box.right) // 2, (box.top + box.bottom) // 2
    return Box(x, y, x + 1, y + 1)


def _in_image(piece: Stacked, word: Word) -> Word:
    """A word of the stack in pixels of the image."""
    box = piece.back(word.box)
    return replace(word, box=box, polygon=Polygon(box.corners))
