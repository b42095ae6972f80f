"""The reading order that files state: in an element of its own (PAGE, ALTO 4.3), or by numbers of lines and regions."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from math import inf

from lxml import etree

from align.ocr.existing.stated import name_of, number

Index = Callable[[etree._Element], float | None]


def in_reading_order(
    page: etree._Element,
    elements: list[etree._Element],
    *,
    places: Mapping[str, int],
    index: Index = lambda _: None,
) -> list[etree._Element]:
    """The elements of a page in the order of `places` (of ids), then by their index, then as in the file.

    An element has the place of the nearest element around it that has one; elements without a place follow. `index`:
    the number that an element bears among those beside it; one without a number follows the one before it.
    """
    ranks: dict[etree._Element, dict[etree._Element, int]] = {}
    keys = {element: (_place(element, page, places), _path(element, page, index, ranks)) for element in elements}
    return sorted(elements, key=lambda element: keys[element])


def stated_places(stated_in: etree._Element) -> dict[str, int]:
    """The place of each id that the ReadingOrder names; those of an unordered group share one. The first order counts.

    >>> from lxml import etree
    >>> order = '<ReadingOrder><OrderedGroup><Ref REF="b"/><Ref REF="a"/></OrderedGroup></ReadingOrder>'
    >>> stated_places(etree.fromstring(f"<Page>{order}</Page>"))
    {'b': 0, 'a': 1}
    """
    places: dict[str, int] = {}
    for order in stated_in.iter("{*}ReadingOrder"):
        for place, references in enumerate(_references(order), len(places)):
            for reference in references:
                places.setdefault(reference, place)
    return places


def chained_places(elements: Iterable[etree._Element], *, following: str) -> dict[str, int]:
    """The place of each id in the chains of elements that name the next one in this attribute; empty without chains."""
    nexts = {element.get("ID") or "": element.get(following) for element in elements}
    named = {after for after in nexts.values() if after in nexts}
    places: dict[str, int] = {}
    for first in nexts if named else ():
        here: str | None = first if first not in named else None
        while here is not None and here in nexts and here not in places:
            places[here] = len(places)
            here = nexts[here]
    return places


def _references(group: etree._Element) -> Iterator[list[str]]:
    """The references in the order of the group; each with others of the same place."""
    children = list(group)
    if name_of(group).startswith("Ordered"):
        children.sort(key=index_of)
    own = [child.get("regionRef") or child.get("REF") or "" for child in children]
    if name_of(group).startswith("Unordered"):
        yield [reference for reference in own if reference]
        own = [""] * len(children)
    for reference, child in zip(own, children, strict=True):
        if reference:
            yield [reference]
        yield from _references(child)


def index_of(element: etree._Element) -> float:
    """The number in the element's `index`; infinite where there is none, so that such elements sort last."""
    index = number(element.get("index"))
    return inf if index is None else index


def _place(element: etree._Element, page: etree._Element, places: Mapping[str, int]) -> float:
    node: etree._Element | None = element if places else None
    while node is not None and node is not page:
        place = places.get(node.get("id") or node.get("ID") or "")
        if place is not None:
            return place
        node = node.getparent()
    return inf


def _path(
    element: etree._Element,
    page: etree._Element,
    index: Index,
    ranks: dict[etree._Element, dict[etree._Element, int]],
) -> tuple[int, ...]:
    """The ranks of the element and of those around it among their neighbours, from the page inwards."""
    path = []
    node = element
    while node is not page:
        parent = node.getparent()
        if parent is None:
            break
        if parent not in ranks:
            ranks[parent] = _ranks(parent, index)
        path.append(ranks[parent][node])
        node = parent
    return tuple(reversed(path))


def _ranks(parent: etree._Element, index: Index) -> dict[etree._Element, int]:
    numbered = []
    last = -inf
    for child in parent:
        own = index(child)
        last = last if own is None else own
        numbered.append((last, child))
    return {child: rank for rank, (_, child) in enumerate(sorted(numbered, key=lambda pair: pair[0]))}
