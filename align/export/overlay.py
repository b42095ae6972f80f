"""What an overlay picture shows of one page, before it is drawn as SVG or PNG: areas, numbers, header and legend."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from statistics import median
from typing import Literal

from align.model import Box, Frame, Link, Match, Page, Point, Polygon, Status, Transform

Stroke = Literal["solid", "dashed", "dotted"]

# Calm tones that a deuteranope and a protanope tell apart from their neighbour in the row, by lightness or by
# blue against yellow; held by a test.
BODY_COLOURS = ("#2b6cb0", "#b7791f", "#2c8a7d")
HEADING_COLOUR = "#3f4a5c"
NOTE_COLOUR = "#8046a8"
UNMATCHED_COLOUR = "#a8323a"
FURNITURE_COLOUR = "#77808c"

# The tint a page can bear with its typescript still read with ease; doubtful areas are fainter still.
FILL = 0.24
FAINT_FILL = 0.10

# Lines that no text is expected to hold.
FURNITURE = frozenset({"running-head", "page-number", "catchword", "margin", "stamp"})

# A tooltip is for a glance; the whole sentence stands in links.jsonl.
TITLE_LETTERS = 400

# Letters that fit into the header: its type is 1.5 % of the width, and a letter is about half as wide as high.
HEADER_LETTERS = 110

_NUMBER = re.compile(r"\.s0*(\d+)$")
_WHITE = re.compile(r"\s+")
# Invisible orders to turn the direction of what follows: in a tooltip they would garble our own words.
_DIRECTION = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")


@dataclass(frozen=True, slots=True)
class Mark:
    """One thing drawn: the outlines of a sentence on this page, or of a line outside all texts.

    The number and its place (left end of the baseline, upright) are for sentences alone.
    """

    id: str
    kind: Literal["sentence", "heading", "note", "unmatched", "furniture"]
    outlines: tuple[Polygon, ...]
    colour: str
    fill: float
    stroke: Stroke
    title: str
    number: str = ""
    number_at: Point = (0.0, 0.0)


@dataclass(frozen=True, slots=True)
class Key:
    """One entry of the legend, with the place of its swatch (left top, upright coordinates)."""

    words: str
    colours: tuple[str, ...]
    fill: float
    stroke: Stroke
    at: Point


@dataclass(frozen=True, slots=True)
class Picture:
    """An overlay as laid out. Outlines are in scan pixels; all else is upright, where the page is read.

    `upright` leads from scan pixels to the upright page, which begins at the frame's own left top; without a turn both
    are the same. `view` is the whole picture, `paper` the page alone, `em` the height of the header's type and
    `number_em` that of the numbers.
    """

    scan_size: tuple[int, int]
    frame: Box | None
    upright: Transform
    paper: Box
    view: Box
    em: float
    number_em: float
    header: str
    subheader: str
    marks: tuple[Mark, ...]
    legend: tuple[Key, ...]


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


def upright_transform(frame: Frame) -> tuple[Transform, Box]:
    """The map from scan pixels to the page turned upright, and the page's box there, with the frame's left top."""
    box = frame.box
    left, top, right, bottom = box.left, box.top, box.right, box.bottom
    moves = {
        0: Transform(),
        90: Transform((0, -1, left + bottom, 1, 0, top - left, 0, 0, 1)),
        180: Transform((-1, 0, left + right, 0, -1, top + bottom, 0, 0, 1)),
        270: Transform((0, 1, left - top, -1, 0, top + right, 0, 0, 1)),
    }
    swapped = frame.rotation in (90, 270)
    width, height = (box.height, box.width) if swapped else (box.width, box.height)
    return moves[frame.rotation], Box(left, top, left + width, top + height)


def lay_out(page: Page, links: Iterable[Link], *, matches: Mapping[int, Sequence[Match]]) -> Picture:
    """The overlay of a page: its sentences, its lines outside all texts, numbers, header and legend.

    Drawn are the links of transcriptions; for a document that has none on this page, those of its first translation
    that were found on the page itself. A line is in a text when it has a match or lies in an area of any link.
    """
    here = [link for link in links if any(area.page == page.order for area in link.areas)]
    drawn = _reading_order(page, _chosen(here))
    # A page that could not be opened has no size: its sheet holds the header alone.
    upright, paper = upright_transform(page.frame) if page.frame else (Transform(), Box(0, 0, 1000, 1))
    em = 0.015 * paper.width
    number_em = _number_em(page, paper)
    taken = {index for link in here for area in link.areas if area.page == page.order for index in area.lines}
    taken |= {index for index, found in matches.items() if found}
    loose = [index for index in range(len(page.lines)) if index not in taken]
    marks = [_line_mark(page, index) for index in loose] + _sentence_marks(page, drawn)
    unmatched = sum(mark.kind == "unmatched" for mark in marks)
    legend = _legend(marks, drawn, paper=paper, em=em)
    last = max((key.at[1] for key in legend), default=paper.bottom - 0.5 * em)
    documents = dict.fromkeys(link.document for link in drawn)
    head = 3.9 * em if documents else 2.4 * em
    return Picture(
        scan_size=(page.scan.width, page.scan.height),
        frame=page.frame.box if page.frame else None,
        upright=upright,
        paper=paper,
        view=Box(paper.left, paper.top - round(head), paper.right, round(last + 1.9 * em)),
        em=em,
        number_em=number_em,
        header=_header(page, len(drawn), unmatched),
        subheader=plain(", ".join(documents), HEADER_LETTERS),
        marks=_numbers_apart(marks, upright=upright, paper=paper, em=number_em),
        legend=tuple(legend),
    )


def _chosen(links: Sequence[Link]) -> list[Link]:
    with_transcription = {link.document for link in links if link.kind == "transcription"}
    first_text: dict[str, str] = {}
    for link in links:
        if link.kind == "translation" and link.via != "transcription":
            first_text.setdefault(link.document, link.text)
    return [
        link
        for link in links
        if link.kind == "transcription"
        or (link.document not in with_transcription and first_text.get(link.document) == link.text)
    ]


def _reading_order(page: Page, links: Iterable[Link]) -> list[Link]:
    def place(link: Link) -> tuple[int, tuple[int, int]]:
        return min((a.lines[0], link.spans[0]) for a in link.areas if a.page == page.order)

    return sorted(links, key=place)


def _number_em(page: Page, paper: Box) -> float:
    turned = page.frame is not None and page.frame.rotation in (90, 270)
    heights = [line.box.width if turned else line.box.height for line in page.lines]
    # Type of half a line's height stands between lines; below 0.9 % of the width nobody could read it.
    return min(max(0.5 * median(heights) if heights else 0.0, 0.009 * paper.width), 0.014 * paper.width)


def _sentence_marks(page: Page, links: Sequence[Link]) -> list[Mark]:
    marks = []
    bodies = 0
    for link in links:
        kind: Literal["sentence", "heading", "note"]
        if link.role == "body":
            kind, colour = "sentence", BODY_COLOURS[bodies % len(BODY_COLOURS)]
            bodies += 1
        elif link.role == "heading":
            kind, colour = "heading", HEADING_COLOUR
        else:
            kind, colour = "note", NOTE_COLOUR
        doubtful = link.status == "doubtful"
        marks.append(
            Mark(
                id=link.sentence,
                kind=kind,
                outlines=tuple(p for area in link.areas if area.page == page.order for p in area.polygons),
                colour=colour,
                fill=FAINT_FILL if doubtful else FILL,
                stroke="dashed" if doubtful else "solid",
                title=_title(link),
                number=_number(link) + {"doubtful": "?", "partial": "…"}.get(link.status, ""),
            )
        )
    return marks


def _number(link: Link) -> str:
    found = _NUMBER.search(link.sentence)
    return found.group(1) if found else plain(link.sentence.rpartition(".")[2], 12)


def _title(link: Link) -> str:
    role = "Sentence" if link.role == "body" else link.role.capitalize()
    about = f"{role} {_number(link)} of {plain(link.document, 80)}: {link.status}, score {link.score:.2f}"
    return f"{about}\n{plain(link.content, TITLE_LETTERS)}"


def _line_mark(page: Page, index: int) -> Mark:
    line = page.lines[index]
    furniture = line.role in FURNITURE
    what = line.role.replace("-", " ").capitalize() if furniture else "Not in any text"
    return Mark(
        id=page.line_id(index),
        kind="furniture" if furniture else "unmatched",
        outlines=(line.polygon,),
        colour=FURNITURE_COLOUR if furniture else UNMATCHED_COLOUR,
        fill=0.0 if furniture else FAINT_FILL,
        stroke="dotted" if furniture else "dashed",
        title=f"{what}, line {index + 1}\n{plain(line.text, TITLE_LETTERS)}",
    )


def _numbers_apart(marks: Sequence[Mark], *, upright: Transform, paper: Box, em: float) -> tuple[Mark, ...]:
    """The marks with their numbers placed: at the left top of the first outline, none upon another."""
    placed: list[tuple[float, float, float]] = []
    numbered = []
    for mark in marks:
        if mark.number:
            first = Box.around(upright.points(mark.outlines[0].points))
            # Over the gap before the sentence, or in the margin, a number hides least; a little of it reaches into the
            # area and ties it there.
            width = (0.6 * len(mark.number) + 0.2) * em
            x, y = (
                max(first.left + 0.25 * em - width, paper.left + 0.2 * em),
                max(first.top + 0.35 * em, paper.top + em),
            )
            for left, right, base in sorted(placed):
                if abs(base - y) < 0.9 * em and left < x + width and x < right:
                    x = right
            placed.append((x, x + width, y))
            mark = replace(mark, number_at=(x, y))
        numbered.append(mark)
    return tuple(numbered)


def _legend(marks: Sequence[Mark], links: Sequence[Link], *, paper: Box, em: float) -> list[Key]:
    kinds = {mark.kind for mark in marks}
    states: set[Status] = {link.status for link in links}
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
    return keys


def _header(page: Page, sentences: int, unmatched: int) -> str:
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


def _counted(number: int, one: str, many: str) -> str:
    return f"{number or 'no'} {one if number == 1 else many}"
