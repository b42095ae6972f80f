"""The reading order that PAGE and ALTO 4.3 state in an element of its own, as groups within groups."""

from __future__ import annotations

from collections.abc import Iterator
from math import inf

from lxml import etree

from align.ocr.existing.stated import name_of, number


def in_reading_order(
    page: etree._Element, lines: list[etree._Element], *, stated_in: etree._Element
) -> list[etree._Element]:
    """The lines of a page in the order that `stated_in` states; lines that it does not name follow in their own order.

    A line has the place of the nearest element around it that the order names. Of several orders the first counts.
    """
    places: dict[str, int] = {}
    for order in stated_in.iter("{*}ReadingOrder"):
        for reference in _references(order):
            places.setdefault(reference, len(places))
    if not places:
        return lines
    return sorted(lines, key=lambda line: _place(line, page, places))


def _references(group: etree._Element) -> Iterator[str]:
    children = list(group)
    if name_of(group).startswith("Ordered"):
        children.sort(key=index_of)
    for child in children:
        reference = child.get("regionRef") or child.get("REF")
        if reference:
            yield reference
        yield from _references(child)


def index_of(element: etree._Element) -> float:
    """The number in the element's `index`; infinite where there is none, so that such elements sort last."""
    index = number(element.get("index"))
    return inf if index is None else index


def _place(line: etree._Element, page: etree._Element, places: dict[str, int]) -> float:
    node: etree._Element | None = line
    while node is not None and node is not page:
        place = places.get(node.get("id") or node.get("ID") or "")
        if place is not None:
            return place
        node = node.getparent()
    return inf
