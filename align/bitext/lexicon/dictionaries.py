"""A dictionary of words joined to a lexicon: it has no probabilities, so it speaks where the lexicon is silent."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

import numpy as np

from align.bitext.lexicon.entries import Lexicon
from align.bitext.words import FloatArray, split_words

# Of a word that only a dictionary knows, the share of occurrences that none of its translations explains: translators
# use other words more often than not.
_NULL = 0.5
# Its share in a text: no lexicon of a million words has met it.
_RARE = 1e-6
# A translation that a lexicon has not met for a word which it knows is said for it so seldom.
_SELDOM = 0.1


def with_dictionary(
    lexicon: Lexicon | None, entries: Iterable[tuple[str, str, float]], *, left_language: str, right_language: str
) -> Lexicon:
    """The lexicon with what a dictionary adds: (left word, right word, weight); its own pairs stay as they are.

    The weights of a word's pairs are relative to each other. Words are reduced to the stems of their languages.
    """
    weights: dict[tuple[str, str], float] = defaultdict(float)
    stems: dict[tuple[str, str], str | None] = {}

    def stem(word: str, language: str) -> str | None:
        if (word, language) not in stems:
            found = split_words(word, language)
            stems[word, language] = found[0][0] if len(found) == 1 and found[0][0][0] not in "#<" else None
        return stems[word, language]

    for left, right, weight in entries:
        one, two = stem(left, left_language), stem(right, right_language)
        if one and two and weight > 0:
            weights[one, two] += weight
    lefts, rights = list(lexicon.left if lexicon else ()), list(lexicon.right if lexicon else ())
    left_at, right_at = {s: k for k, s in enumerate(lefts)}, {s: k for k, s in enumerate(rights)}
    known = set(zip(lexicon.pair_left.tolist(), lexicon.pair_right.tolist(), strict=True)) if lexicon else set()
    paired_left = set(lexicon.pair_left.tolist()) if lexicon else set()
    paired_right = set(lexicon.pair_right.tolist()) if lexicon else set()
    new: list[tuple[int, int, float]] = []
    for (left, right), weight in weights.items():
        a, b = _place(left, left_at, lefts), _place(right, right_at, rights)
        if (a, b) not in known:
            new.append((a, b, weight))
    pair_left = np.array([a for a, _, _ in new], np.int64)
    pair_right = np.array([b for _, b, _ in new], np.int64)
    share = np.array([w for _, _, w in new], np.float64)
    forward = share / np.bincount(pair_left, share, len(lefts))[pair_left] if new else share
    backward = share / np.bincount(pair_right, share, len(rights))[pair_right] if new else share
    forward = forward * np.where(np.isin(pair_left, list(paired_left)), _SELDOM, 1.0)
    backward = backward * np.where(np.isin(pair_right, list(paired_right)), _SELDOM, 1.0)
    before = lexicon or _EMPTY
    return Lexicon(
        tuple(lefts), tuple(rights),
        _longer(before.left_share, len(lefts), _RARE), _longer(before.right_share, len(rights), _RARE),
        _longer(before.left_null, len(lefts), _NULL), _longer(before.right_null, len(rights), _NULL),
        np.concatenate([before.pair_left, pair_left]), np.concatenate([before.pair_right, pair_right]),
        np.concatenate([before.forward, forward.astype(np.float32)]),
        np.concatenate([before.backward, backward.astype(np.float32)]),
    )  # fmt: skip


def _place(stem: str, places: dict[str, int], stems: list[str]) -> int:
    at = places.setdefault(stem, len(stems))
    if at == len(stems):
        stems.append(stem)
    return at


def _longer(values: FloatArray, length: int, fill: float) -> FloatArray:
    return np.concatenate([values, np.full(length - len(values), fill, np.float32)])


_NONE, _NO_PAIRS = np.zeros(0, np.float32), np.zeros(0, np.int64)
_EMPTY = Lexicon((), (), _NONE, _NONE, _NONE, _NONE, _NO_PAIRS, _NO_PAIRS, _NONE, _NONE)
