"""The layout of the overlay picture of a page, before it is drawn: areas, numbers, header and legend."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from statistics import median

from align.export.overlay.captions import (
    BODY_COLOURS,
    FAINT_FILL,
    FILL,
    FURNITURE,
    FURNITURE_COLOUR,
    HEADER_LETTERS,
    HEADING_COLOUR,
    NOTE_COLOUR,
    UNMATCHED_COLOUR,
    Key,
    Kind,
    Stroke,
    header,
    legend,
    line_title,
    number,
    plain,
    sentence_title,
)
from align.model import Area, Box, Frame, Link, Match, Page, Point, Polygon, Transform


@dataclass(frozen=True, slots=True)
class Mark:
    """One thing drawn: the outlines of a sentence on this page, or of a line outside all texts.

    Only sentences have a number and a place for it (left end of its baseline, upright coordinates).
    """

    id: str
    kind: Kind
    outlines: tuple[Polygon, ...]
    colour: str
    fill: float
    stroke: Stroke
    title: str
    number: str = ""
    number_at: Point = (0.0, 0.0)


@dataclass(frozen=True, slots=True)
class Picture:
    """An overlay as laid out. Outlines are in scan pixels; everything else is in upright coordinates.

    `upright` maps scan pixels to the upright page, which begins at the left top of the frame; for a page that is not
    turned both are the same. `view` is the whole picture, `paper` the page alone. `em` is the letter height of the
    header, and `number_em` that of the numbers.
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
    """The overlay of a page: its sentences, its lines outside all texts but specks, numbers, header and legend.

    It draws the links of transcriptions. For a document without a transcription on this page, it draws the links of its
    first translation that was found on the page itself. A line is in a text if it has a match or lies in an area.
    """
    on_page = [link for link in links if any(area.page == page.order for area in link.areas)]
    drawn = _reading_order(page, _chosen(on_page))
    # A page that could not be opened has no size: its sheet holds the header alone.
    upright, paper = upright_transform(page.frame) if page.frame else (Transform(), Box(0, 0, 1000, 1))
    em = 0.015 * paper.width
    line_height = _line_height(page)
    # Letters under 1.15 % of the width (14 pixels in a browser) tire the eye; larger ones hide more of the page.
    number_em = min(max(0.5 * line_height, 0.0115 * paper.width), 0.014 * paper.width)
    taken = {index for link in on_page for area in link.areas if area.page == page.order for index in area.lines}
    taken |= {index for index, line_matches in matches.items() if line_matches}
    loose = [index for index, line in enumerate(page.lines) if index not in taken and line.drawn]
    marks = [_line_mark(page, index) for index in loose] + _sentence_marks(page, drawn)
    unmatched = sum(mark.kind == "unmatched" for mark in marks)
    keys = legend({mark.kind for mark in marks}, {link.status for link in drawn}, paper=paper, em=em)
    last = max((key.at[1] for key in keys), default=paper.bottom - 0.5 * em)
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
        header=header(page, len(drawn), unmatched),
        subheader=plain(", ".join(documents), HEADER_LETTERS),
        marks=_numbers_apart(marks, upright=upright, paper=paper, em=number_em, line_height=line_height),
        legend=keys,
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
        return min((_first_line(page, a), link.spans[0]) for a in link.areas if a.page == page.order)

    return sorted(links, key=place)


def _first_line(page: Page, area: Area) -> int:
    """The line in which an area begins; for a box where none was read, how many lines are above it on the scan."""
    first = area.lines[0]
    return first if first is not None else sum(line.box.top < area.boxes[0].top for line in page.lines)


def _line_height(page: Page) -> float:
    """The height of a line on this page, from its highest words: the box of a skewed line is higher than the line."""
    turned = page.frame is not None and page.frame.rotation in (90, 270)
    heights = [max(w.box.width if turned else w.box.height for w in line.words) for line in page.lines]
    return median(heights) if heights else 0.0


def _sentence_marks(page: Page, links: Sequence[Link]) -> list[Mark]:
    marks = []
    bodies = 0
    for link in links:
        kind: Kind
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
                title=sentence_title(link),
                number=number(link) + {"doubtful": "?", "partial": "…"}.get(link.status, ""),
            )
        )
    return marks


def _line_mark(page: Page, index: int) -> Mark:
    line = page.lines[index]
    furniture = line.role in FURNITURE
    return Mark(
        id=page.line_id(index),
        kind="furniture" if furniture else "unmatched",
        outlines=line.drawn,
        colour=FURNITURE_COLOUR if furniture else UNMATCHED_COLOUR,
        fill=0.0 if furniture else FAINT_FILL,
        stroke="dotted" if furniture else "dashed",
        title=line_title(line, index),
    )


def _numbers_apart(
    marks: Sequence[Mark], *, upright: Transform, paper: Box, em: float, line_height: float
) -> tuple[Mark, ...]:
    """The marks with their numbers placed at the left top of the first outline, so that no two numbers overlap."""
    placed: list[tuple[float, float, float]] = []
    numbered = []
    for mark in marks:
        if mark.number:
            # A number hides least over the gap before its sentence, or in the margin. It reaches a little into the
            # area, which shows that it belongs there.
            width = (0.6 * len(mark.number) + 0.2) * em
            left, top = _start(upright.points(mark.outlines[0].points), line_height)
            x, y = max(left + 0.25 * em - width, paper.left + 0.2 * em), max(top + 0.35 * em, paper.top + em)
            for other_left, other_right, base in sorted(placed):
                if abs(base - y) < 0.9 * em and other_left < x + width and x < other_right:
                    x = other_right
            placed.append((x, x + width, y))
            mark = replace(mark, number_at=(x, y))
        numbered.append(mark)
    return tuple(numbered)


def _start(points: Sequence[Point], line_height: float) -> Point:
    """The left top of the outline's line, measured at its left end: skew makes the box of the line higher."""
    left = min(x for x, _ in points)
    ends = [y for x, y in points if x <= left + 0.5 * line_height]
    top, bottom = min(ends), max(ends)
    # An outline that begins with a dash is low there; its line is not.
    return left, min(top, (top + bottom - line_height) / 2) if bottom - top < 0.6 * line_height else top
