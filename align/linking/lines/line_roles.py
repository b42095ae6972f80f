"""What a line is, from where it stands and what its neighbours are: body, running head, page number and so on.

Lines that a text claims keep the role that the text gives them. Of the other lines, a number at the head or foot of a
page is a page number, and words that recur at the edge of pages are a running head. A few words at the foot with which
the next page begins are a catchword.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Sequence

from rapidfuzz import fuzz

from align.linking.lines.reader_view import middle_down
from align.model import Line, LineAt, LineRole, Page
from align.text.fold import fold

# A head or a page number is among this many lines from the top or the bottom of its page. Judged.
EDGE_LINES = 2
# A catchword has at most this many words: a narrow column or a particle brings a second and third. Judged.
CATCHWORD_WORDS = 3
# Two heads are the same if their folded letters agree at least this well, in per cent: one or two misread letters in
# ten. Judged.
SAME_HEAD_PERCENT = 80.0
# Two heads are the same only if their lengths differ by at most this many letters. Judged.
SAME_HEAD_LETTERS = 4
# Heads of fewer letters than this recur by chance. Judged.
SHORTEST_HEAD_LETTERS = 4
# A head of at least this many letters need be on two pages only: so many do not recur by chance. Judged.
LONG_HEAD_LETTERS = 8
# A head is looked for this many pages before and after: it stands on every other page at least. Judged.
HEAD_REACH_PAGES = 8
# This many of the volume's most frequent heads are looked for on all pages. Judged.
COMMON_HEADS = 50
# Below this confidence the engine guesses at shapes: pen strokes, stamps, dirt. Judged.
SCRAP_CONFIDENCE = 0.35
# Digits misread as letters are put right only in lines of at most this many characters: "- 5З -". Judged.
NUMBER_CHARACTERS = 9

_NUMBER = re.compile(r"^[\W_]*(?P<number>\d{1,4}|[ivxlcdm]{1,8}|[IVXLCDM]{1,8})[\W_]*$")
# A number between dashes, one of which was read as a letter: "С 58 -", "- 58 г".
_DASHED = re.compile(r"^(?:[^\W\d_]\s+(?P<before>\d{1,4})\s*[-–—]|[-–—]\s*(?P<after>\d{1,4})\s+[^\W\d_])$")
# Letters that an engine reads instead of digits beside dashes: "- 5З -", "- S2 -".
_LOOKALIKES = str.maketrans("ЗзОоOolI|бВBЧчSs", "3300001116884455")


def page_number(text: str) -> str | None:
    """The number that a line holds if it holds nothing else, else None: in digits, or in roman numerals in lower case.

    >>> page_number("- 53 -"), page_number("XIV."), page_number("стр. 5"), page_number("- 5З -"), page_number("С 58 —")
    ('53', 'xiv', None, '53', '58')
    """
    match = _NUMBER.match(text.strip())
    if not match and (dashed := _DASHED.match(text.strip())):
        match = _NUMBER.match(dashed["before"] or dashed["after"])
    if not match and len(text.strip()) <= NUMBER_CHARACTERS and sum(c.isdigit() for c in text):
        match = _NUMBER.match(text.strip().translate(_LOOKALIKES))
    if not match:
        return None
    number = match["number"]
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

    Claimed lines get "body" here; linking makes them "heading" or "note" where the text says so.
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
        lowest = _last_words(page)
        for i, line in enumerate(page.lines):
            role: LineRole = "body"
            if i not in claimed[p]:
                if i in edges[p] and page_number(line.text) is not None:
                    role = "page-number"
                elif (p, i) in recurring:
                    role = "running-head"
                elif i == lowest and _is_catchword(line, pages[p + 1 : p + 2]):
                    role = "catchword"
                elif _is_scrap(line):
                    role = "other"
            roles.append(role)
        result.append(tuple(roles))
    return result


def _recurring(heads: Sequence[tuple[int, int, str]]) -> set[LineAt]:
    """The edge lines whose letters recur at the edge of two other pages, or of one other page if they are many.

    `heads` are edge lines as (page index, line index, letters); digits do not count. Each is compared with the edge
    lines of the pages near it, and with the most frequent ones of the volume.
    """
    pages_of: dict[str, set[int]] = defaultdict(set)
    texts_of: dict[int, set[str]] = defaultdict(set)
    letters = [(p, i, "".join(c for c in text if not c.isdigit())) for p, i, text in heads]
    letters = [(p, i, text) for p, i, text in letters if len(text) >= SHORTEST_HEAD_LETTERS]
    for p, _, text in letters:
        pages_of[text].add(p)
        texts_of[p].add(text)
    common = sorted(pages_of, key=lambda text: (-len(pages_of[text]), text))[:COMMON_HEADS]
    recurring = set()
    for p, i, text in letters:
        near = {head for q in range(p - HEAD_REACH_PAGES, p + HEAD_REACH_PAGES + 1) for head in texts_of.get(q, ())}
        pages = {q for head in near.union(common) if _alike(text, head) for q in pages_of[head]}
        if len(pages) >= 3 or (len(pages) == 2 and len(text) >= LONG_HEAD_LETTERS):
            recurring.add(LineAt(p, i))
    return recurring


def _alike(head: str, other_head: str) -> bool:
    """Whether two heads are the same, but for some misread letters."""
    return head == other_head or (
        abs(len(head) - len(other_head)) <= SAME_HEAD_LETTERS and fuzz.ratio(head, other_head) >= SAME_HEAD_PERCENT
    )


def _last_words(page: Page) -> int | None:
    """The index of the lowest line at the foot that holds words: a page number and scraps may be below it."""
    foot = [i for i in _downwards(page)[-EDGE_LINES:] if page_number(page.lines[i].text) is None]
    return next((i for i in reversed(foot) if not _is_scrap(page.lines[i])), None)


def _is_catchword(line: Line, following: Sequence[Page]) -> bool:
    """Whether a few words are those with which the next page begins, below its head and number."""
    words = fold(line.text).letters().text
    if len(line.words) > CATCHWORD_WORDS or len(words) < 2:
        return False
    opening = [
        fold(page.lines[i].text).letters().text for page in following for i in _downwards(page)[: EDGE_LINES + 1]
    ]
    same = SAME_HEAD_PERCENT if len(words) > SHORTEST_HEAD_LETTERS else 100.0
    return any(fuzz.ratio(words, line[: len(words)]) >= same for line in opening)


def _is_scrap(line: Line) -> bool:
    """Whether a line says nothing: it has fewer than two letters, or was read with hardly any confidence."""
    return len(fold(line.text).letters().text) < 2 or line.confidence < SCRAP_CONFIDENCE
