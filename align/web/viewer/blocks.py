"""A source text as a reader sees it: blocks (paragraphs, notes), the sentences in them, and where pages begin."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from align.model import Link, Marker, Page, Role
from align.text.page_markers import LINE_ENDS
from align.web.viewer.ranges import between, first_within, meeting

BlockRole = Literal["body", "heading", "note", "commentary", "other"]
# Letters, a word or two: an editor's marker is at most this far from the place where the page was found to begin.
_NEAR_LETTERS = 60
_BREAK = re.compile(r"(?:[ \t]*(?:\r\n|[\n\r\v\f\x85\u2028\u2029])){2,}[ \t]*")


@dataclass(frozen=True, slots=True)
class Run:
    """A piece of text: of one sentence (`sentence` is its index in the text), of no sentence, or a page marker."""

    text: str
    sentence: int | None = None
    marker: bool = False


@dataclass(frozen=True, slots=True)
class PageBreak:
    """The page with this order begins here."""

    page: int


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, heading, note or piece of commentary; `continued` where it goes on after an interruption."""

    role: BlockRole
    parts: tuple[Run | PageBreak, ...]
    continued: bool = False


@dataclass(frozen=True, slots=True)
class _Piece:
    start: int
    end: int
    sentence: int | None = None
    marker: bool = False


def blocks(
    content: str, links: Sequence[Link], markers: Sequence[Marker], pages: Mapping[int, Page]
) -> tuple[Block, ...]:
    """The text of these links (of one source text, in text order) as blocks. Only markers are left out.

    A marker of a page that was found to begin at the same place is left out: one page break serves both. A marker
    that no page confirms stays as a run of its own. `pages` are the volume's pages by order.
    """
    breaks, confirmed = page_breaks(links, markers, pages)
    dropped = {marker.start for marker in confirmed}
    pieces = list(_pieces(content, links, [m for m in markers if m.start < m.end], dropped))
    return tuple(_grouped(content, pieces, links, breaks))


def page_breaks(
    links: Sequence[Link], markers: Sequence[Marker], pages: Mapping[int, Page]
) -> tuple[dict[int, list[int]], list[Marker]]:
    """Where pages begin in the text (offset, orders), and the markers of the text that say the same.

    Markers are in text order. A page begins with the first thing that was found on it. Where a sentence runs on to it
    and cannot be divided, the page begins at the marker within the sentence if there is one, else after the sentence.
    Doubtful links begin no page.
    """
    offset_of_page: dict[int, int] = {}
    for link in links:
        if link.status == "doubtful" or link.role not in ("body", "heading"):
            continue
        for nth, area in enumerate(link.areas):
            if area.page in offset_of_page:
                continue
            if area.spans:
                at = area.spans[0][0]
            elif nth == 0:
                at = link.spans[0][0]
            else:
                start, end = link.spans[0][0], link.spans[-1][1]
                inside = first_within(markers, start, end)
                at = inside.start if inside else end
            offset_of_page[area.page] = at
    labelled: dict[str, list[Marker]] = defaultdict(list)
    for marker in markers:
        if marker.label is not None:
            labelled[marker.label].append(marker)
    breaks: dict[int, list[int]] = {}
    confirmed: list[Marker] = []
    for order, at in offset_of_page.items():
        label = pages[order].label if order in pages else None
        near = [m for m in labelled.get(label, ()) if _apart(m, at) <= _NEAR_LETTERS] if label is not None else []
        if near:
            nearest = min(near, key=lambda m: _apart(m, at))
            confirmed.append(nearest)
            at = nearest.start
        breaks.setdefault(at, []).append(order)
    return breaks, confirmed


def _apart(marker: Marker, at: int) -> int:
    return max(marker.start - at, at - marker.end, 0)


def _pieces(content: str, links: Sequence[Link], markers: Sequence[Marker], dropped: set[int]) -> Iterator[_Piece]:
    """The pieces of the whole text in order: spans of sentences, markers outside them, and the text between."""
    spans: list[_Piece] = [
        _Piece(start, end, sentence) for sentence, link in enumerate(links) for start, end in link.spans
    ]
    taken = meeting((piece.start, piece.end) for piece in spans)
    free = [_Piece(m.start, m.end, None, True) for m in markers if not taken((m.start, m.end))]
    at = 0
    for piece in sorted([*spans, *free], key=lambda p: (p.start, p.end)):
        if piece.start < at:
            continue  # of two pieces that overlap the first keeps its place: no letter is shown twice
        if at < piece.start:
            yield _Piece(at, piece.start)
        if not (piece.marker and piece.start in dropped):
            yield piece
        at = piece.end
    if at < len(content):
        yield _Piece(at, len(content))


def _grouped(
    content: str, pieces: Sequence[_Piece], links: Sequence[Link], breaks: Mapping[int, Sequence[int]]
) -> Iterator[Block]:
    """The pieces as blocks. A new block begins at an empty line, and where the role of the text changes."""
    offsets = sorted(breaks)
    passed = 0
    last = {piece.sentence: n for n, piece in enumerate(pieces)}
    role: BlockRole | None = None
    parts: list[Run | PageBreak] = []
    going_on: int | None = None
    done: list[tuple[BlockRole | None, list[Run | PageBreak]]] = []
    for n, piece in enumerate(pieces):
        for start, end in pairwise([piece.start, *between(offsets, piece.start, piece.end), piece.end]):
            while passed < len(offsets) and offsets[passed] <= start:
                parts += [PageBreak(order) for order in breaks[offsets[passed]]]
                passed += 1
            text = content[start:end]
            if piece.sentence is not None:
                role_of_piece: Role = links[piece.sentence].role
                if role not in (None, role_of_piece):
                    done.append((role, parts))
                    parts = []
                role = role_of_piece
                parts.append(Run(text, piece.sentence))
                going_on = piece.sentence if last[piece.sentence] > n else going_on
            elif piece.marker:
                parts.append(Run(text, None, marker=True))
            # Within a sentence an empty line ends no paragraph: it belongs to a marker or a note.
            elif going_on is not None and last[going_on] > n and not text.strip():
                parts.append(Run("\n"))
            else:
                for nth, (a, b) in enumerate(pairwise(_divided(text))):
                    if nth % 2:
                        done.append((role, parts))
                        role, parts = None, []
                    elif a < b:
                        parts.append(Run(text[a:b]))
    done.append((role, [*parts, *(PageBreak(order) for at in offsets[passed:] for order in breaks[at])]))
    begun: set[int] = set()
    for own_role, own_parts in done:
        kept = _trimmed(own_parts)
        sentences = [part.sentence for part in kept if isinstance(part, Run) and part.sentence is not None]
        if kept:
            yield Block(own_role or "other", kept, bool(sentences) and sentences[0] in begun)
        begun.update(sentences)


def _divided(text: str) -> list[int]:
    """Offsets that divide a text into paragraphs and, at every second place, the empty lines between them."""
    offsets = [0]
    for gap in _BREAK.finditer(text):
        offsets += gap.span()
    return [*offsets, len(text)]


def _trimmed(parts: Sequence[Run | PageBreak]) -> tuple[Run | PageBreak, ...]:
    """The parts without white space at the ends and around page breaks; every line end is a line feed."""
    kept: list[Run | PageBreak] = []
    for part in parts:
        if isinstance(part, PageBreak):
            while kept and _blank(kept[-1]):
                kept.pop()
        elif _blank(part) and (not kept or isinstance(kept[-1], PageBreak) or _blank(kept[-1])):
            continue
        else:
            part = Run(LINE_ENDS.sub("\n", part.text), part.sentence, part.marker)
        kept.append(part)
    while kept and _blank(kept[-1]):
        kept.pop()
    return tuple(kept)


def _blank(part: Run | PageBreak) -> bool:
    return isinstance(part, Run) and part.sentence is None and not part.text.strip()
