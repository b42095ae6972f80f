"""Lines that were missed at first, put among those that were read; all in pixels of one working image, lines level."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from align.model import Box, Line, Polygon, Word

# What was read of a strip by itself is believed from here on; less is dirt or strokes or parts of a stamp. A line of
# letters is believed sooner: under a stamp text reads badly, and a line that no text holds does no harm.
BELIEVED, LONG, BELIEVED_LONG = 0.5, 12, 0.35
# Two pieces of a line share at least this much of the lower one's height.
SAME_ROW = 0.5


def with_missed(lines: Sequence[Line], missed: Sequence[Line]) -> tuple[Line, ...]:
    """The lines with the missed ones among them, in reading order.

    A missed piece of a line joins it; others go after the line above them. Words that were read before are left out,
    and so is what is hardly legible or holds no letter or digit.

    Example: "The man" and, missed, "came home" to its right give one line "The man came home".
    """
    result = list(lines)
    known = [word.box for line in lines for word in line.words]
    for piece in missed:
        words = tuple(word for word in piece.words if not any(_within(word.box, box) for box in known))
        weights = [(sum(c.isalnum() for c in word.text), word.confidence) for word in words]
        letters = sum(n for n, _ in weights)
        least = BELIEVED_LONG if letters >= LONG else BELIEVED
        if not letters or sum(n * confidence for n, confidence in weights) < least * letters:
            continue
        fresh = _line(words)
        at = next((i for i, line in enumerate(result) if _beside(line, fresh)), None)
        if at is None:
            place = _place(result, fresh)
            region = result[max(0, min(place, len(result)) - 1)].region if result else 0
            result.insert(place, replace(fresh, region=region))
        else:
            joined = sorted([*result[at].words, *words], key=lambda word: word.box.left)
            result[at] = replace(_line(joined), region=result[at].region, role=result[at].role)
    return tuple(result)


def _line(words: Sequence[Word]) -> Line:
    return Line(tuple(words), Polygon(Box.union(word.box for word in words).corners))


def _within(box: Box, other: Box) -> bool:
    """Whether most of a word lies in another."""
    shared = box.intersection(other)
    return shared is not None and shared.width * shared.height > 0.4 * box.width * box.height


def _beside(line: Line, piece: Line) -> bool:
    """Whether the piece stands in the line's row, near it, and not over its words."""
    a, b = line.box, piece.box
    height = min(a.height, b.height)
    if min(a.bottom, b.bottom) - max(a.top, b.top) < SAME_ROW * height:
        return False
    apart = max(b.left - a.right, a.left - b.right)
    inside = apart < 0 and not any(_overlap(word.box, piece.box) for word in line.words)
    return inside or 0 <= apart <= 4 * height


def _overlap(box: Box, other: Box) -> bool:
    return min(box.right, other.right) - max(box.left, other.left) > 0.2 * min(box.width, other.width)


def _place(lines: Sequence[Line], piece: Line) -> int:
    """Where the piece comes in reading order: after the lowest of the lines above it, in its column if it has one."""
    middle = _middle(piece)
    column = [i for i, line in enumerate(lines) if _overlap(line.box, piece.box)] or list(range(len(lines)))
    above = [i for i in column if _middle(lines[i]) < middle]
    if above:
        return max(above, key=lambda i: _middle(lines[i])) + 1
    return next((i for i, line in enumerate(lines) if _middle(line) > middle), len(lines))


def _middle(line: Line) -> float:
    return (line.box.top + line.box.bottom) / 2
