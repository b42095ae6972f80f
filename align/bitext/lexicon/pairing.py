"""Which word types of two texts explain each other: from the lexicon, numbers, marks, and names by sound."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from align.bitext.lexicon.entries import Lexicon
from align.bitext.lexicon.word_pairs import WordPairs
from align.bitext.lexicon.word_variants import variants
from align.bitext.names import alike
from align.bitext.words import FloatArray, IntArray, Words
from align.tuning.bitext import BITEXT, BitextTuning


def pairs(
    left: Words,
    right: Words,
    lexicon: Lexicon | None,
    *,
    names: bool = True,
    numbers: bool = True,
    tuning: BitextTuning = BITEXT,
) -> WordPairs:
    """The pairs of types of two texts that may translate each other.

    >>> from align.bitext.words import words
        >>> found = pairs(words(["Чехов, 1934"], "ru"), words(["Chekhov in 1934"], "en"), None)
        >>> list(zip(found.pair_left.tolist(), found.pair_right.tolist()))
        [(0, 0), (1, 2)]
    """
    rows: list[tuple[IntArray, IntArray, FloatArray, FloatArray]] = []
    left_null = np.full(len(left.types), tuning.unknown_null, np.float32)
    right_null = np.full(len(right.types), tuning.unknown_null, np.float32)
    left_share, right_share = _shares(left, tuning.background_tokens), _shares(right, tuning.background_tokens)
    left_known, right_known = np.zeros(len(left.types), bool), np.zeros(len(right.types), bool)
    unforeseen, background, kept_share = tuning.unforeseen_share, tuning.background_tokens, tuning.kept_share
    if lexicon:
        left_at, right_at = _places(left.types, lexicon.left), _places(right.types, lexicon.right)
        left_known = _paired(left_at, lexicon.pair_left, len(lexicon.left))
        right_known = _paired(right_at, lexicon.pair_right, len(lexicon.right))
        left_null[left_known] = unforeseen + (1 - unforeseen) * lexicon.left_null[left_at[left_known]]
        right_null[right_known] = unforeseen + (1 - unforeseen) * lexicon.right_null[right_at[right_known]]
        left_share = _blended(left, left_known, left_at, lexicon.left_share, background)
        right_share = _blended(right, right_known, right_at, lexicon.right_share, background)
        rows.append(_from_lexicon(left_at, right_at, lexicon))
        rows.append(_read_as(left, left_known, left_share, right_at, lexicon, tuning))
        mirrored = _read_as(right, right_known, right_share, left_at, lexicon.reversed(), tuning)
        rows.append((mirrored[1], mirrored[0], mirrored[3], mirrored[2]))
    marks = dict(tuning.mark_shares)
    same = {kind: k for k, kind in enumerate(right.types)}
    shared = [(k, same[t], marks.get(t, kept_share)) for k, t in enumerate(left.types) if t in same and numbers]
    shared = [s for s in shared if left.types[s[0]][0] == "#" or not (left_known[s[0]] and right_known[s[1]])]
    if shared:
        a, b, kept = (np.array(column) for column in zip(*shared, strict=True))
        rows.append((a, b, kept.astype(np.float32), kept.astype(np.float32)))
    if names:
        rows.append(_names(left, right, left_known, right_known, tuning))
    pair_left, pair_right, forward, backward = _strongest(
        np.concatenate([np.zeros(0, np.int64), *(r[0] for r in rows)]),
        np.concatenate([np.zeros(0, np.int64), *(r[1] for r in rows)]),
        np.concatenate([np.zeros(0, np.float32), *(r[2] for r in rows)]),
        np.concatenate([np.zeros(0, np.float32), *(r[3] for r in rows)]),
    )
    left_null[(np.bincount(pair_left, minlength=len(left.types)) == 0) & ~left_known & ~_kept_always(left, numbers)] = (
        1.0
    )
    right_null[
        (np.bincount(pair_right, minlength=len(right.types)) == 0) & ~right_known & ~_kept_always(right, numbers)
    ] = 1.0
    return WordPairs(
        pair_left=pair_left, pair_right=pair_right, forward=forward, backward=backward,
        left_share=left_share, right_share=right_share, left_null=left_null, right_null=right_null,
    )  # fmt: skip


def _kept_always(text: Words, numbers: bool) -> np.ndarray:
    """Which types are numbers: translations keep numbers, so a number missing on the other side is evidence against."""
    return np.array([numbers and t.startswith("#") for t in text.types], bool)


def _shares(text: Words, background: float) -> FloatArray:
    total = float(text.counts.sum()) + background
    return ((text.counts + 0.5) / total).astype(np.float32)


def _blended(text: Words, known: np.ndarray, at: IntArray, share: FloatArray, background: float) -> FloatArray:
    total = float(text.counts.sum()) + background
    prior = np.where(known, share[np.maximum(at, 0)] if len(share) else 0.0, 0.5 / background)
    return ((text.counts + prior * background) / total).astype(np.float32)


def _places(types: Sequence[str], stems: Sequence[str]) -> IntArray:
    place = {stem: k for k, stem in enumerate(stems)}
    return np.array([place.get(t, -1) for t in types], np.int64)


def _paired(at: IntArray, pair: IntArray, count: int) -> np.ndarray:
    """Which types the lexicon has with a translation."""
    has = np.bincount(pair, minlength=count) > 0
    return (at >= 0) & has[np.maximum(at, 0)] if count else at >= 0


def _from_lexicon(
    left_at: IntArray, right_at: IntArray, lexicon: Lexicon
) -> tuple[IntArray, IntArray, FloatArray, FloatArray]:
    back_left = np.full(len(lexicon.left), -1)
    back_left[left_at[left_at >= 0]] = np.nonzero(left_at >= 0)[0]
    back_right = np.full(len(lexicon.right), -1)
    back_right[right_at[right_at >= 0]] = np.nonzero(right_at >= 0)[0]
    one, two = back_left[lexicon.pair_left], back_right[lexicon.pair_right]
    both = (one >= 0) & (two >= 0)
    return one[both], two[both], lexicon.forward[both], lexicon.backward[both]


def _read_as(
    text: Words, known: np.ndarray, share: FloatArray, other_at: IntArray, lexicon: Lexicon, tuning: BitextTuning
) -> tuple[IntArray, IntArray, FloatArray, FloatArray]:
    """Pairs of left words that the lexicon does not hold but that are near ones it holds, with right types there."""
    present = np.full(len(lexicon.right), -1)
    present[other_at[other_at >= 0]] = np.nonzero(other_at >= 0)[0]
    order = np.argsort(lexicon.pair_left, kind="stable")
    telling = (present[lexicon.pair_right] >= 0) & (lexicon.right_share[lexicon.pair_right] < tuning.common_share)
    order = order[telling[order]]
    listed, first, count = np.unique(lexicon.pair_left[order], return_index=True, return_counts=True)
    unknown = np.nonzero(~known)[0]
    word, stem, sure = variants([text.types[k] for k in unknown], [lexicon.left[k] for k in listed], tuning=tuning)
    each = count[stem]
    at = order[np.repeat(first[stem], each) + np.arange(each.sum()) - np.repeat(np.cumsum(each) - each, each)]
    mine, sure = np.repeat(unknown[word], each), np.repeat(sure, each)
    # given its translation, a variant is as frequent as its stem, times how much rarer it is
    rarer = share[mine] / np.maximum(lexicon.left_share[lexicon.pair_left[at]], share[mine])
    backward = (lexicon.backward[at] * sure * rarer).astype(np.float32)
    return mine.astype(np.int64), present[lexicon.pair_right[at]], lexicon.forward[at] * sure, backward


def _names(
    left: Words, right: Words, left_known: np.ndarray, right_known: np.ndarray, tuning: BitextTuning
) -> tuple[IntArray, IntArray, FloatArray, FloatArray]:
    """Names, and other words that no lexicon knows and that sound alike (cognates, at a higher bar)."""
    mine, yours = _candidates(left, left_known, tuning), _candidates(right, right_known, tuning)
    a, b, how = alike([left.forms[k] for k in mine], [right.forms[k] for k in yours], tuning=tuning)
    one, two = mine[a], yours[b]
    name = (left.capital[one] >= tuning.name_capital) & (right.capital[two] >= tuning.name_capital)
    fit = name | (how >= tuning.cognate_similarity)
    nothing = tuning.name_nothing
    kept = (tuning.kept_share * (how - nothing) / (1 - nothing)).astype(np.float32)
    return one[fit], two[fit], kept[fit], kept[fit]


def _candidates(text: Words, known: np.ndarray, tuning: BitextTuning) -> IntArray:
    worded = np.array([len(f) >= tuning.name_letters and f[0].isalpha() for f in text.forms], bool)
    return np.nonzero(worded & (~known | (text.capital >= tuning.name_capital)))[0]


def _strongest(
    one: IntArray, two: IntArray, forward: FloatArray, backward: FloatArray
) -> tuple[IntArray, IntArray, FloatArray, FloatArray]:
    """Each pair once, with the greater of its probabilities."""
    if not len(one):
        return one, two, forward.astype(np.float32), backward.astype(np.float32)
    order = np.lexsort((two, one))
    one, two, forward, backward = one[order], two[order], forward[order], backward[order]
    first = np.nonzero(np.r_[True, (one[1:] != one[:-1]) | (two[1:] != two[:-1])])[0]
    return one[first], two[first], np.maximum.reduceat(forward, first), np.maximum.reduceat(backward, first)
