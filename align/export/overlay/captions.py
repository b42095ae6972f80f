"""The words and colours of an overlay picture: header, tooltips, numbers and legend."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection
from dataclasses import dataclass
from typing import Literal

from align.model import Box, Line, Link, Page, Point, Status

Stroke = Literal["solid", "dashed", "dotted"]
Kind = Literal["sentence", "heading", "note", "unmatched", "furniture"]

# Lengths of dash and gap, in widths of the line.
DASHES: dict[Stroke, tuple[float, ...]] = {"solid": (), "dashed": (5.0, 3.0), "dotted": (1.2, 2.4)}

INK = "#2d3540"
FAINT_INK = "#667080"

# Calm colours. Colour-blind readers (deuteranopes and protanopes) can tell each from its neighbour in the row, by
# lightness or by blue against yellow; a test holds this.
BODY_COLOURS = ("#2a78c8", "#b97c12", "#1f9483")
HEADING_COLOUR = "#30363f"
NOTE_COLOUR = "#6b2a80"
UNMATCHED_COLOUR = "#a8323a"
FURNITURE_COLOUR = "#77808c"

# Opacity of a tint, 0 to 1: typescript below it is still easy to read. Doubtful areas have the fainter one.
FILL = 0.24
FAINT_FILL = 0.10

# Roles of lines that no source text is expected to contain.
FURNITURE = frozenset({"running-head", "page-number", "catchword", "margin", "stamp"})

# Letters of a sentence in a tooltip; the whole sentence is in links.jsonl.
TITLE_LETTERS = 400

# Letters that fit into the header: its type is 1.5 % of the width, and a letter is about half as wide as high.
HEADER_LETTERS = 110

_NUMBER = re.compile(r"\.s0*(\d+)$")
_WHITE = re.compile(r"\s+")
# Invisible characters that turn the direction of text: in a tooltip they would garble the words around it.
_DIRECTION = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")


@dataclass(frozen=True, slots=True)
class Key:
    """One entry of the legend, with the place of its swatch (left top, upright coordinates)."""

    words: str
    colours: tuple[str, ...]
    fill: float
    stroke: Stroke
    at: Point


def plain(text: str, limit: int | None = None) -> str:
    """The text as one line without control characters, cut at the limit with an ellipsis."""
    if limit is not None:
        # Four times the limit is enough even where most of the text is white space or dropped.
        text, longer = text[: 4 * limit], len(text) > 4 * limit
    else:
        longer = False
    spaced = _WHITE.sub(" ", _DIRECTION.sub("", text)).strip()
    kept = "".join(c for c in spaced if unicodedata.category(c) not in ("Cc", "Cs") and c not in "\ufffe\uffff")
    if limit is not None and (longer or len(kept) > limit):
        return kept[:limit].rstrip() + "…"
    return kept


def number(link: Link) -> str:
    """The sentence's number within its text, from its id: "134" of maisky.1934-12-18.ru.s0134."""
    found = _NUMBER.search(link.sentence)
    return found.group(1) if found else plain(link.sentence.rpartition(".")[2], 12)


def sentence_title(link: Link) -> str:
    """The tooltip of a sentence: its role and number, its status and score, and its words."""
    role = "Sentence" if link.role == "body" else link.role.capitalize()
    about = f"{role} {number(link)} of {plain(link.document, 80)}: {link.status}, score {link.score:.2f}"
    return f"{about}\n{plain(link.content, TITLE_LETTERS)}"


def line_title(line: Line, index: int) -> str:
    """The tooltip of a line outside all texts."""
    what = line.role.replace("-", " ").capitalize() if line.role in FURNITURE else "Not in any text"
    return f"{what}, line {index + 1}\n{plain(line.text, TITLE_LETTERS)}"


def legend(kinds: Collection[Kind], states: Collection[Status], *, paper: Box, em: float) -> tuple[Key, ...]:
    """The legend of the marks on this page, laid out in rows below the paper."""
    entries: list[tuple[bool, str, tuple[str, ...], float, Stroke]] = [
        ("sentence" in kinds, "sentences, with their numbers", BODY_COLOURS, FILL, "solid"),
        ("heading" in kinds, "heading", (HEADING_COLOUR,), FILL, "solid"),
        ("note" in kinds, "note or commentary", (NOTE_COLOUR,), FILL, "solid"),
        ("partial" in states, "12… partial", (), 0.0, "solid"),
        ("doubtful" in states, "12? doubtful", (BODY_COLOURS[0],), FAINT_FILL, "dashed"),
        ("unmatched" in kinds, "line not in any text", (UNMATCHED_COLOUR,), FAINT_FILL, "dashed"),
        ("furniture" in kinds, "page number, running head, stamp", (FURNITURE_COLOUR,), 0.0, "dotted"),
    ]
    keys = []
    x, y = paper.left + em, paper.bottom + 0.8 * em
    for present, words, colours, fill, stroke in entries:
        if not present:
            continue
        width = (1.7 * len(colours) + 0.44 * len(words) + 1.6) * em
        if x > paper.left + em and x + width > paper.right:
            x, y = paper.left + em, y + 1.8 * em
        keys.append(Key(words, colours, fill, stroke, (x, y)))
        x += width
    return tuple(keys)


def header(page: Page, sentences: int, unmatched: int) -> str:
    """The line above the page: its label, its scan, and how many sentences and unmatched lines it has."""
    name = plain(page.scan.path.rpartition("/")[2])
    if len(name) > 48:
        name = f"{name[:30]}…{name[-16:]}"
    if page.scan.index is not None:
        name += f" ({page.scan.index + 1})"
    label = f"Page {plain(page.label, 12)}" if page.label else f"Page without label, number {page.order} in order"
    if page.status == "failed":
        state = "could not be read"
    elif page.status == "blank":
        state = "blank"
    else:
        state = _counted(sentences, "sentence", "sentences")
        if unmatched:
            state += f", {_counted(unmatched, 'line', 'lines')} not in any text"
    duplicate = f" · second scan of page {page.duplicate_of} in order" if page.duplicate_of else ""
    return f"{label} · {name} · {state}{duplicate}"


def _counted(number: int, singular: str, plural: str) -> str:
    return f"{number or 'no'} {singular if number == 1 else plural}"
