"""What a line is, from where it stands and what its neighbours are: body, running head, page number and so on.

Lines that a text claims keep the role that the text gives them. Of the rest, numbers at the head or foot of a page are
page numbers, and what recurs at the head of pages is a running head; a lone word at the foot that begins the next page
is its catchword.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Sequence

from rapidfuzz import fuzz

from align.model import Line, LineRole, Page
from align.text.fold import fold

# How many lines from the top or the bottom of a page a head or a page number may stand.
EDGE_LINES = 2
# Two heads are the same text when their folded forms agree this well (per cent): one or two misread letters in ten.
SAME_HEAD = 80.0

_NUMBER = re.compile(r"^[\W_]*(?P<number>\d{1,4}|[ivxlcdm]{1,8}|[IVXLCDM]{1,8})[\W_]*$")
# What an engine makes of digits beside dashes: "- 5З -", "- S2 -".
_LOOKALIKES = str.maketrans("ЗзОоOolI|бВBЧчSs", "3300001116884455")


def page_number(text: str) -> str | None:
    """The number that a line holds if it holds nothing else: digits, or roman numerals in lower case; else None.

    >>> page_number("- 53 -"), page_number("XIV."), page_number("стр. 5"), page_number("- 5З -")
    ('53', 'xiv', None, '53')
    """
    found = _NUMBER.match(text.strip())
    if not found and len(text.strip()) <= 9 and sum(c.isdigit() for c in text):
        found = _NUMBER.match(text.strip().translate(_LOOKALIKES))
    if not found:
        return None
    number = found["number"]
    return number.lstrip("0") or "0" if number.isdigit() else number.lower()


def edge_lines(page: Page) -> list[int]:
    """The indices of the lines nearest to the top and the bottom of a page as its reader sees it."""
    if page.frame is None or not page.lines:
        return []
    upside = page.frame.rotation in (180, 270)
    sideways = page.frame.rotation in (90, 270)

    def down(index: int) -> float:
        box = page.lines[index].box
        middle = (box.left + box.right) / 2 if sideways else (box.top + box.bottom) / 2
        return -middle if upside else middle

    ordered = sorted(range(len(page.lines)), key=down)
    return sorted({*ordered[:EDGE_LINES], *ordered[-EDGE_LINES:]})


def line_roles(pages: Sequence[Page], claimed: Sequence[Collection[int]]) -> list[tuple[LineRole, ...]]:
    """For each page the roles of its lines; `claimed` holds for each page the lines that some text claims.

    Claimed lines are given "body" here; linking puts "heading" and "note" where the text says so.
    """
    edges = [[i for i in edge_lines(page) if i not in claimed[p]] for p, page in enumerate(pages)]
    heads = [
        (p, i, fold(pages[p].lines[i].text).letters().text)
        for p, lines in enumerate(edges)
        for i in lines
        if page_number(pages[p].lines[i].text) is None
    ]
    recurring = _recurring(heads)
    result: list[tuple[LineRole, ...]] = []
    for p, page in enumerate(pages):
        roles: list[LineRole] = []
        for i, line in enumerate(page.lines):
            role: LineRole = "body"
            if i not in claimed[p]:
                if i in edges[p] and page_number(line.text) is not None:
                    role = "page-number"
                elif (p, i) in recurring:
                    role = "running-head"
                elif i in edges[p] and _is_catchword(line, pages, p):
                    role = "catchword"
                elif _is_scrap(line):
                    role = "other"
            roles.append(role)
        result.append(tuple(roles))
    return result


def _recurring(heads: Sequence[tuple[int, int, str]]) -> set[tuple[int, int]]:
    """The edge lines whose letters (digits aside) recur at the edge of two other pages, or of one if long."""
    letters = [(p, i, "".join(c for c in text if not c.isdigit())) for p, i, text in heads]
    counts = Counter(text for _, _, text in letters)
    common = [text for text, n in counts.most_common(50) if len(text) >= 4]
    found = set()
    for p, i, text in letters:
        if len(text) < 4:
            continue
        pages = {q for q, _, other in letters if other in _alike(text, common)}
        if len(pages | {p}) >= 3 or (len(pages | {p}) == 2 and len(text) >= 8):
            found.add((p, i))
    return found


def _alike(text: str, common: Sequence[str]) -> set[str]:
    return {other for other in common if abs(len(other) - len(text)) <= 4 and fuzz.ratio(text, other) >= SAME_HEAD}


def _is_catchword(line: Line, pages: Sequence[Page], p: int) -> bool:
    """Whether a lone word is the one that the next page begins with."""
    if len(line.words) != 1 or p + 1 >= len(pages) or not pages[p + 1].lines:
        return False
    word = fold(line.text).letters().text
    following = [fold(other.text).letters().text for other in pages[p + 1].lines[:3]]
    return len(word) >= 2 and any(other.startswith(word) for other in following)


def _is_scrap(line: Line) -> bool:
    """Whether a line says nothing: no two letters, or so little confidence that no one could tell what."""
    return len(fold(line.text).letters().text) < 2 or line.confidence < SCRAP_CONFIDENCE


# Below this the engine guesses at shapes: pen strokes, stamps, dirt.
SCRAP_CONFIDENCE = 0.35
