"""Which sentence of a bead of several may have no counterpart: what the lengths say to it once more.

A translator who skips a sentence leaves a bead with one side too long: without that sentence the lengths fit better.
The path weighs lengths and words together, at half their worth, so a few common words hide this. Two sentences that
stand side by side may share these words; the length of a sentence is its own.

Example: two sentences of 110 and 240 letters are paired with one of 260. Without the first the lengths fit better, so
it is likelier that the first has no counterpart.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import numpy.typing as npt

from align.bitext.lengths import length_evidence, log_spread
from align.bitext.words import Words
from align.model import Bead
from align.tuning.bitext import BITEXT, BitextTuning

# A probability nearer to 0 or 1 counts as this near: its logarithm has no end there.
_NEAREST = 1e-4


def weighed_by_length(
    beads: Sequence[Bead], left: Words, right: Words, *, ratio: float, tuning: BitextTuning = BITEXT
) -> list[Bead]:
    """The beads, with what the lengths say added to the chance of each sentence of several to be alone.

    ratio: letters on the right to letters on the left in passages that translate each other.
    """
    background = (log_spread(left.lengths, tuning=tuning) + log_spread(right.lengths, tuning=tuning)) / 2
    weighed = []
    for bead in beads:
        one, other = (
            np.asarray(text.lengths[list(own)], np.float64) for text, own in ((left, bead.left), (right, bead.right))
        )
        if not bead.left or not bead.right or len(one) + len(other) == 2:
            weighed.append(bead)
            continue
        # Each sentence in turn is left out of its side; a sentence that has its side to itself cannot be.
        ones = np.r_[one.sum(), one.sum() - one, np.full(len(other), one.sum())]
        others = np.r_[other.sum(), np.full(len(one), other.sum()), other.sum() - other]
        fits = length_evidence(ones, others, ratio=ratio, background=background, tuning=tuning)
        better = np.where(np.repeat([len(one) > 1, len(other) > 1], [len(one), len(other)]), fits[1:] - fits[0], 0.0)
        weighed.append(replace(bead, alone=_shifted(bead.alone, tuning.left_out_weight * better)))
    return weighed


def _shifted(chances: Sequence[float], log_odds: npt.NDArray[np.float64]) -> tuple[float, ...]:
    """The probabilities, each moved by its log-odds."""
    moved = log_odds != 0
    chance = np.asarray(chances, np.float64)
    near = np.clip(chance, _NEAREST, 1 - _NEAREST)
    shifted = 1 / (1 + (1 - near) / near * np.exp(-log_odds))
    return tuple(float(value) for value in np.where(moved, shifted, chance))
