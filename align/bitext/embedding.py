"""Sentence embeddings as one more kind of evidence: a plug-in, never needed.

Anything with a method `embed` will do. A multilingual model on the user's machine, for example:

    class LaBSE:
        def __init__(self) -> None:
            self.model = SentenceTransformer("sentence-transformers/LaBSE")

        def embed(self, sentences: Sequence[str]) -> FloatArray:
            return self.model.encode(list(sentences), convert_to_numpy=True)

    align_sentences(left, right, left_language="ru", right_language="en", embedder=LaBSE())
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from align.bitext.words import FloatArray
from align.model import Bead
from align.tuning.bitext import BITEXT, BitextTuning


class Embedder(Protocol):
    """What turns sentences, whatever their language, into vectors that are near where the meaning is."""

    def embed(self, sentences: Sequence[str]) -> FloatArray:
        """The vectors of the sentences, shape (sentences, dimensions), float32, all finite."""


@dataclass(frozen=True, slots=True)
class Meaning:
    """The vectors of both texts as running sums, and the line that turns a cosine into log-odds.

    Row k of `left` is the sum of the unit vectors of the first k sentences, so the vector of a run of sentences is the
    difference of two rows; its shape is (sentences + 1, dimensions). `right` is the same for the other text.
    The log-odds that two runs say the same are slope * (cosine - middle).
    """

    left: FloatArray
    right: FloatArray
    middle: float
    slope: float


def meaning(
    embedder: Embedder,
    left: Sequence[str],
    right: Sequence[str],
    beads: Sequence[Bead],
    *,
    tuning: BitextTuning = BITEXT,
) -> Meaning | None:
    """What the vectors of two texts say, calibrated on known pairs; None where they say nothing.

    Known pairs are sentences that are nearest to each other, if these are in order much more than chance would have
    them. Otherwise they are the beads, which were found without the vectors.

    The cosines of pairs and of strangers are both taken as normal with one spread: useless vectors get a slope of 0.
    ValueError for vectors of a wrong shape or not finite.
    """
    left_vectors, right_vectors = _unit(embedder, left), _unit(embedder, right)
    if left_vectors.shape[1] != right_vectors.shape[1]:
        raise ValueError(f"vectors of both texts have one dimension: {left_vectors.shape[1]}, {right_vectors.shape[1]}")
    sums = [
        np.concatenate([np.zeros((1, v.shape[1]), np.float32), np.cumsum(v, axis=0)])
        for v in (left_vectors, right_vectors)
    ]
    same = _nearest_in_order(left_vectors, right_vectors, tuning) or [
        _cosine(sums[0][b.left[-1] + 1] - sums[0][b.left[0]], sums[1][b.right[-1] + 1] - sums[1][b.right[0]])
        for b in beads
        if b.left and b.right
    ]
    if len(same) < tuning.vector_beads:
        return None
    # every left sentence with right ones spread over the whole text: a few true pairs among them do not matter
    at = np.arange(tuning.stranger_pairs)
    strangers = np.sum(
        left_vectors[at % len(left_vectors)]
        * right_vectors[(at * 7919 + at // len(left_vectors)) % len(right_vectors)],
        axis=1,
    )
    known, unknown = float(np.median(same)), float(np.median(strangers))
    variance = (float(np.var(same)) + float(np.var(strangers))) / 2 + 1e-4
    slope = (known - unknown) / variance
    return Meaning(sums[0], sums[1], (known + unknown) / 2, slope) if slope > 0 else None


def meaning_evidence(
    found: Meaning, n: int, m: int, first: int, rows: int, low: int, columns: int, *, most: float
) -> FloatArray:
    """Log-odds, shape (rows, columns), -most..most, of n left sentences from first+i with m right ones from low+j.

    Runs that go over an end hold what is there.
    """
    odds = np.clip(
        found.slope * (_runs(found.left, n, first, rows) @ _runs(found.right, m, low, columns).T - found.middle),
        -most,
        most,
    )
    return np.asarray(odds, dtype=np.float32)


def _runs(sums: FloatArray, width: int, first: int, count: int) -> FloatArray:
    start = np.minimum(np.arange(first, first + count), len(sums) - 1)
    run = sums[np.minimum(start + width, len(sums) - 1)] - sums[start]
    return np.asarray(run / np.maximum(np.linalg.norm(run, axis=1, keepdims=True), 1e-9), dtype=np.float32)


def _nearest_in_order(left_vectors: FloatArray, right_vectors: FloatArray, tuning: BitextTuning) -> list[float]:
    """Cosines of the longest rising chain of mutual nearest sentences; none where it could be chance."""
    if len(left_vectors) * len(right_vectors) > tuning.vector_pairs:
        return []
    alike = left_vectors @ right_vectors.T
    nearest = alike.argmax(axis=1)
    mutual = np.nonzero(alike.argmax(axis=0)[nearest] == np.arange(len(left_vectors)))[0]
    # patience sorting: the last place of a chain of each length, and what stood before
    tails: list[int] = []
    ends: list[int] = []
    before: dict[int, int] = {}
    for i in mutual.tolist():
        at = bisect_left(tails, int(nearest[i]))
        before[i] = ends[at - 1] if at else -1
        tails[at : at + 1], ends[at : at + 1] = [int(nearest[i])], [i]
    # strangers give a chain of about 2 sqrt(n) (Vershik & Kerov 1977)
    if len(ends) < max(tuning.vector_beads, tuning.chain_factor * len(mutual) ** 0.5):
        return []
    cosines, i = [], ends[-1]
    while i >= 0:
        cosines.append(float(alike[i, nearest[i]]))
        i = before[i]
    return cosines


def _unit(embedder: Embedder, sentences: Sequence[str]) -> FloatArray:
    vectors = np.asarray(embedder.embed(sentences), np.float32)
    if vectors.ndim != 2 or len(vectors) != len(sentences) or not np.isfinite(vectors).all():
        raise ValueError(f"an embedder gives one finite vector a sentence: {len(sentences)}, {vectors.shape}")
    return np.asarray(vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-9), dtype=np.float32)


def _cosine(one: FloatArray, two: FloatArray) -> float:
    return float(one @ two / max(1e-9, float(np.linalg.norm(one) * np.linalg.norm(two))))
