"""What a reader of markup finds in a file: the text, its marks and details, and what it could not take."""

from __future__ import annotations

from dataclasses import dataclass

from align.files.paths import shown
from align.model import Mark

_MOST_NAMES = 5
_LONGEST_NAME = 80


@dataclass(frozen=True, slots=True)
class MarkedText:
    """The text of a file, its marks and details; the last three are those of RawText."""

    content: str
    marks: tuple[Mark, ...]
    details: dict[str, str]
    beside: bool = False
    columns: int = 0
    elsewhere: tuple[str, ...] = ()


def names_of_files(names: list[str]) -> tuple[str, ...]:
    """The names, each once, and no more than a message can hold."""
    return tuple(dict.fromkeys(shown(name[:_LONGEST_NAME]) for name in names))[:_MOST_NAMES]
