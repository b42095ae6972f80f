"""The pieces of a range of a text: what is left of it without the page markers and line numbers in it."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from operator import itemgetter

from align.model import Span


def pieces_of(content: str, start: int, end: int, cuts: Sequence[Span]) -> tuple[Span, ...]:
    """The range without the cuts in it, page markers and line numbers, and without outer white space."""
    first = bisect_left(cuts, start, key=itemgetter(1)) if cuts else 0
    if first == len(cuts) or cuts[first][0] >= end:
        whole = _trimmed(content, start, end)
        return (whole,) if whole else ()
    spans: list[Span] = []
    at = start
    for i in range(first, len(cuts)):
        cut_start, cut_end = cuts[i]
        if cut_start >= end:
            break
        if cut_start == cut_end and not _divides(content, cut_start):
            continue
        spans.append((at, max(at, cut_start)))
        at = max(at, cut_end)
    spans.append((at, end))
    return tuple(trimmed for a, b in spans if (trimmed := _trimmed(content, a, b)))


def _divides(content: str, at: int) -> bool:
    """Whether a break of no width follows a hyphen inside a word; the word is then made whole."""
    return content[max(0, at - 1) : at] in ("-", "‐", "¬", "\u00ad", "⸗", "=") and content[at : at + 1].isalpha()


def _trimmed(content: str, start: int, end: int) -> Span | None:
    piece = content[start:end]
    start = end - len(piece.lstrip())
    return (start, start + len(piece.strip())) if start < end else None


def text_of_pieces(content: str, pieces: Sequence[Span]) -> str:
    """The words of the pieces, with one space between them."""
    return " ".join(" ".join(content[a:b].split()) for a, b in pieces)


def coalesced(content: str, pieces: Sequence[Span]) -> tuple[Span, ...]:
    """The pieces; neighbours with only white space between them, and no form feed, become one."""
    spans: list[Span] = [pieces[0]]
    for start, end in pieces[1:]:
        between = content[spans[-1][1] : start]
        if between.isspace() and "\f" not in between:
            spans[-1] = (spans[-1][0], end)
        else:
            spans.append((start, end))
    return tuple(spans)
