"""Page and line breaks put into a TEI file: its own page breaks are kept, and point to the scans then."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from lxml import etree

from align.files.texts.linked.content_models import UNDIVIDED
from align.files.texts.linked.insertions import Attributes, Insertion, added_attributes, tag
from align.files.texts.markup import name_of
from align.files.texts.source_map import Placed, SourceMap, SourcePart
from align.files.texts.spacing import is_broken_word

_END = float("inf")
# A page that begins with a paragraph begins before it, where that stands in a division.
_BLOCKS = ("p", "ab", "head")
_DIVISIONS = ("body", "div", "div1", "div2", "div3", "div4", "div5", "div6", "div7")


@dataclass(frozen=True, slots=True)
class Break:
    """A page or line (pb, lb) that begins at an offset of the content; `label` is what a page may be known by.

    Where it is not `sure`, it begins somewhere near the letter before that offset, and is put behind it.
    """

    name: str
    offset: int
    attributes: Attributes
    label: str | None = None
    sure: bool = True


class _Place(NamedTuple):
    """A place in the source: an offset, the element in which it lies, and whether within CDATA."""

    at: int
    near: etree._Element
    quoted: bool


def breaks_put(source: SourceMap, breaks: Iterable[Break]) -> Iterator[Insertion]:
    """The insertions that put these breaks into a TEI file; "resp" is given to new ones alone."""
    places = _Places(source)
    ordered = sorted(map(places.readable, breaks), key=lambda one: (one.offset, one.name != "pb"))
    found = [(one, places.of(one)) for one in ordered]
    pages = [place.at for one, place in found if place is not None and one.name == "pb"]
    free = {e: start for e, s in places.part.elements.items() if name_of(e) == "pb" for start in s.start_tag[:1]}
    around = zip([-1.0, *pages[:-1]], [*pages[1:], _END], strict=False)
    limits = dict(zip(pages, around, strict=False))
    for one, place in found:
        if place is None:
            continue
        own = None
        if one.name == "pb":
            own = _own_page(one, range(places.low(place), place.at), limits[place.at], free)
        if own is not None:
            del free[own]
            yield from added_attributes(own, places.part, {**one.attributes, "resp": None})
        else:
            about = {**one.attributes, "break": "no" if places.is_within(one) else None}
            written = tag(one.name, place.near, places.part, about, empty=True)
            yield Insertion(place.at, "empty", written, place.quoted)


def _own_page(
    one: Break, there: range, limits: tuple[float, float], free: dict[etree._Element, int]
) -> etree._Element | None:
    """The pb of the file for a page: the last one just before its first letter, or the only one of its label.

    The latter stands between the pages around, whose places are the limits.
    """
    before = [element for element, start in free.items() if start in there]
    if before:
        return before[-1]
    named = [
        element
        for element, start in free.items()
        if limits[0] < start < limits[1] and one.label and " ".join(element.get("n", "").split()) == one.label
    ]
    return named[0] if len(named) == 1 else None


@dataclass(slots=True)
class _Places:
    """Places of a text in its source."""

    source: SourceMap
    part: SourcePart = field(init=False)
    _pieces: Sequence[Placed] = field(init=False)
    _starts: list[int] = field(init=False)
    _ends: list[int] = field(init=False)

    def __post_init__(self) -> None:
        self.part = self.source.parts[""]
        self._pieces = self.source.pieces
        self._starts = [placed.piece.start for placed in self._pieces]
        words = (placed.piece for placed in self._pieces if not self._text(placed).isspace())
        self._ends = sorted(piece.to for piece in words)

    def of(self, one: Break) -> _Place | None:
        """Where a break is put; None where no letter is near."""
        offset = one.offset if one.sure else max(0, one.offset - 1)
        index = bisect_right(self._starts, offset) - 1
        if index < 0 or self._pieces[index].piece.end <= offset:
            index += 1
        if index >= len(self._pieces):
            return None
        placed = self._pieces[index]
        piece, node = placed.piece, placed.node
        assert node is not None
        here = piece if piece.is_whole else piece.cut(max(offset, piece.start), max(offset, piece.start) + 1)
        near = node.element.getparent() if node.tail else node.element
        whole = None
        while near is not None and name_of(near) in UNDIVIDED:
            whole, near = near, near.getparent()
        assert near is not None
        if whole is not None:
            tags = self.part.elements[whole]
            return _Place(tags.start_tag[0] if one.sure else tags.end_tag[1], near, False)
        at = here.at if one.sure else here.to
        tags = self.part.elements[near]
        above = near.getparent()
        begins_block = name_of(near) in _BLOCKS and not self.part.text[tags.start_tag[1] : at].strip()
        if one.name == "pb" and one.sure and begins_block and above is not None and name_of(above) in _DIVISIONS:
            return _Place(tags.start_tag[0], above, False)
        return _Place(at, near, piece.quoted)

    def low(self, place: _Place) -> int:
        """The end of the last word before a place of the source; what lies between is markup and white space."""
        index = bisect_right(self._ends, place.at) - 1
        return self._ends[index] if index >= 0 else 0

    def is_within(self, one: Break) -> bool:
        """Whether the break stands between two signs without white space between them."""
        around = self.source.content[max(0, one.offset - 1) : one.offset + 1]
        return len(around) == 2 and not any(map(str.isspace, around)) and one.sure

    def readable(self, one: Break) -> Break:
        """The break, moved to the beginning of its word where it stands behind a hyphen, which readers would drop."""
        content, offset = self.source.content, one.offset
        if self.is_within(one) and is_broken_word(content[max(0, offset - 2) : offset]):
            while offset and not content[offset - 1].isspace():
                offset -= 1
        return replace(one, offset=offset)

    def _text(self, placed: Placed) -> str:
        return self.source.content[placed.piece.start : placed.piece.end]
