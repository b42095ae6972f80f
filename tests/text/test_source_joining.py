"""Pieces joined to running text: words made whole, nothing lost."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from align.text.joining import compounds, join

CASES = [
    ("пере-\nговоры", "переговоры"),
    ("пере-\r\n  говоры", "переговоры"),
    ("пере\u00ad\nговоры", "переговоры"),
    ("пе\u00adре\u00adго", "перего"),
    ("ПЕРЕ-\nГОВОРЫ", "ПЕРЕГОВОРЫ"),
    ("Мамин-\nСибиряк", "Мамин-Сибиряк"),
    ("какой-\nто", "какой-то"),
    ("мес-\nто", "место"),
    ("по-\nрусски", "по-русски"),
    ("по-\nтому", "потому"),
    ("из-\nза", "из-за"),
    ("1934-\n1935", "1934-1935"),
    ("слово -\nслово", "слово - слово"),
    ("слово —\nслово", "слово — слово"),
    ("to-day we met to-\nday", "to-day we met to-day"),
    ("to-\nday", "today"),
    ("self-\nrespect", "self-respect"),
    ("о-\nче-\nвидно", "очевидно"),
    ("a \t\n\r\n b", "a b"),
    ("a\u200f\x07\ufeffb", "ab"),
]


@pytest.mark.parametrize(("source", "text"), CASES)
def test_words_divided_at_line_ends_are_made_whole(source: str, text: str) -> None:
    """A hyphen at a line end goes where it divides a word and stays where it belongs to one."""
    assert join(source, [(0, len(source))], compounds(source)).text == text


def test_words_divided_over_pieces() -> None:
    """A word that a page marker divides is whole, and each of its letters leads back to its place."""
    content = "пере-[p. 2]говоры"
    joined = join(content, [(0, 5), (11, 17)])
    assert joined.text == "переговоры"
    assert [content[i] for i in joined.offsets] == list("переговоры")


@given(st.text(st.sampled_from("аБ1- \n\u00ad\u200b.*"), max_size=40))
def test_every_character_leads_back(content: str) -> None:
    """Every character of the text is the source character at its offset, or a space for white space; order is kept."""
    joined = join(content, [(0, len(content))])
    assert len(joined.text) == len(joined.offsets)
    assert list(joined.offsets) == sorted(joined.offsets)
    for char, at in zip(joined.text, joined.offsets, strict=True):
        assert content[at] == char or (char == " " and content[at].isspace())
    kept = [c for c in joined.text if c.isalnum()]
    assert kept == [c for c in content if c.isalnum()]
