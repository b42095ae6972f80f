"""Pages out of order, told from the texts."""

from __future__ import annotations

from volumes import make_pages, make_text, paged, prose

from align.linking import link_volume


def volume(order):
    """The findings on page order for a volume of one text whose pages stand in the given order."""
    sheets = paged(" ".join(prose("en")), lines=8)[: len(order)]
    pages = make_pages([sheets[k] for k in order], language="en")
    text = make_text(" ".join(row for sheet in sheets for row in sheet), language="en")
    return [finding for finding in link_volume("v", pages, [text]).findings if finding.code == "page-out-of-order"]


def test_a_moved_page_is_one_finding():
    """A page put elsewhere is the one that is reported, with the place where it belongs."""
    found = volume([0, 2, 3, 1, 4])
    assert [finding.pages for finding in found] == [(4,)]
    assert "after page 1 in order" in found[0].message
    assert "before page 2 in order" in found[0].message


def test_pages_in_order_are_not_reported():
    """Of a volume in order nothing is said."""
    assert volume([0, 1, 2, 3, 4]) == []
