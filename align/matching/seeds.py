"""Candidates for the place of a piece in the text: rare letter runs (seeds) vote for a diagonal.

A seed is a run of k letters that occurs in the lines and, at most `seed_rare_places` times, in the text. A hit of a
seed at p in the stream of lines and at t in the text votes for the diagonal t - p. All hits of a piece on one
diagonal, give or take the letters that noise puts in or takes out, are one candidate.

    lines "..словоидело..", text "..слово-и-дело.." -> every run of k letters votes for the same diagonal;
    if the engine lost the "и", runs before it vote for d and runs after it for d + 1: still one candidate.

Runs may cross line ends: neighbours on the page are neighbours in the text, mostly. Seeds do not score: fit does.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from align.matching.bitvectors import Codes, Ints
from align.tuning.matching import MATCHING, MatchingTuning

_BLOCK = 1 << 18  # letters of lines looked up at once: bounds memory, not results
_PLACE_BITS = np.uint64(28)  # 268 million letters; the other 36 bits of a key are its hash
_MIX = np.uint64(0x9E3779B97F4A7C15)  # the golden ratio in 64 bits (Knuth's multiplicative hashing)


@dataclass(frozen=True, slots=True)
class Candidates:
    """Candidates, sorted by piece: piece, and diagonal (text position minus stream position)."""

    pieces: Ints
    diagonals: Ints


def seed_length(letters: int, *, tuning: MatchingTuning = MATCHING) -> int:
    """The length of a seed that is rare by itself in a text of this many letters, 3..12.

    After any letters running text goes on in about eight ways, so 8 ** k runs of k letters are distinct. One letter
    more makes a chance hit the exception. 20 thousand letters: 6; a million: 8.
    """
    distinct = np.log(max(letters, 1)) / np.log(tuning.seed_contexts)
    return int(np.clip(np.ceil(distinct) + 1, tuning.seed_fewest_letters, tuning.seed_most_letters))


def find_candidates(lines: Codes, text: Codes, starts: Ints, *, tuning: MatchingTuning = MATCHING) -> Candidates:
    """The candidates of all pieces, found in n log n."""
    k = seed_length(len(text), tuning=tuning)
    if len(text) < k or len(lines) < k:
        return Candidates(np.empty(0, np.int64), np.empty(0, np.int64))
    index = _Index.build(text, k, tuning.seed_rare_places)
    votes = []
    piece_of = np.repeat(np.arange(len(starts) - 1), np.diff(starts))
    for begin in range(0, len(lines) - k + 1, _BLOCK):
        hits = index.hits(lines[begin : begin + _BLOCK + k - 1])
        positions = hits.positions + begin
        votes.append((piece_of[positions] << 35) | ((hits.targets - positions + len(lines)) << 3) | (hits.counts - 1))
    return _clusters(np.concatenate(votes), len(lines), tuning)


@dataclass(frozen=True, slots=True)
class _Hits:
    positions: Ints
    targets: Ints
    counts: Ints


@dataclass(frozen=True, slots=True)
class _Index:
    """The seeds of a text: distinct run hashes, ascending; where the places of each begin; the places."""

    k: int
    hashes: NDArray[np.uint64]
    first: Ints
    counts: Ints
    places: Ints

    @staticmethod
    def build(text: Codes, k: int, rare_places: int) -> _Index:
        keys = _sorted_keys(text, k)
        hashes = keys >> _PLACE_BITS
        first = np.flatnonzero(np.concatenate(([True], hashes[1:] != hashes[:-1])))
        counts = np.diff(np.append(first, len(hashes)))
        rare = counts <= rare_places
        return _Index(k, hashes[first[rare]], first[rare], counts[rare], _places(keys))

    def hits(self, letters: Codes) -> _Hits:
        keys = _sorted_keys(letters, self.k)
        hashes = keys >> _PLACE_BITS
        at = np.searchsorted(self.hashes, hashes)
        at[at == len(self.hashes)] = 0
        same = np.flatnonzero(self.hashes[at] == hashes) if len(self.hashes) else np.empty(0, np.int64)
        at = at[same]
        counts = self.counts[at]
        nth = np.arange(counts.sum()) - np.repeat(np.cumsum(counts) - counts, counts)
        targets = self.places[np.repeat(self.first[at], counts) + nth]
        return _Hits(np.repeat(_places(keys[same]), counts), targets, np.repeat(counts, counts))


def _sorted_keys(letters: Codes, k: int) -> NDArray[np.uint64]:
    """Hash and place of each run of k letters in one number, sorted: far faster than sorting places by hash."""
    n = len(letters) - k + 1
    runs = np.zeros(n, np.uint64)
    for i in range(k):
        runs *= np.uint64(67)  # a prime above the number of letter codes
        runs += letters[i : i + n]
    runs *= _MIX
    keys = ((runs >> _PLACE_BITS) << _PLACE_BITS) | np.arange(n, dtype=np.uint64)
    keys.sort()
    return keys


def _places(keys: NDArray[np.uint64]) -> Ints:
    return (keys & ((np.uint64(1) << _PLACE_BITS) - np.uint64(1))).astype(np.int64)


def _clusters(votes: Ints, shift: int, tuning: MatchingTuning) -> Candidates:
    """Candidates from votes packed as piece, diagonal + shift, occurrences - 1."""
    votes.sort()
    if not len(votes):
        return Candidates(votes, votes)
    places = votes >> 3  # piece and diagonal: another piece is always farther than the drift
    first = np.flatnonzero(np.concatenate(([True], np.diff(places) > tuning.seed_drift_letters)))
    weights = np.add.reduceat(1.0 / ((votes & 7) + 1), first)
    sizes = np.diff(np.append(first, len(votes)))
    middles = places[first + sizes // 2]
    pieces = middles >> 32
    order = np.lexsort((-weights, pieces))
    pieces, middles, weights = pieces[order], middles[order], weights[order]
    heads = np.flatnonzero(np.concatenate(([True], pieces[1:] != pieces[:-1])))
    group = np.repeat(heads, np.diff(np.append(heads, len(pieces))))
    kept = np.arange(len(pieces)) - group < tuning.seed_kept_candidates
    kept &= weights >= tuning.seed_kept_share * weights[group]
    return Candidates(pieces[kept], (middles[kept] & 0xFFFFFFFF) - shift)
