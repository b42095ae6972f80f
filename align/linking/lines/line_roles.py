"""What a line is, from where it stands and what its neighbours are: body, running head, page number and so on.

Lines that a text claims keep the role that the text gives them. Of the rest, numbers at the head or foot of a page are
page numbers, and what recurs at the head of pages is a running head; a few words at the foot that begin the next page
are its catchword.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Sequence

from rapidfuzz import fuzz

from align.linking.lines.reader_view import middle_down
from align.model import Line, LineRole, Page
from align.text.fold import fold

# How many lines from the top or the bottom of a page a head or a page number may stand.
EDGE_LINES = 2
# A catchword is a word, or the two or three that a narrow measure or a particle brings along.
CATCHWORDS = 3
# Two heads are the same text when their folded forms agree this well (per cent): one or two misread letters in ten.
SAME_HEAD = 80.0

_NUMBER = re.compile(r"^[\W_]*(?P<number>\d{1,4}|[ivxlcdm]{1,8}|[IVXLCDM]{1,8})[\W_]*$")
# A number between dashes of which one was read as a letter: "С 58 -", "- 58 г".
_DASHED = re.compile(r"^(?:[^\W\d_]\s+(?P<before>\d{1,4})\s*[-–—]|[-–—]\s*(?P<after>\d{1,4})\s+[^\W\d_])$")
# What an engine makes of digits beside dashes: "- 5З -", "- S2 -".
_LOOKALIKES = str.maketrans("ЗзОоOolI|бВBЧчSs", "3300001116884455")


def page_number(text: str) -> str | None:
    """The number that a line holds if it holds nothing else: digits, or roman numerals in lower case; else None.

    >>> page_number("- 53 -"), page_number("XIV."), page_number("стр. 5"), page_number("- 5З -"), page_number("С 58 —")
    ('53', 'xiv', None, '53', '58')
    """
    found = _NUMBER.match(text.strip())
    if not found and (dashed := _DASHED.match(text.strip())):
        found = _NUMBER.match(dashed["before"] or dashed["after"])
    if not found and len(text.strip()) <= 9 and sum(c.isdigit() for c in text):
        found = _NUMBER.match(text.strip().translate(_LOOKALIKES))
    if not found:
        return None
    number = found["number"]
    return number.lstrip("0") or "0" if number.isdigit() else number.lower()


def edge_lines(page: Page) -> list[int]:
    """The indices of the lines nearest to the top and the bottom of a page as its reader sees it."""
    ordered = _downwards(page)
    return sorted({*ordered[:EDGE_LINES], *ordered[-EDGE_LINES:]})


def _downwards(page: Page) -> list[int]:
    """The indices of a page's lines from the top down as its reader sees them; none without a frame."""
    if page.frame is None:
        return []
    return sorted(range(len(page.lines)), key=lambda index: middle_down(page, index))


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
        last = _last_words(page)
        for i, line in enumerate(page.lines):
            role: LineRole = "body"
            if i not in claimed[p]:
                if i in edges[p] and page_number(line.text) is not None:
                    role = "page-number"
                elif (p, i) in recurring:
                    role = "running-head"
                elif i == last and _is_catchword(line, pages[p + 1 : p + 2]):
                    role = "catchword"
                elif _is_scrap(line):
                    role = "other"
            roles.append(role)
        result.append(tuple(roles))
    return result


def _recurring(heads: Sequence[tuple[int, int, str]]) -> set[tuple[int, int]]:
    """The edge lines whose letters (digits aside) recur at the edge of two other pages, or of one if long.

    Each is compared with those of the pages near it, and with the most frequent of the volume.
    """
    pages_of: dict[str, set[int]] = defaultdict(set)
    texts_of: dict[int, set[str]] = defaultdict(set)
    letters = [(p, i, "".join(c for c in text if not c.isdigit())) for p, i, text in heads]
    letters = [(p, i, text) for p, i, text in letters if len(text) >= SHORTEST_HEAD]
    for p, _, text in letters:
        pages_of[text].add(p)
        texts_of[p].add(text)
    common = sorted(pages_of, key=lambda text: (-len(pages_of[text]), text))[:COMMON_HEADS]
    found = set()
    for p, i, text in letters:
        near = {other for q in range(p - HEAD_REACH, p + HEAD_REACH + 1) for other in texts_of.get(q, ())}
        pages = {q for other in near.union(common) if _alike(text, other) for q in pages_of[other]}
        if len(pages) >= 3 or (len(pages) == 2 and len(text) >= LONG_HEAD):
            found.add((p, i))
    return found


# Shorter ones recur by chance; longer ones do not, even twice.
SHORTEST_HEAD, LONG_HEAD = 4, 8
# A head stands on every other page at least, so its like is found within a few pages; the most frequent of the volume
# are looked for everywhere.
HEAD_REACH, COMMON_HEADS = 8, 50


def _alike(one: str, other: str) -> bool:
    return one == other or (abs(len(one) - len(other)) <= 4 and fuzz.ratio(one, other) >= SAME_HEAD)


def _last_words(page: Page) -> int | None:
    """The index of the lowest line that holds words: a page number and scraps may stand below it."""
    foot = [i for i in _downwards(page)[-EDGE_LINES:] if page_number(page.lines[i].text) is None]
    return next((i for i in reversed(foot) if not _is_scrap(page.lines[i])), None)


def _is_catchword(line: Line, following: Sequence[Page]) -> bool:
    """Whether a few words are those that the next page begins with, below its head and number."""
    words = fold(line.text).letters().text
    if len(line.words) > CATCHWORDS or len(words) < 2:
        return False
    opening = [
        fold(page.lines[i].text).letters().text for page in following for i in _downwards(page)[: EDGE_LINES + 1]
    ]
    same = SAME_HEAD if len(words) > SHORTEST_HEAD else 100.0
    return any(fuzz.ratio(words, other[: len(words)]) >= same for other in opening)


def _is_scrap(line: Line) -> bool:
    """Whether a line says nothing: no two letters, or so little confidence that no one could tell what."""
    return len(fold(line.text).letters().text) < 2 or line.confidence < SCRAP_CONFIDENCE


# Below this the engine guesses at shapes: pen strokes, stamps, dirt.
SCRAP_CONFIDENCE = 0.35
