"""Which letters of a text change when other words are put in their place."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from align.files.texts.corrected.edits import Edit, edits_of, spliced

PLAIN = st.text("абв .,", max_size=20).map(lambda text: " ".join(text.split()))


@given(PLAIN, PLAIN)
def test_edits_lead_to_the_new_words(old: str, new: str) -> None:
    """The old words with their edits are the new ones, and equal words have none."""
    assert spliced(f"xx{old}", edits_of(2, old, new)) == f"xx{new}"
    assert edits_of(0, old, old) == []


@pytest.mark.parametrize(
    ("old", "new", "mended"),
    [
        ("с нашей\r\nБагрицов", "с нашей Багрецов", "с нашей\r\nБагрецов"),
        ("Баг\u00adрицов", "Багрецов", "Баг\u00adрецов"),
        ("сло-\r\nво", "слава", "сла-\r\nва"),
        ("сло\u00ac\nво", "слава", "сла\u00ac\nва"),
        ("северо-\nзапад", "северо-восток", "северо-\nвосток"),
        ("и\u0306од", "й\u0301о", "й\u0301о"),
        ("мои\u0306 дом", "мой дым", "мои\u0306 дым"),
        ("\U0001f600 кот", "\U0001f600 кит", "\U0001f600 кит"),
    ],
)
def test_what_is_not_words_stays(old: str, new: str, mended: str) -> None:
    """Line ends, soft hyphens, hyphens at line ends and accents that are written otherwise stay as they are."""
    assert spliced(old, edits_of(0, old, new)) == mended


def test_only_letters_that_differ_change() -> None:
    """One letter of a word is one edit."""
    assert edits_of(100, "Багрицов", "Багрецов") == [Edit(104, 105, "е")]
