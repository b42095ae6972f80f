"""Where the marks of a sentence can stand in a TEI file, so that it stays well-formed and valid.

A sentence is marked by one s where all of it stands in one element. Where markup crosses its beginning or end, as in
`<p>The <hi>quick. Brown</hi> fox.</p>`, or where it runs over lines of verse, it is marked in parts.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from operator import attrgetter
from typing import NamedTuple

from lxml import etree

from align.files.texts.linked.content_models import HOLDS_SENTENCES, IN_SENTENCES, UNDIVIDED
from align.files.texts.markup import Node, name_of
from align.files.texts.source_map import SourceMap, SourcePart
from align.model import Span


class Letters(NamedTuple):
    """A range of the source that holds letters of a sentence; `quoted` in CDATA. `offset` is theirs in the content."""

    start: int
    end: int
    node: Node
    sentence: int
    quoted: bool
    offset: int

    @property
    def parent(self) -> etree._Element:
        """The element in which the letters stand."""
        above = self.node.element.getparent() if self.node.tail else self.node.element
        assert above is not None
        return above


@dataclass(frozen=True, slots=True)
class Carrier:
    """A range of the source that s or seg marks as a sentence or a part of one, in its parent element.

    `offset` is where it begins in the content. `own` is an s of the file that marks just this range. The two flags say
    whether an end lies within CDATA.
    """

    start: int
    end: int
    parent: etree._Element
    offset: int
    opens_quoted: bool = False
    closes_quoted: bool = False
    own: etree._Element | None = None


@dataclass(slots=True)
class Carriers:
    """Finds the carriers of the sentences of a file, whose letters are all known, in the order of the source."""

    part: SourcePart
    letters: Sequence[Letters]
    _starts: list[int] = field(init=False)
    _children: dict[etree._Element, tuple[list[int], list[etree._Element]]] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        self._starts = [letters.start for letters in self.letters]

    def of(self, own: Sequence[Letters]) -> list[Carrier]:
        """The carriers of one sentence; `own` are its letters in the order of the source."""
        return list(self._within(_shared(own[0].parent, own[-1].parent), own)) if own else []

    def _within(self, top: etree._Element, own: Sequence[Letters]) -> Iterator[Carrier]:
        holds = name_of(top) in HOLDS_SENTENCES
        open_one: Carrier | None = None
        for child, letters in self._by_child(top, own):
            if child is not None and not (holds and self._is_whole(child, letters[0].sentence)):
                if open_one is not None:
                    yield self._finished(open_one)
                    open_one = None
                if name_of(child) not in UNDIVIDED:
                    yield from self._within(child, letters)
                continue
            for piece in letters if child is None else [letters[0]]:
                new = Carrier(piece.start, piece.end, top, piece.offset, piece.quoted, piece.quoted)
                if child is not None:
                    new = Carrier(*self._range(child), top, piece.offset)
                if open_one is not None and self._is_clear(top, open_one.end, new.start, piece.sentence):
                    open_one = replace(open_one, end=new.end, closes_quoted=new.closes_quoted)
                else:
                    if open_one is not None:
                        yield self._finished(open_one)
                    open_one = new
        if open_one is not None:
            yield self._finished(open_one)

    def _by_child(
        self, top: etree._Element, own: Sequence[Letters]
    ) -> Iterator[tuple[etree._Element | None, list[Letters]]]:
        """The letters by the child of `top` in which they stand; None for those that stand in `top` itself."""
        group: list[Letters] = []
        last: etree._Element | None = None
        for letters in own:
            child = _child_of(top, letters.parent)
            if group and child is not last:
                yield last, group
                group = []
            group.append(letters)
            last = child
        if group:
            yield last, group

    def _range(self, element: etree._Element) -> Span:
        source = self.part.elements[element]
        return source.start_tag[0], source.end_tag[1]

    def _is_whole(self, child: etree._Element, sentence: int) -> bool:
        """Whether a child may stand in the marks of a sentence, whole: nothing in it is another sentence's."""
        name, (start, end) = name_of(child), self._range(child)
        if name in UNDIVIDED:
            first = bisect_left(self._starts, start)
            return self.letters[first].sentence == sentence
        return name in IN_SENTENCES and self._is_own(start, end, sentence)

    def _is_own(self, start: int, end: int, sentence: int) -> bool:
        """Whether all letters in a range are those of the sentence, apart from notes, which have their own."""
        for letters in self.letters[bisect_left(self._starts, start) : bisect_left(self._starts, end)]:
            if letters.sentence != sentence and not self._is_in_note(letters, start, end):
                return False
        return True

    def _is_in_note(self, letters: Letters, start: int, end: int) -> bool:
        """Whether letters stand in a note, or in an undivided word of another sentence, that lies within a range."""
        element: etree._Element | None = letters.parent
        while element is not None:
            first, last = self._range(element)
            if first < start or last > end:
                return False
            if name_of(element) == "note":
                return True
            if name_of(element) in UNDIVIDED and self.letters[bisect_left(self._starts, first)] is not letters:
                return True
            element = element.getparent()
        return False

    def _is_clear(self, top: etree._Element, start: int, end: int, sentence: int) -> bool:
        """Whether what lies between two ranges of one element may stand in the marks of the sentence too."""
        if top not in self._children:
            children = [child for child in top if name_of(child)]
            self._children[top] = [self._range(child)[0] for child in children], children
        starts, children = self._children[top]
        between = children[bisect_left(starts, start) : bisect_left(starts, end)]
        return all(name_of(child) in IN_SENTENCES for child in between) and self._is_own(start, end, sentence)

    def _finished(self, carrier: Carrier) -> Carrier:
        """The carrier; the s of the file where this is all that it holds."""
        parent = carrier.parent
        if name_of(parent) != "s":
            return carrier
        source = self.part.elements[parent]
        inside = source.start_tag[1], source.end_tag[0]
        around = (inside[0], carrier.start), (carrier.end, inside[1])
        if any(self._starts[bisect_left(self._starts, a) : bisect_left(self._starts, b)] for a, b in around):
            return carrier
        return Carrier(*self._range(parent), parent, carrier.offset, own=parent)


def _child_of(top: etree._Element, inner: etree._Element) -> etree._Element | None:
    """The child of `top` that holds an element; None where it is `top` itself."""
    below = None
    while inner is not top:
        above = inner.getparent()
        assert above is not None
        below, inner = inner, above
    return below


def _shared(one: etree._Element, other: etree._Element) -> etree._Element:
    """The innermost element that holds both and can be divided."""
    around = {one, *one.iterancestors()}
    shared = next(element for element in (other, *other.iterancestors()) if element in around)
    return next((e for e in (shared, *shared.iterancestors()) if name_of(e) not in UNDIVIDED), shared)


def letters_of_sentences(source: SourceMap, spans: Sequence[Sequence[Span]]) -> list[Letters]:
    """The letters of sentences, given by their spans, in the order of the source; without white space."""
    pieces = source.pieces
    starts = [placed.piece.start for placed in pieces]
    found = [
        Letters(cut.at, cut.to, placed.node, sentence, placed.piece.quoted, cut.start)
        for sentence, own in enumerate(spans)
        for start, end in own
        for placed in pieces[max(0, bisect_right(starts, start) - 1) : bisect_left(starts, end)]
        if placed.node is not None and placed.piece.end > start
        for cut in [placed.piece.cut(start, end)]
        if not source.content[cut.start : cut.end].isspace()
    ]
    return sorted(found, key=attrgetter("start"))


def by_sentence(letters: Iterable[Letters]) -> Mapping[int, list[Letters]]:
    """The letters of each sentence, by its index."""
    found: dict[int, list[Letters]] = {}
    for one in letters:
        found.setdefault(one.sentence, []).append(one)
    return found
