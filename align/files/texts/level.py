"""A running text that is collected from markup: its pieces, its page breaks, and the blocks that are done."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from align.files.texts.pieces import Piece
from align.model import MarkKind

SPACES = re.compile(r"[ \t\r\n]+")
BLANKS = " \t\n"
"""The white space that a running text may hold."""


class PageBreak(NamedTuple):
    """A page that begins in a text: its label, and whether an export inferred it from the scans."""

    label: str | None
    inferred: bool


class Words(NamedTuple):
    """Words as a reader found them: the object that the reader names as their source, and their text there."""

    source: object
    text: str


class Origin(NamedTuple):
    """A range of the content, and the words that it was made of: `skip` characters into them, white space collapsed."""

    start: int
    end: int
    words: Words
    skip: int

    def pieces(self) -> Iterator[Piece]:
        """The range in pieces that come from ranges of the words' text."""
        at = first = 0
        for found in (*SPACES.finditer(self.words.text), None):
            begin, end = found.span() if found else (len(self.words.text), len(self.words.text))
            spaces = Piece(first + begin - at, first + begin - at + 1, begin, end)
            for piece in (Piece(first, spaces.start, at, begin), spaces):
                moved = piece.moved(self.start - self.skip)
                if moved.start < moved.end and self.start < moved.end and moved.start < self.end:
                    yield moved.cut(self.start, self.end)
            first, at = spaces.end, end


class Part(NamedTuple):
    """A part of a running text, and the words from which it comes, `skip` characters into them; None: the reader's."""

    text: str
    words: Words | None
    skip: int


@dataclass(slots=True)
class Block:
    """`text` begins `lead` characters into the pieces, whose outer white space it leaves out.

    Blocks of one `whole` are parts of one paragraph, in which others stand.
    """

    kind: MarkKind | None
    text: str
    pages: list[tuple[int, PageBreak]]
    pieces: list[Part]
    lead: int
    whole: object = None


@dataclass(slots=True)
class Level:
    """One running text: the body, or a note inside it."""

    kind: MarkKind | None
    pieces: list[Part] = field(default_factory=list)
    length: int = 0
    last: str = ""
    pages: list[tuple[int, PageBreak]] = field(default_factory=list)
    done: list[Block] = field(default_factory=list)
    held: list[Block] = field(default_factory=list)
    glue: bool = False
    soft: bool = False  # the blank at its end may go
    after_page: bool = False  # nothing but blanks came since the last page break

    def push(self, text: str, words: Words | None = None, skip: int = 0) -> None:
        """Add characters at the end."""
        self.pieces.append(Part(text, words, skip))
        self.length += len(text)
        self.last = text[-1]

    def tail(self, reach: int = 2) -> str:
        """The last characters of the running block, at least so many, without white space at its end."""
        parts: list[str] = []
        length = 0
        for piece in reversed(self.pieces):
            parts.append(piece.text)
            length += len(piece.text)
            if length > reach:
                break
        return "".join(reversed(parts)).rstrip(BLANKS)

    def drop_blank(self) -> None:
        """Remove white space at the end of the running block."""
        while self.pieces and self.last in BLANKS:
            text = self.pieces[-1].text
            self.shorten(len(text) - len(text.rstrip(BLANKS)))

    def shorten(self, by: int) -> None:
        """Remove characters from the last piece; page breaks after them move to what is then the end."""
        piece = self.pieces.pop()
        self.length -= len(piece.text)
        self.last = self.pieces[-1].text[-1] if self.pieces else ""
        if kept := piece.text[:-by]:
            self.push(kept, piece.words, piece.skip)
        self._move_pages(self.length, self.length)

    def moved_pages(self, add: Callable[[], None]) -> None:
        """Add something to the running block; page breaks at its end come after it."""
        length = self.length
        add()
        self._move_pages(length, self.length)

    def _move_pages(self, beyond: int, to: int) -> None:
        """Move page breaks that are not before `beyond` to another place."""
        pages = self.pages
        for i in range(len(pages) - 1, -1, -1):
            if pages[i][0] < beyond:
                break
            pages[i] = (to, pages[i][1])
