"""Where in a text each page begins, as the places of its sentences on the scans say."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from align.model import ASIDE, Link

# Of the letters of the longest stretch of a page. A shorter stretch before it was found on that page by mistake; of two
# columns that the text has in turns, both are longer.
_SHARE = 0.25


class Turn(NamedTuple):
    """A page (by order) begins at this offset of the content; `sure` is false where only about there."""

    offset: int
    page: int
    sure: bool = True


class _Shown(NamedTuple):
    offset: int
    page: int
    letters: int
    sure: bool


def page_turns(links: Iterable[Link]) -> list[Turn]:
    """The beginnings of pages in one text, in text order; notes, which stand at page ends, say nothing of it.

    A page begins with the first long stretch of text that it shows: words found there by mistake do not begin it.
    """
    runs: list[_Shown] = []
    for shown in sorted(part for link in links if link.role not in ASIDE for part in _parts(link)):
        if runs and runs[-1].page == shown.page:
            runs[-1] = runs[-1]._replace(letters=runs[-1].letters + shown.letters)
        else:
            runs.append(shown)
    longest: dict[int, int] = {}
    for run in runs:
        longest[run.page] = max(longest.get(run.page, 0), run.letters)
    turns: dict[int, Turn] = {}
    for run in runs:
        if run.page not in turns and run.letters >= _SHARE * longest[run.page]:
            turns[run.page] = Turn(run.offset, run.page, run.sure)
    return list(turns.values())


def _parts(link: Link) -> Iterator[_Shown]:
    """What of a sentence each of its pages shows."""
    begin, end = link.spans[0][0], link.spans[-1][1]
    undivided = sum(area.spans is None for area in link.areas) if len(link.areas) > 1 else 0
    for number, area in enumerate(link.areas):
        if area.spans and not undivided:
            yield _Shown(area.spans[0][0], area.page, sum(b - a for a, b in area.spans), True)
        elif number == 0:
            yield _Shown(begin, area.page, (end - begin) // len(link.areas), True)
        else:
            yield _Shown(end, area.page, (end - begin) // len(link.areas), False)
