"""How well lines were read, judged by the reading alone."""

from __future__ import annotations

from align.model import Line, mean_confidence
from align.tuning.ocr import OCR, OcrTuning


def legibility(lines: tuple[Line, ...]) -> float:
    """The mean confidence of the words, weighted by their letters and digits, 0..1; 0 where none is stated.

    On rendered and real pages it was 0.5 to 0.95 in the right language and the right way up, and under 0.45 otherwise.
    """
    return mean_confidence((w for line in lines for w in line.words), letters_and_digits) or 0.0


def evidence(lines: tuple[Line, ...]) -> float:
    """How much was read, and how surely: the sum over words of letters times squared confidence.

    It compares readings of the same place: more letters count more, and doubtful ones count little. A word that states
    no confidence counts nothing.
    """
    return sum(letters_and_digits(w.text) * (w.confidence or 0.0) ** 2 for line in lines for w in line.words)


def without_dirt(lines: tuple[Line, ...], *, tuning: OcrTuning = OCR) -> tuple[Line, ...]:
    """The lines without dirt. Dirt is a mark, or one or two letters, that the engine read with low confidence.

    A line that states no confidence is no dirt: nothing speaks against it.
    """
    return tuple(line for line in lines if not _is_dirt(line, tuning))


def has_words(lines: tuple[Line, ...], *, tuning: OcrTuning = OCR) -> bool:
    """Whether at least one word of two or more letters or digits was read surely."""
    words = (w for line in lines for w in line.words if w.confidence is not None and w.confidence >= tuning.sure_word)
    return any(letters_and_digits(w.text) >= 2 for w in words)


def _is_dirt(line: Line, tuning: OcrTuning) -> bool:
    letters = sum(letters_and_digits(w.text) for w in line.words)
    if letters > 2 or line.confidence is None:
        return False
    return line.confidence < (tuning.dirt_letters if letters else tuning.dirt_mark)


def letters_and_digits(text: str) -> int:
    """How many letters and digits a text has."""
    return sum(c.isalnum() for c in text)
