"""Pairs of sentences as an editor decided them: the rest is aligned between them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import inf

from align.linking.links.rising import longest_rising
from align.model import Bead, DecidedPair, SourceText


@dataclass(frozen=True, slots=True)
class FixedBeads:
    """What was decided of two texts: beads that are as they are, and beads that are not made, by sentence index.

    `dividers` are the fixed beads of both sides that do not cross each other, in order.
    """

    fixed: tuple[Bead, ...] = ()
    parted: frozenset[tuple[tuple[int, ...], tuple[int, ...]]] = frozenset()
    dividers: tuple[Bead, ...] = ()

    @classmethod
    def of(cls, transcription: SourceText, translation: SourceText, pairs: Sequence[DecidedPair]) -> FixedBeads:
        """What was decided of these texts; a sentence that two decisions pair keeps the first."""
        left = {sentence.id: n for n, sentence in enumerate(transcription.sentences)}
        right = {sentence.id: n for n, sentence in enumerate(translation.sentences)}
        fixed: list[Bead] = []
        parted = set()
        taken: set[tuple[str, int]] = set()
        for pair in pairs:
            if not (left.keys() >= set(pair.transcription) and right.keys() >= set(pair.translation)):
                continue
            lefts = tuple(sorted(left[sentence] for sentence in pair.transcription))
            rights = tuple(sorted(right[sentence] for sentence in pair.translation))
            own = {("left", n) for n in lefts} | {("right", n) for n in rights}
            if pair.parted:
                parted.add((lefts, rights))
            elif taken.isdisjoint(own):
                fixed.append(Bead(lefts, rights, 1.0))
                taken |= own
        return cls.with_dividers(fixed, frozenset(parted))

    @classmethod
    def with_dividers(
        cls, fixed: Sequence[Bead], parted: frozenset[tuple[tuple[int, ...], tuple[int, ...]]] = frozenset()
    ) -> FixedBeads:
        """These beads, of which as many as possible divide the rest."""
        return cls(tuple(fixed), parted, tuple(_rising([bead for bead in fixed if bead.left and bead.right])))

    @property
    def crossing(self) -> list[Bead]:
        """The fixed beads that are no dividers."""
        return [bead for bead in self.fixed if bead not in self.dividers]

    def stretches(
        self, lefts: Sequence[int], rights: Sequence[int]
    ) -> Iterator[tuple[list[int], list[int], Bead | None]]:
        """The sentences of both sides that are in no fixed bead, and the divider after them, stretch by stretch."""
        fixed_lefts = {n for bead in self.fixed for n in bead.left}
        fixed_rights = {n for bead in self.fixed for n in bead.right}
        before = (-1, -1)
        for divider in (*self.dividers, None):
            ends = (divider.left[0], divider.right[0]) if divider else (inf, inf)
            yield (
                [n for n in lefts if n not in fixed_lefts and before[0] < n < ends[0]],
                [n for n in rights if n not in fixed_rights and before[1] < n < ends[1]],
                divider,
            )
            before = (divider.left[0], divider.right[0]) if divider else before

    def answering(self, bead: Bead) -> Sequence[Bead]:
        """The bead; or its two sides apart, if an editor said that they are no pair."""
        if (bead.left, bead.right) not in self.parted:
            return [bead]
        return [Bead(bead.left, (), bead.score), Bead((), bead.right, bead.score)]


NOTHING_FIXED = FixedBeads()


def _rising(beads: Sequence[Bead]) -> list[Bead]:
    """The most beads, in the order of the left side, whose right sides rise too."""
    ordered = sorted(beads, key=lambda bead: bead.left[0])
    kept = longest_rising([bead.right[0] for bead in ordered])
    return [ordered[n] for n in sorted(kept)]
