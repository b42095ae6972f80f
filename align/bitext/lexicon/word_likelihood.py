"""How well the words of one side are explained by sentences of the other, in log-odds against their background."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from align.bitext.words import FloatArray, IntArray
from align.tuning.bitext import BITEXT


@dataclass(frozen=True, slots=True)
class Bags:
    """Sentences as numbered words: the type of every token, and each sentence's first token, one more at the end."""

    tokens: IntArray
    starts: IntArray

    def __len__(self) -> int:
        return len(self.starts) - 1

    def owners(self) -> IntArray:
        """The sentence of every token."""
        return np.repeat(np.arange(len(self)), np.diff(self.starts))


@dataclass(frozen=True, slots=True)
class Likelihood:
    """IBM model 1 in one direction: p(word) = null * share + (1 - null) * mean p(word | given word).

    A type is a distinct word, a token one of its occurrences. Pair k is the types said[k] and given[k], and chance[k]
    is p(said | given) for it; the pairs have no order. For each type that can be said, `share` is its background
    probability, and `null` the share of its tokens that no given word explains. A type in no pair has null 1: it is no
    evidence.
    """

    said: IntArray
    given: IntArray
    chance: FloatArray
    share: FloatArray
    null: FloatArray

    def log_odds(
        self, sentences: Bags, given: Bags, widths: Sequence[int], *, most: float = BITEXT.word_most_odds
    ) -> dict[int, FloatArray]:
        """For each width a: log-odds, shape (given sentences, sentences), of each sentence given i..i+a-1.

        Runs of given sentences that would go over the end hold what is there. One word counts `most` at most.
        """
        types, place = np.unique(sentences.tokens, return_inverse=True)
        speaking = np.nonzero(self.null[types] < 1.0)[0]
        row_of_type = np.full(len(types), -1)
        row_of_type[speaking] = np.arange(len(speaking))
        null, share = self.null[types[speaking]], self.share[types[speaking]]
        mass = self._mass(types, given)[speaking] * ((1.0 - null) / share)[:, None]
        floor = null[:, None]

        row = row_of_type[place]
        owner = sentences.owners()[row >= 0]
        row = row[row >= 0]
        filled, first_token = np.unique(owner, return_index=True)
        so_far = np.zeros((len(speaking), len(given) + 1), np.float64)
        np.cumsum(mass, axis=1, out=so_far[:, 1:])
        size_so_far = np.asarray(given.starts, np.float64) - given.starts[0]
        by_width = {}
        for width in widths:
            end = np.minimum(np.arange(len(given)) + width, len(given))
            among = size_so_far[end] - size_so_far[:-1] + 1.0  # one more: the empty word
            odds = np.log(floor + (so_far[:, end] - so_far[:, :-1]).astype(np.float32) / among.astype(np.float32))
            np.minimum(odds, most, out=odds)
            total = np.zeros((len(sentences), len(given)), np.float32)
            if len(row):
                total[filled] = np.add.reduceat(odds[row], first_token, axis=0)
            by_width[width] = np.ascontiguousarray(total.T)
        return by_width

    def _mass(self, types: IntArray, given: Bags) -> npt.NDArray[np.float32]:
        """The sum of p(type | word) over the words of each given sentence, shape (types, given sentences)."""
        given_types, given_place = np.unique(given.tokens, return_inverse=True)
        row_of_type = np.full(int(max(self.share.shape[0], 1)), -1)
        row_of_type[types] = np.arange(len(types))
        size = int(max(self.given.max(initial=-1), given_types.max(initial=-1)) + 1)
        row_of_given = np.full(size, -1)
        row_of_given[given_types] = np.arange(len(given_types))
        said_row, given_row = row_of_type[self.said], row_of_given[self.given]
        use = (said_row >= 0) & (given_row >= 0)
        said_row, given_row, weight = said_row[use], given_row[use], self.chance[use]
        order = np.argsort(said_row, kind="stable")
        said_row, given_row, weight = said_row[order], given_row[order], weight[order]
        counts = np.zeros((len(given_types), len(given)), np.float32)
        np.add.at(counts, (given_place, given.owners()), 1.0)
        mass = np.zeros((len(types), len(given)), np.float32)
        if len(said_row):
            first = np.nonzero(np.r_[True, said_row[1:] != said_row[:-1]])[0]
            mass[said_row[first]] = np.add.reduceat(counts[given_row] * weight[:, None], first, axis=0)
        return mass
