"""How well lines were read, told from the reading alone."""

from __future__ import annotations

from align.model import Line

# A mark without a letter or digit that the engine itself doubts is dirt; one or two letters that it hardly believes
# are too.
_DIRT_MARK, _DIRT_LETTERS = 0.5, 0.3
# A word the engine is sure enough of; on show-through and shadows it is sure of none.
_SURE = 0.6


def legibility(lines: tuple[Line, ...]) -> float:
    """The words' confidence, weighted by their letters and digits, 0..1; 0 for none.

    Measured on rendered and real pages: 0.5 to 0.95 in the right language and the right way up, under 0.45 otherwise.
    """
    weights = [(_letters(w.text), w.confidence) for line in lines for w in line.words]
    total = sum(n for n, _ in weights)
    return sum(n * c for n, c in weights) / total if total else 0.0


def evidence(lines: tuple[Line, ...]) -> float:
    """How much was read how surely: letters times confidence squared, summed; for readings of the same place."""
    return sum(_letters(w.text) * w.confidence**2 for line in lines for w in line.words)


def without_dirt(lines: tuple[Line, ...]) -> tuple[Line, ...]:
    """The lines without those that are surely no text: doubted marks, hardly believed single letters."""
    return tuple(line for line in lines if not _dirt(line))


def has_words(lines: tuple[Line, ...]) -> bool:
    """True where at least one word of two letters or digits is sure."""
    return any(w.confidence >= _SURE and _letters(w.text) >= 2 for line in lines for w in line.words)


def _dirt(line: Line) -> bool:
    letters = sum(_letters(w.text) for w in line.words)
    return line.confidence < (_DIRT_MARK if letters == 0 else _DIRT_LETTERS if letters <= 2 else 0.0)


def _letters(text: str) -> int:
    return sum(c.isalnum() for c in text)
