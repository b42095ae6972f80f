"""Rivals: copies of pages, and lines that claim the same words."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st
from support.linked_volumes import make_page, make_text, placed, prose

from align.linking import link_volume
from align.linking.places.competing_lines import continued, copied_pages, without_rivals
from align.linking.places.placing import PlacedLine
from align.tuning.linking_parts.linking_places import PLACES


def page_at(page: int, start: int, *, lines: int = 5, width: int = 50) -> list[PlacedLine]:
    """A page of lines that follow each other in the text."""
    return [placed(page, n, start + n * (width + 1), start + n * (width + 1) + width) for n in range(lines)]


@st.composite
def placings(draw: st.DrawFn) -> list[PlacedLine]:
    """Some lines of some pages, each anywhere in a short text."""
    lines = []
    for page in range(draw(st.integers(0, 4))):
        for line in range(draw(st.integers(0, 4))):
            start = draw(st.integers(0, 300))
            length = draw(st.integers(1, 120))
            lines.append(placed(page, line, start, start + length, draw(st.sampled_from([0.6, 0.8, 1.0]))))
    return lines


def copies_one_character_at_a_time(lines: list[PlacedLine]) -> dict[int, int]:
    """The definition: each character belongs to the first page, itself no copy, that claims it."""
    first: dict[int, int] = {}
    copies = {}
    for page in sorted({p.page for p in lines}):
        own = [c for p in lines if p.page == page for c in range(p.start, p.end)]
        claimed = Counter(first[c] for c in own if c in first)
        most = min(claimed, key=lambda p: (-claimed[p], p), default=None)
        if most is not None and claimed[most] >= max(PLACES.copy_share * len(own), PLACES.copy_characters):
            copies[page] = most
        else:
            for c in own:
                first.setdefault(c, page)
    return copies


@settings(deadline=None)
@given(placings())
def test_copies_are_what_counting_characters_says(lines):
    """A page is a copy if an earlier page that is none claims so many of its characters, whatever overlaps."""
    assert copied_pages(lines) == copies_one_character_at_a_time(lines)


def test_a_page_scanned_twice_is_a_copy_of_the_first():
    """The later of two pages with the same words is the copy, and so is the third of three."""
    lines = [*page_at(0, 0), *page_at(1, 300), *page_at(2, 0), *page_at(3, 0)]
    assert copied_pages(lines) == {2: 0, 3: 0}


def test_a_copy_read_in_other_lines_is_a_copy():
    """Lines that break elsewhere, and a third of the page left unread, do not hide a copy."""
    lines = [*page_at(0, 0, lines=6), *page_at(1, 17, lines=4, width=40)]
    assert copied_pages(lines) == {1: 0}


def test_a_page_that_repeats_a_heading_is_no_copy():
    """A page that repeats one line of another, or that is nothing but such a line, is a page of its own."""
    heading = placed(1, 0, 0, 50)
    assert (
        copied_pages(
            [*page_at(0, 0), heading, *[placed(1, n, p.start, p.end) for n, p in enumerate(page_at(1, 400), 1)]]
        )
        == {}
    )
    assert copied_pages([*page_at(0, 0), heading]) == {}


def rivals(one: PlacedLine, other: PlacedLine) -> bool:
    overlap = min(one.end, other.end) - max(one.start, other.start)
    return overlap > 0.5 * min(one.end - one.start, other.end - other.start)


def best_first(lines: list[PlacedLine]) -> list[PlacedLine]:
    """The definition: the line with the best right is kept, then the next that is no rival of those kept."""
    near = continued(lines)
    kept: list[int] = []
    for k in sorted(range(len(lines)), key=lambda k: (-near[k], -lines[k].similarity, k)):
        if not any(rivals(lines[k], lines[j]) for j in kept):
            kept.append(k)
    return [lines[k] for k in sorted(kept)]


@settings(deadline=None)
@given(placings())
def test_of_rivals_those_with_the_best_right_are_kept(lines):
    """No two kept lines claim mostly the same words, and none is given up but for a better one that is kept."""
    assert without_rivals(lines) == best_first(lines)


def test_a_repeated_heading_goes_where_its_text_goes_on():
    """Of two equal headings the one is kept whose next line continues it in the text, though it was read worse."""
    wrong, right = placed(0, 4, 500, 507, 1.0), placed(1, 0, 500, 507, 0.7)
    before = [placed(0, n, 51 * n, 51 * n + 50) for n in range(4)]
    after = [placed(1, n, 508 + 51 * n, 558 + 51 * n) for n in range(1, 4)]
    # The line before the wrong one ends far from the heading's words.
    kept = without_rivals([*before, wrong, right, *after])
    assert wrong not in kept
    assert kept == [*before, right, *after]


def test_lines_that_only_touch_or_overlap_a_little_are_no_rivals():
    """Neighbours keep their words though one reaches some letters into the other."""
    lines = [placed(0, 0, 0, 50), placed(0, 1, 45, 100), placed(0, 2, 100, 150)]
    assert without_rivals(lines) == lines


@settings(deadline=None)
@given(placings())
def test_neighbours_are_counted_as_they_stand(lines):
    """A line counts the line before and the line after it that stand next to it on its page and in the text."""
    expected = []
    for k, line in enumerate(lines):
        before = k > 0 and lines[k - 1].page == line.page and 0 <= line.start - lines[k - 1].end < 120
        after = k + 1 < len(lines) and lines[k + 1].page == line.page and 0 <= lines[k + 1].start - line.end < 120
        expected.append(before + after)
    assert continued(lines) == expected


def test_a_shared_formula_does_not_place_a_foreign_document():
    """A document of which a page holds no more than an address stands nowhere, and the line is in no text of it."""
    own = make_text("The Honorable\n\nThe rain fell on the town for the whole of the week and nobody came.\n")
    foreign = make_text("The Honorable\n\n" + " ".join(prose("en")[:20]), document="other", language="en")
    page = make_page(["The Honorable", "The rain fell on the town for the whole", "of the week and nobody came."])
    result = link_volume("v", [replace(page, language="en")], [replace(own, language="en"), foreign])
    assert not any(link.areas for link in result.links if link.document == "other")
    assert all(link.areas for link in result.links if link.document == own.document)
