"""Words and marks that TEI documents hold one by one: which blanks stand between them."""

from __future__ import annotations

from itertools import pairwise

from lxml import etree

from align.files.texts.markup import name_of

TOKENS = frozenset(["w", "pc", "s"])
"""Elements that hold a word, a mark or a sentence."""
_FEWEST = 2  # words beside each other: one such pair may be parts of a word


def blanks_are_unwritten(root: etree._Element) -> bool:
    """Whether the words of the document stand without blanks between them, which a reader has to add."""
    beside = 0
    for one, other in pairwise(element for element in root.iter(etree.Element) if name_of(element) in ("w", "c")):
        if name_of(one) == "c" or name_of(other) == "c":
            return False
        if one.getnext() is not other or is_rest_of_word(other, "w"):
            continue
        if one.tail or _is_spaced(one.text, -1) or _is_spaced(other.text, 0) or one.get("join") or other.get("join"):
            return False
        beside += 1
    return beside >= _FEWEST


def _is_spaced(text: str | None, at: int) -> bool:
    return bool(text) and str(text)[at].isspace()


def is_rest_of_word(element: etree._Element, name: str) -> bool:
    """Whether the element holds the rest of a word whose first part stands before it."""
    return name == "w" and element.get("part") in ("M", "F")


def is_line_hyphen(element: etree._Element) -> bool:
    """Whether the element is a sign (g) that says by name that a hyphen divides a word here, and is empty."""
    name = (element.get("ref") or element.get("type") or "").lower()
    return name.endswith("eolhyphen") and not len(element) and not element.text


def clings_by_join(element: etree._Element, side: str) -> bool:
    """Whether the markup says that no blank stands at this side: "left" or "right"."""
    return element.get("join") in (side, "both")
