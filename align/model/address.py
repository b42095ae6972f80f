"""Addresses inside a volume: a line, a word of a line, and a sentence, each with a type of its own.

While a volume is being linked, its pages and texts are two sequences, and everything in them is found by its index from
0. A page's index is its place in the sequence at hand; its order is its place in the volume. The two differ when only
some pages are looked at again. Areas, findings and requests to read again name pages by order, because they leave
linking: `pages[at.page].order` leads out, and `index_by_order` leads back in.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from align.model.page import Page


class LineAt(NamedTuple):
    """A line: the index (from 0, not the order) of its page, and the index of the line on that page."""

    page: int
    line: int


class WordAt(NamedTuple):
    """A word as read: the index (from 0, not the order) of its page, its line's index there, its own in the line."""

    page: int
    line: int
    word: int

    @property
    def of_line(self) -> LineAt:
        """The line that holds the word."""
        return LineAt(self.page, self.line)


class SentenceAt(NamedTuple):
    """A sentence of a source text: the index of the text, and the index of the sentence in it; both from 0."""

    text: int
    sentence: int


def index_by_order(pages: Iterable[Page]) -> dict[int, int]:
    """For the order of each page its index in this sequence."""
    return {page.order: index for index, page in enumerate(pages)}
