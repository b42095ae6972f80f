"""How well lines were read, judged by the reading alone."""

from __future__ import annotations

from align.model import Line
from align.tuning.ocr import OCR, OcrTuning


def legibility(lines: tuple[Line, ...]) -> float:
    """The mean confidence of the words, weighted by their letters and digits, 0..1; 0 where there are none.

    On rendered and real pages it was 0.5 to 0.95 in the right language and the right way up, and under 0.45 otherwise.
    """
    weights = [(_letters(w.text), w.confidence) for line in lines for w in line.words]
    total = sum(n for n, _ in weights)
    return sum(n * c for n, c in weights) / total if total else 0.0


def evidence(lines: tuple[Line, ...]) -> float:
    """How much was read, and how surely: the sum over words of letters times squared confidence.

    It compares readings of the same place: more letters count more, and doubtful ones count little.
    """
    return sum(_letters(w.text) * w.confidence**2 for line in lines for w in line.words)


def without_dirt(lines: tuple[Line, ...], *, tuning: OcrTuning = OCR) -> tuple[Line, ...]:
    """The lines without dirt. Dirt is a mark, or one or two letters, that the engine read with low confidence."""
    return tuple(line for line in lines if not _is_dirt(line, tuning))


def has_words(lines: tuple[Line, ...], *, tuning: OcrTuning = OCR) -> bool:
    """Whether at least one word of two or more letters or digits was read surely."""
    return any(w.confidence >= tuning.sure_word and _letters(w.text) >= 2 for line in lines for w in line.words)


def _is_dirt(line: Line, tuning: OcrTuning) -> bool:
    letters = sum(_letters(w.text) for w in line.words)
    if letters > 2:
        return False
    return line.confidence < (tuning.dirt_letters if letters else tuning.dirt_mark)


def _letters(text: str) -> int:
    return sum(c.isalnum() for c in text)
