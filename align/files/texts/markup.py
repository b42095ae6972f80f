"""XML of source texts as elements, parsed behind the guard."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from lxml import etree

from align.errors import TextError
from align.markup_guard import MOST_LEVELS, fault_of, guarded_parser, has_entities, is_too_deep


class Node(NamedTuple):
    """A text in a document: the one at the beginning of an element, or its `tail`, which comes after its end."""

    element: etree._Element
    tail: bool


def parse_markup(data: bytes, *, path: str) -> etree._Element:
    """The root element of an XML document that declares and uses no entities of its own.

    Raises:
        TextError: causes "entities", "malformed-xml", "too-deep".
    """
    try:
        root = etree.fromstring(data, guarded_parser())
    except (etree.XMLSyntaxError, ValueError) as error:
        if b"<!ENTITY" in data:
            raise _entities(path) from error  # the parser itself gives up on entities that grow without end
        raise TextError(
            f"{path} is not well-formed XML ({fault_of(error)}); repair it there", cause="malformed-xml"
        ) from error
    if is_too_deep(root):
        raise TextError(f"{path} nests elements more than {MOST_LEVELS} deep; flatten it", cause="too-deep")
    if has_entities(root):
        raise _entities(path)
    return root


def _entities(path: str) -> TextError:
    return TextError(
        f"{path} uses entities, which are not read for safety; write the characters themselves", cause="entities"
    )


def name_of(element: etree._Element) -> str:
    """The element's name without its namespace; empty for a comment or a processing instruction."""
    tag = element.tag
    return _local_name(tag) if isinstance(tag, str) else ""


@lru_cache(maxsize=1024)
def _local_name(tag: str) -> str:
    return tag.rpartition("}")[2]


def text_of(element: etree._Element) -> str:
    """All text inside the element, white space collapsed."""
    return " ".join("".join(map(str, element.itertext())).split())
