"""A dictionary joined to a lexicon."""

from __future__ import annotations

import numpy as np

from align.bitext import Ingredients, align_sentences, shipped_lexicon
from align.bitext.lexicon.dictionaries import with_dictionary

ENTRIES = [("крапивник", "wren", 1.0), ("решето", "sieve", 0.4), ("сито", "sieve", 0.6), ("дом", "wren", 0.0)]


def test_a_dictionary_alone_is_a_lexicon():
    """Its words are stems, its weights probabilities both ways; pairs without weight are none."""
    made = with_dictionary(None, ENTRIES, left_language="ru", right_language="en")
    named = {
        (made.left[a], made.right[b]): f for a, b, f in zip(made.pair_left, made.pair_right, made.backward, strict=True)
    }
    assert {k: round(float(v), 2) for k, v in named.items()} == {
        ("крапивник", "wren"): 1.0, ("решет", "siev"): 0.4, ("сит", "siev"): 0.6
    }  # fmt: skip
    assert made.forward.tolist() == [1.0, 1.0, 1.0]


def test_what_was_learnt_stays():
    """The lexicon's own pairs keep their probabilities, and what it knows already is not said twice."""
    lexicon = shipped_lexicon("ru", "en")
    assert lexicon is not None
    pairs = [("дом", "house", 1.0), ("дом", "wren", 1.0)]
    made = with_dictionary(lexicon, pairs, left_language="ru", right_language="en")
    count = len(lexicon.pair_left)
    assert len(made.pair_left) == count + 1
    assert np.array_equal(made.forward[:count], lexicon.forward)
    assert made.forward[count] < 0.2 < made.backward[count]


def test_a_word_that_only_the_dictionary_has_is_evidence():
    """A bead is surer where the dictionary translates a word of it, and less sure where it translates it otherwise."""
    made = with_dictionary(None, ENTRIES, left_language="ru", right_language="en")

    def sure(word: str) -> float:
        (bead,) = align_sentences(
            ["Крапивник упал куда-то в угол."], [f"The {word} fell into a corner."],
            left_language="ru", right_language="en", lexicon=made,
            ingredients=Ingredients(relearning=False),
        )  # fmt: skip
        return bead.score

    assert sure("wren") > sure("snow") > sure("sieve")
