"""Which words of two texts differ: what was read on a scan beside what the text says.

Words are compared by their letters alone. An editor does not look for differences in case, punctuation, ё for е, or a
hyphen at the end of a line. This module does not judge what a difference means.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz.distance import Levenshtein

# Words in a text. Alignment takes memory by the product of both lengths, so a longer text is shown without marks.
MOST_WORDS = 4_000
# A word with the white space after it; a word that a hyphen divides at the end of a line counts as one.
_WORD = re.compile(r"(\S+[\u002d\u2010\u2011\u00ac]\s+(?=\w)\S+|\S+)(\s*)")


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of one of two texts; `differs` says whether the other text has other words there."""

    text: str
    differs: bool


def differences(scan_text: str, source_text: str) -> tuple[tuple[Piece, ...], tuple[Piece, ...]]:
    """The two texts in pieces, with words that differ marked. The pieces of a text, joined, are that text again.

    >>> differences("Приехал Нетров", "Приехал Петров.")[1]
    (Piece(text='Приехал ', differs=False), Piece(text='Петров.', differs=True))
    """
    left, right = _words(scan_text), _words(source_text)
    if max(len(left), len(right)) > MOST_WORDS:
        return whole(scan_text), whole(source_text)
    marks = [True] * len(left), [True] * len(right)
    folded = [_folded(word) for word, _ in left], [_folded(word) for word, _ in right]
    for block in Levenshtein.opcodes(*folded):
        if block.tag == "equal":
            marks[0][block.src_start : block.src_end] = [False] * (block.src_end - block.src_start)
            marks[1][block.dest_start : block.dest_end] = [False] * (block.dest_end - block.dest_start)
    return _pieces(scan_text, left, marks[0]), _pieces(source_text, right, marks[1])


def whole(text: str) -> tuple[Piece, ...]:
    """The text as one piece without a mark; no piece for no text."""
    return (Piece(text, differs=False),) if text else ()


def _words(text: str) -> list[tuple[str, str]]:
    return [(found[1], found[2]) for found in _WORD.finditer(text)]


def _folded(word: str) -> str:
    """The letters and digits of a word; a word without letters and digits is kept as it is."""
    letters = "".join(c for c in unicodedata.normalize("NFKC", word).casefold() if c.isalnum())
    return letters.replace("ё", "е") or word


def _pieces(text: str, words: Sequence[tuple[str, str]], differs: Sequence[bool]) -> tuple[Piece, ...]:
    if not words:
        return whole(text)
    lead = text[: len(text) - sum(len(word) + len(space) for word, space in words)]
    pieces: list[Piece] = list(whole(lead))
    for i, ((word, space), mark) in enumerate(zip(words, differs, strict=True)):
        # The space between two words that differ is marked as well, so that the mark is not broken.
        joined = mark and i + 1 < len(words) and differs[i + 1]
        for part, marked in ((word, mark), (space, joined)):
            if not part:
                continue
            if pieces and pieces[-1].differs == marked:
                pieces[-1] = Piece(pieces[-1].text + part, marked)
            else:
                pieces.append(Piece(part, marked))
    return tuple(pieces)
