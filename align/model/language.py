"""Language tags (BCP 47) as this program compares them."""

from __future__ import annotations


def primary(language: str) -> str:
    """The language of a tag without region and variety, in small letters.

    >>> primary("en-x-garnett"), primary("RU")
    ('en', 'ru')
    """
    return language.split("-", 1)[0].lower()
