"""Where pages begin in a text, as the places of its sentences say."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from align.export.tei.turns import Turn, page_turns
from align.model import Area, Box, Link, Polygon

BOX = Box(0, 0, 10, 10)


def link(start: int, end: int, pages: Sequence[int], *, role: str = "body", divided: bool = True) -> Link:
    """A sentence whose letters are shared equally by pages; undivided, as a translation is, it does not say how."""
    step = (end - start) // max(1, len(pages))
    areas = tuple(
        Area(
            page, (BOX,), (Polygon(BOX.corners),), (None,),
            ((start + n * step, start + (n + 1) * step),) if divided else None,
        )
        for n, page in enumerate(pages)
    )  # fmt: skip
    status = "linked" if areas else "unlinked"
    return Link("s", "k", "d", "t", "transcription", "ru", role, ((start, end),), "content", status, 0.9, areas=areas)


@pytest.mark.parametrize(
    ("links", "turns"),
    [
        ([link(0, 40, [1]), link(41, 81, [1, 2]), link(82, 99, [2])], [Turn(0, 1), Turn(61, 2)]),
        # a sentence without a place between two pages, and a page of which nothing is in the text
        ([link(0, 40, [1]), link(41, 81, []), link(82, 99, [3])], [Turn(0, 1), Turn(82, 3)]),
        # a few words that were found on a later page by mistake, which begins further on
        ([link(0, 40, [1]), link(41, 45, [2]), link(46, 86, [1]), link(87, 187, [2])], [Turn(0, 1), Turn(87, 2)]),
        # pages that stand in another order than their text
        ([link(0, 40, [2]), link(41, 81, [1]), link(82, 99, [3])], [Turn(0, 2), Turn(41, 1), Turn(82, 3)]),
        # a footnote of the page before stands in the text after the next page has begun
        ([link(0, 40, [1, 2]), link(41, 60, [1], role="note"), link(61, 99, [2])], [Turn(0, 1), Turn(20, 2)]),
        # a translation is not divided: its next page begins somewhere in the sentence
        (
            [link(0, 40, [1], divided=False), link(41, 81, [1, 2], divided=False)],
            [Turn(0, 1), Turn(81, 2, sure=False)],
        ),
    ],
)
def test_a_page_begins_with_the_first_long_stretch_that_it_shows(links, turns):
    """Each page begins once, where its first word stands, and notes say nothing of it."""
    assert page_turns(links) == turns
