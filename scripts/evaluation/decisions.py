"""What links decided by hand do for the links around them: of hard pages, measured against truth.

Volumes are taken as they are, and with damaged texts, as the scores of links are judged. Of each a share of the links
is decided as an editor would: placed with the boxes of truth, or not on the scans where truth has none. They are chosen
in one of three ways: at random; the least sure ones, which an editor looks at first; or as an editor mends: half of the
wrong ones, as far as the share goes, then the least sure ones. The other links are judged before and after, the same
sentences both times. A link is wrong if it claims another page than its sentence's, or if less than nine tenths of its
boxes are on its lines; a sentence that is on no page has no right link.
"""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, field
from math import floor
from types import ModuleType

from evaluation.faults import Damaged
from evaluation.scores import damaged_cases, original
from evaluation.volumes import Volume

from align.linking.words.second_looks import no_second_look
from align.model import Box, Decided, DecidedLink, Link, VolumeResult

SHARE = 0.05
CHOICES = ("at random", "least sure", "as mended")


@dataclass
class Others:
    """Links that were not decided by hand: how many sentences, how many have a place, and how many a wrong one."""

    sentences: int = 0
    placed: int = 0
    wrong: int = 0

    def add(self, other: Others) -> None:
        """Count these too."""
        self.sentences += other.sentences
        self.placed += other.placed
        self.wrong += other.wrong

    @property
    def share(self) -> float:
        """The share of wrong links among those with a place."""
        return self.wrong / max(1, self.placed)

    def __str__(self) -> str:
        without = self.sentences - self.placed
        return f"{self.wrong:5d} of {self.placed:6d} wrong, {self.share:.4f}; {without} without a place"


@dataclass
class Truth:
    """Where the sentences of a damaged volume stand."""

    volume: Volume
    damaged: Damaged
    scorer: ModuleType
    _lines: dict[str, list] = field(default_factory=dict)

    def places(self, link: Link) -> list | None:
        """The true places of a sentence; none for an invented one, and None where truth says nothing of it."""
        path = self.volume.folder / "truth" / f"{link.document}.jsonl"
        if not path.is_file():
            return None
        if link.document not in self._lines:
            self._lines[link.document] = self.scorer.truth_lines(path)
        spans, invented = original(self.damaged, link.document, link.spans)
        text = self.volume.texts[link.document]
        found = self.scorer.true_places(self._lines[link.document], text, spans) if spans and not invented else []
        return found if found or invented else None

    def decided(self, link: Link, orders: dict[str, int]) -> DecidedLink:
        """What an editor says who knows the truth."""
        boxes: dict[int, list[Box]] = defaultdict(list)
        for scan, (left, top, right, bottom), *_ in self.places(link) or ():
            boxes[orders[scan]].append(Box(floor(left), floor(top), floor(right) + 1, floor(bottom) + 1))
        places = tuple((order, tuple(of_page)) for order, of_page in sorted(boxes.items()))
        return DecidedLink("placed", places) if places else DecidedLink("not-on-scan")

    def judged(self, linked: VolumeResult, without: Collection[str]) -> Others:
        """The links of sentences of which truth speaks, less those of some sentences."""
        scans = {page.order: page.scan.path.rsplit("/", 1)[-1] for page in linked.pages}
        others = Others()
        for link in linked.links:
            places = self.places(link)
            if places is None or link.sentence in without:
                continue
            others.add(Others(1, bool(link.areas), self.wrong(link, scans)))
        return others

    def wrong(self, link: Link, scans: dict[int, str]) -> bool:
        """Whether a link has a place and it is not that of truth, which speaks of its sentence; `scans` by order."""
        places = self.places(link) or []
        claimed = [(scans[a.page], self.scorer.corners(b.xywh)) for a in link.areas for b in a.boxes]
        on = [any(p == q and self.scorer.on_line(r, rect, up) for q, rect, up, _ in places) for p, r in claimed]
        right = {p for p, _ in claimed} <= {q for q, *_ in places} and sum(on) >= 0.9 * len(on)
        return bool(claimed) and not right


def evaluate(
    volumes: Iterable[Volume], scorer: ModuleType, foreign_of: Callable[[Volume], str], seeds: Sequence[int]
) -> dict[str, float]:
    """Print what becomes of the other links where a share of them was decided by hand; the shares of wrong ones."""
    sums = {(choice, seed): (Others(), Others()) for choice in CHOICES for seed in seeds}
    for volume in volumes:
        for seed in seeds:
            for damaged in damaged_cases(volume, seed, foreign_of(volume)):
                truth = Truth(volume, damaged, scorer)
                # A second look at words changes findings alone.
                before = volume.linked(damaged.texts, damaged.scans, options={"look_again": no_second_look})
                orders = {page.scan.path.rsplit("/", 1)[-1]: page.order for page in before.pages}
                scans = {order: scan for scan, order in orders.items()}
                known = [link for link in before.links if truth.places(link) is not None]
                wrong = [link for link in known if truth.wrong(link, scans)]
                for choice in CHOICES:
                    by_hand = {x.sentence: truth.decided(x, orders) for x in _chosen(known, wrong, choice, seed)}
                    options = {"decided": Decided(by_hand), "look_again": no_second_look}
                    after = volume.linked(damaged.texts, damaged.scans, options=options)
                    for total, linked in zip(sums[choice, seed], (before, after), strict=True):
                        total.add(truth.judged(linked, by_hand))
        print(f"{volume.source.name} {volume.name} done", flush=True)
    figures = {}
    for choice in CHOICES:
        totals = (Others(), Others())
        for seed in seeds:
            print(f"{choice}, seed {seed}")
            for name, others, total in zip(("before", "after"), sums[choice, seed], totals, strict=True):
                print(f"    {name:6} {others}")
                total.add(others)
        print(f"{choice}, all seeds")
        for name, others in zip(("before", "after"), totals, strict=True):
            print(f"    {name:6} {others}")
            figures[f"{choice}, {name}"] = others.share
    return figures


def _chosen(links: Sequence[Link], wrong: Sequence[Link], choice: str, seed: int) -> list[Link]:
    count = max(1, round(SHARE * len(links)))
    if choice == "at random":
        return random.Random(seed).sample(list(links), count)
    least_sure = sorted(links, key=lambda link: (link.score, link.sentence))
    if choice == "least sure":
        return least_sure[:count]
    found = random.Random(seed).sample(list(wrong), min(count, (len(wrong) + 1) // 2))
    return [*found, *(link for link in least_sure if link not in found)][:count]
