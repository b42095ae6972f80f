"""Reading of diary/*.txt: what is typed on the page, what the transcription says, what the translation says.

A file opens with `name: value` lines up to the first empty line; then come blocks, one paragraph each, divided by
empty lines. In a block every `ru:` line begins a group of sentences and the `en:` line under it is its translation.
Either may be missing. `@heading`, `@dateline`, `@commentary`, `@note` as first line say what the block is; the last two
are in the texts alone. In Russian lines:

    _word_          underlined on the page
    {page|text}     one thing typed on the page, another in the transcription; either side may be empty
    {*note}         a footnote: `*)` here, its text at the foot of the page, in the transcription
                    on a line of its own, behind the line that has the sign

In English lines `{*note}` puts the note under the paragraph. `en.elision:` is left out of the translation, which has
the given mark in its place.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path

# A Russian typewriter of the time has one kind of quotation mark and of dash.
TYPED = str.maketrans({"«": '"', "»": '"', "—": "-", "–": "-", "…": "..."})
KINDS = ("heading", "dateline", "commentary", "note")
PIECE = re.compile(r"\{\*(?P<note>[^{}]+)\}|\{(?P<page>[^{}|]*)\|(?P<text>[^{}|]*)\}|(?P<line>_)|(?P<char>[^{}_])")


@dataclass
class Atom:
    """The smallest thing with a place on the page, in the transcription, or both; offsets are set when the text is."""

    page: str
    text: str
    bead: Bead | None
    underlined: bool = False
    note: Note | None = None
    start: int | None = None
    end: int | None = None


@dataclass
class Note:
    """A footnote: its atoms, with the asterisk they begin with."""

    atoms: list[Atom]
    bead: Bead


@dataclass
class Bead:
    """A group of sentences and its translation; spans are offsets in the two texts, empty where a side is."""

    role: str
    atoms: list[Atom] = field(default_factory=list)
    english: str = ""
    elision: bool = False
    ru: list[list[int]] = field(default_factory=list)
    en: list[list[int]] = field(default_factory=list)
    english_note: str | None = None
    note: Note | None = None


@dataclass
class Block:
    """A paragraph, heading, dateline, commentary or note."""

    kind: str
    beads: list[Bead]

    @property
    def typed(self) -> bool:
        """Whether it is on the page."""
        return self.kind not in ("commentary", "note")

    def atoms(self) -> list[Atom]:
        """Its atoms in order, the groups divided by spaces."""
        out: list[Atom] = []
        for bead in self.beads:
            if out and bead.atoms:
                silent = not any(a.page.strip() for a in bead.atoms)
                out.append(Atom("" if silent else " ", " " if any(a.text for a in bead.atoms) else "", None))
            out.extend(bead.atoms)
        return out


@dataclass
class Entry:
    """One document."""

    document: str
    head: dict[str, str]
    blocks: list[Block]

    def beads(self) -> list[Bead]:
        """All groups in text order, each footnote behind the group that contains it."""
        out = []
        for block in self.blocks:
            for bead in block.beads:
                out.append(bead)
                if bead.note:
                    out.append(bead.note.bead)
        return out


def read_entries(folder: Path) -> list[Entry]:
    """The entries in the order of their pages, which is that of the file names."""
    return [_entry(path) for path in sorted(folder.glob("*.txt"))]


def _entry(path: Path) -> Entry:
    first, *parts = re.split(r"\n\s*\n", path.read_text(encoding="utf-8").strip())
    head = {}
    for line in first.splitlines():
        name, _, value = line.partition(":")
        head[name.strip()] = value.strip()
    try:
        return Entry(head["document"], head, [_block(part) for part in parts])
    except (KeyError, ValueError) as fault:
        raise SystemExit(f"{path.name}: {fault}") from fault


def _block(part: str) -> Block:
    lines = part.splitlines()
    kind = lines.pop(0)[1:].strip() if lines[0].startswith("@") else "body"
    if kind != "body" and kind not in KINDS:
        raise ValueError(f"@{kind} is none of {', '.join(KINDS)}")
    role = "heading" if kind == "dateline" else kind
    beads: list[Bead] = []
    for line in lines:
        name, colon, value = line.partition(": ")
        if name == "ru" and colon:
            beads.append(_bead(role, value))
        elif name in ("en", "en.elision") and colon:
            if kind == "note" or not beads:
                beads.append(Bead(role))
            _translate(beads[-1], value, elision=name == "en.elision")
        else:
            raise ValueError(f"a line must begin with 'ru: ', 'en: ' or 'en.elision: ', not {line[:40]!r}")
    return Block(kind, beads)


def _translate(bead: Bead, value: str, *, elision: bool) -> None:
    found = re.search(r"\{\*([^{}]+)\}", value)
    if found:
        bead.english_note = "*) " + found[1]
        value = value.replace(found[0], "*)")
    bead.english, bead.elision = value, elision


def _bead(role: str, value: str) -> Bead:
    bead = Bead(role)
    underlined, at = False, 0
    while at < len(value):
        found = PIECE.match(value, at)
        if not found:
            raise ValueError(f"this markup is not closed: {value[at : at + 40]!r}")
        at = found.end()
        if found["line"]:
            underlined = not underlined
        elif found["note"]:
            inner = Bead("note")
            inner.atoms = [Atom(c.translate(TYPED), c, inner) for c in "*) " + found["note"]]
            bead.note = Note(inner.atoms, inner)
            bead.atoms += [Atom("*", "*", bead), Atom(")", ")", bead, note=bead.note)]
        elif found["char"]:
            c = found["char"]
            bead.atoms.append(Atom(c.translate(TYPED), c, bead, underlined))
        elif " " in found["page"]:
            bead.atoms += [Atom(c.translate(TYPED), "", bead) for c in found["page"]]
        else:
            bead.atoms.append(Atom(found["page"].translate(TYPED), found["text"], bead))
    return bead
