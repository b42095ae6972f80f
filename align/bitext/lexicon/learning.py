"""Learning a lexicon from beads: IBM model 1 by expectation maximisation (Brown et al. 1993), both ways.

The probabilities have a sparse Dirichlet prior and are normalised the variational way (Riley & Gildea 2012), so that
rare words do not collect what they happened to stand beside; a lexicon already known can be that prior's mean.
It does not know word order.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from align.bitext.lexicon.entries import Lexicon
from align.bitext.words import FloatArray, IntArray, split_words
from align.model import Bead

Floats = npt.NDArray[np.float64]

_ROUNDS = 6
# Prior count of each pair: small, so that few translations a word are expected.
_SPARSE = 0.01
# Prior share of a word's occurrences that nothing explains, and how many occurrences that weighs: few, as a lexicon's
# own shares are those of clean texts.
_NULL, _NULL_WEIGHT = 0.4, 2.0
# Occurrences that a lexicon's pair weighs against what is seen.
_PRIOR_WEIGHT = 20.0
# Less than this of an expected count is none.
_LEAST_REST = 1e-3
# Pairs in beads longer than this are mostly chance and cost the square.
_MOST_TOKENS = 80
# Two words must stand together more often than chance makes plausible: 10 in Dunning's (1993) log-likelihood ratio is
# about one pair of strangers in 600.
_LEAST_RATIO = 10.0
# What is kept: a pair with at least this expected count and one of its probabilities at least that.
_LEAST_COUNT, _LEAST_CHANCE = 0.7, 0.01


def learn(
    left: Sequence[Sequence[str]],
    right: Sequence[Sequence[str]],
    *,
    prior: Lexicon | None = None,
    least_beads: int = 2,
) -> Lexicon:
    """The lexicon that explains parallel bags of types, one pair of bags a bead; the prior's pairs are kept in it.

    A new pair must stand together in at least least_beads: what was seen once says no more than that bead did.

    >>> found = learn([["дом", "бел"], ["дом"], ["бел"]] * 5, [["house", "white"], ["house"], ["white"]] * 5)
    >>> [(found.left[a], found.right[b]) for a, b in zip(found.pair_left, found.pair_right)]
    [('дом', 'house'), ('бел', 'white')]
    """
    if len(left) != len(right):
        raise ValueError(f"one bag on each side of a bead: {len(left)}, {len(right)}")
    fit = [k for k in range(len(left)) if 0 < len(left[k]) <= _MOST_TOKENS and 0 < len(right[k]) <= _MOST_TOKENS]
    left_types, right_types = list(prior.left if prior else ()), list(prior.right if prior else ())
    one, one_bead, one_count, one_size = _bags([left[k] for k in fit], left_types)
    two, two_bead, two_count, two_size = _bags([right[k] for k in fit], right_types)
    at_left, at_right = _products(one_bead, two_bead, len(fit))
    keys = one[at_left] * np.int64(len(right_types)) + two[at_right]
    unique, pair, seen = np.unique(keys, return_inverse=True, return_counts=True)
    prior_forward, prior_backward, unique, remap = _with_prior(unique, len(right_types), prior)
    pair = remap[pair]
    beads = np.bincount(remap, weights=seen, minlength=len(unique)).astype(np.float64)
    together = _together(
        beads,
        np.bincount(one, minlength=len(left_types))[unique // len(right_types)],
        np.bincount(two, minlength=len(right_types))[unique % len(right_types)],
        max(1, len(fit)),
    )
    often = ((beads >= least_beads) & (together >= _LEAST_RATIO)) | (prior_forward + prior_backward > 0)
    kept = often[pair]
    at_left, at_right, pair = at_left[kept], at_right[kept], (np.cumsum(often) - 1)[pair[kept]]
    unique, prior_forward, prior_backward = unique[often], prior_forward[often], prior_backward[often]
    pair_left, pair_right = unique // len(right_types), unique % len(right_types)
    forward, right_null, forward_count = _expect(
        pair,
        at_left,
        at_right,
        one_count,
        two_count,
        one_size[one_bead],
        two,
        pair_left,
        prior_forward,
        _known(prior.right_null if prior else None, len(right_types)),
    )
    backward, left_null, backward_count = _expect(
        pair,
        at_right,
        at_left,
        two_count,
        one_count,
        two_size[two_bead],
        one,
        pair_right,
        prior_backward,
        _known(prior.left_null if prior else None, len(left_types)),
    )
    counted = np.maximum(forward_count, backward_count) >= _LEAST_COUNT
    good = (counted | (prior_forward + prior_backward > 0)) & (np.maximum(forward, backward) >= _LEAST_CHANCE)
    return Lexicon(
        tuple(left_types), tuple(right_types),
        _share(one, one_count, len(left_types), prior.left_share if prior else None),
        _share(two, two_count, len(right_types), prior.right_share if prior else None),
        left_null, right_null, pair_left[good], pair_right[good],
        forward[good].astype(np.float32), backward[good].astype(np.float32),
    )  # fmt: skip


def relearn(
    lexicon: Lexicon | None,
    texts: Sequence[tuple[Sequence[str], Sequence[str], Sequence[Bead]]],
    *,
    left_language: str,
    right_language: str,
    least: float = 0.5,
) -> Lexicon:
    """The lexicon with what a collection's own beads teach: (left sentences, right sentences, beads) of each document.

    Beads that score under `least` teach nothing; pass an editor's confirmed beads with score 1. A word pair that only
    one bead has teaches nothing either, as it would only confirm that bead.
    """
    left: list[list[str]] = []
    right: list[list[str]] = []
    for one, two, beads in texts:
        for bead in beads:
            if bead.left and bead.right and bead.score >= least:
                left.append([t for i in bead.left for t, _ in split_words(one[i], left_language)])
                right.append([t for j in bead.right for t, _ in split_words(two[j], right_language)])
    return learn(left, right, prior=lexicon)


def _bags(bags: Sequence[Sequence[str]], types: list[str]) -> tuple[IntArray, IntArray, Floats, Floats]:
    """Type, bead and count of each distinct word of each bag, and the size of each bag; new types are added."""
    number = {t: k for k, t in enumerate(types)}
    kinds: list[int] = []
    beads: list[int] = []
    for k, bag in enumerate(bags):
        for word in bag:
            at = number.setdefault(word, len(number))
            if at == len(types):
                types.append(word)
            kinds.append(at)
            beads.append(k)
    width = max(1, len(types))
    keys, count = np.unique(np.array(beads, np.int64) * width + np.array(kinds, np.int64), return_counts=True)
    size = np.bincount(np.array(beads, np.int64), minlength=len(bags)).astype(np.float64)
    return keys % width, keys // width, count.astype(np.float64), size


def _products(one_bead: IntArray, two_bead: IntArray, beads: int) -> tuple[IntArray, IntArray]:
    """All pairs of places whose beads are the same; both lists are in bead order.

    >>> [x.tolist() for x in _products(np.array([0, 0, 1]), np.array([0, 1, 1]), 2)]
    [[0, 1, 2, 2], [0, 0, 1, 2]]
    """
    width = np.bincount(two_bead, minlength=beads)
    first = np.r_[0, np.cumsum(width)][:-1]
    each = width[one_bead]
    at_left = np.repeat(np.arange(len(one_bead)), each)
    within = np.arange(len(at_left)) - np.repeat(np.cumsum(each) - each, each)
    return at_left, np.repeat(first[one_bead], each) + within


def _together(both: Floats, left: IntArray, right: IntArray, beads: int) -> Floats:
    """Dunning's log-likelihood ratio that two words share beads more often than by chance; 0 where they do so less.

    >>> _together(np.array([2.0, 10.0]), np.array([2, 20]), np.array([2, 20]), 80).round(1).tolist()
    [18.7, 8.2]
    """

    def part(seen: Floats, expected: Floats) -> Floats:
        return np.asarray(seen * np.log(np.maximum(seen, 1e-9) / np.maximum(expected, 1e-9)))

    rows, columns = left.astype(np.float64), right.astype(np.float64)
    ratio = 2.0 * (
        part(both, rows * columns / beads)
        + part(rows - both, rows * (beads - columns) / beads)
        + part(columns - both, (beads - rows) * columns / beads)
        + part(beads - rows - columns + both, (beads - rows) * (beads - columns) / beads)
    )
    return np.where(both * beads > rows * columns, ratio, 0.0)


def _with_prior(unique: IntArray, width: int, prior: Lexicon | None) -> tuple[Floats, Floats, IntArray, IntArray]:
    """Prior probabilities of each pair, both ways; the pairs with the prior's among them; where each old one went."""
    if prior is None:
        return np.zeros(len(unique)), np.zeros(len(unique)), unique, np.arange(len(unique))
    keys = prior.pair_left * np.int64(width) + prior.pair_right
    joined = np.union1d(unique, keys)
    forward, backward = np.zeros(len(joined)), np.zeros(len(joined))
    at = np.searchsorted(joined, keys)
    forward[at], backward[at] = prior.forward, prior.backward
    return forward, backward, joined, np.searchsorted(joined, unique)


def _expect(
    pair: IntArray,
    given: IntArray,
    said: IntArray,
    given_count: Floats,
    said_count: Floats,
    given_size: Floats,
    said_type: IntArray,
    pair_given: IntArray,
    prior: Floats,
    prior_null: Floats,
) -> tuple[Floats, FloatArray, Floats]:
    """p(said | given) of each pair, the share of each said type that nothing explains, expected counts of pairs.

    prior_null: that share as the prior has it, of every type; -1 where it does not know the type.
    """
    types = len(prior_null)
    total = np.bincount(said_type, weights=said_count, minlength=types)
    share = (total / max(1.0, total.sum()))[said_type]
    kinds = int(pair_given.max(initial=-1)) + 1
    alpha = _SPARSE + _PRIOR_WEIGHT * prior
    co_occur = np.bincount(pair, minlength=len(pair_given)) + _PRIOR_WEIGHT * prior
    chance = co_occur / np.bincount(pair_given, weights=co_occur, minlength=kinds)[pair_given].clip(1e-9)
    null_mean = np.where(prior_null < 0, _NULL, prior_null)
    null = null_mean
    weight = given_count[given] / (given_size[given] + 1.0)
    counts: Floats = np.zeros(len(pair_given), np.float64)
    whole_count, seen = np.zeros(kinds), np.zeros(len(pair))

    def unexplained(part: Floats) -> tuple[Floats, Floats]:
        """What makes each said word likely where its pairs bring `part`; occurrences of each type left to nothing."""
        by_pairs = np.bincount(said, weights=part, minlength=len(said_type)) * (1.0 - null[said_type])
        by_nothing = null[said_type] * share
        whole = np.maximum(by_pairs + by_nothing, 1e-12)
        lost = np.bincount(said_type, weights=by_nothing / whole * said_count, minlength=types)
        return whole, lost.astype(np.float64)

    for _ in range(_ROUNDS):
        part = chance[pair] * weight
        whole, lost = unexplained(part)
        seen = part * ((1.0 - null[said_type]) * said_count / whole)[said]
        counts = np.bincount(pair, weights=seen, minlength=len(pair_given)).astype(np.float64)
        null = (lost + null_mean * _NULL_WEIGHT) / (total + _NULL_WEIGHT)
        whole_count = np.bincount(pair_given, weights=counts + alpha, minlength=kinds).astype(np.float64)
        chance = np.exp(_digamma(counts + alpha) - _digamma(whole_count)[pair_given])
    # A pair always explains the beads that taught it. What it explains elsewhere shows when each bead's own part is
    # taken from the counts before the bead is looked at (leaving one out: Ney, Essen & Kneser 1994).
    own = np.bincount(given, weights=seen, minlength=len(given_count))[given]
    others = np.maximum(counts[pair] - seen, 0.0)
    rest = others + alpha[pair]
    part = np.exp(_digamma(rest) - _digamma(np.maximum(whole_count[pair_given[pair]] - own, rest))) * weight
    part[(others < _LEAST_REST) & (prior[pair] == 0)] = 0.0  # seen nowhere else, the pair is not known there
    new = (prior_null < 0) & (np.bincount(said_type[said], minlength=types) > 0)
    for _ in range(_ROUNDS):
        _, lost = unexplained(part)
        # a rare word's share is near that of all new words together
        usual = (lost[new].sum() + _NULL * _NULL_WEIGHT) / (total[new].sum() + _NULL_WEIGHT)
        null = (lost + np.where(prior_null < 0, usual, prior_null) * _NULL_WEIGHT) / (total + _NULL_WEIGHT)
    return np.minimum(chance, 1.0), null.astype(np.float32), counts


def _digamma(x: Floats) -> Floats:
    """The digamma function of positive numbers, to about 1e-8 (Abramowitz & Stegun 6.3.5, 6.3.18).

    >>> float(_digamma(np.array([1.0]))[0].round(6))
    -0.577216
    """
    lifted = np.maximum(x, 1e-6)
    found = np.zeros_like(lifted)
    for _ in range(6):
        found -= 1.0 / lifted
        lifted += 1.0
    inverse = 1.0 / (lifted * lifted)
    series = inverse * (1.0 / 12 - inverse * (1.0 / 120 - inverse / 252))
    return np.asarray(found + np.log(lifted) - 0.5 / lifted - series)


def _known(null: FloatArray | None, types: int) -> Floats:
    """The prior's share of each type that nothing explains, -1 for types that it does not have."""
    found = np.full(types, -1.0)
    if null is not None:
        found[: len(null)] = null
    return found


def _share(kinds: IntArray, count: Floats, types: int, prior: FloatArray | None) -> FloatArray:
    """The relative frequency of each type, the prior's and what was seen weighing as many tokens as they have."""
    seen = np.bincount(kinds, weights=count, minlength=types).astype(np.float64)
    if prior is not None:
        seen[: len(prior)] += prior.astype(np.float64) * 1e6
    return np.asarray(seen / max(1.0, float(seen.sum())), dtype=np.float32)
