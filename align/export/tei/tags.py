"""Markup as it is written: tags, attributes and texts, with the prefix that the elements of a file have."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from align.export.xml_characters import legal

NAMESPACE = "http://www.tei-c.org/ns/1.0"

Attributes = Mapping[str, str | None]

_SIGNS = {"&": "&amp;", "<": "&lt;", ">": "&gt;", "\r": "&#13;"}
_QUOTED = {**_SIGNS, '"': "&quot;", "\t": "&#9;", "\n": "&#10;"}
_SIGN = re.compile('[&<>\r"\t\n]')


class Markup(NamedTuple):
    """Elements with a prefix such as "tei:"; the empty one is that of the default namespace."""

    prefix: str = ""

    def start(self, name: str, attributes: Attributes | None = None) -> str:
        """The start tag."""
        return f"<{self.prefix}{name}{written_attributes(attributes or {})}>"

    def end(self, name: str) -> str:
        """The end tag."""
        return f"</{self.prefix}{name}>"

    def empty(self, name: str, attributes: Attributes | None = None) -> str:
        """An element without content."""
        return f"<{self.prefix}{name}{written_attributes(attributes or {})}/>"

    def element(self, name: str, text: str, attributes: Attributes | None = None) -> str:
        """An element that holds a text."""
        return f"{self.start(name, attributes)}{written_text(text)}{self.end(name)}"

    def around(self, name: str, content: Iterable[str], attributes: Attributes | None = None) -> str:
        """An element that holds what is written already; nothing where that is nothing."""
        inner = "".join(content)
        return f"{self.start(name, attributes)}{inner}{self.end(name)}" if inner else ""


PLAIN = Markup()


def written_text(text: str) -> str:
    """The text as XML writes it; U+FFFD stands for characters that XML has no way to write.

    >>> written_text("a < b & c")
    'a &lt; b &amp; c'
    """
    return _SIGN.sub(lambda found: _SIGNS.get(found[0], found[0]), legal(text))


def written_attributes(attributes: Attributes) -> str:
    """The attributes that have a value, each with a space before it."""
    return "".join(f' {name}="{_quoted(value)}"' for name, value in attributes.items() if value is not None)


def _quoted(value: str) -> str:
    return _SIGN.sub(lambda found: _QUOTED[found[0]], legal(value))
