"""Learning a lexicon from beads: IBM model 1 by expectation maximisation (Brown et al. 1993), both ways.

The probabilities have a sparse Dirichlet prior and are normalised the variational way (Riley & Gildea 2012), so that
rare words do not collect their chance neighbours. A known lexicon can be the mean of that prior.
It does not know word order.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from align.bitext.lexicon.entries import Lexicon
from align.bitext.words import FloatArray, IntArray, split_words
from align.model import Bead
from align.tuning.bitext import BITEXT, BitextTuning

Floats = npt.NDArray[np.float64]


def learn(
    left: Sequence[Sequence[str]],
    right: Sequence[Sequence[str]],
    *,
    prior: Lexicon | None = None,
    least_beads: int = 2,
    tuning: BitextTuning = BITEXT,
) -> Lexicon:
    """The lexicon that explains parallel bags of types, one pair of bags a bead; the prior's pairs are kept in it.

    A new pair must meet in at least least_beads: what was seen once says no more than that bead did.

    >>> found = learn([["дом", "бел"], ["дом"], ["бел"]] * 5, [["house", "white"], ["house"], ["white"]] * 5)
    >>> [(found.left[a], found.right[b]) for a, b in zip(found.pair_left, found.pair_right)]
    [('дом', 'house'), ('бел', 'white')]
    """
    if len(left) != len(right):
        raise ValueError(f"one bag on each side of a bead: {len(left)}, {len(right)}")
    most = tuning.most_tokens
    fit = [k for k in range(len(left)) if 0 < len(left[k]) <= most and 0 < len(right[k]) <= most]
    left_types, right_types = list(prior.left if prior else ()), list(prior.right if prior else ())
    left_side = _side([left[k] for k in fit], left_types, prior.left_null if prior else None)
    right_side = _side([right[k] for k in fit], right_types, prior.right_null if prior else None)
    meetings = _meetings(left_side, right_side, prior, least_beads, tuning.least_ratio)
    forward, right_null, forward_count = _expect(left_side, right_side, meetings, tuning)
    backward, left_null, backward_count = _expect(right_side, left_side, meetings.reversed(), tuning)
    counted = np.maximum(forward_count, backward_count) >= tuning.least_count
    likely = np.maximum(forward, backward) >= tuning.least_chance
    good = (counted | (meetings.prior + meetings.prior_back > 0)) & likely
    return Lexicon(
        left=tuple(left_types), right=tuple(right_types),
        left_share=_share(left_side, prior.left_share if prior else None),
        right_share=_share(right_side, prior.right_share if prior else None),
        left_null=left_null, right_null=right_null,
        pair_left=meetings.pair_given[good], pair_right=meetings.pair_said[good],
        forward=forward[good].astype(np.float32), backward=backward[good].astype(np.float32),
    )  # fmt: skip


def relearn(
    lexicon: Lexicon | None,
    texts: Sequence[tuple[Sequence[str], Sequence[str], Sequence[Bead]]],
    *,
    left_language: str,
    right_language: str,
    least: float = 0.5,
    tuning: BitextTuning = BITEXT,
) -> Lexicon:
    """The lexicon with what a collection's own beads teach.

    `texts`: (left sentences, right sentences, beads) of each document. Beads that score under `least` teach nothing;
    pass an editor's confirmed beads with score 1. A pair of words that only one bead has is not learnt either: it would
    only confirm that bead.
    """
    left: list[list[str]] = []
    right: list[list[str]] = []
    for left_sentences, right_sentences, beads in texts:
        for bead in beads:
            if bead.left and bead.right and bead.score >= least:
                left.append([t for i in bead.left for t, _ in split_words(left_sentences[i], left_language)])
                right.append([t for j in bead.right for t, _ in split_words(right_sentences[j], right_language)])
    return learn(left, right, prior=lexicon, tuning=tuning)


@dataclass(frozen=True, slots=True)
class _Side:
    """The words of one side of all beads.

    kinds, beads, counts: type, bead and number of each distinct word of each bead; sizes: words of each bead.
    known_null: of every type the share that nothing explains, as the prior has it; -1 where it does not know the type.
    """

    kinds: IntArray
    beads: IntArray
    counts: Floats
    sizes: Floats
    known_null: Floats

    @property
    def types(self) -> int:
        """How many types there are."""
        return len(self.known_null)


def _side(bags: Sequence[Sequence[str]], types: list[str], null: FloatArray | None) -> _Side:
    """The words of these bags, one bag a bead; new types are added to `types`."""
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
    sizes = np.bincount(np.array(beads, np.int64), minlength=len(bags)).astype(np.float64)
    known_null = np.full(len(types), -1.0)
    if null is not None:
        known_null[: len(null)] = null
    return _Side(keys % width, keys // width, count.astype(np.float64), sizes, known_null)


@dataclass(frozen=True, slots=True)
class _Meetings:
    """Words of two sides that meet in beads.

    given, said: places of the two words in the lists of their sides; pair: the pair of types that meets. pair_given,
    pair_said: the types of each pair; prior, prior_back: p(said | given) and p(given | said) as the prior has them.
    """

    given: IntArray
    said: IntArray
    pair: IntArray
    pair_given: IntArray
    pair_said: IntArray
    prior: Floats
    prior_back: Floats

    def reversed(self) -> _Meetings:
        """The same meetings with the sides exchanged."""
        return _Meetings(self.said, self.given, self.pair, self.pair_said, self.pair_given, self.prior_back, self.prior)


def _meetings(left: _Side, right: _Side, prior: Lexicon | None, least_beads: int, least_ratio: float) -> _Meetings:
    """The meetings of pairs that the prior has, or that meet in enough beads and more often than by chance."""
    beads = len(left.sizes)
    at_left, at_right = _products(left.beads, right.beads, beads)
    keys = left.kinds[at_left] * np.int64(right.types) + right.kinds[at_right]
    unique, pair, counts = np.unique(keys, return_inverse=True, return_counts=True)
    forward, backward, unique, remap = _with_prior(unique, right.types, prior)
    pair = remap[pair]
    shared_beads = np.bincount(remap, weights=counts, minlength=len(unique)).astype(np.float64)
    together = _together(
        shared_beads,
        np.bincount(left.kinds, minlength=left.types)[unique // right.types],
        np.bincount(right.kinds, minlength=right.types)[unique % right.types],
        max(1, beads),
    )
    often = ((shared_beads >= least_beads) & (together >= least_ratio)) | (forward + backward > 0)
    kept = often[pair]
    unique = unique[often]
    return _Meetings(
        at_left[kept],
        at_right[kept],
        (np.cumsum(often) - 1)[pair[kept]],
        unique // right.types,
        unique % right.types,
        forward[often],
        backward[often],
    )


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


def _expect(given: _Side, said: _Side, meetings: _Meetings, tuning: BitextTuning) -> tuple[Floats, FloatArray, Floats]:
    """p(said | given) of each pair, the share of each said type that nothing explains, expected counts of pairs."""
    pair, at_given, at_said = meetings.pair, meetings.given, meetings.said
    pair_given, prior, prior_null = meetings.pair_given, meetings.prior, said.known_null
    types, rounds, null_weight = said.types, tuning.learning_rounds, tuning.learnt_null_weight
    total = np.bincount(said.kinds, weights=said.counts, minlength=types)
    share = (total / max(1.0, total.sum()))[said.kinds]
    kinds = int(pair_given.max(initial=-1)) + 1
    alpha = tuning.sparse_count + tuning.prior_weight * prior
    co_occur = np.bincount(pair, minlength=len(pair_given)) + tuning.prior_weight * prior
    chance = co_occur / np.bincount(pair_given, weights=co_occur, minlength=kinds)[pair_given].clip(1e-9)
    null_mean = np.where(prior_null < 0, tuning.learnt_null, prior_null)
    null = null_mean
    weight = given.counts[at_given] / (given.sizes[given.beads][at_given] + 1.0)
    counts: Floats = np.zeros(len(pair_given), np.float64)
    whole_count, expected = np.zeros(kinds), np.zeros(len(pair))

    def unexplained(part: Floats) -> tuple[Floats, Floats]:
        """What makes each said word likely where its pairs bring `part`; occurrences of each type left to nothing."""
        by_pairs = np.bincount(at_said, weights=part, minlength=len(said.kinds)) * (1.0 - null[said.kinds])
        by_nothing = null[said.kinds] * share
        whole = np.maximum(by_pairs + by_nothing, 1e-12)
        lost = np.bincount(said.kinds, weights=by_nothing / whole * said.counts, minlength=types)
        return whole, lost.astype(np.float64)

    for _ in range(rounds):
        part = chance[pair] * weight
        whole, lost = unexplained(part)
        expected = part * ((1.0 - null[said.kinds]) * said.counts / whole)[at_said]
        counts = np.bincount(pair, weights=expected, minlength=len(pair_given)).astype(np.float64)
        null = (lost + null_mean * null_weight) / (total + null_weight)
        whole_count = np.bincount(pair_given, weights=counts + alpha, minlength=kinds).astype(np.float64)
        chance = np.exp(_digamma(counts + alpha) - _digamma(whole_count)[pair_given])
    # A pair always explains the beads that taught it. What it explains elsewhere shows when each bead's own part is
    # taken from the counts before the bead is looked at (leaving one out: Ney, Essen & Kneser 1994).
    in_bead = np.bincount(at_given, weights=expected, minlength=len(given.kinds))[at_given]
    elsewhere = np.maximum(counts[pair] - expected, 0.0)
    rest = elsewhere + alpha[pair]
    part = np.exp(_digamma(rest) - _digamma(np.maximum(whole_count[pair_given[pair]] - in_bead, rest))) * weight
    part[(elsewhere < tuning.least_rest) & (prior[pair] == 0)] = 0.0  # seen nowhere else, the pair is not known there
    new = (prior_null < 0) & (np.bincount(said.kinds[at_said], minlength=types) > 0)
    for _ in range(rounds):
        _, lost = unexplained(part)
        # a rare word's share is near that of all new words together
        usual = (lost[new].sum() + tuning.learnt_null * null_weight) / (total[new].sum() + null_weight)
        null = (lost + np.where(prior_null < 0, usual, prior_null) * null_weight) / (total + null_weight)
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


def _share(side: _Side, prior: FloatArray | None) -> FloatArray:
    """The relative frequency of each type; the prior and what was seen each weigh as many tokens as they have."""
    seen = np.bincount(side.kinds, weights=side.counts, minlength=side.types).astype(np.float64)
    if prior is not None:
        seen[: len(prior)] += prior.astype(np.float64) * 1e6
    return np.asarray(seen / max(1.0, float(seen.sum())), dtype=np.float32)
