"""Pages out of order, told from the texts."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st
from support.linked_volumes import make_page, make_pages, make_text, paged, prose

from align.linking import link_volume
from align.linking.findings.page_order import settled_pages

SHEETS = paged(" ".join(prose("en")), lines=8)
CODES = ("page-out-of-order", "text-out-of-order")


def volume(order, *, written=range(5), numbers=()):
    """The findings on order for a volume whose pages stand in the given order, and its text's in another.

    `numbers` are printed at the feet of the pages.
    """
    feet = [[f"- {number} -"] for number in numbers] or [[]] * len(order)
    pages = make_pages([SHEETS[k] + foot for k, foot in zip(order, feet, strict=True)], language="en")
    text = make_text(" ".join(row for k in written for row in SHEETS[k]), language="en")
    return [finding for finding in link_volume("v", pages, [text]).findings if finding.code in CODES]


def test_a_moved_page_is_one_finding():
    """A page put elsewhere is the one that is reported, with the place where it belongs."""
    found = volume([0, 2, 3, 1, 4])
    assert [finding.pages for finding in found] == [(4,)]
    assert "after page 1 in order" in found[0].message
    assert "before page 2 in order" in found[0].message


def test_pages_in_order_are_not_reported():
    """Of a volume in order nothing is said."""
    assert volume([0, 1, 2, 3, 4]) == []


def test_numbered_pages_are_where_their_numbers_say():
    """Where the numbers of pages run on, a text that has them in another order is itself out of order."""
    found = volume([0, 1, 2, 3, 4], written=[0, 2, 1, 3, 4], numbers=[47, 48, 49, 50, 51])
    assert [finding.code for finding in found] == ["text-out-of-order"]
    found = volume([0, 2, 1, 3, 4], numbers=[47, 49, 48, 50, 51])
    assert [finding.code for finding in found] == ["page-out-of-order"]


def test_a_page_of_which_a_part_is_moved_is_in_its_place():
    """Paragraphs that change places over a page end are another order of the text, and no page is moved."""
    rows = [row for sheet in SHEETS[:4] for row in sheet]
    content = " ".join([*rows[:12], *rows[18:23], *rows[12:18], *rows[23:]])
    text = make_text(content, language="en")
    found = [f for f in link_volume("v", make_pages(SHEETS[:4], language="en"), [text]).findings if f.code in CODES]
    assert [finding.code for finding in found] == ["text-out-of-order"]


@given(st.sets(st.integers(1, 30)), st.sets(st.integers(1, 30)))
def test_settled_pages_run_on(orders, wrong):
    """Pages whose numbers run on are settled unless they stand alone; one with another number never is."""
    labels = {n: str(n + 40 if n not in wrong else 3 * n + 200) for n in orders}
    pages = [replace(make_page(["text"], order=n), label=own, label_source="printed") for n, own in labels.items()]
    settled = settled_pages(pages)
    assert settled.isdisjoint(wrong)
    right = orders - wrong
    for n in right:
        beside = {n - 1, n + 1} & orders
        assert (n in settled) == (bool(beside) and beside <= right)
