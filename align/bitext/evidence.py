"""The evidence for every bead in a band: words, lengths, marks, paragraphs, and what shapes are usual."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from align.bitext.embedding import Meaning, meaning_evidence
from align.bitext.lattice import (
    LONGEST,
    MOST_EVEN,
    NEVER,
    SHAPES,
    Block,
    Lattice,
    Shape,
    column_sums,
    starts_of,
    window_sums,
)
from align.bitext.lengths import length_evidence, log_spread
from align.bitext.lexicon.word_likelihood import Bags
from align.bitext.lexicon.word_pairs import WordPairs
from align.bitext.words import FloatArray, IntArray, Words
from align.tuning.bitext import BITEXT, BitextTuning


def build_lattice(
    left: Words,
    right: Words,
    pairs: WordPairs,
    blocks: Sequence[tuple[int, int, int, int]],
    *,
    left_paragraphs: IntArray | None = None,
    right_paragraphs: IntArray | None = None,
    meaning: Meaning | None = None,
    ratio: float,
    tuning: BitextTuning = BITEXT,
) -> Lattice:
    """The lattice of all beads in the windows (first, rows, low, high), with their evidence.

    ratio: letters on the right to letters on the left in passages that translate each other.
    """
    background = (log_spread(left.lengths, tuning=tuning) + log_spread(right.lengths, tuning=tuning)) / 2
    both = left_paragraphs is not None and right_paragraphs is not None
    left_starts = starts_of(left_paragraphs if both else None, len(left))
    right_starts = starts_of(right_paragraphs if both else None, len(right))
    built = []
    for first, rows, low, high in blocks:
        usual = _usual_shapes(_parts(left)[first : first + rows], _parts(right)[low : high + 1])
        forward, backward = _words_evidence(left, right, pairs, first, rows, low, high, usual, tuning)
        scores: list[FloatArray | None] = []
        columns = high - low + 1
        for n, m in SHAPES:
            if (n, m) not in usual:
                scores.append(None)
                continue
            score = tuning.word_weight * (
                column_sums(forward[n][:rows], m, columns) + column_sums(backward[m][:columns], n, rows).T
            )
            left_length = window_sums(left.lengths[first:], n, rows)[:, None]
            right_length = window_sums(right.lengths[low:], m, columns)[None]
            lengths = length_evidence(left_length, right_length, ratio=ratio, background=background, tuning=tuning)
            score += tuning.length_weight * lengths
            left_units = window_sums(left.units[first:], n, rows)[:, None]
            right_units = window_sums(right.units[low:], m, columns)[None]
            score += _shape_evidence(n, m, left_units, right_units, tuning)
            if left_starts is not None and right_starts is not None:
                score += _paragraph_evidence(left_starts[first:], right_starts[low:], n, m, rows, columns, tuning)
            if meaning is not None:
                score += meaning_evidence(meaning, n, m, first, rows, low, columns, most=tuning.vector_most_odds)
            score[max(0, len(left) - first - n + 1) :] = NEVER
            score[:, max(0, len(right) - low - m + 1) :] = NEVER
            scores.append(score.astype(np.float32))
        built.append(Block(first, rows, low, high, tuple(scores)))
    return Lattice(
        tuple(built),
        len(left),
        len(right),
        np.full(len(left), tuning.gap_odds, np.float32),
        np.full(len(right), tuning.gap_odds, np.float32),
        tuning.gap_opening_odds,
    )


def _parts(text: Words) -> IntArray:
    """The most sentences that may translate each sentence: twice its units, or one for each of its clauses."""
    return np.maximum(2 * text.units, text.clauses + 1)


def _usual_shapes(left_parts: IntArray, right_parts: IntArray) -> set[Shape]:
    """The shapes that a block needs: long ones only if one sentence may be translated by that many.

    >>> sorted(_usual_shapes(np.array([2, 2]), np.array([6, 2])) - _usual_shapes(np.array([2]), np.array([2])))
    [(5, 1), (6, 1)]
    """
    most_left, most_right = int(left_parts.max(initial=1)), int(right_parts.max(initial=1))
    return {(n, m) for n, m in SHAPES if n <= max(MOST_EVEN, most_right) and m <= max(MOST_EVEN, most_left)}


def _words_evidence(
    left: Words,
    right: Words,
    pairs: WordPairs,
    first: int,
    rows: int,
    low: int,
    high: int,
    usual: set[Shape],
    tuning: BitextTuning,
) -> tuple[dict[int, FloatArray], dict[int, FloatArray]]:
    """forward[n][i, j]: sentence low+j given n from first+i; backward[m][j, i]: first+i given m from low+j.

    Both are padded with nothing to the rows and columns that beads from this block reach.
    """
    last, end = min(first + rows + LONGEST, len(left)), min(high + LONGEST, len(right))
    left_starts, right_starts = left.starts[first : last + 1], right.starts[low : end + 1]
    left_tokens = left.tokens[left_starts[0] : left_starts[-1]]
    right_tokens = right.tokens[right_starts[0] : right_starts[-1]]
    left_firsts, right_firsts = left_starts - left_starts[0], right_starts - right_starts[0]
    left_bags, right_bags = Bags(left_tokens, left_firsts), Bags(right_tokens, right_firsts)
    most = tuning.word_most_odds
    forward = pairs.of_right().log_odds(right_bags, left_bags, sorted({n for n, _ in usual}), most=most)
    backward = pairs.of_left().log_odds(left_bags, right_bags, sorted({m for _, m in usual}), most=most)
    return (
        {n: _padded(odds, rows) for n, odds in forward.items()},
        {m: _padded(odds, high - low + 1) for m, odds in backward.items()},
    )


def _padded(found: FloatArray, rows: int) -> FloatArray:
    return np.pad(found, ((0, max(0, rows - found.shape[0])), (0, 0)))


def _shape_evidence(
    n: int, m: int, left_units: np.ndarray, right_units: np.ndarray, tuning: BitextTuning
) -> np.ndarray:
    """The log-odds of the shape: boundaries inside a bead cost much unless the other side has them in a sentence."""
    left_seen = np.minimum(n - 1, right_units - m)
    right_seen = np.minimum(m - 1, left_units - n)
    found = tuning.join_odds * (n - 1 - left_seen + m - 1 - right_seen) + tuning.seen_join_odds * (
        left_seen + right_seen
    )
    found = found + tuning.unit_odds * np.minimum(np.abs(left_units - right_units), tuning.most_units)
    return np.asarray(found + (tuning.many_odds if n > 1 and m > 1 else 0.0))


def _paragraph_evidence(
    left_starts: FloatArray, right_starts: FloatArray, n: int, m: int, rows: int, columns: int, tuning: BitextTuning
) -> np.ndarray:
    one, two = window_sums(left_starts, 1, rows)[:, None], window_sums(right_starts, 1, columns)[None]
    inside = window_sums(left_starts[1:], n - 1, rows)[:, None] + window_sums(right_starts[1:], m - 1, columns)[None]
    return np.asarray(
        tuning.paragraphs_together_odds * one * two
        + tuning.paragraph_alone_odds * np.abs(one - two)
        + tuning.paragraph_inside_odds * inside
    )
