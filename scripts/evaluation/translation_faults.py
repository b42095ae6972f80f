"""Faults of translations: a dropped sentence must be reported, a merged one must not, and nothing else must be.

What is told as a note, that a sentence may have no counterpart, counts as found; a warning counts as an alarm.

The texts were aligned by hand, so that of each sentence is known what renders it. Their Russian side is drawn once and
read once; a fault is a change of the English text.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from evaluation.translations import HELD, Held, draw, hand_aligned
from evaluation.volumes import Source, Volume, opened

from align.linking.findings.catalogue.link_entries import NO_COUNTERPART
from align.model import Finding, VolumeResult

Span = tuple[int, int]
KINDS = ("translation dropped", "translation merged")
CODE = NO_COUNTERPART.code
# Beads between two faults of one run, so that each fault is found or missed by itself.
BEADS_APART = 8
# Letters of a sentence that can be damaged. A shorter one ("Yes.") may translate any short sentence.
LEAST_LETTERS = 12


@dataclass(frozen=True)
class Outcome:
    """What came of a fault: its kind, whether it was found (or rightly passed over), and a description."""

    kind: str
    right: bool
    described: str


@dataclass(frozen=True)
class Calm:
    """The findings about an undamaged pair of texts that no reader would make, and how many sentences it has."""

    sentences: int
    alarms: tuple[str, ...]


def evaluate(work: Path, seeds: Sequence[int], shared: Path) -> Iterator[Outcome | Calm]:
    """The outcomes of all faults, and how calm the undamaged texts are, text by text."""
    for name in HELD:
        held = hand_aligned(name, shared)
        folder = draw(held, work / f"translation-{name}", shared, seeds[0])
        source = Source(name, text=name, language="ru", preset="typescript")
        for volume in opened(source, folder):
            english = "\n\n".join(held.english)
            usual = volume.linked(translation=english)
            yield Calm(len(usual.links), tuple(f.message for f in _alarms(held, usual)))
            for seed in seeds:
                for kind in KINDS:
                    yield from _damaged(volume, held, english, kind, random.Random(f"{name} {kind} {seed}"), usual)


def _alarms(held: Held, linked: VolumeResult) -> list[Finding]:
    """The warnings about sentences without a counterpart for which the reader did find one."""
    paired = {
        "ru": [(a, b) for left, right in held.beads if right for a, b in left],
        "en": [(a, b) for left, right in held.beads if left for a, b in right],
    }
    return [
        f for f in _reported(linked) if any(_share(own, f.spans) > 0.5 for own in paired["en" if _english(f) else "ru"])
    ]


def _reported(linked: VolumeResult) -> list[Finding]:
    return [f for f in _noted(linked) if f.severity != "note"]


def _noted(linked: VolumeResult) -> list[Finding]:
    return [f for f in linked.findings if f.code == CODE]


def _english(finding: Finding) -> bool:
    return bool(finding.text and finding.text.endswith(".en.txt"))


def _share(span: Span, spans: Sequence[Span]) -> float:
    """The share of a range that the spans cover."""
    return sum(max(0, min(b, span[1]) - max(a, span[0])) for a, b in spans) / (span[1] - span[0])


def _damaged(
    volume: Volume, held: Held, english: str, kind: str, rng: random.Random, usual: VolumeResult
) -> Iterator[Outcome]:
    places = list(_places(held, english, kind))
    chosen: list[int] = []
    for index in rng.sample(places, len(places)):
        if all(abs(index - taken) >= BEADS_APART for taken in chosen):
            chosen.append(index)
    now = english
    for index in sorted(chosen, reverse=True):
        now = _without(held, now, index) if kind == KINDS[0] else _merged(held, now, index)
    linked = volume.linked(translation=now)
    known = {f.key for f in _reported(usual)}
    reported, noted = ([f for f in own if not _english(f)] for own in (_reported(linked), _noted(linked)))
    for index in chosen:
        own, following = held.beads[index][0][0], held.beads[index + 1][0]
        if kind == KINDS[0]:
            right = _share((own[0], own[1]), [span for f in noted for span in f.spans]) >= 0.6
        else:
            spans = [span for f in reported if f.key not in known for span in f.spans]
            right = not any(_share((a, b), spans) > 0.5 for a, b in (own, *following))
        a, b = held.beads[index][1][0]
        yield Outcome(kind, right, f"{held.name} {kind}: {english[a:b]!r}")


def _places(held: Held, english: str, kind: str) -> Iterator[int]:
    """The beads of one sentence each that can be damaged so."""
    for index, (left, right) in enumerate(held.beads[:-1]):
        if len(left) != 1 or len(right) != 1 or sum(c.isalpha() for c in english[slice(*right[0])]) < LEAST_LETTERS:
            continue
        if kind == KINDS[0]:
            yield index
            continue
        others = held.beads[index + 1]
        between = english[right[0][1] : others[1][0][0]] if len(others[0]) == len(others[1]) == 1 else "\n"
        if "\n" not in between and re.search(r"\w\.$", english[slice(*right[0])]):
            yield index


def _without(held: Held, english: str, index: int) -> str:
    start, end = held.beads[index][1][0]
    return english[:start] + english[end:].lstrip(" ")


def _merged(held: Held, english: str, index: int) -> str:
    end = held.beads[index][1][0][1]
    return english[: end - 1] + ";" + english[end:]
