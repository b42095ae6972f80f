"""Lines that no text claims, as running text: without dirt, and in paragraphs as the page shows them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from statistics import median

from align.linking.lines.reader_view import upright_box
from align.model import Box, LineAt, Page
from align.tuning.linking import LINKING, LinkingTuning
from align.tuning.linking_parts.linking_lines import LinesTuning

# What an engine makes of a dash that stands by itself.
_DASHES = frozenset("-–—―−=_~>•")
# Signs that may stand by themselves at the edge of a line. Other signs there are dirt: "молчите? |".
_MEANINGFUL = frozenset('.…!?«»“”„"([)]&§№%*+')


def plain_reading(text: str) -> str:
    """The line without the dirt at its edges; a sign by itself that can only be a dash becomes one.

    Signs at the edges say where sentences end and paragraphs begin, and a speck must not hide them.

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
    return not any(c.isalnum() or c in _MEANINGFUL or c in _DASHES for c in word)


def read_paragraphs(
    pages: Sequence[Page], lines: Sequence[LineAt], tuning: LinkingTuning = LINKING
) -> list[list[LineAt]]:
    """The lines in paragraphs: what runs on from line to line of a page, and from page to page.

    A paragraph ends where a line ends short, where a gap follows, or where the next line is indented.
    """
    columns = {p: _Column(pages[p], tuning.lines) for p in {at.page for at in lines}}
    paragraphs: list[list[LineAt]] = []
    for at in lines:
        before = paragraphs[-1][-1] if paragraphs else None
        if before is None or not _runs_on(columns, before, at):
            paragraphs.append([])
        paragraphs[-1].append(at)
    return paragraphs


def _runs_on(columns: dict[int, _Column], before: LineAt, after: LineAt) -> bool:
    """Whether a line goes on the paragraph of the line before it."""
    upper, lower = columns[before.page], columns[after.page]
    if lower.begins(after.line) or upper.ends(before.line):
        return False
    if before.page != after.page:
        on_next_page = after.page == before.page + 1
        return on_next_page and upper.body[-1] == before.line and lower.body[0] == after.line
    return upper.rank[after.line] == upper.rank[before.line] + 1 and not upper.parted(before.line, after.line)


@dataclass
class _Column:
    """The body lines of a page as its reader sees them."""

    page: Page
    tuning: LinesTuning

    @cached_property
    def body(self) -> list[int]:
        """The indices of the body lines."""
        return [i for i, line in enumerate(self.page.lines) if line.role == "body"]

    @cached_property
    def rank(self) -> dict[int, int]:
        """For the index of each body line its place among the body lines."""
        return {i: n for n, i in enumerate(self.body)}

    @cached_property
    def boxes(self) -> list[Box]:
        """The upright boxes of the body lines."""
        return [upright_box(self.page, i) for i in self.body]

    @cached_property
    def pitch(self) -> float:
        """How far one line usually is below another, in pixels."""
        return median([abs(b.top - a.top) for a, b in pairwise(self.boxes)] or [0.0])

    def near(self, index: int) -> list[Box]:
        """The boxes of the lines around: in a skewed column these show where its edges are."""
        at = self.rank[index]
        return self.boxes[max(0, at - self.tuning.column_lines) : at + self.tuning.column_lines + 1]

    def left(self, index: int) -> float:
        """Where the column begins here: a quarter of the lines around may begin further left."""
        lefts = sorted(box.left for box in self.near(index))
        return lefts[len(lefts) // 4]

    def ends(self, index: int) -> bool:
        """Whether a line ends well before its column does, and with a whole word."""
        box = self.boxes[self.rank[index]]
        # The line that reaches furthest may end with dirt on the margin.
        right = sorted(near.right for near in self.near(index))[-2:][0]
        short = right - box.right > self.tuning.short_line_share * (right - self.left(index))
        return short and not self.page.lines[index].text.endswith(("-", "¬"))

    def begins(self, index: int) -> bool:
        """Whether a line is indented, and not because its first word was lost: then it begins with a small letter."""
        box = self.boxes[self.rank[index]]
        indented = box.left - self.left(index) > self.tuning.indent_heights * box.height
        return indented and not plain_reading(self.page.lines[index].text)[:1].islower()

    def parted(self, before: int, after: int) -> bool:
        """Whether there is a gap between two lines."""
        upper, lower = self.boxes[self.rank[before]], self.boxes[self.rank[after]]
        return abs(lower.top - upper.top) > self.tuning.wide_gap_pitches * self.pitch
