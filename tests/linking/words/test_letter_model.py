"""What a text's own words say of a word: letters in a usual order are likelier than others."""

from __future__ import annotations

from collections import Counter
from math import exp

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.linked_volumes import prose

from align.linking.words.letter_model import Familiarity

WORDS = st.lists(st.text("абв", min_size=1, max_size=4), max_size=12)
USUAL = Familiarity.of(word.strip(".,!?").lower() for s in prose("ru") for word in s.split())


@settings(deadline=None)
@given(WORDS)
def test_the_words_of_a_language_are_no_likelier_than_one(words):
    """The probabilities of all words of up to three letters, of the alphabet learnt, sum to at most 1."""
    found = Familiarity.of(words)
    letters = sorted({c for word in words for c in word})
    every = [a + b + c for a in ["", *letters] for b in ["", *letters] for c in ["", *letters]]
    assert sum(exp(-found.strangeness(word)) for word in set(every)) <= 1 + 1e-9


@settings(deadline=None)
@given(WORDS, st.text("абв", min_size=1, max_size=4), st.text("абв", min_size=1, max_size=4))
def test_a_word_is_no_witness_for_itself(words, word, other):
    """Without its one occurrence a word is no more familiar, nor is another; one of several stays where it is."""
    found = Familiarity.of([*words, word])
    assert found.strangeness(word, without=word) >= found.strangeness(word) - 1e-9
    if found.words[word] > 1:
        assert found.strangeness(other, without=word) == found.strangeness(other)
    elif word not in words:
        rest = Familiarity(Counter(words), Familiarity.of(words).runs, found.letters, found.prior)
        assert found.strangeness(other, without=word) == pytest.approx(rest.strangeness(other))


@pytest.mark.parametrize(("right", "wrong"), [("который", "коотрый"), ("человек", "челвоек"), ("потом", "потмо")])
def test_mistyped_words_are_stranger(right, wrong):
    """A word with two letters changed about looks less like the text's words than the word itself."""
    assert USUAL.strangeness(wrong) > USUAL.strangeness(right) + 1


def test_nothing_is_known_of_a_word_where_nothing_was_read():
    """Where there are no words every word can still be weighed."""
    assert Familiarity.of([]).strangeness("слово") >= 0
