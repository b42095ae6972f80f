"""Fields of Word documents: what a field shows is text, and the code that makes it is none."""

from __future__ import annotations

from collections.abc import Iterable

from lxml import etree

from align.files.texts.markup import name_of
from align.files.texts.word.parts import W

_KIND = f"{W}fldCharType"
_LISTS = ("TOC", "INDEX", "TOA")  # fields that list what stands in the document


class Fields:
    """The fields of the parts of a document; it follows a walk and tells whether a code is being walked."""

    def __init__(self, roots: Iterable[etree._Element]) -> None:
        """Find the fields that end. The beginning of one that does not end means nothing: no text is lost by it."""
        self._ending: set[etree._Element] = set()
        self._open: list[bool] = []  # for each open field, whether its code goes on
        self._lists: set[etree._Element] = set()  # marks at which lists begin or end
        self._listing = 0
        for root in roots:
            begun: list[etree._Element] = []
            named: set[etree._Element] = set()  # beginnings after which a name came
            for mark in root.iter(f"{W}fldChar", f"{W}instrText"):
                if _is_deleted(mark):
                    continue
                if mark.get(_KIND) == "begin":
                    begun.append(mark)
                elif mark.get(_KIND) == "end" and begun:
                    begin = begun.pop()
                    self._ending |= {begin, mark}
                    self._lists |= {mark} if begin in self._lists else set()
                elif begun and begun[-1] not in named and (words := (mark.text or "").split()):
                    named.add(begun[-1])
                    self._lists |= {begun[-1]} if words[0].upper() in _LISTS else set()

    def meet(self, mark: etree._Element) -> None:
        """Take note of the mark of a field that the walk has come to."""
        kind = mark.get(_KIND)
        if mark in self._lists and mark in self._ending:
            self._listing += 1 if kind == "begin" else -1
        if kind == "begin" and mark in self._ending:
            self._open.append(True)
        elif kind == "separate" and self._open:
            self._open[-1] = False
        elif kind == "end" and mark in self._ending and self._open:
            self._open.pop()

    @property
    def in_list(self) -> bool:
        """Whether what the walk comes to is in a list that a word processor makes, as a table of contents."""
        return self._listing > 0

    @property
    def in_code(self) -> bool:
        """Whether what the walk comes to is the code of a field."""
        return any(self._open)


def _is_deleted(mark: etree._Element) -> bool:
    return any(name_of(above) in ("del", "moveFrom") for above in mark.iterancestors())
