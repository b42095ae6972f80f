"""Missed lines put among the lines that were read at first; all in pixels of one working image, in level lines."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from align.model import Box, Line, Polygon, Word, mean_confidence
from align.ocr.judge import letters_and_digits
from align.tuning.ocr import OCR, OcrTuning


def with_missed(lines: Sequence[Line], missed: Sequence[Line], *, tuning: OcrTuning = OCR) -> tuple[Line, ...]:
    """The lines with the missed ones among them, in reading order.

    A missed piece of a line joins that line; any other piece comes after the line above it. Words that were read before
    are left out, and so are pieces that are hardly legible or hold no letter or digit.

    Example: "The man" and, missed, "came home" to its right give one line "The man came home".
    """
    result = list(lines)
    known = [word.box for line in lines for word in line.words]
    for piece in missed:
        words = tuple(word for word in piece.words if not any(_within(word.box, box, tuning) for box in known))
        letters = sum(letters_and_digits(word.text) for word in words)
        least = tuning.believed_long if letters >= tuning.long_letters else tuning.believed
        if (mean_confidence(words, letters_and_digits) or 0.0) < least or not letters:
            continue
        fresh = _line(words)
        at = next((i for i, line in enumerate(result) if _beside(line, fresh, tuning)), None)
        if at is None:
            place = _place(result, fresh, tuning)
            region = result[max(0, min(place, len(result)) - 1)].region if result else 0
            result.insert(place, replace(fresh, region=region))
        else:
            joined = sorted([*result[at].words, *words], key=lambda word: word.box.left)
            result[at] = replace(_line(joined), region=result[at].region, role=result[at].role)
    return tuple(result)


def _line(words: Sequence[Word]) -> Line:
    return Line(tuple(words), Polygon(Box.union(word.box for word in words).corners))


def _within(box: Box, known: Box, tuning: OcrTuning) -> bool:
    """Whether a word overlaps a known word enough to be the same word."""
    shared = box.intersection(known)
    return shared is not None and shared.width * shared.height > tuning.same_word * box.width * box.height


def _beside(line: Line, piece: Line, tuning: OcrTuning) -> bool:
    """Whether the piece is in the row of the line, near it, and not over its words."""
    a, b = line.box, piece.box
    height = min(a.height, b.height)
    if min(a.bottom, b.bottom) - max(a.top, b.top) < tuning.same_row * height:
        return False
    apart = max(b.left - a.right, a.left - b.right)
    inside = apart < 0 and not any(_overlap(word.box, piece.box, tuning) for word in line.words)
    return inside or 0 <= apart <= tuning.joined_gap * height


def _overlap(box: Box, other: Box, tuning: OcrTuning) -> bool:
    """Whether two boxes share enough of their width to be one above the other."""
    return min(box.right, other.right) - max(box.left, other.left) > tuning.over_word * min(box.width, other.width)


def _place(lines: Sequence[Line], piece: Line, tuning: OcrTuning) -> int:
    """The piece's index in reading order: after the lowest line above it, in its column where it has one."""
    middle = _middle(piece)
    column = [i for i, line in enumerate(lines) if _overlap(line.box, piece.box, tuning)] or list(range(len(lines)))
    above = [i for i in column if _middle(lines[i]) < middle]
    if above:
        return max(above, key=lambda i: _middle(lines[i])) + 1
    return next((i for i, line in enumerate(lines) if _middle(line) > middle), len(lines))


def _middle(line: Line) -> float:
    return (line.box.top + line.box.bottom) / 2
