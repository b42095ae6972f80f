"""Edits of a text as edits of its source: each in the piece where its letters stand, so that markup stays."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import NamedTuple

from align.files.texts.corrected.edits import Edit
from align.files.texts.markup import Node
from align.files.texts.source_map import Placed, SourceMap


class SourceEdit(NamedTuple):
    """An edit of a part of a file: a half-open range of the characters of its source, and the plain words put there.

    `edit` is the edit of the text, `placed` the piece of the text in which it stands.
    """

    start: int
    end: int
    edit: Edit
    placed: Placed


class NotPut(Exception):  # noqa: N818 - no error of the program: the reading is named to the editor
    """A reading that cannot be put into the file; the message says why, as the end of a sentence."""


class Places:
    """The places of edits of one source text."""

    def __init__(self, source: SourceMap) -> None:
        """Take the map of the source text."""
        self._content = source.content
        self._pieces: Sequence[Placed] = source.pieces
        self._starts = [placed.piece.start for placed in source.pieces]

    def of(self, edits: Iterable[Edit]) -> list[SourceEdit]:
        """The edits of the source that make these edits of the text; NotPut where markup is in the way."""
        return [self._inserted(edit) if edit.start == edit.end else self._replaced(edit) for edit in edits]

    def _replaced(self, edit: Edit) -> SourceEdit:
        first = bisect_right(self._starts, edit.start) - 1
        held = self._pieces[max(first, 0) : bisect_left(self._starts, edit.end)]
        held = [placed for placed in held if placed.piece.end > edit.start]
        parts = [placed.piece.cut(edit.start, edit.end) for placed in held]
        if sum(part.end - part.start for part in parts) != edit.end - edit.start:
            raise NotPut("a line end or a sign that the markup stands for is in the place of its letters")
        if any(a.to != b.at for a, b in pairwise(parts)) or len({placed.part for placed in held}) > 1:
            raise NotPut("markup parts a letter from its accent, or a space from a space")
        return SourceEdit(parts[0].at, parts[-1].to, edit, held[0])

    def _inserted(self, edit: Edit) -> SourceEdit:
        index = bisect_left(self._starts, edit.start)
        left = self._pieces[index - 1] if index and self._pieces[index - 1].piece.end >= edit.start else None
        right = self._pieces[index] if index < len(self._pieces) and self._starts[index] == edit.start else None
        if left is not None and left.piece.end > edit.start:  # in the middle of a piece
            right = None
        if left is None and right is None:
            raise NotPut("it would stand between two pieces of markup")
        if left is None or (right is not None and self._is_rather_right(edit, left, right)):
            assert right is not None
            return SourceEdit(right.piece.at, right.piece.at, edit, right)
        cut = left.piece.cut(left.piece.start, edit.start)
        return SourceEdit(cut.to, cut.to, edit, left)

    def _is_rather_right(self, edit: Edit, left: Placed, right: Placed) -> bool:
        """Whether what is put between two pieces goes into the right one: it goes on with a word, or out of markup."""
        before, after = self._content[edit.start - 1], self._content[edit.start]
        if not edit.new[0].isspace() and not before.isspace():
            return False
        if not edit.new[-1].isspace() and not after.isspace():
            return True
        return _depth(right.node) < _depth(left.node)


def _depth(node: Node | None) -> int:
    """In how many elements a text stands."""
    return 0 if node is None else sum(1 for _ in node.element.iterancestors()) + (not node.tail)
