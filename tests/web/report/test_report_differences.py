"""Which words of two texts are marked as different."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from align.web.report.differences import MOST_WORDS, differences, whole

WORDS = st.lists(st.sampled_from(["дом", "Дом,", "кот", "-", "1934", "ко-", "\u2028", "ё"]), max_size=9).map(" ".join)


def marked(pieces) -> list[str]:
    return [piece.text for piece in pieces if piece.differs]


@pytest.mark.parametrize(
    ("scan", "source", "left", "right"),
    [
        ("Приехал Нетров из Лондона", "Приехал Петров из Лондона", ["Нетров"], ["Петров"]),
        ("он не пришел", "Он пришёл.", ["не"], []),
        ("долго гово- рили", "долго говорили", [], []),
        ("долго гово-\nрили", "долго молчали", ["гово-\nрили"], ["молчали"]),
        ("было 312 гостей", "было 321 гость", ["312 гостей"], ["321 гость"]),
        ("57", "58", ["57"], ["58"]),
        ("раз — два", "раз , два", ["—"], [","]),
        ("", "слово", [], ["слово"]),
    ],
)
def test_words_that_differ(scan, source, left, right):
    """Words are marked when their letters differ; case, ё, punctuation and a hyphen at a line's end do not count."""
    one, two = differences(scan, source)
    assert (marked(one), marked(two)) == (left, right)


@given(WORDS, WORDS)
def test_pieces_make_up_the_text(scan, source):
    """Nothing of a text is lost or added, neighbouring pieces differ in kind, and equal texts have no mark."""
    for text, pieces in zip((scan, source), differences(scan, source), strict=True):
        assert "".join(piece.text for piece in pieces) == text
        assert all(piece.text for piece in pieces)
        assert all(a.differs != b.differs for a, b in pairwise(pieces))
    assert not marked(differences(scan, scan)[0])


def test_long_passages_stay_unmarked():
    """Beyond a number of words both texts are shown whole: their alignment would cost too much memory."""
    text = "слово " * (MOST_WORDS + 1)
    assert differences(text, "слово") == (whole(text), whole("слово"))
