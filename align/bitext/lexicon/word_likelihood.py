"""How well the words of one side are explained by sentences of the other, in log-odds against their background."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from align.bitext.words import FloatArray, IntArray

# One word alone never says more than this, however rare it is.
_MOST = 5.0


def explained(
    tokens: IntArray,
    starts: IntArray,
    given_tokens: IntArray,
    given_starts: IntArray,
    *,
    pair: IntArray,
    pair_given: IntArray,
    chance: FloatArray,
    share: FloatArray,
    null: FloatArray,
    widths: Sequence[int],
) -> dict[int, FloatArray]:
    """For each width a: log-odds, shape (given sentences, sentences), of each sentence given sentences i..i+a-1.

    tokens, starts: types of the sentences' tokens and each sentence's first token, one more at the end; given_tokens,
    given_starts: the same for what explains them. pair, pair_given, chance: p(type | given type), sorted by nothing.
    share: background of each type; null: share of a type's tokens that nothing explains. Runs that would go over the
    end hold what is there. This is IBM model 1 with p(word) = null * share + (1 - null) * mean p(word | given word):
    a word without any pair has null 1 and says nothing.
    """
    count, given_count = len(starts) - 1, len(given_starts) - 1
    kinds, place = np.unique(tokens, return_inverse=True)
    given_kinds, given_place = np.unique(given_tokens, return_inverse=True)
    local = np.full(int(max(share.shape[0], 1)), -1)
    local[kinds] = np.arange(len(kinds))
    size = int(max(pair_given.max(initial=-1), given_kinds.max(initial=-1)) + 1)
    given_local = np.full(size, -1)
    given_local[given_kinds] = np.arange(len(given_kinds))
    mine, yours = local[pair], given_local[pair_given]
    use = (mine >= 0) & (yours >= 0)
    mine, yours, weight = mine[use], yours[use], chance[use]
    order = np.argsort(mine, kind="stable")
    mine, yours, weight = mine[order], yours[order], weight[order]

    bag = np.zeros((len(given_kinds), given_count), np.float32)
    sentence = np.repeat(np.arange(given_count), np.diff(given_starts))
    np.add.at(bag, (given_place, sentence), 1.0)
    mass = np.zeros((len(kinds), given_count), np.float32)
    if len(mine):
        first = np.nonzero(np.r_[True, mine[1:] != mine[:-1]])[0]
        mass[mine[first]] = np.add.reduceat(bag[yours] * weight[:, None], first, axis=0)
    said = np.nonzero(null[kinds] < 1.0)[0]
    speaks = np.full(len(kinds), -1)
    speaks[said] = np.arange(len(said))
    mass = mass[said] * ((1.0 - null[kinds[said]]) / share[kinds[said]])[:, None]
    floor = null[kinds[said]][:, None]

    row = speaks[place]
    owner = np.repeat(np.arange(count), np.diff(starts))[row >= 0]
    row = row[row >= 0]
    filled, first_token = np.unique(owner, return_index=True)
    so_far = np.zeros((len(said), given_count + 1), np.float64)
    np.cumsum(mass, axis=1, out=so_far[:, 1:])
    size_so_far = np.asarray(given_starts, np.float64) - given_starts[0]
    found = {}
    for width in widths:
        end = np.minimum(np.arange(given_count) + width, given_count)
        among = size_so_far[end] - size_so_far[:-1] + 1.0  # one more: the empty word
        odds = np.log(floor + (so_far[:, end] - so_far[:, :-1]).astype(np.float32) / among.astype(np.float32))
        np.minimum(odds, _MOST, out=odds)
        total = np.zeros((count, given_count), np.float32)
        if len(row):
            total[filled] = np.add.reduceat(odds[row], first_token, axis=0)
        found[width] = np.ascontiguousarray(total.T)
    return found
