"""Addresses: what leads from a word to its line, and from the order of a page to its index."""

from __future__ import annotations

from support.linked_volumes import make_page

from align.model import LineAt, SentenceAt, WordAt, index_by_order


def test_a_word_knows_its_line():
    """A word's address leads to the address of the line that holds it."""
    assert WordAt(3, 7, 2).of_line == LineAt(3, 7)


def test_orders_lead_back_to_indices():
    """Of some pages of a volume each is found by its order, wherever it stands among them."""
    pages = [make_page(["one"], order=order) for order in (4, 5, 9)]
    assert index_by_order(pages) == {4: 0, 5: 1, 9: 2}
    assert index_by_order([]) == {}


def test_addresses_are_ordered_like_their_parts():
    """Lines sort by page and then by line, sentences by text and then by sentence."""
    assert sorted([LineAt(1, 0), LineAt(0, 9), LineAt(0, 2)]) == [LineAt(0, 2), LineAt(0, 9), LineAt(1, 0)]
    assert SentenceAt(0, 5) < SentenceAt(1, 0)
