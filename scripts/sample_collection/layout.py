"""Typing of the entries on pages: lines of whole words, hyphens, footnotes, page numbers. No pictures yet."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from sample_collection.entries import Atom, Entry, Note

VOWELS = set("аеёиоуыэюя")
CONSONANTS = set("бвгджзклмнпрстфхцчшщ")
INDENT = 5


@dataclass
class Word:
    """Letters between two spaces of one line; `column` counts letters from the left margin."""

    column: int
    text: str
    atoms: list[Atom]


@dataclass
class Row:
    """One typed line; `y` counts single-spaced lines from the first line of text."""

    y: int
    role: str
    words: list[Word]
    document: str | None = None
    hyphen: bool = False

    @property
    def text(self) -> str:
        """The line as printed."""
        return " ".join(w.text for w in self.words)


@dataclass
class Sheet:
    """One written side."""

    label: str
    rows: list[Row] = field(default_factory=list)

    def in_order(self) -> list[Row]:
        """Its lines from top to bottom."""
        return sorted(self.rows, key=lambda r: (r.y, r.words[0].column))


def plain_words(text: str, column: int) -> list[Word]:
    """The words of a text that belongs to no document."""
    return [Word(column + m.start(), m[0], []) for m in re.finditer(r"\S+", text)]


def break_points(word: str) -> list[int]:
    """Where a hyphen may be set: before a consonant with its vowel, two letters kept behind, three carried over.

    >>> break_points("министров")
    [2, 4]
    """
    letters = word.lower()
    found = re.match(r"^\W*([а-яё]+)\W*$", letters)
    if not found:
        return []
    first, last = found.span(1)
    return [
        i
        for i in range(first + 2, last - 2)
        if letters[i] in CONSONANTS and letters[i + 1] in VOWELS and any(c in VOWELS for c in letters[first:i])
        and letters[i - 1] not in "йъ"
    ]  # fmt: skip


class Typist:
    """Types rows on sheets, and begins a new sheet where one is full."""

    def __init__(self, *, first_label: int, running_head: str, columns: int, rows: int) -> None:
        self.label, self.head, self.columns, self.rows = first_label, running_head, columns, rows
        self.sheets: list[Sheet] = []
        self.notes: list[tuple[str, list[list[Atom]]]] = []
        self._new_sheet()

    def _new_sheet(self) -> None:
        sheet = Sheet(str(self.label + len(self.sheets)))
        number = f"- {sheet.label} -"
        sheet.rows.append(Row(-5, "page-number", plain_words(number, (self.columns - len(number)) // 2)))
        if self.sheets:
            sheet.rows.append(Row(-3, "running-head", plain_words(self.head, self.columns - len(self.head))))
        self.sheets.append(sheet)
        self.y, self.notes = 0, []

    def _floor(self) -> int:
        """The last y a line of text may have, footnotes left free."""
        return 2 * self.rows - 2 - (sum(len(lines) for _, lines in self.notes) + 2 if self.notes else 0)

    def close_sheet(self) -> None:
        """Set the footnotes that the sheet has gathered at its foot."""
        y = 2 * self.rows - sum(len(lines) for _, lines in self.notes)
        if self.notes:
            self.sheets[-1].rows.append(Row(y - 1, "other", plain_words("_" * 15, 0)))
        for document, lines in self.notes:
            for atoms in lines:
                self.sheets[-1].rows.append(Row(y, "note", _words(atoms, 0), document))
                y += 1

    def _room(self, need: int = 0) -> None:
        if self.y + need > self._floor():
            self.close_sheet()
            self._new_sheet()

    def entry(self, entry: Entry) -> None:
        """Type one entry under the last."""
        if self.y:
            self.y += 2
        for block in entry.blocks:
            if not block.typed:
                continue
            if block.kind == "heading":
                self._room(4)
            self._block([a for a in block.atoms() if a.page], block.kind, entry.document)
            if block.kind == "heading":
                self.y += 1

    def _block(self, atoms: list[Atom], kind: str, document: str) -> None:
        width = sum(len(a.page) for a in atoms)
        column = {"heading": (self.columns - width) // 2, "dateline": self.columns - width}.get(kind, INDENT)
        rest = atoms
        while rest:
            line, rest, hyphen = fill(rest, self.columns - column)
            self._room()
            for atom in line:
                if atom.note:
                    self.notes.append((document, _note_lines(atom.note, self.columns)))
            role = "body" if kind == "body" else "heading"
            self.sheets[-1].rows.append(Row(self.y, role, _words(line, column, hyphen=hyphen), document, hyphen))
            self.y += 2
            column = 0


def _note_lines(note: Note, width: int) -> list[list[Atom]]:
    lines, rest = [], note.atoms
    while rest:
        line, rest, _ = fill(rest, width, hyphens=False)
        lines.append(line)
    return lines


def fill(atoms: list[Atom], width: int, *, hyphens: bool = True) -> tuple[list[Atom], list[Atom], bool]:
    """The atoms of one line, those that are left, and whether the line ends in the hyphen of a divided word."""
    words: list[list[Atom]] = [[]]
    for atom in atoms:
        if atom.page == " ":
            words.append([])
        else:
            words[-1].append(atom)
    words = [w for w in words if w]
    out: list[Atom] = []
    used = 0
    for n, word in enumerate(words):
        letters = "".join(a.page for a in word)
        gap = 1 if out else 0
        if used + gap + len(letters) <= width:
            out += _space(out) + word
            used += gap + len(letters)
            continue
        room = width - used - gap - 1
        points = (
            [p for p in break_points(letters) if p <= room] if hyphens and all(len(a.page) == 1 for a in word) else []
        )
        if points:
            out += _space(out) + word[: points[-1]]
            return out, _joined([word[points[-1] :], *words[n + 1 :]]), True
        return out, _joined(words[n:]), False
    return out, [], False


def _space(out: list[Atom]) -> list[Atom]:
    return [Atom(" ", " ", None)] if out else []


def _joined(words: list[list[Atom]]) -> list[Atom]:
    out: list[Atom] = []
    for word in words:
        out += _space(out) + word
    return out


def _words(atoms: list[Atom], column: int, *, hyphen: bool = False) -> list[Word]:
    out: list[Word] = []
    fresh = True
    for atom in atoms:
        if atom.page == " ":
            fresh, column = True, column + 1
            continue
        if fresh:
            out.append(Word(column, "", []))
            fresh = False
        out[-1].text += atom.page
        out[-1].atoms.append(atom)
        column += len(atom.page)
    if hyphen:
        out[-1].text += "-"
    return out


def type_volume(entries: list[Entry], **style: object) -> list[Sheet]:
    """The sheets of the whole volume."""
    typist = Typist(**style)  # type: ignore[arg-type]
    for entry in entries:
        typist.entry(entry)
    typist.close_sheet()
    return typist.sheets
