"""The weights that fit likely misprints best, from volumes with a changed word, name or number a page."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Sequence
from dataclasses import astuple, dataclass, fields
from itertools import product

import numpy as np
from evaluation.faults import MAKERS, Case
from evaluation.volumes import Volume

from align.batch.again.second_looks import SecondLooks
from align.batch.assembly import sides_of
from align.linking.places.placed_texts import PlacedTexts
from align.linking.words.collation import collations
from align.linking.words.misprint_score import MisprintEvidence
from align.linking.words.misprints import Candidate, candidates
from align.linking.words.second_looks import looked_at
from align.linking.words.volume_words import VolumeWords

KINDS = ("word changed", "name changed", "number changed")
# How often each volume is damaged in each of these ways.
TIMES = 3
# The weight of a case of a real volume; a case of a drawn volume has weight 1. Cases of real volumes are few, and the
# same in each damaged copy. Some of their candidates are real misprints, which nobody put in.
REAL_WEIGHT = 0.1


@dataclass(frozen=True)
class Judged:
    """A candidate for a misprint, whether it is one, and how much it weighs."""

    candidate: Candidate
    right: bool
    weight: float


def fit_and_print(volumes: Iterable[tuple[int, Volume]], foreign_of: Callable[[Volume], str]) -> None:
    """Print the weights for words and for numbers, and how well they, and those in use, are calibrated.

    Words that were looked at again have weights of their own.
    """
    found = [one for seed, volume in volumes for one in judged(volume, seed, foreign_of(volume))]
    for number, looked in product((False, True), repeat=2):
        own = [one for one in found if (one.candidate.number, one.candidate.looked) == (number, looked)]
        if not own:
            continue
        x = np.array([astuple(one.candidate.evidence) for one in own])
        y = np.array([one.right for one in own], float)
        weights = fitted(x, y, np.array([one.weight for one in own]))
        named = zip(("constant", *(f.name for f in fields(MisprintEvidence))), weights, strict=True)
        what = f"{'numbers' if number else 'words'}{', looked at again' * looked}"
        print(f"{what}: {len(own)} candidates, {int(y.sum())} misprints")
        print("  " + ", ".join(f"{name}={weight:.2f}" for name, weight in named))
        now = np.array([one.candidate.probability for one in own])
        then = 1 / (1 + np.exp(-np.hstack([np.ones((len(x), 1)), x]) @ weights))
        print(f"  expected calibration error {calibration_error(then, y):.4f} (in use {calibration_error(now, y):.4f})")


def judged(volume: Volume, seed: int, foreign: str) -> list[Judged]:
    """The candidates of the volume undamaged and damaged, as often; each with whether it is a changed word."""
    cases: list[tuple[dict[str, str], dict[str, list[tuple[int, int]]]]] = [(volume.texts, {})]
    for document in volume.texts:
        for kind in KINDS:
            for time in range(TIMES):
                damaged = MAKERS[kind](
                    Case(volume, document, random.Random(f"{seed} {kind} {document} {time}"), foreign)
                )
                cases.append((damaged.texts, {document: [fault.span for fault in damaged.faults]}))
    pages = volume.linked().pages
    return [one for texts, faults in cases for one in _judged(volume, pages, texts, faults)]


def _judged(
    volume: Volume, pages: Sequence, texts: dict[str, str], faults: dict[str, list[tuple[int, int]]]
) -> list[Judged]:
    sources = [volume.structured(document, content) for document, content in texts.items()]
    placed_texts = PlacedTexts.of(pages, sources)
    unplaced_lines = {
        (p, i)
        for p, page in enumerate(pages)
        for i, line in enumerate(page.lines)
        if line.role == "body" and i not in placed_texts.matches[p] and p not in placed_texts.copies
    }
    result = []
    collated = collations(pages, placed_texts, unplaced_lines)
    looks = SecondLooks(volume.reader, sides_of(volume.scans))
    words = VolumeWords.of(
        pages, [p for c in collated for p in c.passages], [d for c in collated for d in c.differences]
    )
    for collation in collated:
        found = candidates(words, collation.differences)
        for candidate in looked_at(pages, found, looks.read):
            written = candidate.difference.written
            right = any(
                a < end and start < b
                for text, (start, end) in collation.within(written[0].start, written[-1].end)
                for a, b in faults.get(text.document, ())
            )
            result.append(Judged(candidate, right, REAL_WEIGHT if volume.source.real else 1.0))
    return result


def fitted(x: np.ndarray, right: np.ndarray, weight: np.ndarray | float = 1.0) -> np.ndarray:
    """Logistic weights, the constant first, by Newton's method with a ridge; cases weigh as `weight` says."""
    x = np.hstack([np.ones((len(x), 1)), x])
    weight = np.broadcast_to(weight, len(x))
    weights = np.zeros(x.shape[1])
    ridge = np.diag([0.0] + [0.5] * (x.shape[1] - 1))
    for _ in range(60):
        p = 1 / (1 + np.exp(-x @ weights))
        hessian = (x * (weight * p * (1 - p))[:, None]).T @ x + ridge
        step = np.linalg.solve(hessian, x.T @ (weight * (right - p)) - ridge @ weights)
        weights += step
        if np.abs(step).max() < 1e-8:
            break
    return weights


def calibration_error(scores: np.ndarray, right: np.ndarray) -> float:
    """The mean distance of score and share of right cases over ten bins, weighed by their sizes (Naeini 2015)."""
    bins = np.minimum((scores * 10).astype(int), 9)
    return float(
        sum(abs(scores[bins == b].mean() - right[bins == b].mean()) * (bins == b).mean() for b in np.unique(bins))
    )
