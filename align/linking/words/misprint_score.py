"""The probability that the text is wrong, and not the engine, where a word reads otherwise than it is written.

It is a logistic function of the evidence; there is one for words and one for numbers. The weights were fitted by
`scripts/eval findings --fit` on volumes with a changed word, name or number a page.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import exp

from align.tuning.linking_parts.linking_words import MisprintWeights


@dataclass(frozen=True, slots=True)
class MisprintEvidence:
    """What speaks for a mistake in the text, or against it; numbers of about 0 to 10."""

    confidence: float
    unsure: float
    misread: float
    misread_known: float
    seen: float
    edits: float
    alike: float
    lost: float
    gained: float
    fits: float
    width: float
    beside: float
    strange: float
    known: float
    steady: float
    joined: float
    short: float
    cut: float
    nearer: float = 0.0

    def times(self, weights: MisprintWeights) -> float:
        """The sum of the evidence times its weights."""
        total = 0.0
        for name in self.__slots__:
            total += getattr(self, name) * getattr(weights, name)
        return total


def misprint_probability(evidence: MisprintEvidence, weights: MisprintWeights) -> float:
    """The probability that the text is wrong, 0..1."""
    return 1 / (1 + exp(-weights.constant - evidence.times(weights)))
