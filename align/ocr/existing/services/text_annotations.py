"""Google Vision's textAnnotations: the first holds the whole text with its lines, each other one a word of it."""

from __future__ import annotations

from bisect import bisect_right

from align.ocr.existing.loose_words import in_lines
from align.ocr.existing.rows import Row, turn_of_corners
from align.ocr.existing.services.json_values import field, text
from align.ocr.existing.services.sheet import Sheet, joined
from align.ocr.existing.stated import Piece

# Characters. A word of the text is looked for so far behind the one before it.
_FAR = 400
# Words belong to the first annotation if it has this share of them.
_MOST = 0.5


def rows_of_annotations(annotations: list[object], sheet: Sheet) -> list[Row]:
    """The lines of the whole text, each with the words that are in it; of words without a text, as their places are."""
    first, words = text(annotations[0], "description"), annotations[1:]
    if words and sum(text(word, "description") in first for word in words) < _MOST * len(words):
        pieces = [_piece(word, sheet) for word in annotations]
        return [Row(line, None, 1, turn_of_corners(p.outline for p in line)) for line in in_lines(pieces)]
    starts, lines = _lines(first)
    inside: list[list[Piece]] = [[] for _ in lines]
    outlines: list[list[Piece]] = [[] for _ in lines]
    end = 0
    for word in words:
        piece = _piece(word, sheet)
        at = first.find(piece.text, end, end + _FAR) if piece.text else -1
        at = first.find(piece.text) if at < 0 and piece.text else at
        n = bisect_right(starts, max(at, 0) if at >= 0 else end) - 1
        touches = at >= 0 and at == end and at > 0 and not first[at - 1].isspace()
        outlines[n].append(piece)
        inside[n].append(joined(inside[n].pop(), piece) if touches and inside[n] else piece)
        end = at + len(piece.text) if at >= 0 else end
    language = text(annotations[0], "locale") or None
    return [
        Row(inside[n], None, 1, turn_of_corners(p.outline for p in outlines[n]), language, line)
        for n, line in enumerate(lines)
    ]


def _lines(whole: str) -> tuple[list[int], list[str]]:
    """The lines of a text, and the first character of each."""
    starts, lines, at = [], [], 0
    for line in whole.splitlines(keepends=True):
        starts.append(at)
        lines.append(line)
        at += len(line)
    return starts or [0], lines or [whole]


def _piece(word: object, sheet: Sheet) -> Piece:
    outline = sheet.outline(field(word, "boundingPoly"))
    return Piece(text(word, "description"), outline, absurd=outline is None)
