"""How well the score of a link predicts that it is right: on good, bad and real pages, with whole and damaged texts.

A link is right if it claims no page but those of its sentence, and nine tenths of its boxes are on its
lines; a sentence that is on no page has no right link.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from types import ModuleType

import numpy as np
from evaluation.faults import MAKERS, Case, Damaged, Fault
from evaluation.misprints import fitted
from evaluation.reliability import Bin, diagram
from evaluation.volumes import Volume

from align.linking.links.score import features
from align.model import VolumeResult

DAMAGE = ("sentence removed", "sentence invented", "paragraphs swapped", "word changed")
EDGES = (0, 0.5, 0.7, 0.8, 0.9, 0.95, 0.98, 0.99, 1.0000001)
Spans = list[tuple[int, int]]


@dataclass(frozen=True)
class Judged:
    """A link's score, whether the link is right, and the evidence of the score."""

    score: float
    right: bool
    features: tuple[float, ...]


def evaluate(
    volumes: Iterable[tuple[int, Volume]], scorer: ModuleType, foreign_of: Callable[[Volume], str], picture: Path | None
) -> dict[str, float]:
    """Print the reliability of the scores and the calibration error, and draw a diagram if `picture` is given."""
    links: list[Judged] = []
    for seed, volume in volumes:
        of_volume = [
            link
            for damaged in damaged_cases(volume, seed, foreign_of(volume))
            for link in judged(volume, damaged, scorer)
        ]
        links += of_volume
        share = np.mean([link.right for link in of_volume])
        print(f"{volume.source.name}-{seed} {volume.name}: {len(of_volume)} links, {share:.4f} right")
    score = np.array([link.score for link in links])
    right = np.array([link.right for link in links], float)
    print(f"{len(links)} links, {right.mean():.4f} of them right")
    print(f"{'score':>12} {'links':>7} {'mean score':>11} {'right':>7}")
    bins, error = [], 0.0
    for low, high in pairwise(EDGES):
        mine = (score >= low) & (score < high)
        if mine.any():
            bins.append(Bin(int(mine.sum()), float(score[mine].mean()), float(right[mine].mean())))
            error += abs(bins[-1].score - bins[-1].right) * mine.mean()
            print(f"{low:5.2f}-{min(high, 1):5.2f} {bins[-1].cases:8d} {bins[-1].score:11.3f} {bins[-1].right:7.3f}")
    print(f"expected calibration error {error:.4f}")
    weights = fitted(np.array([link.features for link in links]), right)
    names = ("constant", "similarity", "coverage", "length", "steady")
    print("fitted: " + ", ".join(f"{name}={value:.2f}" for name, value in zip(names, weights, strict=True)))
    if picture is not None:
        picture.write_text(diagram(bins, float(error)), "utf-8")
    return {"calibration": 1 - float(error)}


def damaged_cases(volume: Volume, seed: int, foreign: str) -> Iterator[Damaged]:
    """The volume as it is, and damaged in each way."""
    yield Damaged(volume.texts, volume.scans, ())
    for document in volume.texts:
        for kind in DAMAGE:
            yield MAKERS[kind](Case(volume, document, random.Random(f"{seed} {kind} {document} scores"), foreign))


def judged(volume: Volume, damaged: Damaged, scorer: ModuleType) -> list[Judged]:
    """Each link of a transcription with a place, judged by truth; sentences without truth are left out."""
    linked = volume.linked(damaged.texts, damaged.scans)
    scans = {page.order: page.scan.path.rsplit("/", 1)[-1] for page in linked.pages}
    truths: dict[str, list] = {}
    result = []
    for link in linked.links:
        path = volume.folder / "truth" / f"{link.document}.jsonl"
        if not link.areas or link.sentence not in linked.evidence or not path.is_file():
            continue
        if link.document not in truths:
            truths[link.document] = scorer.truth_lines(path)
        spans, invented = original(damaged, link.document, link.spans)
        places = scorer.true_places(truths[link.document], volume.texts[link.document], spans) if spans else []
        if not places and not invented:
            continue
        claimed = [(scans[a.page], scorer.corners(b.xywh)) for a in link.areas for b in a.boxes]
        on = [any(p == q and scorer.on_line(r, rect, up) for q, rect, up, _ in places) for p, r in claimed]
        right = {p for p, _ in claimed} <= {q for q, *_ in places} and sum(on) >= 0.9 * len(on)
        result.append(Judged(link.score, right, _features(linked, link.sentence)))
    return result


def _features(linked: VolumeResult, sentence: str) -> tuple[float, ...]:
    return features(linked.evidence[sentence])


def original(damaged: Damaged, document: str, spans: Sequence[tuple[int, int]]) -> tuple[Spans, bool]:
    """The places of these ranges in the undamaged text, and whether most of their text was invented, without a place.

    Words that replaced other words have the place of those.
    """
    kept: Spans = []
    lost = total = 0
    faults = [fault for fault in damaged.faults if fault.document == document]
    for start, end in spans:
        total += end - start
        at, shift = start, 0
        for fault in faults:
            a, b = fault.span
            if b <= at:
                shift = fault.was[1] - b
                continue
            if a >= end:
                break
            if at < a:
                kept.append((at + shift, a + shift))
            if fault.was[0] == fault.was[1]:
                lost += min(b, end) - max(a, at)
            elif fault.kind == "paragraphs swapped":
                kept += _swapped(fault, max(a, at), min(b, end))
            else:
                kept.append(fault.was)
            at, shift = min(b, end), fault.was[1] - b
        if at < end:
            kept.append((at + shift, end + shift))
    return kept, 2 * lost > total


def _swapped(fault: Fault, start: int, end: int) -> Spans:
    """The former place of a part of two exchanged paragraphs, found again by its words."""
    part = fault.now[start - fault.span[0] : end - fault.span[0]]
    at = fault.before.find(part)
    return [(fault.was[0] + at, fault.was[0] + at + len(part))] if at >= 0 else []
