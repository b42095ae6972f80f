"""Tables with the original at the left and its translation at the right, or the reverse: two texts in one document.

A column is told by its script, Cyrillic or Latin, and the text of the document's own language by the file's name. The
path `letter.ru.docx#letter.en.docx` is that of the text in the other columns.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath

from lxml import etree

from align.files.paths import file_of
from align.files.texts.word.parts import W

# Languages that are written in Cyrillic; all others count as Latin.
_CYRILLIC = frozenset(
    ["ab", "ba", "be", "bg", "ce", "cu", "cv", "kk", "ky", "mk", "mn", "os", "ru", "rue", "sr", "tg", "tt", "udm", "uk"]
)
_TEXTS = 2  # columns with words: the original and its translation
_LETTERS = 40  # of a column, at the least: a line of a text; fewer are names or words of a list
_SHARE = 0.8  # of its letters in one script


@dataclass(frozen=True, slots=True)
class Columns:
    """The cells of tables in two scripts: those of the document's own language, the others, and columns of numbers."""

    own: frozenset[etree._Element] = frozenset()
    others: tuple[etree._Element, ...] = ()
    numbers: frozenset[etree._Element] = frozenset()

    @classmethod
    def of(cls, body: etree._Element, *, path: str) -> Columns:
        """The cells of the tables in this document; none where no table has texts in two scripts."""
        own: set[etree._Element] = set()
        others: list[etree._Element] = []
        numbers: set[etree._Element] = set()
        language = PurePosixPath(file_of(path)).stem.rpartition(".")[2].partition("-")[0].lower()
        script = "cyrillic" if language in _CYRILLIC else "latin"
        for table in body.iter(f"{W}tbl"):
            columns = _columns(table)
            texts = [column for column in columns if any(map(str.isalpha, _letters(column)))]
            scripts = [_script(column) for column in texts]
            if len(texts) == len(set(scripts)) == _TEXTS and None not in scripts:
                first = scripts.index(script)
                own.update(texts[first])
                others += texts[1 - first]
                numbers.update(cell for column in columns if column not in texts for cell in column)
        return cls(frozenset(own), tuple(others), frozenset(numbers))


def _columns(table: etree._Element) -> list[list[etree._Element]]:
    """The cells of a table, column by column; rows of one cell, which are titles, stand aside."""
    rows = [row.findall(f"{W}tc") for row in table.findall(f"{W}tr")]
    full = [row for row in rows if len(row) > 1]
    if not full or any(len(row) != len(full[0]) for row in full) or len(full) * 2 < len(rows):
        return []
    return [list(column) for column in zip(*full, strict=True)]


def _script(cells: list[etree._Element]) -> str | None:
    """The script in which nearly all letters of a column are; None where there are few, or none prevails."""
    letters = [char for char in _letters(cells) if char.isalpha()]
    cyrillic = sum("\u0400" <= char <= "\u04ff" for char in letters)
    latin = sum(char < "\u0250" for char in letters)
    if len(letters) < _LETTERS or max(cyrillic, latin) < _SHARE * len(letters):
        return None
    return "cyrillic" if cyrillic > latin else "latin"


def _letters(cells: list[etree._Element]) -> Iterator[str]:
    for cell in cells:
        for text in cell.iter(f"{W}t"):
            yield from text.text or ""
