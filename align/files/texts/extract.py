"""Text collected from markup: blocks one after the other, page breaks, and notes kept out of sentences."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from align.files.texts.level import BLANKS, SPACES, Block, Level, Origin, PageBreak, Words
from align.files.texts.spacing import (
    clings_to_word_after,
    clings_to_word_before,
    is_broken_word,
    may_cling,
    needs_blank,
)
from align.model import Mark, MarkKind

_LINE_HYPHENS = "-\u2010\u00ad\u00ac\u2e17="
BREAK = "\n\n"  # between blocks
_REACH = 400  # characters before a mark in which the quotation that it closes was opened
Edges = Literal["kept", "soft", "loose", "none"]
"""What white space at either end of words is: kept; soft where it holds a line feed, which lays out markup; soft in any
case; or left out where it holds a line feed. A soft blank goes where a mark clings to its word."""


class Extract:
    """Collects text as a reader walks through markup; `finish` gives content and marks.

    White space collapses to one space as it arrives. A note comes after the block that contains it. Where it is
    `traced`, it keeps which words the content is made of, and `origins` tells.
    """

    def __init__(self, *, traced: bool = False) -> None:
        """Begin with an empty body."""
        self._levels = [Level(None)]
        self._blocks: list[Block] = []
        self._traced = traced

    def text(self, words: str, source: object = None, *, edges: Edges = "kept") -> None:
        """Add words to the running block; words without a source are the reader's own."""
        level = self._levels[-1]
        collapsed = SPACES.sub(" ", words)
        core = collapsed.strip(" ")
        before, after = _outer(words) if edges != "kept" else ("", "")
        loose = edges == "loose"
        if core:
            self._part(core, soft=loose or "\n" in before, blank=collapsed[0] == " ")
        begin, end = 0, len(collapsed)
        if level.glue or level.last in ("", *BLANKS) or (edges == "none" and "\n" in before):
            begin = len(collapsed) - len(collapsed.lstrip(" "))
        if edges == "none" and "\n" in after:
            end = len(collapsed.rstrip(" "))
        if begin >= end:
            return
        if core:
            level.glue = level.after_page = False
        elif level.glue:
            return
        origin = Words(source, words) if self._traced and source is not None else None
        level.push(collapsed[begin:end], origin, begin)
        level.soft = level.last == " " and (loose or "\n" in after)

    def _part(self, core: str, *, soft: bool, blank: bool) -> None:
        """See to the blank between the running block and these words, which begin with a `blank` of their own or not.

        The caller adds that blank, unless the running block ends so that it clings.
        """
        level = self._levels[-1]
        if not level.length or level.glue:
            return
        ends_in_blank = self.ends_in_blank()
        if not (ends_in_blank or blank):
            if level.after_page and needs_blank(level.last, core[0]):
                level.moved_pages(lambda: level.push(" "))
        elif (level.soft or not ends_in_blank) and (soft or not blank):
            if not may_cling(level.tail()[-1:], core[0]):
                return
            tail = level.tail(_REACH)
            if clings_to_word_before(core, tail) or clings_to_word_after(tail):
                self.cling()

    def soften(self) -> None:
        """Let the blank at the end go where the next mark clings; add one that may go, if there is none."""
        level = self._levels[-1]
        if level.last not in ("", *BLANKS) and not level.glue:
            level.push(" ")
        level.soft = True

    def line(self) -> None:
        """Add a line end: a space, or after a hyphen a real line end, so that the broken word can be joined later."""
        level = self._levels[-1]
        if level.last == "\n":
            return
        if not level.glue and is_broken_word(level.tail()):
            level.drop_blank()
            level.moved_pages(lambda: level.push("\n"))
        else:
            self.text(" ")

    def hard_line(self) -> None:
        """Add a line end that a writer set; its meaning is found from the text later."""
        level = self._levels[-1]
        if level.last not in ("", "\n"):
            level.drop_blank()
            level.moved_pages(lambda: level.push("\n"))

    def tab(self) -> None:
        """Add a tab between words: what stands after it may stand in a column of its own."""
        level = self._levels[-1]
        if level.last not in ("", "\n") and not level.glue:
            level.drop_blank()
            level.moved_pages(lambda: level.push("\t"))

    def cling(self) -> None:
        """Remove white space around this point: what follows stands at what is before."""
        level = self._levels[-1]
        level.drop_blank()
        level.glue = True

    def join(self) -> None:
        """Remove white space around this point, and a hyphen before it: the word goes on."""
        level = self._levels[-1]
        level.drop_blank()
        if level.pieces and level.last in _LINE_HYPHENS:
            level.shorten(1)
            level.drop_blank()
        level.glue = True

    def is_empty(self) -> bool:
        """Whether the running block has nothing in it."""
        return not self._levels[-1].length

    def ends_in_blank(self) -> bool:
        """Whether the running block ends in a blank."""
        return self._levels[-1].last in (" ", "\t")

    def ends_in_broken_word(self) -> bool:
        """Whether the running block ends in a hyphen that divides a word, white space after it or not."""
        return is_broken_word(self._levels[-1].tail())

    def page(self, label: str | None, *, inferred: bool = False) -> None:
        """Add a page break here; it adds no character to the text. `inferred` is that of its mark."""
        level = self._levels[-1]
        level.pages.append((level.length, PageBreak(label, inferred)))
        level.after_page = True

    def flush(self, kind: MarkKind | None, *, whole: object = None) -> None:
        """End the running block; inside a note it has the kind of the note.

        Blocks of one `whole`, between which others stand, are one paragraph: its mark covers what stands in it.
        """
        level = self._levels[-1]
        raw = "".join([piece.text for piece in level.pieces])
        text = raw.strip()
        lead = len(raw) - len(raw.lstrip())
        if text:
            pages = [(min(max(at - lead, 0), len(text)), page) for at, page in level.pages]
            pieces = level.pieces if self._traced else []
            level.done.append(Block(level.kind or kind, text, pages, pieces, lead, whole))
            level.pages = []
            level.done.extend(level.held)
            level.held = []
        else:
            level.pages = [(0, page) for _, page in level.pages]
        level.pieces, level.length, level.last, level.glue = [], 0, "", False
        level.soft = level.after_page = False

    def open_note(self, kind: MarkKind | None) -> None:
        """Begin a note, or another block (no kind): the text that follows is kept out of the running block."""
        self._levels.append(Level(self._levels[-1].kind if self._levels[-1].kind == "commentary" else kind))

    def close_note(self, kind: MarkKind | None = None) -> None:
        """End the note; it comes after the block that contains it."""
        self.flush(kind)
        note = self._levels.pop()
        outer = self._levels[-1]
        outer.held.extend(note.done + note.held)
        outer.pages.extend((outer.length, page) for _, page in note.pages)
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
        begun: dict[object, int] = {}
        self._blocks = body.done + body.held
        for block in self._blocks:
            if parts:
                parts.append(BREAK)
                at += len(BREAK)
            marks.extend(Mark("page", at + offset, at + offset, *page) for offset, page in block.pages)
            if block.kind is not None and block.whole in begun:
                first = begun[block.whole]
                marks[first] = Mark(marks[first].kind, marks[first].start, at + len(block.text))
            elif block.kind is not None:
                if block.whole is not None:
                    begun[block.whole] = len(marks)
                marks.append(Mark(block.kind, at, at + len(block.text)))
            parts.append(block.text)
            at += len(block.text)
        marks.extend(Mark("page", at, at, *page) for _, page in body.pages)
        return "".join(parts), tuple(sorted(marks, key=lambda m: (m.start, m.kind != "page", -m.end)))

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


def _outer(words: str) -> tuple[str, str]:
    """The white space at either end."""
    core = words.strip(" \t\r\n")
    if not core:
        return words, words
    return words[: words.index(core[0])], words[words.rindex(core[-1]) + 1 :]
