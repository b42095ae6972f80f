"""The evidence for every bead in a band: words, lengths, marks, paragraphs, and what shapes are usual."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

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
from align.bitext.lexicon.pairs import Pairs
from align.bitext.lexicon.word_likelihood import explained
from align.bitext.words import FloatArray, IntArray, Words


@dataclass(frozen=True, slots=True)
class Weights:
    """How much each kind of evidence counts, in log-odds.

    words: factor for the words' log-odds (they are not independent, so under 1). join: each boundary between
    sentences inside a bead that the other side does not have; seen: one that the other side has inside a sentence;
    both: a bead with several sentences on both sides; unit: each sentence that the punctuation inside one side has
    and the other lacks. opening, gap: starting to leave sentences without counterpart, and each of them. start,
    lone, inside: paragraphs that start together, on one side, inside a bead.
    """

    words: float = 0.6
    length: float = 1.0
    join: float = -1.8
    seen: float = -0.3
    both: float = -2.0
    unit: float = -0.5
    opening: float = -2.5
    gap: float = -1.5
    start: float = 1.0
    lone: float = -1.5
    inside: float = -1.5


def build_lattice(
    left: Words,
    right: Words,
    pairs: Pairs,
    blocks: Sequence[tuple[int, int, int, int]],
    *,
    left_paragraphs: IntArray | None = None,
    right_paragraphs: IntArray | None = None,
    meaning: Meaning | None = None,
    ratio: float,
    weights: Weights,
) -> Lattice:
    """The lattice of all beads in the windows (first, rows, low, high), with their evidence.

    ratio: letters on the right to letters on the left in passages that translate each other.
    """
    background = (log_spread(left.lengths) + log_spread(right.lengths)) / 2
    both = left_paragraphs is not None and right_paragraphs is not None
    left_starts = starts_of(left_paragraphs if both else None, len(left))
    right_starts = starts_of(right_paragraphs if both else None, len(right))
    built = []
    for first, rows, low, high in blocks:
        usual = _usual_shapes(_parts(left)[first : first + rows], _parts(right)[low : high + 1])
        forward, backward = _words_evidence(left, right, pairs, first, rows, low, high, usual)
        scores: list[FloatArray | None] = []
        columns = high - low + 1
        for n, m in SHAPES:
            if (n, m) not in usual:
                scores.append(None)
                continue
            score = weights.words * (
                column_sums(forward[n][:rows], m, columns) + column_sums(backward[m][:columns], n, rows).T
            )
            left_length = window_sums(left.lengths[first:], n, rows)[:, None]
            right_length = window_sums(right.lengths[low:], m, columns)[None]
            score += weights.length * length_evidence(left_length, right_length, ratio=ratio, background=background)
            left_units = window_sums(left.units[first:], n, rows)[:, None]
            right_units = window_sums(right.units[low:], m, columns)[None]
            score += _shape_evidence(n, m, left_units, right_units, weights)
            if left_starts is not None and right_starts is not None:
                score += _paragraph_evidence(left_starts[first:], right_starts[low:], n, m, rows, columns, weights)
            if meaning is not None:
                score += meaning_evidence(meaning, n, m, first, rows, low, columns)
            score[max(0, len(left) - first - n + 1) :] = NEVER
            score[:, max(0, len(right) - low - m + 1) :] = NEVER
            scores.append(score.astype(np.float32))
        built.append(Block(first, rows, low, high, tuple(scores)))
    return Lattice(
        tuple(built),
        len(left),
        len(right),
        np.full(len(left), weights.gap, np.float32),
        np.full(len(right), weights.gap, np.float32),
        weights.opening,
    )


def _parts(text: Words) -> IntArray:
    """How many sentences may render each one: twice its units, or one for each of its clauses."""
    return np.maximum(2 * text.units, text.clauses + 1)


def _usual_shapes(left_parts: IntArray, right_parts: IntArray) -> set[Shape]:
    """The shapes that a block can need: long ones only where one sentence may render as many.

    >>> sorted(_usual_shapes(np.array([2, 2]), np.array([6, 2])) - _usual_shapes(np.array([2]), np.array([2])))
    [(5, 1), (6, 1)]
    """
    most_left, most_right = int(left_parts.max(initial=1)), int(right_parts.max(initial=1))
    return {(n, m) for n, m in SHAPES if n <= max(MOST_EVEN, most_right) and m <= max(MOST_EVEN, most_left)}


def _words_evidence(
    left: Words, right: Words, pairs: Pairs, first: int, rows: int, low: int, high: int, usual: set[Shape]
) -> tuple[dict[int, FloatArray], dict[int, FloatArray]]:
    """forward[n][i, j]: sentence low+j given n from first+i; backward[m][j, i]: first+i given m from low+j.

    Both are padded with nothing to the rows and columns that beads from this block reach.
    """
    last, end = min(first + rows + LONGEST, len(left)), min(high + LONGEST, len(right))
    left_starts, right_starts = left.starts[first : last + 1], right.starts[low : end + 1]
    left_tokens = left.tokens[left_starts[0] : left_starts[-1]]
    right_tokens = right.tokens[right_starts[0] : right_starts[-1]]
    one, two = left_starts - left_starts[0], right_starts - right_starts[0]
    forward = explained(
        right_tokens, two, left_tokens, one, pair=pairs.right, pair_given=pairs.left, chance=pairs.forward,
        share=pairs.right_share, null=pairs.right_null, widths=sorted({n for n, _ in usual}),
    )  # fmt: skip
    backward = explained(
        left_tokens, one, right_tokens, two, pair=pairs.left, pair_given=pairs.right, chance=pairs.backward,
        share=pairs.left_share, null=pairs.left_null, widths=sorted({m for _, m in usual}),
    )  # fmt: skip
    return (
        {n: _padded(found, rows) for n, found in forward.items()},
        {m: _padded(found, high - low + 1) for m, found in backward.items()},
    )


def _padded(found: FloatArray, rows: int) -> FloatArray:
    return np.pad(found, ((0, max(0, rows - found.shape[0])), (0, 0)))


def _shape_evidence(n: int, m: int, left_units: np.ndarray, right_units: np.ndarray, weights: Weights) -> np.ndarray:
    """What the shape itself says: boundaries inside a bead are dear unless the other side has them in a sentence."""
    left_seen = np.minimum(n - 1, right_units - m)
    right_seen = np.minimum(m - 1, left_units - n)
    found = weights.join * (n - 1 - left_seen + m - 1 - right_seen) + weights.seen * (left_seen + right_seen)
    found = found + weights.unit * np.minimum(np.abs(left_units - right_units), 6)
    return np.asarray(found + (weights.both if n > 1 and m > 1 else 0.0))


def _paragraph_evidence(
    left_starts: FloatArray, right_starts: FloatArray, n: int, m: int, rows: int, columns: int, weights: Weights
) -> np.ndarray:
    one, two = window_sums(left_starts, 1, rows)[:, None], window_sums(right_starts, 1, columns)[None]
    inside = window_sums(left_starts[1:], n - 1, rows)[:, None] + window_sums(right_starts[1:], m - 1, columns)[None]
    return np.asarray(weights.start * one * two + weights.lone * np.abs(one - two) + weights.inside * inside)
