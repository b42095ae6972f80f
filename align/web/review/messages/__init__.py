"""The words of the server's own pages, one file for each language."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources

LANGUAGES = ("en", "ru")
Message = str | Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Speech:
    """The messages of one language by name. A message that counts has the forms that its language has."""

    language: str
    table: Mapping[str, Message]

    def __call__(self, name: str, /, **values: object) -> str:
        """The message of this name with its {names} filled in.

        >>> Speech("en", {"left": {"one": "{n} minute", "other": "{n} minutes"}})("left", n=2)
        '2 minutes'
        """
        message = self.table[name]
        if not isinstance(message, str):
            number = values["n"]
            message = message[plural_form(self.language, number if isinstance(number, int) else 0)]
        return message.format_map(values)


def plural_form(language: str, number: int) -> str:
    """The name of the form that a whole number has in this language, as Unicode names it.

    >>> [plural_form("ru", n) for n in (1, 2, 5, 11, 21, 112)]
    ['one', 'few', 'many', 'many', 'one', 'many']
    """
    if language != "ru":
        return "one" if number == 1 else "other"
    last, teens = number % 10, number % 100 in range(11, 15)
    return "many" if teens or last == 0 or last > 4 else "one" if last == 1 else "few"


@cache
def speech(language: str) -> Speech:
    """The messages of this language."""
    table = resources.files("align.web.review.messages").joinpath(f"{language}.json").read_text(encoding="utf-8")
    return Speech(language, json.loads(table))


def wanted_language(accepted: str) -> str:
    """The first language of an Accept-Language header that there are messages in; English for none.

    >>> wanted_language("de, ru;q=0.8, en;q=0.5")
    'ru'
    """
    weighed = []
    for part in accepted.split(",")[:20]:
        tag, _, weight = part.strip().partition(";q=")
        try:
            weighed.append((-float(weight or 1), tag[:2].lower()))
        except ValueError:
            continue
    return next((tag for _, tag in sorted(weighed, key=lambda own: own[0]) if tag in LANGUAGES), "en")
