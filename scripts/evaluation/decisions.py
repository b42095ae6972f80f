"""What links placed by hand do for the links around them: of hard pages, measured against truth.

A share of a volume's links is placed as an editor would, with the boxes of truth: at random, or the least sure ones,
which an editor looks at first. The other links are judged before and after, the same sentences both times. A link is
wrong if it claims another page than its sentence's, or if less than nine tenths of its boxes are on its lines.
"""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from math import floor
from types import ModuleType

from evaluation.volumes import Volume

from align.model import Box, Decided, DecidedLink, Link, Places, VolumeResult

SHARE = 0.05
CHOICES = ("at random", "least sure")


@dataclass
class Others:
    """Links that were not placed by hand: how many, how many of them have a place, and how many a wrong one."""

    sentences: int = 0
    placed: int = 0
    wrong: int = 0

    def add(self, other: Others) -> None:
        """Count these too."""
        self.sentences += other.sentences
        self.placed += other.placed
        self.wrong += other.wrong

    def __str__(self) -> str:
        share = self.wrong / max(1, self.placed)
        without = self.sentences - self.placed
        return f"{self.wrong:5d} of {self.placed:6d} wrong {share:8.4f}   {without:4d} without a place"


@dataclass
class Truth:
    """Where the sentences of a volume stand."""

    volume: Volume
    scorer: ModuleType
    _places: dict[str, list] = field(default_factory=dict)

    @cached_property
    def _lines(self) -> dict[str, list]:
        return {
            document: self.scorer.truth_lines(self.volume.folder / "truth" / f"{document}.jsonl")
            for document in self.volume.texts
        }

    def of(self, link: Link) -> list:
        """The true places of a sentence: scan, rectangle, upright, letters."""
        if link.sentence not in self._places:
            text = self.volume.texts[link.document]
            places = self.scorer.true_places(self._lines[link.document], text, link.spans)
            self._places[link.sentence] = places
        return self._places[link.sentence]

    def boxes(self, link: Link, orders: dict[str, int]) -> Places:
        """The true places as an editor would draw them."""
        boxes: dict[int, list[Box]] = defaultdict(list)
        for scan, (left, top, right, bottom), *_ in self.of(link):
            boxes[orders[scan]].append(Box(floor(left), floor(top), floor(right) + 1, floor(bottom) + 1))
        return tuple((order, tuple(of_page)) for order, of_page in sorted(boxes.items()))

    def judged(self, linked: VolumeResult, without: set[str]) -> Others:
        """The links of sentences that truth places, less those of some sentences."""
        scans = {page.order: page.scan.path.rsplit("/", 1)[-1] for page in linked.pages}
        others = Others()
        for link in linked.links:
            places = self.of(link)
            if not places or link.sentence in without:
                continue
            others.sentences += 1
            claimed = [(scans[a.page], self.scorer.corners(b.xywh)) for a in link.areas for b in a.boxes]
            on = [any(p == q and self.scorer.on_line(r, rect, up) for q, rect, up, _ in places) for p, r in claimed]
            right = {p for p, _ in claimed} <= {q for q, *_ in places} and sum(on) >= 0.9 * len(on)
            others.placed += bool(claimed)
            others.wrong += bool(claimed) and not right
        return others


def evaluate(volumes: Iterable[Volume], scorer: ModuleType, seeds: Sequence[int]) -> dict[str, float]:
    """Print what becomes of the other links where a share of them was placed by hand; the shares of wrong ones."""
    sums = {choice: (Others(), Others()) for choice in CHOICES}
    for volume in volumes:
        truth = Truth(volume, scorer)
        before = volume.linked()
        orders = {page.scan.path.rsplit("/", 1)[-1]: page.order for page in before.pages}
        for choice in CHOICES:
            for seed in seeds if choice == "at random" else seeds[:1]:
                chosen = _chosen([link for link in before.links if truth.of(link)], choice, seed)
                decided = Decided({x.sentence: DecidedLink("placed", truth.boxes(x, orders)) for x in chosen})
                after = volume.linked(options={"decided": decided})
                judged = [truth.judged(linked, set(decided.links)) for linked in (before, after)]
                print(f"{volume.source.name} {volume.name}, {len(chosen)} placed {choice}, seed {seed}")
                for name, others, total in zip(("before", "after"), judged, sums[choice], strict=True):
                    total.add(others)
                    print(f"    {name:6} {others}", flush=True)
    figures = {}
    for choice, totals in sums.items():
        print(f"all, {choice}")
        for name, others in zip(("before", "after"), totals, strict=True):
            figures[f"{choice}, {name}"] = others.wrong / max(1, others.placed)
            print(f"    {name:6} {others}")
    return figures


def _chosen(links: Sequence[Link], choice: str, seed: int) -> list[Link]:
    count = max(1, round(SHARE * len(links)))
    if choice == "least sure":
        return sorted(links, key=lambda link: (link.score, link.sentence))[:count]
    return random.Random(seed).sample(list(links), count)
