"""The text of a line fitted to its words: it says what is written there, and they say where.

People correct the text of a line and leave its words as the program read them. So the line's text is taken, at the
places of the words that it resembles. Its other words get no place here, and are put between those that have one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import log2

from rapidfuzz.distance import Levenshtein

from align.ocr.existing.building.cutting import extent
from align.ocr.existing.stated import Outline, Piece, around, clean, cleaned
from align.ocr.judge import letters_and_digits
from align.tuning.existing_ocr import EXISTING_OCR, ExistingOcrTuning

# More pairs than this take too long to compare; such a line is cut by its letters.
_MOST_PAIRS = 10_000


def fitted(text: str, stated: Sequence[Piece], tuning: ExistingOcrTuning = EXISTING_OCR) -> list[Piece]:
    """The pieces of a line that has a text of its own: that text, at the places of the pieces that it resembles.

    >>> [piece.text for piece in fitted("The harbour", [Piece("Thc"), Piece("horbour")])]
    ['The', 'harbour']
    """
    tokens = clean(text).split()
    pieces = [cleaned(piece) for piece in stated]
    read = [piece for piece in pieces if piece.text]
    letters = sum(letters_and_digits(piece.text) for piece in read)
    if not tokens or letters_and_digits(text) < tuning.fuller * letters:
        return read
    if tokens == " ".join(piece.text for piece in read).split():
        return read
    if Counter(tokens) == Counter(piece.text for piece in read):
        return _reordered(tokens, read)
    if len(tokens) == len(pieces) and all(
        not p.text or resembles(t, p.text, tuning) for t, p in zip(tokens, pieces, strict=True)
    ):
        return [_piece([token], [piece]) for token, piece in zip(tokens, pieces, strict=True)]
    if len(tokens) * len(pieces) > _MOST_PAIRS:
        return [Piece(token) for token in tokens]
    return [_piece(tokens[m.tokens], pieces[m.pieces]) for m in _matches(tokens, pieces, tuning) if tokens[m.tokens]]


def fuller(preferred: str, other: str, tuning: ExistingOcrTuning = EXISTING_OCR) -> str:
    """The preferred text, unless it is blank or has less than half of the other's letters."""
    return (
        preferred
        if clean(preferred) and letters_and_digits(preferred) >= tuning.fuller * letters_and_digits(other)
        else other
    )


def resembles(one: str, other: str, tuning: ExistingOcrTuning = EXISTING_OCR) -> bool:
    """Whether two texts of a line say the same, but for letters that were misread."""
    return _likeness(one, other) >= tuning.same_line


@dataclass(frozen=True, slots=True)
class _Match:
    """Words of the line's text and pieces that say the same; either may be none."""

    tokens: slice
    pieces: slice


def _reordered(tokens: Sequence[str], pieces: Sequence[Piece]) -> list[Piece]:
    """The pieces, whose texts are these tokens, in the order of the tokens."""
    left: dict[str, list[Piece]] = {}
    for piece in pieces:
        left.setdefault(piece.text, []).append(piece)
    return [left[token].pop(0) for token in tokens]


def _piece(tokens: Sequence[str], pieces: Sequence[Piece]) -> Piece:
    """The words at the place of the pieces; their confidence is known only where nothing was changed."""
    text = " ".join(tokens)
    if len(pieces) == 1:
        piece = pieces[0]
        return piece if piece.text == text else Piece(text, piece.outline, absurd=piece.absurd)
    outlines = [piece.outline for piece in pieces if piece.outline is not None]
    return Piece(text, around(outlines) if outlines else None, absurd=any(piece.absurd for piece in pieces))


def _matches(tokens: Sequence[str], pieces: Sequence[Piece], tuning: ExistingOcrTuning) -> list[_Match]:
    """The cheapest matches that cover both, in order, by dynamic programming."""
    letter = _letter(tokens, pieces)
    costs = {(0, 0): 0.0}
    came: dict[tuple[int, int], _Match] = {}
    band = abs(len(tokens) - len(pieces)) + tuning.in_a_row
    for n in range(len(tokens) + 1):
        for k in range(max(0, n - band), min(len(pieces), n + band) + 1):
            if (n, k) not in costs:
                continue
            for a, b, cost in _steps(tokens, pieces, n, k, letter, tuning):
                reached = costs[n, k] + cost
                if reached < costs.get((a, b), reached + 1):
                    costs[a, b] = reached
                    came[a, b] = _Match(slice(n, a), slice(k, b))
    found = []
    at = len(tokens), len(pieces)
    while at != (0, 0):
        match = came[at]
        found.append(match)
        at = match.tokens.start, match.pieces.start
    return found[::-1]


def _steps(
    tokens: Sequence[str], pieces: Sequence[Piece], n: int, k: int, letter: float, tuning: ExistingOcrTuning
) -> Iterator[tuple[int, int, float]]:
    """What may follow after n words and k pieces: how many of each then, and what it costs."""
    if n < len(tokens):
        yield n + 1, k, tuning.left_alone
    if k == len(pieces):
        return
    yield n, k + 1, tuning.left_alone if pieces[k].text else tuning.unread
    if n == len(tokens):
        return
    both = "".join(piece.text for piece in pieces[k : k + 2])
    if k + 1 < len(pieces) and _is_likest(both, tokens[n], [piece.text for piece in pieces[k : k + 2]]):
        outlines = [piece.outline for piece in pieces[k : k + 2] if piece.outline is not None]
        place = around(outlines) if outlines else None
        yield n + 1, k + 2, _cost(tokens[n], both, place, letter, tuning) + tuning.joined
    most = len(pieces[k].text.split()) + 1 if pieces[k].text else 2
    for end in range(n + 1, min(n + most, len(tokens)) + 1):
        extra = 0.0 if end - n == max(1, most - 1) else tuning.joined
        if pieces[k].text and not _is_likest("".join(tokens[n:end]), pieces[k].text, tokens[n:end]):
            continue
        cost = _cost(" ".join(tokens[n:end]), pieces[k].text, pieces[k].outline, letter, tuning)
        yield end, k + 1, cost + extra


def _is_likest(joined: str, other: str, parts: Sequence[str]) -> bool:
    """Whether parts resemble the other text more together than each alone; one part always does."""
    if len(parts) == 1 or not joined:
        return True
    return _likeness(joined, other) > max(_likeness(part, other) for part in parts)


def _likeness(one: str, other: str) -> float:
    return Levenshtein.normalized_similarity("".join(one.lower().split()), "".join(other.lower().split()))


def _cost(text: str, read: str, outline: Outline | None, letter: float, tuning: ExistingOcrTuning) -> float:
    """How little a text resembles what was read at a place, and how little it fits the place's width."""
    unlike = 1 - _likeness(text, read) if read else tuning.unread
    if outline is None or not letter:
        return unlike
    width = max(extent(outline, 0), extent(outline, 1))
    return unlike + min(tuning.other_width_most, tuning.other_width * abs(log2(width / (letter * len(text)))))


def _letter(tokens: Sequence[str], pieces: Sequence[Piece]) -> float:
    """The usual width of a letter, if all words were at the places of all pieces; 0 where none has a place."""
    widths = [max(extent(piece.outline, 0), extent(piece.outline, 1)) for piece in pieces if piece.outline is not None]
    return sum(widths) / sum(map(len, tokens)) if tokens else 0.0
