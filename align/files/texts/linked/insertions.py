"""What is put into the source of an XML file: tags, empty elements, attributes; nothing is taken away."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Literal, NamedTuple

from lxml import etree

from align.files.texts.corrected.edits import Edit, spliced
from align.files.texts.corrected.plain_splices import escaped
from align.files.texts.source_map import SourcePart

Attributes = Mapping[str, str | None]

# Attributes that hold pointers, so that ours stand beside those of the file. Others of the file stay as they are.
_POINTERS = ("facs", "corresp", "ana")
XML_ID = "{http://www.w3.org/XML/1998/namespace}id"
ATTRIBUTE = re.compile(r"""\s([^\s=/>"']+)\s*=\s*("[^"]*"|'[^']*')""")
_QUOTED = {'"': "&quot;", "'": "&apos;", "\t": "&#9;", "\n": "&#10;", "\r": "&#13;"}
# What XML 1.0 does not allow at all (section 2.2).
_NOT_ALLOWED = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

Side = Literal["end", "empty", "start"]
_SIDES: Mapping[Side, int] = {"end": 0, "empty": 1, "start": 2}


class Insertion(NamedTuple):
    """Markup put before the character at an offset of the source; `quoted` where that is within CDATA.

    At one offset, end tags come first, then empty elements, then start tags.
    """

    at: int
    side: Side
    text: str
    quoted: bool = False


def with_insertions(part: SourcePart, insertions: Iterable[Insertion]) -> bytes:
    """The bytes of the file with these insertions."""
    ordered = sorted(insertions, key=lambda one: (one.at, _SIDES[one.side]))
    edits = [Edit(one.at, one.at, f"]]>{one.text}<![CDATA[" if one.quoted else one.text) for one in ordered]
    return part.written(spliced(part.text, edits))


def tag(name: str, near: etree._Element, part: SourcePart, attributes: Attributes, *, empty: bool = False) -> str:
    """A start tag, or an empty element, in the namespace of an element nearby."""
    return f"<{prefix_of(near)}{name}{_written(attributes, part)}{'/' if empty else ''}>"


def end_tag(name: str, near: etree._Element) -> str:
    """An end tag in the namespace of an element nearby."""
    return f"</{prefix_of(near)}{name}>"


def prefix_of(element: etree._Element) -> str:
    """The prefix of an element with its colon; empty for the default namespace."""
    return f"{element.prefix}:" if element.prefix else ""


def added_attributes(element: etree._Element, part: SourcePart, attributes: Attributes) -> list[Insertion]:
    """Attributes added to an element of the file: pointers beside those it has; of others, those it has not."""
    start, end = part.elements[element].start_tag
    ends = {found[1]: start + found.end() - 1 for found in ATTRIBUTE.finditer(part.text[start:end])}
    added = []
    for name, value in attributes.items():
        if name in ends and name in _POINTERS and value:
            space = " " if (element.get(name) or "").strip() else ""
            added.append(Insertion(ends[name], "empty", space + _value(value, part)))
    new = {name: value for name, value in attributes.items() if name not in ends}
    close = end - (2 if part.text[end - 2] == "/" else 1)
    return [*added, Insertion(close, "empty", _written(new, part))]


def _written(attributes: Attributes, part: SourcePart) -> str:
    return "".join(f' {name}="{_value(value, part)}"' for name, value in attributes.items() if value is not None)


def _value(value: str, part: SourcePart) -> str:
    plain = escaped(_NOT_ALLOWED.sub("", value), part)
    return "".join(_QUOTED.get(char, char) for char in plain)
