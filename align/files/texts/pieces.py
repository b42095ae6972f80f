"""Pieces: which range of a text comes from which range of its source, and two such steps made one."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple


class Piece(NamedTuple):
    """A half-open range of a text, and the range of the source from which it comes.

    If both are of one length, they agree character by character. Otherwise one character of the text comes from the
    whole range, as "&" comes from "&amp;". In `quoted` source (CDATA) no character is written as an entity.
    """

    start: int
    end: int
    at: int
    to: int
    quoted: bool = False

    @property
    def is_whole(self) -> bool:
        """Whether the range of the source cannot be divided."""
        return self.to - self.at != self.end - self.start

    def cut(self, start: int, end: int) -> Piece:
        """The part of this piece that lies within a range of the text; the piece must not be whole and meet it."""
        start, end = max(start, self.start), min(end, self.end)
        if self.is_whole:
            return self
        at = self.at + start - self.start
        return Piece(start, end, at, at + end - start, self.quoted)

    def moved(self, by: int) -> Piece:
        """The piece, with its range of the text moved."""
        return self._replace(start=self.start + by, end=self.end + by)


def composed(outer: Iterable[Piece], inner: Sequence[Piece]) -> Iterator[Piece]:
    """The pieces from a text to the source of its source: `outer` leads to a text, `inner` from that to the source.

    What comes from two ranges that do not follow each other, or from none, is left out.

    >>> list(composed([Piece(0, 3, 0, 3)], [Piece(0, 1, 0, 5), Piece(1, 9, 5, 13)]))
    [Piece(start=0, end=1, at=0, to=5, quoted=False), Piece(start=1, end=3, at=5, to=7, quoted=False)]
    """
    starts = [piece.start for piece in inner]
    for piece in outer:
        first = max(0, bisect_right(starts, piece.at) - 1)
        last = bisect_left(starts, piece.to)
        parts = [part.cut(piece.at, piece.to) for part in inner[first:last] if part.end > piece.at]
        if not piece.is_whole:
            yield from (part.moved(piece.start - piece.at) for part in parts)
        elif parts and all(one.to == other.at for one, other in pairwise(parts)):
            yield Piece(piece.start, piece.end, parts[0].at, parts[-1].to, parts[0].quoted)
