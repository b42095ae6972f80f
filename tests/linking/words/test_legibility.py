"""Legibility: what can be read of a line, and what is dirt."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.linked_volumes import make_line, prose

from align.linking.words.legibility import legible_share
from align.linking.words.letter_model import Familiarity
from align.model import Line
from align.text.fold import letters_of_word
from align.tuning.linking import LINKING

FAMILIAR = Familiarity.of([letters_of_word(word) for sentence in prose("ru") for word in sentence.split()])


def read(text: str, confidence: float) -> Line:
    return make_line(text, 100, 100, confidence=confidence)


def share(line: Line, usual_height: float = 0.0) -> float:
    return legible_share(line, FAMILIAR, usual_height)


@pytest.mark.parametrize(
    ("text", "confidence", "least", "most"),
    [
        ("Секретарь министра", 0.95, 1.0, 1.0),
        ("Ъъ щыф |/ ~", 0.3, 0.0, 0.0),
        ("я", 0.1, 0.0, 0.0),
    ],
)
def test_words_are_read_and_dirt_is_not(text, confidence, least, most):
    """Words that were read surely can be read; signs that were read with doubt cannot."""
    assert least <= share(read(text, confidence)) <= most


def test_a_word_of_the_text_needs_less_confidence():
    """Of two words read with the same doubt, the one that the texts have can be read."""
    known = max((word for word in FAMILIAR.words), key=len)
    doubt = (LINKING.findings.legible_known_confidence + LINKING.findings.legible_confidence) / 2
    assert share(read(known, doubt)) == 1.0
    assert share(read("ъщыьъ", doubt)) == 0.0


def test_letters_of_another_size_are_no_text():
    """What is many times as high as the words of the text, as a stroke or a blot is, cannot be read."""
    assert share(read("Секретарь", 0.95), usual_height=2.0) == 0.0


@given(low=st.floats(0, 1), high=st.floats(0, 1))
def test_more_confidence_never_makes_a_line_less_legible(low, high):
    """The share grows with the confidence of the words, and lies between 0 and 1."""
    low, high = sorted((low, high))
    line = read("Секретарь я щыф министра", 1.0)
    shares = [
        share(replace(line, words=tuple(replace(word, confidence=confidence) for word in line.words)))
        for confidence in (low, high)
    ]
    assert 0 <= shares[0] <= shares[1] <= 1
