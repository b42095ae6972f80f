"""What is known of the sample's pages, and how far links agree with it: our own measure of right pages and lines.

A link is judged by the letters of its text that truth places: they are on their page if the sentence has a box there,
and on their line if one of these boxes marks that line. Claims are judged the other way round.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from align.model import Box

Row = dict[str, Any]

SAMPLE = Path(__file__).parents[1] / "sample"
VOLUME = "dnevnik"
# The entry in TEI: its offsets count in the plain text that is extracted from it, not in the file.
TEI = "1934-01-15"


@dataclass(frozen=True)
class Place:
    """Letters of a text on one line of a page (by order): where they stand, and how many they are."""

    page: int
    box: Box
    letters: int
    upright: bool = True


@dataclass(frozen=True)
class TruthLine:
    """One printed line that a transcription has: its words as (start, end, box), its role, and its page by order."""

    page: int
    role: str
    start: int
    end: int
    box: Box
    words: tuple[tuple[int, int, Box], ...]
    upright: bool

    def place(self, text: str, spans: Iterable[Sequence[int]]) -> Place | None:
        """Where the letters of these spans stand on the line, if any do."""
        cut = [(max(self.start, start), min(self.end, end)) for start, end in spans]
        letters = sum(not c.isspace() for start, end in cut for c in text[start:end])
        if not letters:
            return None
        boxes = [box for start, end, box in self.words if any(start < b and a < end for a, b in cut)]
        return Place(self.page, Box.union(boxes or [self.box]), letters, self.upright)


@dataclass
class Agreement:
    """How the links of texts agree with truth; the shares are 0..1, and 1 where nothing was asked."""

    letters: int = 0
    on_page: int = 0
    on_line: int = 0
    pages: int = 0
    right_pages: int = 0
    boxes: int = 0
    right_boxes: int = 0
    off_page: list[str] = field(default_factory=list)
    off_line: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    nowhere: list[str] = field(default_factory=list)

    @property
    def page(self) -> float:
        """The share of the placed letters whose sentence has a box on their page."""
        return self.on_page / self.letters if self.letters else 1.0

    @property
    def line(self) -> float:
        """The share of the placed letters whose sentence has a box on their line."""
        return self.on_line / self.letters if self.letters else 1.0

    @property
    def page_precision(self) -> float:
        """The share of the claimed pages that are right."""
        return self.right_pages / self.pages if self.pages else 1.0

    @property
    def line_precision(self) -> float:
        """The share of the claimed boxes that mark a right line."""
        return self.right_boxes / self.boxes if self.boxes else 1.0

    def add(self, link: Row, places: Sequence[Place]) -> None:
        """Judge one link; without places it should claim nothing, and is named under `nowhere` if it does."""
        claims = [(area["page"], Box.from_xywh(box)) for area in link["areas"] for box in area["boxes"]]
        name = f"{link['sentence']} {link['content'][:60]!r}"
        if not places:
            if claims:
                self.nowhere.append(name)
            return
        for place in places:
            here = [box for page, box in claims if page == place.page]
            marked = any(marks(box, place) for box in here)
            self.letters += place.letters
            self.on_page += place.letters * bool(here)
            self.on_line += place.letters * marked
            if not here:
                self.off_page.append(f"{name} not on page {place.page}")
            elif not marked:
                self.off_line.append(f"{name} not at {place.box.xywh} of page {place.page}")
        right = {place.page for place in places}
        self.pages += len({page for page, _ in claims})
        self.right_pages += len({page for page, _ in claims} & right)
        for page, box in claims:
            good = any(place.page == page and marks(box, place) for place in places)
            self.boxes += 1
            self.right_boxes += good
            if not good:
                self.wrong.append(f"{name} claims {box.xywh} of page {page}")


def marks(box: Box, place: Place) -> bool:
    """Whether a box marks a line's letters: along the line some of them, across it half the lower of the two heights.

    A box more than twice as high as the line marks half the page and no line.
    """
    shared = box.intersection(place.box)
    if shared is None:
        return False
    if place.upright:
        return shared.height >= min(box.height, place.box.height) / 2 and box.height <= 2 * place.box.height
    return shared.width >= min(box.width, place.box.width) / 2 and box.width <= 2 * place.box.width


def rows_of(path: Path) -> list[Row]:
    """The rows of a JSON-lines file."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def truth_lines(path: Path) -> list[TruthLine]:
    """The lines of a document that its transcription has, of all roles."""
    return [
        TruthLine(
            page=row["order"],
            role=row["role"],
            start=row["start"],
            end=row["end"],
            box=Box.from_xywh(row["box"]),
            words=tuple(
                (word["start"], word["end"], Box.from_xywh(word["box"]))
                for word in row["words"]
                if word["start"] is not None
            ),
            upright=row["upright"],
        )
        for row in rows_of(path)
        if row["start"] is not None
    ]


def judged(links: Iterable[Row], text: str, lines: Sequence[TruthLine]) -> Agreement:
    """How the links of one transcription agree with the lines that truth has of it."""
    found = Agreement()
    for link in links:
        places = [place for line in lines if (place := line.place(text, link["spans"])) is not None]
        found.add(link, places)
    return found


@dataclass(frozen=True)
class Results:
    """The results of a run over the sample, beside what is known of it."""

    out: Path

    def rows(self, name: str) -> list[Row]:
        """The rows of a result file of the volume."""
        return rows_of(self.out / VOLUME / f"{name}.jsonl")

    @cached_property
    def links(self) -> list[Row]:
        """All links, in order."""
        return self.rows("links")

    @cached_property
    def pages(self) -> dict[int, Row]:
        """The pages by order."""
        return {row["page"]: row for row in self.rows("pages")}

    @cached_property
    def lines(self) -> dict[str, Row]:
        """The lines by id."""
        return {row["line"]: row for row in self.rows("lines")}

    @cached_property
    def findings(self) -> list[Row]:
        """The findings of the volume."""
        return self.rows("findings")

    def text(self, document: str, language: str) -> str:
        """The plain text that offsets count in, line ends kept."""
        return (self.out / VOLUME / "texts" / f"{document}.{language}.txt").read_bytes().decode("utf-8")

    def of(self, document: str, language: str) -> list[Row]:
        """The links of one text."""
        return [row for row in self.links if (row["document"], row["language"]) == (document, language)]

    def over(self, document: str, language: str, span: Sequence[int]) -> list[Row]:
        """The links whose spans share a letter with this one."""
        start, end = span
        return [row for row in self.of(document, language) if any(a < end and start < b for a, b in row["spans"])]

    def found(self, code: str, **fields: object) -> list[Row]:
        """The findings with this code, and with these values in their fields."""
        wanted = {"code": code, **fields}
        return [row for row in self.findings if all(row[name] == value for name, value in wanted.items())]

    def agreement(self, document: str, *roles: str) -> Agreement:
        """How the links of a transcription agree with its lines of these roles (of all, if none is named)."""
        lines = [line for line in TRUTH[document] if not roles or line.role in roles]
        return judged(self.of(document, "ru"), self.text(document, "ru"), lines)

    def right(self, link: Row) -> bool:
        """Whether a transcription's link has all its letters on their lines, and claims nothing else."""
        found = judged([link], self.text(link["document"], "ru"), TRUTH[link["document"]])
        return found.letters > 0 and found.line == found.line_precision == 1.0


# The transcribed documents and their lines; those without offsets have no transcription.
TRUTH: Mapping[str, list[TruthLine]] = {
    path.stem: lines
    for path in sorted([*(SAMPLE / "truth").glob("*.jsonl"), SAMPLE / "plain" / f"{TEI}.jsonl"])
    if (lines := truth_lines(path))
}
PAGES: list[Row] = json.loads((SAMPLE / "pages.json").read_text(encoding="utf-8"))
CASES: list[Row] = json.loads((SAMPLE / "cases.json").read_text(encoding="utf-8"))
# The printed lines by scan and number on it: order of the page, and box; not the stamp's, which have no number.
PRINTED: dict[tuple[str, int], tuple[int, Box]] = {
    (row["page"], row["line"]): (row["order"], Box.from_xywh(row["box"]))
    for path in [*(SAMPLE / "truth").glob("*.jsonl"), SAMPLE / "plain" / f"{TEI}.jsonl"]
    for row in rows_of(path)
}
GROUPS: list[Row] = rows_of(SAMPLE / "sentences.jsonl")
MARKERS: list[Row] = rows_of(SAMPLE / "markers.jsonl")
