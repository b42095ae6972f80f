"""What a line is, from where it stands and what its neighbours are: body, running head, page number and so on.

Lines that a text claims keep the role that the text gives them. Of the other lines, a number at the head or foot of a
page is a page number, and words that recur at the edge of pages are a running head. A few words at the foot with which
the next page begins are a catchword.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence

from rapidfuzz import fuzz

from align.linking.lines.reader_view import middle_down
from align.model import Line, LineAt, LineRole, Page
from align.text.fold import folded_letters
from align.tuning.linking import LINKING, LinkingTuning

_NUMBER = re.compile(r"^[\W_]*(?P<number>\d{1,4}|[ivxlcdm]{1,8}|[IVXLCDM]{1,8})[\W_]*$")
# A number between dashes, one of which was read as a letter: "С 58 -", "- 58 г".
_DASHED = re.compile(r"^(?:[^\W\d_]\s+(?P<before>\d{1,4})\s*[-–—]|[-–—]\s*(?P<after>\d{1,4})\s+[^\W\d_])$")
# A number that is named: "стр. 2", "Page 2", "p. 2", "[с. 2]".
_NAMED = re.compile(
    r"^[\W_]*(?:стр(?:аница)?|с(?=\.)|page|pag|pg|p(?=\.))[.:]?\s*(?P<number>\d{1,4})[\W_]*$", re.IGNORECASE
)
# Letters that an engine reads instead of digits beside dashes: "- 5З -", "- S2 -".
_LOOKALIKES = str.maketrans("ЗзОоOolI|бВBЧчSs", "3300001116884455")


def page_number(text: str, tuning: LinkingTuning = LINKING) -> str | None:
    """The number that a line holds if it holds nothing else, else None: in digits, or in roman numerals in lower case.

    >>> page_number("-53~"), page_number("XIV."), page_number("стр. 5"), page_number("- 5З -"), page_number("5 мая")
    ('53', 'xiv', '5', '53', None)
    """
    match = _NUMBER.match(text.strip()) or _NAMED.match(text.strip())
    if not match and (dashed := _DASHED.match(text.strip())):
        match = _NUMBER.match(dashed["before"] or dashed["after"])
    if not match and len(text.strip()) <= tuning.lines.number_characters and sum(c.isdigit() for c in text):
        match = _NUMBER.match(text.strip().translate(_LOOKALIKES))
    if not match:
        return None
    number = match["number"]
    return number.lstrip("0") or "0" if number.isdigit() else number.lower()


def edge_lines(page: Page, tuning: LinkingTuning = LINKING) -> list[int]:
    """The indices of the lines nearest to the top and the bottom of a page as its reader sees it, scraps left out.

    A speck, or a stroke of a pen, above a page number does not hide it.
    """
    ordered = [
        index
        for index in _downwards(page)
        if page_number(page.lines[index].text, tuning) is not None or not _is_scrap(page.lines[index], tuning)
    ]
    return sorted({*ordered[: tuning.lines.edge_lines], *ordered[-tuning.lines.edge_lines :]})


def _downwards(page: Page) -> list[int]:
    """The indices of a page's lines from the top down as its reader sees them; none without a frame."""
    if page.frame is None:
        return []
    return sorted(range(len(page.lines)), key=lambda index: middle_down(page, index))


def line_roles(
    pages: Sequence[Page], claimed: Sequence[Collection[int]], tuning: LinkingTuning = LINKING
) -> list[tuple[LineRole, ...]]:
    """For each page the roles of its lines; `claimed` holds for each page the lines that some text claims.

    Claimed lines get "body" here; linking makes them "heading" or "note" where the text says so.
    """
    edges = [[i for i in edge_lines(page, tuning) if i not in claimed[p]] for p, page in enumerate(pages)]
    heads = [
        (p, i, folded_letters(pages[p].lines[i].text))
        for p, lines in enumerate(edges)
        for i in lines
        if page_number(pages[p].lines[i].text, tuning) is None
    ]
    recurring = _recurring(heads, tuning)
    result: list[tuple[LineRole, ...]] = []
    for p, page in enumerate(pages):
        roles: list[LineRole] = []
        lowest = _last_words(page, tuning)
        for i, line in enumerate(page.lines):
            role: LineRole = "body"
            if i not in claimed[p]:
                if i in edges[p] and page_number(line.text, tuning) is not None:
                    role = "page-number"
                elif (p, i) in recurring:
                    role = "running-head"
                elif i == lowest and _is_catchword(line, pages[p + 1 : p + 2], tuning):
                    role = "catchword"
                elif _is_scrap(line, tuning):
                    role = "other"
            roles.append(role)
        result.append(tuple(roles))
    return result


def _recurring(heads: Sequence[tuple[int, int, str]], tuning: LinkingTuning) -> set[LineAt]:
    """The edge lines whose letters recur at the edge of two other pages, or of one other page if they are many.

    `heads` are edge lines as (page index, line index, letters); digits do not count. Each is compared with the edge
    lines of the pages near it, and with the most frequent ones of the volume.
    """
    pages_of: dict[str, set[int]] = defaultdict(set)
    texts_of: dict[int, set[str]] = defaultdict(set)
    letters = [(p, i, "".join(c for c in text if not c.isdigit())) for p, i, text in heads]
    letters = [(p, i, text) for p, i, text in letters if len(text) >= tuning.lines.shortest_head_letters]
    for p, _, text in letters:
        pages_of[text].add(p)
        texts_of[p].add(text)
    common = sorted(pages_of, key=lambda text: (-len(pages_of[text]), text))[: tuning.lines.common_heads]
    recurring = set()
    for p, i, text in letters:
        near = {
            head
            for q in range(p - tuning.lines.head_reach_pages, p + tuning.lines.head_reach_pages + 1)
            for head in texts_of.get(q, ())
        }
        # Three pages are enough to know: the head of a volume stands on thousands.
        bearing = (q for head in near.union(common) if _alike(text, head, tuning) for q in pages_of[head])
        pages = _first_distinct(bearing, 3)
        if len(pages) >= 3 or (len(pages) == 2 and len(text) >= tuning.lines.long_head_letters):
            recurring.add(LineAt(p, i))
    return recurring


def _first_distinct(values: Iterable[int], most: int) -> set[int]:
    """The first distinct values, at most so many; no more values are drawn than that takes."""
    found: set[int] = set()
    for value in values:
        found.add(value)
        if len(found) == most:
            break
    return found


def _alike(head: str, other_head: str, tuning: LinkingTuning) -> bool:
    """Whether two heads are the same, but for some misread letters."""
    return head == other_head or (
        abs(len(head) - len(other_head)) <= tuning.lines.same_head_letters
        and fuzz.ratio(head, other_head) >= tuning.lines.same_head_percent
    )


def _last_words(page: Page, tuning: LinkingTuning) -> int | None:
    """The index of the lowest line at the foot that holds words: a page number and scraps may be below it."""
    foot = [i for i in _downwards(page)[-tuning.lines.edge_lines :] if page_number(page.lines[i].text, tuning) is None]
    return next((i for i in reversed(foot) if not _is_scrap(page.lines[i], tuning)), None)


def _is_catchword(line: Line, following: Sequence[Page], tuning: LinkingTuning) -> bool:
    """Whether a few words are those with which the next page begins, below its head and number."""
    words = folded_letters(line.text)
    if len(line.words) > tuning.lines.catchword_words or len(words) < 2:
        return False
    opening = [
        folded_letters(page.lines[i].text)
        for page in following
        for i in _downwards(page)[: tuning.lines.edge_lines + 1]
    ]
    same = tuning.lines.same_head_percent if len(words) > tuning.lines.shortest_head_letters else 100.0
    return any(fuzz.ratio(words, line[: len(words)]) >= same for line in opening)


def _is_scrap(line: Line, tuning: LinkingTuning) -> bool:
    """Whether a line says nothing: it has fewer than two letters, or states hardly any confidence."""
    guessed = line.confidence is not None and line.confidence < tuning.lines.scrap_confidence
    return guessed or len(folded_letters(line.text)) < 2
