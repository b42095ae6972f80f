"""Pairs of words that may translate each other, with their probabilities both ways: what lexicons and texts share."""

from __future__ import annotations

from dataclasses import dataclass

from align.bitext.lexicon.word_likelihood import Likelihood
from align.bitext.words import FloatArray, IntArray


@dataclass(frozen=True, slots=True, kw_only=True)
class WordPairs:
    """Pairs of words with p(right | left) and p(left | right), and what is known of each word.

    pair_left, pair_right: the pairs as indices of words; forward: p(right | left), backward: p(left | right), 0..1.
    left_share, right_share: the relative frequency of each word; left_null, right_null: the share of its occurrences
    that no word of the other side explains, 0..1; 1 for a word that nothing could explain.
    """

    pair_left: IntArray
    pair_right: IntArray
    forward: FloatArray
    backward: FloatArray
    left_share: FloatArray
    right_share: FloatArray
    left_null: FloatArray
    right_null: FloatArray

    def of_right(self) -> Likelihood:
        """The likelihood of right words, given left ones."""
        return Likelihood(self.pair_right, self.pair_left, self.forward, self.right_share, self.right_null)

    def of_left(self) -> Likelihood:
        """The likelihood of left words, given right ones."""
        return Likelihood(self.pair_left, self.pair_right, self.backward, self.left_share, self.left_null)
