"""The tuned numbers of sentence alignment are handed through to everything that uses them."""

from __future__ import annotations

from dataclasses import fields, replace

import numpy as np
from support.tuning_watch import numbers_read

from align.bitext import align_sentences, shipped_lexicon
from align.bitext.lexicon.dictionaries import with_dictionary
from align.tuning.bitext import BITEXT, BitextTuning

RUSSIAN = [
    "Я вышел из дома 3 мая.", "Было темно?", "Литвинов ждал меня у моста с письмом.", "Собака спала; кот ушёл.",
    "Ванситтарт приехал в говорпл.", "Это был дом.",
]  # fmt: skip
ENGLISH = [
    "I left the house on May 3.", "Was it dark, and Litvinov was waiting for me at the bridge with a letter?",
    "The dog slept; the cat went away.", "Vansittart came to the talk.", "It was a house.",
]  # fmt: skip


class Directions:
    """An embedder that gives the n-th sentence of a text the n-th direction."""

    def embed(self, sentences):
        return np.eye(64, dtype=np.float32)[: len(sentences)]


def test_only_the_tuning_passed_in_is_read():
    """Every tuned number that aligning reads comes from the tuning that it was given, and all numbers are read."""
    tuning = replace(BITEXT, small_pairs=0)
    left, right = RUSSIAN * 10, ENGLISH * 10
    with numbers_read(BitextTuning) as read:
        lexicon = with_dictionary(
            shipped_lexicon("ru", "en"),
            [("мост", "bridge", 1.0)],
            left_language="ru",
            right_language="en",
            tuning=tuning,
        )
        align_sentences(
            left, right, left_language="ru", right_language="en", left_paragraphs=[0, 6], right_paragraphs=[0, 5],
            lexicon=lexicon, embedder=Directions(), tuning=tuning,
        )  # fmt: skip
    assert read == {id(tuning): {field.name for field in fields(BitextTuning)}}


def test_a_tuned_number_changes_the_beads():
    """Where leaving sentences alone costs nothing and everything else does, no sentence gets a counterpart."""
    lonely = replace(BITEXT, gap_odds=50.0, gap_opening_odds=0.0)
    beads = align_sentences(RUSSIAN, ENGLISH, left_language="ru", right_language="en", tuning=lonely)
    assert not any(bead.left and bead.right for bead in beads)
