"""Lines that no text claims, as running text: dirt left out, in paragraphs as the page shows them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from statistics import median

from align.linking.lines.reader_view import upright_box
from align.model import Box, Page

# What an engine makes of a dash that stands by itself.
_DASHES = frozenset("-–—―−=_~>•")
# Signs that may stand by themselves at the edge of a line; others there are dirt: "молчите? |".
_SAYING = frozenset('.…!?«»“”„"([)]&§№%*+')


def plain_reading(text: str) -> str:
    """The line without the dirt at its edges; a sign by itself that can only be a dash is one.

    Sentence ends and paragraph starts are told by such signs, and a speck must not hide them.

    >>> plain_reading("= Что же вы молчите? |"), plain_reading("` _ Да, - сказал он."), plain_reading("... и ушёл. :")
    ('— Что же вы молчите?', '— Да, - сказал он.', '... и ушёл.')
    """
    words = [_dash(word) for word in text.split()]
    while words and _is_dirt(words[-1]):
        words.pop()
    while words and _is_dirt(words[0]):
        words.pop(0)
    return " ".join(words)


def _dash(word: str) -> str:
    return "—" if word not in ("-", "–", "—") and all(c in _DASHES for c in word) else word


def _is_dirt(word: str) -> bool:
    return not any(c.isalnum() or c in _SAYING or c in _DASHES for c in word)


def read_paragraphs(pages: Sequence[Page], lines: Sequence[tuple[int, int]]) -> list[list[tuple[int, int]]]:
    """The lines (page and line index) in paragraphs: what runs on from line to line of a page, and from page to page.

    A paragraph ends where a line ends short, a gap follows, or the next line is indented.
    """
    columns = {p: _Column(pages[p]) for p in {p for p, _ in lines}}
    paragraphs: list[list[tuple[int, int]]] = []
    for p, i in lines:
        before = paragraphs[-1][-1] if paragraphs else None
        if before is None or not _runs_on(columns, before, (p, i)):
            paragraphs.append([])
        paragraphs[-1].append((p, i))
    return paragraphs


def _runs_on(columns: dict[int, _Column], one: tuple[int, int], other: tuple[int, int]) -> bool:
    (p, i), (q, j) = one, other
    here, there = columns[p], columns[q]
    if there.begins(j) or here.ends(i):
        return False
    if p != q:
        return q == p + 1 and here.body[-1] == i and there.body[0] == j
    return here.place[j] == here.place[i] + 1 and not here.parted(i, j)


@dataclass
class _Column:
    """The body lines of a page as its reader sees them."""

    page: Page

    @cached_property
    def body(self) -> list[int]:
        return [i for i, line in enumerate(self.page.lines) if line.role == "body"]

    @cached_property
    def place(self) -> dict[int, int]:
        return {i: n for n, i in enumerate(self.body)}

    @cached_property
    def boxes(self) -> list[Box]:
        return [upright_box(self.page, i) for i in self.body]

    @cached_property
    def pitch(self) -> float:
        return median([abs(b.top - a.top) for a, b in pairwise(self.boxes)] or [0.0])

    def near(self, index: int) -> list[Box]:
        """The boxes of the lines around: a skewed column has its edges there."""
        at = self.place[index]
        return self.boxes[max(0, at - NEAR) : at + NEAR + 1]

    def left(self, index: int) -> float:
        """Where the lines around begin that are not indented."""
        lefts = sorted(box.left for box in self.near(index))
        return lefts[len(lefts) // 4]

    def ends(self, index: int) -> bool:
        """Whether a line ends well before its column does, with no word broken off."""
        box = self.boxes[self.place[index]]
        # The outermost may be dirt on the margin.
        right = sorted(other.right for other in self.near(index))[-2:][0]
        short = right - box.right > SHORT * (right - self.left(index))
        return short and not self.page.lines[index].text.endswith(("-", "¬"))

    def begins(self, index: int) -> bool:
        """Whether a line is indented; one that begins in the middle of a sentence has but lost its first word."""
        box = self.boxes[self.place[index]]
        indented = box.left - self.left(index) > INDENT * box.height
        return indented and not plain_reading(self.page.lines[index].text)[:1].islower()

    def parted(self, index: int, other: int) -> bool:
        """Whether there is a gap between two lines."""
        one, two = self.boxes[self.place[index]], self.boxes[self.place[other]]
        return abs(two.top - one.top) > WIDE_GAP * self.pitch


# So many lines on either side are the column as it is here.
NEAR = 5
# A line that ends this share of the column before its end is the last of its paragraph.
SHORT = 0.25
# More than so many line pitches apart, lines are two paragraphs.
WIDE_GAP = 1.45
# So many line heights to the right of its column, a line is indented: less than two letters are an engine's doubt.
INDENT = 1.0
