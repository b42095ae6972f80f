"""Transcriptions and translations as files, with the offsets that every letter of the page has in them."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from sample_collection.entries import Atom, Bead, Block, Entry, Note
from sample_collection.formats import docx, tei
from sample_collection.layout import Sheet


@dataclass
class SourceText:
    """One file of a document; `plain` is the text that offsets count, `markers` holds (start, end, label claimed)."""

    language: str
    name: str
    data: bytes
    plain: str
    markers: list[tuple[int, int, str | None]]


class Copyist:
    """Writes text from left to right and remembers where each atom went."""

    def __init__(self, newline: str) -> None:
        self.newline, self.parts, self.length = newline, [""], 0
        self.markers: list[tuple[int, int, str | None]] = []

    def write(self, text: str) -> tuple[int, int]:
        """Append; the offsets of what was appended."""
        text = text.replace("\n", self.newline)
        self.parts.append(text)
        self.length += len(text)
        return self.length - len(text), self.length

    def marker(self, form: str, label: str) -> None:
        """Append a page marker."""
        start, end = self.write(form.replace("%", label))
        self.markers.append((start, end, None if form == "\f" else label))

    @property
    def text(self) -> str:
        """All that was written."""
        return "".join(self.parts)


def page_starts(sheets: list[Sheet]) -> dict[int, str]:
    """The label of the sheet that begins with an atom, by id() of the first atom of a word there."""
    out = {}
    for sheet in sheets[1:]:
        first = next(r for r in sheet.in_order() if r.document)
        out[id(first.words[0].atoms[0])] = sheet.label
    return out


def line_starts(sheets: list[Sheet]) -> set[int]:
    """id() of the first atom of every printed line."""
    return {id(r.words[0].atoms[0]) for s in sheets for r in s.rows if r.document}


def omit_line(entry: Entry, sheets: list[Sheet]) -> None:
    """Drop from the transcription the printed line that the entry's head names."""
    phrase = entry.head.get("omit line")
    if not phrase:
        return
    rows = [r for s in sheets for r in s.in_order() if r.document == entry.document and r.role == "body"]
    found = [n for n, r in enumerate(rows) if phrase in r.text]
    if len(found) != 1 or rows[found[0]].hyphen or rows[found[0] - 1].hyphen:
        raise SystemExit(f"{entry.document}: no whole line says {phrase!r}; choose words of another line")
    gone = {id(a) for w in rows[found[0]].words for a in w.atoms}
    atoms = [a for b in entry.blocks for a in b.atoms()]
    for n, atom in enumerate(atoms):
        if id(atom) in gone:
            atom.text = ""
            if atoms[n + 1].page == " ":
                atoms[n + 1].text = ""


def marker_label(entry: Entry, label: str) -> str:
    """The label that the entry's marker claims, wrong where its head says so."""
    true, _, claimed = entry.head.get("wrong marker", "").partition(" -> ")
    return claimed if label == true else label


def transcription(entry: Entry, starts: dict[int, str], lines: set[int], first_label: str) -> SourceText | None:
    """The Russian text, or None where the entry has none; sets the offsets of atoms and groups."""
    kind = entry.head.get("transcription", "txt")
    if kind == "none":
        return None
    special = "CR LF" in entry.head.get("line ends", "")
    out = Copyist("\r\n" if special else "\n")
    form = entry.head.get("markers ru", "").replace("\\f", "\f")
    if entry.head.get("marker at start"):
        out.marker(form, first_label)
        out.write("\n\n")
    blocks = [b for b in entry.blocks if any(bead.atoms for bead in b.beads)]
    for n, block in enumerate(blocks):
        if n:
            out.write("\n\n")
        notes = _lift_notes(block) if kind == "tei" else []
        _copy_block(block, out, form=form, starts=starts, lines=lines, entry=entry)
        for note in notes:
            out.write("\n\n")
            _copy_note(note, out)
    if kind != "tei":
        out.write("\n")
    for bead in entry.beads():
        bead.ru = _spans(bead, out.markers)
    if kind == "tei":
        return SourceText("ru", f"{entry.document}.ru.xml", tei(entry, blocks, starts), out.text, [])
    data = out.text.encode("utf-8-sig" if special else "utf-8")
    return SourceText("ru", f"{entry.document}.ru.txt", data, out.text, out.markers)


def _copy_block(
    block: Block, out: Copyist, *, form: str, starts: dict[int, str], lines: set[int], entry: Entry
) -> None:
    """A marker waits for the end of its word, a footnote for that of its line; each then takes the place of a space."""
    inline = form.startswith("inline ")
    form = form.removeprefix("inline ")
    waiting: list[Atom | str] = []
    atoms = block.atoms()
    for n, atom in enumerate(atoms):
        if form and id(atom) in starts:
            label = marker_label(entry, starts[id(atom)])
            if n == 0:
                out.marker(form, label)
                out.write("\n")
            elif atoms[n - 1].page == " ":
                _marker_before(out, form, label, inline=inline)
            else:
                waiting.append(label)
        space = atom.text == " "
        line_ends = n + 1 < len(atoms) and id(atoms[n + 1]) in lines
        if space and waiting and (line_ends or isinstance(waiting[0], str)):
            for thing in waiting:
                if isinstance(thing, str):
                    out.write(" ")
                    _marker_before(out, form, thing, inline=inline)
                elif thing.note:
                    out.write("\n")
                    _copy_note(thing.note, out)
                    out.write("\n")
            waiting = []
            continue
        atom.start, atom.end = out.write(atom.text) if atom.text else (None, None)
        if atom.note and atom.text:
            waiting.append(atom)


def _copy_note(note: Note, out: Copyist) -> None:
    for atom in note.atoms:
        atom.start, atom.end = out.write(atom.text) if atom.text else (None, None)


def _lift_notes(block: Block) -> list[Note]:
    """The block's footnotes, with their signs removed from the text: in TEI the element takes the place of the sign."""
    notes = []
    atoms = block.atoms()
    for before, atom in pairwise(atoms):
        if atom.note:
            before.text = atom.text = ""
            for sign in atom.note.atoms[:3]:
                sign.text = ""
            notes.append(atom.note)
    return notes


def _marker_before(out: Copyist, form: str, label: str, *, inline: bool) -> None:
    if inline:
        out.marker(form, label)
        out.write(" ")
        return
    out.parts[-1] = out.parts[-1].removesuffix(" ")
    out.length -= 1
    out.write("\n")
    out.marker(form, label)
    out.write("" if form == "\f" else "\n")


def _spans(bead: Bead, markers: list[tuple[int, int, str | None]]) -> list[list[int]]:
    """The group's letters as ranges, cut at each marker or note inside."""
    placed = [(a.start, a.end) for a in bead.atoms if a.text.strip() and a.start is not None and a.end is not None]
    if not placed:
        return []
    start, end = placed[0][0], placed[-1][1]
    cuts = sorted((s, e) for s, e, _ in markers if start < s < end)
    for note in [a.note for a in bead.atoms if a.note]:
        ends = [a.end for a in note.atoms if a.end is not None]
        begins = [a.start for a in note.atoms if a.start is not None]
        if begins and start < begins[0] < end:
            cuts.append((begins[0], ends[-1]))
    out, at = [], start
    for s, e in sorted(cuts):
        before = max(b for a, b in placed if b <= s)
        after = min(a for a, b in placed if a >= e)
        out.append([at, before])
        at = after
    return [*out, [at, end]]


def translation(entry: Entry, starts: dict[int, str]) -> SourceText | None:
    """The English text, or None where the entry has none; sets the groups' English spans."""
    kind = entry.head.get("translation", "txt")
    if kind == "none":
        return None
    out = Copyist("\n")
    form = entry.head.get("markers en", "")
    blocks = [b for b in entry.blocks if any(bead.english for bead in b.beads)]
    for n, block in enumerate(blocks):
        if n:
            out.write("\n\n")
        fresh = True
        for bead in (b for b in block.beads if b.english):
            if not fresh:
                out.write(" ")
            fresh = False
            _translate(bead, out, form, starts)
        for bead in block.beads:
            if bead.english_note and bead.note:
                out.write("\n\n")
                bead.note.bead.en = [list(out.write(bead.english_note))]
    out.write("\n")
    if kind == "docx":
        plain = out.text.removesuffix("\n")
        return SourceText("en", f"{entry.document}.en.docx", docx(blocks), plain, [])
    return SourceText("en", f"{entry.document}.en.txt", out.text.encode(), out.text, out.markers)


def _translate(bead: Bead, out: Copyist, form: str, starts: dict[int, str]) -> None:
    """Put a translator's page marker where the page ends, as exactly as the two languages allow."""
    begins = [n for n, a in enumerate(bead.atoms) if id(a) in starts] if form else []
    if not begins:
        span = list(out.write(bead.english))
        bead.en = [] if bead.elision else [span]
        return
    at = bead.english.find(" ", round(len(bead.english) * begins[0] / len(bead.atoms)))
    at = at if begins[0] and at > 0 else 0
    first = list(out.write(bead.english[:at]))
    if at:
        out.write("\n")
    out.marker(form, starts[id(bead.atoms[begins[0]])])
    out.write("\n")
    second = list(out.write(bead.english[at:].lstrip(" ")))
    bead.en = [s for s in (first, second) if s[0] < s[1]]
