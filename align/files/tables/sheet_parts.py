"""What the XML parts of a workbook say, taken up while a parser goes through them: texts, sheets, rows."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

# Rows and columns. Excel allows 1,048,576 and 16,384; a large collection has 20,000 findings, a table 30 columns.
MOST_ROWS = 200_000
_COLUMNS = 512
# The most letters of a cell that Excel allows; what comes after them in a file is left out.
_CELL_LETTERS = 32_767
_ESCAPE = re.compile("_x([0-9A-Fa-f]{4})_")
_PLACE = re.compile("([A-Z]{1,3})[0-9]*")
# Sheets, and links between parts, that are taken up.
_MOST_FOUND = 10_000


class Unwanted(Exception):  # noqa: N818 - not a fault of the program: what a file has that none of ours would have
    """What a file has that no table of decisions has; its text is the end of a sentence about the file."""


class Part:
    """What takes up a part: the parser calls it for each beginning and end of an element, and for its text."""

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        """An element begins."""

    def end(self, tag: str) -> None:
        """An element ends."""

    def data(self, text: str) -> None:
        """Text within an element."""

    def doctype(self, name: str, public: str | None, system: str | None) -> None:  # noqa: ARG002 - the parser calls so
        """Raise Unwanted: no spreadsheet declares a type of document, which is where entities are declared."""
        raise Unwanted("declares entities, which no spreadsheet does")

    def close(self) -> None:
        """The part is at its end."""


class FoundElements(Part):
    """The attributes of all elements of one name."""

    def __init__(self, name: str) -> None:
        self._name = name
        self.found: list[dict[str, str]] = []

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        """Take up its attributes."""
        if _name(tag) == self._name and len(self.found) < _MOST_FOUND:
            self.found.append(dict(attributes))


class _Texts(Part):
    """The text of the elements `t` and `v`, without the readings that Japanese cells have above their letters."""

    def __init__(self) -> None:
        self._pieces: list[str] = []
        self._open = self._reading = False

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:  # noqa: ARG002 - as the parser calls it
        """Listen to its text, if it is one."""
        name = _name(tag)
        self._reading = self._reading or name == "rPh"
        self._open = name in ("t", "v") and not self._reading

    def end(self, tag: str) -> None:
        """Listen no more."""
        self._open = False
        self._reading = self._reading and _name(tag) != "rPh"

    def data(self, text: str) -> None:
        """Take up the text."""
        if self._open:
            self._pieces.append(text)

    def _text(self) -> str:
        """The text since the last call, cut where it is longer than a cell can be."""
        text = "".join(self._pieces)[:_CELL_LETTERS]
        self._pieces = []
        return _ESCAPE.sub(lambda found: chr(int(found[1], 16)), text) if "_x" in text else text


class SharedTexts(_Texts):
    """The texts that cells name by number."""

    def __init__(self) -> None:
        super().__init__()
        self.texts: list[str] = []

    def end(self, tag: str) -> None:
        """A text is whole."""
        super().end(tag)
        if _name(tag) == "si":
            self.texts.append(self._text())


class SheetRows(_Texts):
    """The rows of a sheet that are not empty, with their numbers."""

    def __init__(self, shared: Sequence[str]) -> None:
        super().__init__()
        self._shared = shared
        self._number = 0
        self._cells: list[str] = []
        self._kind, self._at = "n", -1
        self._rows: list[tuple[int, Sequence[str]]] = []

    def ready(self) -> list[tuple[int, Sequence[str]]]:
        """The rows that are whole since the last call."""
        rows, self._rows = self._rows, []
        return rows

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        """A row or a cell begins."""
        super().start(tag, attributes)
        name = _name(tag)
        if name == "row":
            self._number = _index(attributes.get("r", "")) or self._number + 1
            self._cells, self._at = [], -1
            if self._number > MOST_ROWS:
                raise Unwanted(f"has more than {MOST_ROWS:,} rows")
        elif name == "c":
            self._kind = attributes.get("t", "n")
            self._at = _column(attributes.get("r", ""), self._at + 1)
            self._pieces = []

    def end(self, tag: str) -> None:
        """A row or a cell is whole."""
        super().end(tag)
        name = _name(tag)
        if name == "c" and (text := self._value()) and self._at < _COLUMNS:
            self._cells += [""] * (self._at + 1 - len(self._cells))
            self._cells[self._at] = text
        elif name == "row" and self._cells:
            self._rows.append((self._number, self._cells))

    def _value(self) -> str:
        text = self._text()
        if self._kind == "s":
            at = _index(text)
            return self._shared[at] if at is not None and at < len(self._shared) else ""
        return "" if self._kind == "e" else text


def _name(tag: str) -> str:
    return tag.rpartition("}")[2]


def _index(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 9 else None


def _column(place: str, following: int) -> int:
    """The place of a cell's column, from 0: 27 for "AB5"; the one after the last where the cell does not say."""
    found = _PLACE.fullmatch(place)
    if found is None:
        return following
    at = 0
    for letter in found[1]:
        at = at * 26 + ord(letter) - 64
    return at - 1
