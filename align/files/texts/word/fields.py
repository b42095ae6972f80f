"""Fields of Word documents: what a field shows is text, and the code that makes it is none."""

from __future__ import annotations

from collections.abc import Iterable

from lxml import etree

from align.files.texts.markup import name_of
from align.files.texts.word.parts import W

_KIND = f"{W}fldCharType"


class Fields:
    """The fields of the parts of a document; it follows a walk and tells whether a code is being walked."""

    def __init__(self, roots: Iterable[etree._Element]) -> None:
        """Find the fields that end. The beginning of one that does not end means nothing: no text is lost by it."""
        self._ending: set[etree._Element] = set()
        self._open: list[bool] = []  # for each open field, whether its code goes on
        for root in roots:
            begun: list[etree._Element] = []
            for mark in root.iter(f"{W}fldChar"):
                if _is_deleted(mark):
                    continue
                if mark.get(_KIND) == "begin":
                    begun.append(mark)
                elif mark.get(_KIND) == "end" and begun:
                    self._ending |= {begun.pop(), mark}

    def meet(self, mark: etree._Element) -> None:
        """Take note of the mark of a field that the walk has come to."""
        kind = mark.get(_KIND)
        if kind == "begin" and mark in self._ending:
            self._open.append(True)
        elif kind == "separate" and self._open:
            self._open[-1] = False
        elif kind == "end" and mark in self._ending and self._open:
            self._open.pop()

    @property
    def in_code(self) -> bool:
        """Whether what the walk comes to is the code of a field."""
        return any(self._open)


def _is_deleted(mark: etree._Element) -> bool:
    return any(name_of(above) in ("del", "moveFrom") for above in mark.iterancestors())
