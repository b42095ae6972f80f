"""A dictionary of words joined to a lexicon: it has no probabilities, so it speaks where the lexicon is silent."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

import numpy as np

from align.bitext.lexicon.entries import Lexicon
from align.bitext.words import FloatArray, split_words
from align.tuning.bitext import BITEXT, BitextTuning


def with_dictionary(
    lexicon: Lexicon | None,
    entries: Iterable[tuple[str, str, float]],
    *,
    left_language: str,
    right_language: str,
    tuning: BitextTuning = BITEXT,
) -> Lexicon:
    """The lexicon with what a dictionary adds: (left word, right word, weight); its own pairs stay as they are.

    The weights of a word's pairs are relative to each other. Words are reduced to the stems of their languages.
    """
    weights: dict[tuple[str, str], float] = defaultdict(float)
    stems: dict[tuple[str, str], str | None] = {}

    def stem(word: str, language: str) -> str | None:
        if (word, language) not in stems:
            tokens = split_words(word, language)
            stems[word, language] = tokens[0][0] if len(tokens) == 1 and tokens[0][0][0] not in "#<" else None
        return stems[word, language]

    for left, right, weight in entries:
        left_stem, right_stem = stem(left, left_language), stem(right, right_language)
        if left_stem and right_stem and weight > 0:
            weights[left_stem, right_stem] += weight
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
    forward = forward * np.where(np.isin(pair_left, list(paired_left)), tuning.seldom_share, 1.0)
    backward = backward * np.where(np.isin(pair_right, list(paired_right)), tuning.seldom_share, 1.0)
    before = lexicon or _EMPTY
    return Lexicon(
        left=tuple(lefts),
        right=tuple(rights),
        left_share=_longer(before.left_share, len(lefts), tuning.dictionary_share),
        right_share=_longer(before.right_share, len(rights), tuning.dictionary_share),
        left_null=_longer(before.left_null, len(lefts), tuning.dictionary_null),
        right_null=_longer(before.right_null, len(rights), tuning.dictionary_null),
        pair_left=np.concatenate([before.pair_left, pair_left]),
        pair_right=np.concatenate([before.pair_right, pair_right]),
        forward=np.concatenate([before.forward, forward.astype(np.float32)]),
        backward=np.concatenate([before.backward, backward.astype(np.float32)]),
    )


def _place(stem: str, places: dict[str, int], stems: list[str]) -> int:
    at = places.setdefault(stem, len(stems))
    if at == len(stems):
        stems.append(stem)
    return at


def _longer(values: FloatArray, length: int, fill: float) -> FloatArray:
    return np.concatenate([values, np.full(length - len(values), fill, np.float32)])


_NONE, _NO_PAIRS = np.zeros(0, np.float32), np.zeros(0, np.int64)
_EMPTY = Lexicon(
    left=(), right=(), left_share=_NONE, right_share=_NONE, left_null=_NONE, right_null=_NONE,
    pair_left=_NO_PAIRS, pair_right=_NO_PAIRS, forward=_NONE, backward=_NONE,
)  # fmt: skip
