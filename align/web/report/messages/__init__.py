"""The words of the report's interface, one file for each language; the page is written in English."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import resources

from markupsafe import Markup

Message = str | Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Words:
    """The messages of one language by name. A message that counts has a form for one and a form for other numbers."""

    table: Mapping[str, Message]

    def text(self, name: str, **values: object) -> str:
        """The message with its {names} filled in.

        >>> Words({"pages": {"one": "{n} page", "other": "{n} pages"}}).text("pages", n=2)
        '2 pages'
        """
        message = self.table[name]
        if not isinstance(message, str):
            message = message["one" if values["n"] == 1 else "other"]
        return message.format_map(values)

    def mark(self, name: str, **values: object) -> Markup:
        """The attributes of an element whose words the script may say in another language: the message and its values.

        >>> Words({}).mark("pages", n=2)
        Markup(' data-t="pages" data-n="2"')
        """
        return Markup(' data-t="{}"').format(name) + _data(values)

    def said(self, name: str, **values: object) -> Markup:
        """The message as an element of its own."""
        return Markup("<span{}>{}</span>").format(self.mark(name, **values), self.text(name, **values))

    def label(self, name: str, **values: object) -> Markup:
        """The message as the name that a screen reader says of an element."""
        return Markup(' aria-label="{}" data-t-aria-label="{}"').format(self.text(name, **values), name) + _data(values)


def _data(values: Mapping[str, object]) -> Markup:
    return Markup("").join(Markup(' data-{}="{}"').format(name, value) for name, value in values.items())


def english() -> Words:
    """The English words of the interface."""
    table = resources.files("align.web.report.messages").joinpath("en.json").read_text(encoding="utf-8")
    return Words(json.loads(table))
