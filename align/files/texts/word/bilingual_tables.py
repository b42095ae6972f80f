"""Tables with the original at the left and its translation at the right, or the reverse: two texts in one document.

A column is told by its script, Cyrillic or Latin, and the text of the document's own language by the file's name. The
path `letter.ru.docx#letter.en.docx` is that of the text in the other columns.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import PurePosixPath

from lxml import etree

from align.files.paths import file_of
from align.files.texts.word.parts import W
from align.files.texts.word.table_columns import columns_of, is_repeated, letters_in

# Languages that are written in Cyrillic; all others count as Latin.
_CYRILLIC = frozenset(
    ["ab", "ba", "be", "bg", "ce", "cu", "cv", "kk", "ky", "mk", "mn", "os", "ru", "rue", "sr", "tg", "tt", "udm", "uk"]
)
_CYRILLIC_SCRIPT, _LATIN = "cyrillic", "latin"
_TEXTS = 2  # columns with words: the original and its translation
_LETTERS = 40  # in each script, at the least: a line of a text; fewer are names or words of a list
# Words with which the first row names its columns.
_NAMES = frozenset(
    ["original", "translation", "transcription", "transcript", "source", "target", "text", "russian", "english",
     "german", "french", "language", "оригинал", "подлинник", "перевод", "транскрипция", "текст", "русский",
     "английский", "немецкий", "французский", "язык", "на", "русском", "английском", "языке", "in", "ru", "en"]
)  # fmt: skip
_WORD = re.compile(r"\w+")
_SHARE = 0.8  # of its letters in one script


@dataclass(frozen=True, slots=True)
class Columns:
    """The cells of tables in two scripts: those of the document's own language, the others, and columns of numbers.

    `heads` are those of them that say what stands under them, as "Original" and "Translation", or beside them. `mixed`
    is how many columns of words stand side by side, where they are more than two.
    """

    own: frozenset[etree._Element] = frozenset()
    others: tuple[etree._Element, ...] = ()
    numbers: frozenset[etree._Element] = frozenset()
    heads: frozenset[etree._Element] = frozenset()
    mixed: int = 0

    @classmethod
    def of(cls, body: etree._Element, *, path: str) -> Columns:
        """The cells of the tables in this document; none where no table has texts in two scripts."""
        language = PurePosixPath(file_of(path)).stem.rpartition(".")[2].partition("-")[0].lower()
        own, other = (_CYRILLIC_SCRIPT, _LATIN) if language in _CYRILLIC else (_LATIN, _CYRILLIC_SCRIPT)
        tables = [_Table.of(table) for table in body.iter(f"{W}tbl")]
        told = [table for table in tables if set(table.texts) == {own, other}]
        # A document may have a table for each of its paragraphs, so that their letters are counted together.
        if any(sum(table.letters[script] for table in told) < _LETTERS for script in (own, other)):
            told = []
        return cls(
            frozenset(cell for table in told for cell in table.texts[own]),
            tuple(cell for table in told for cell in table.texts[other]),
            frozenset(cell for table in told for cell in table.numbers),
            frozenset(cell for table in told for cell in table.heads),
            max((table.mixed for table in told), default=0),
        )


@dataclass(frozen=True, slots=True)
class _Table:
    """A table of two texts: their cells and how many letters these hold, by script; cells without words; its heads.

    Where more columns have words, the longest of each script is its text, and the others say something about it: they
    are heads too, and `mixed` counts all. Of another table it has no texts.
    """

    texts: Mapping[str, Sequence[etree._Element]] = field(default_factory=dict)
    letters: Mapping[str, int] = field(default_factory=dict)
    numbers: Sequence[etree._Element] = ()
    heads: Sequence[etree._Element] = ()
    mixed: int = 0

    @classmethod
    def of(cls, table: etree._Element) -> _Table:
        """What the columns of this table say of it."""
        columns = columns_of(table)
        words = [[char for char in letters_in(column) if char.isalpha()] for column in columns]
        with_words = [
            index for index, column in enumerate(columns) if any(map(str.isalpha, letters_in(column[1:] or column)))
        ]
        scripts = {index: _script(words[index]) for index in with_words}
        if set(scripts.values()) != {_CYRILLIC_SCRIPT, _LATIN}:
            return cls()
        own = {
            script: [index for index in with_words if scripts[index] == script] for script in (_CYRILLIC_SCRIPT, _LATIN)
        }
        longest = {max(indices, key=lambda index: len(words[index])) for indices in own.values()}
        return cls(
            {script: [cell for index in indices for cell in columns[index]] for script, indices in own.items()},
            {str(scripts[index]): len(words[index]) for index in longest},
            [cell for index, column in enumerate(columns) if index not in scripts for cell in column],
            [
                *_heads({columns[index][0]: scripts[index] for index in longest}),
                *(cell for index in with_words if index not in longest for cell in columns[index]),
            ],
            len(with_words) if len(with_words) > _TEXTS else 0,
        )


def _heads(first: Mapping[etree._Element, str | None]) -> list[etree._Element]:
    """The cells of the first row, each with the script of its column, if they say what stands under them.

    They do if they are names of languages or of texts, or if one is in another script than its column.
    """
    words = {cell: "".join(letters_in([cell])) for cell in first}
    if not all(words.values()) or any(len(word) > _LETTERS for word in words.values()):
        return []
    named = all(_NAMES.issuperset(_WORD.findall(word.lower())) for word in words.values())
    other = any(_script([char for char in words[cell] if char.isalpha()]) != script for cell, script in first.items())
    return list(first) if named or other or all(map(is_repeated, first)) else []


def _script(letters: Sequence[str]) -> str | None:
    """The script in which nearly all of these letters are; None where none prevails."""
    cyrillic = sum("\u0400" <= char <= "\u04ff" for char in letters)
    latin = sum(char < "\u0250" for char in letters)
    if max(cyrillic, latin) < _SHARE * len(letters):
        return None
    return _CYRILLIC_SCRIPT if cyrillic > latin else _LATIN
