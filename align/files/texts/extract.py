"""Text collected from markup: blocks one after the other, page breaks, and notes kept out of sentences."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from align.files.texts.pieces import Piece
from align.model import Mark, MarkKind

_SPACES = re.compile(r"[ \t\r\n]+")
_LINE_HYPHENS = "-\u2010\u00ad\u00ac"
BREAK = "\n\n"  # between blocks


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
        for found in (*_SPACES.finditer(self.words.text), None):
            begin, end = found.span() if found else (len(self.words.text), len(self.words.text))
            spaces = Piece(first + begin - at, first + begin - at + 1, begin, end)
            for piece in (Piece(first, spaces.start, at, begin), spaces):
                moved = piece.moved(self.start - self.skip)
                if moved.start < moved.end and self.start < moved.end and moved.start < self.end:
                    yield moved.cut(self.start, self.end)
            first, at = spaces.end, end


class _Piece(NamedTuple):
    text: str
    words: Words | None
    skip: int


@dataclass(slots=True)
class _Block:
    """`text` begins `lead` characters into the pieces, whose outer white space it leaves out."""

    kind: MarkKind | None
    text: str
    pages: list[tuple[int, str | None]]
    pieces: list[_Piece]
    lead: int


@dataclass(slots=True)
class _Level:
    """One running text: the body, or a note inside it."""

    kind: MarkKind | None
    pieces: list[_Piece] = field(default_factory=list)
    length: int = 0
    last: str = ""
    pages: list[tuple[int, str | None]] = field(default_factory=list)
    done: list[_Block] = field(default_factory=list)
    held: list[_Block] = field(default_factory=list)
    glue: bool = False


class Extract:
    """Collects text as a reader walks through markup; `finish` gives content and marks.

    White space collapses to one space as it arrives. A note comes after the block that contains it. Where it is
    `traced`, it keeps which words the content is made of, and `origins` tells.
    """

    def __init__(self, *, traced: bool = False) -> None:
        """Begin with an empty body."""
        self._levels = [_Level(None)]
        self._blocks: list[_Block] = []
        self._traced = traced

    def text(self, words: str, source: object = None) -> None:
        """Add words to the running block; words without a source are the reader's own."""
        level = self._levels[-1]
        collapsed = kept = _SPACES.sub(" ", words)
        if level.glue or level.last in ("", " ", "\n"):
            kept = collapsed.lstrip(" ")
        if kept:
            level.glue = False
            origin = Words(source, words) if self._traced and source is not None else None
            self._push(kept, origin, len(collapsed) - len(kept))

    def line(self) -> None:
        """Add a line end: a space, or after a hyphen a real line end, so that the broken word can be joined later."""
        level = self._levels[-1]
        if level.last in _LINE_HYPHENS and level.last:
            self._push("\n")
        else:
            self.text(" ")

    def hard_line(self) -> None:
        """Add a line end that a writer set; its meaning is found from the text later."""
        if self._levels[-1].last not in ("", "\n"):
            self._push("\n")

    def join(self) -> None:
        """Remove white space around this point, and a hyphen before it: the word goes on."""
        level = self._levels[-1]
        hyphen_goes = True
        while level.pieces:
            piece = level.pieces.pop()
            level.length -= len(piece.text)
            kept = piece.text.rstrip(" \n")
            if kept and hyphen_goes and kept[-1] in _LINE_HYPHENS:
                kept, hyphen_goes = kept[:-1], False
            if kept:
                self._push(kept, piece.words, piece.skip)
                break
        else:
            level.last = ""
        for i in range(len(level.pages) - 1, -1, -1):
            at, label = level.pages[i]
            if at <= level.length:
                break
            level.pages[i] = (level.length, label)
        level.glue = True

    def after_sentence(self) -> bool:
        """Whether the running block stops at a mark that may end a sentence."""
        last = self._levels[-1].last
        return bool(last) and last in '.!?…»”")'

    def page(self, label: str | None) -> None:
        """Add a page break here; it adds no character to the text."""
        level = self._levels[-1]
        level.pages.append((level.length, label))

    def flush(self, kind: MarkKind | None) -> None:
        """End the running block; inside a note it has the kind of the note."""
        level = self._levels[-1]
        raw = "".join([piece.text for piece in level.pieces])
        text = raw.strip()
        lead = len(raw) - len(raw.lstrip())
        if text:
            pages = [(min(max(at - lead, 0), len(text)), label) for at, label in level.pages]
            level.done.append(_Block(level.kind or kind, text, pages, level.pieces if self._traced else [], lead))
            level.pages = []
            level.done.extend(level.held)
            level.held = []
        else:
            level.pages = [(0, label) for _, label in level.pages]
        level.pieces, level.length, level.last, level.glue = [], 0, "", False

    def open_note(self, kind: MarkKind) -> None:
        """Begin a note: the text that follows is kept out of the running block."""
        self._levels.append(_Level(self._levels[-1].kind if self._levels[-1].kind == "commentary" else kind))

    def close_note(self) -> None:
        """End the note; it comes after the block that contains it."""
        self.flush(None)
        note = self._levels.pop()
        outer = self._levels[-1]
        outer.held.extend(note.done + note.held)
        outer.pages.extend((outer.length, label) for _, label in note.pages)
        if not outer.length:
            outer.done.extend(outer.held)
            outer.held = []

    def finish(self) -> tuple[str, tuple[Mark, ...]]:
        """The content and the marks in it, in order."""
        while len(self._levels) > 1:
            self.close_note()
        self.flush("paragraph")
        body = self._levels[0]
        parts: list[str] = []
        marks: list[Mark] = []
        at = 0
        self._blocks = body.done + body.held
        for block in self._blocks:
            if parts:
                parts.append(BREAK)
                at += len(BREAK)
            marks.extend(Mark("page", at + offset, at + offset, label) for offset, label in block.pages)
            if block.kind is not None:
                marks.append(Mark(block.kind, at, at + len(block.text)))
            parts.append(block.text)
            at += len(block.text)
        marks.extend(Mark("page", at, at, label) for _, label in body.pages)
        return "".join(parts), tuple(sorted(marks, key=lambda m: (m.start, m.kind != "page", m.end)))

    def origins(self) -> Iterator[Origin]:
        """What the finished content was made of, in order, without what the reader added itself (line ends)."""
        at = 0
        for block in self._blocks:
            begin, end = at - block.lead, at + len(block.text)
            for piece in block.pieces:
                start, stop = max(begin, at), min(begin + len(piece.text), end)
                if piece.words is not None and start < stop:
                    yield Origin(start, stop, piece.words, piece.skip + start - begin)
                begin += len(piece.text)
            at = end + len(BREAK)

    def _push(self, text: str, words: Words | None = None, skip: int = 0) -> None:
        level = self._levels[-1]
        level.pieces.append(_Piece(text, words, skip))
        level.length += len(text)
        level.last = text[-1]
