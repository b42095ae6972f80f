"""The chapters of ../shared/parallel that were aligned by hand: tests/bitext/chapters holds their numbers, no text.

Each file says which lines of a novel are the chapter, in both languages, where in it each sentence starts, and which
sentences make a bead. Sentences are thus those that were read by hand, whatever a splitter does today.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).resolve().parents[2] / "tests" / "bitext" / "chapters"
LANGUAGES = ("ru", "en")


@dataclass(frozen=True)
class Side:
    """One language of a chapter: its paragraphs, its sentences, and the index of each paragraph's first sentence."""

    paragraphs: list[str]
    sentences: list[str]
    first: list[int]


@dataclass(frozen=True)
class Chapter:
    """A chapter with the beads that a reader decided, as sentence numbers of both sides."""

    name: str
    russian: Side
    english: Side
    beads: list[tuple[list[int], list[int]]]

    def blocks(self) -> list[tuple[list[str], list[str]]]:
        """The beads as sentences, as make_beads.py wants them."""
        return [
            ([self.russian.sentences[i] for i in left], [self.english.sentences[j] for j in right])
            for left, right in self.beads
        ]


def names() -> list[str]:
    """The chapters' names, in order."""
    return sorted(path.stem for path in FOLDER.glob("*.json"))


def chapter(name: str, novels: Path) -> Chapter:
    """The chapter of this name with its texts out of the novels; ends the program where they are others."""
    held = _held(name)
    sides = [_side(name, held[language], novels / f"{held['work']}.{language}.txt") for language in LANGUAGES]
    return Chapter(name, *sides, beads=[(left, right) for left, right in held["beads"]])


def lines(path: Path) -> list[str]:
    """The paragraphs of a novel: its lines that are not empty, white space made plain."""
    return [plain for line in path.read_text("utf-8-sig").split("\n") if (plain := " ".join(line.split()))]


def without_chapters(path: Path) -> list[str]:
    """The paragraphs of a novel but for the chapters that were aligned by hand."""
    work, language, _ = path.name.split(".")
    kept = lines(path)
    for held in map(_held, names()):
        if held["work"] == work:
            first, last = _place(kept, held[language])
            kept = kept[:first] + kept[last:]
    return kept


def _held(name: str) -> dict[str, Any]:
    held: dict[str, Any] = json.loads((FOLDER / f"{name}.json").read_text("utf-8"))
    return held


def _place(paragraphs: Sequence[str], held: Mapping[str, Any]) -> tuple[int, int]:
    """Where the chapter begins and ends: the first paragraph that is its heading, and the next one's."""
    first = paragraphs.index(held["heading"])
    return first, first + paragraphs[first:].index(held["next_heading"])


def _side(name: str, held: Mapping[str, Any], path: Path) -> Side:
    paragraphs = lines(path)
    first, last = _place(paragraphs, held)
    paragraphs = paragraphs[first:last]
    content = "\n".join(paragraphs)
    if hashlib.sha256(content.encode()).hexdigest() != held["sha256"]:
        raise SystemExit(f"{path}: {name} is another text than the one that was aligned by hand")
    starts: list[int] = held["starts"]
    sentences = [content[a:b].strip() for a, b in pairwise([*starts, len(content)])]
    return Side(paragraphs, sentences, _firsts(starts, paragraphs))


def _firsts(starts: Iterable[int], paragraphs: Sequence[str]) -> list[int]:
    at, begins = 0, set()
    for paragraph in paragraphs:
        begins.add(at)
        at += len(paragraph) + 1
    return [k for k, start in enumerate(starts) if start in begins]
