"""The probability that the text is wrong, and not the engine, where a word reads otherwise than it is written.

It is a logistic function of the evidence; there is one for words and one for numbers. The weights were fitted by
`scripts/eval findings --fit` on volumes with a changed word, name or number a page.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import exp


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

    def times(self, other: MisprintEvidence) -> float:
        """The sum of the products with other evidence, or with weights in its form."""
        total = 0.0
        for name in self.__slots__:
            total += getattr(self, name) * getattr(other, name)
        return total


@dataclass(frozen=True, slots=True)
class MisprintWeights:
    """The logistic weights of the evidence, and the constant."""

    constant: float
    evidence: MisprintEvidence

    def probability(self, evidence: MisprintEvidence) -> float:
        """The probability that the text is wrong, 0..1."""
        return 1 / (1 + exp(-self.constant - self.evidence.times(evidence)))


WORDS = MisprintWeights(
    -4.2,
    MisprintEvidence(
        confidence=1.4, unsure=1.7, misread=-3.33, misread_known=-0.99, seen=-1.08, edits=0.7, alike=-1.07, lost=-3.4,
        gained=1.98, fits=0.82, width=0.02, beside=-1.46, strange=0.24, known=2.09, steady=-2.37, joined=-2.89,
        short=-3.95, cut=-2.0,
    ),
)  # fmt: skip
NUMBERS = MisprintWeights(
    -3.28,
    MisprintEvidence(
        confidence=1.96, unsure=1.63, misread=-0.71, misread_known=0.0, seen=-3.51, edits=1.45, alike=-3.19, lost=-4.2,
        gained=-6.4, fits=0.74, width=-0.59, beside=-0.15, strange=0.0, known=0.0, steady=0.0, joined=2.5, short=0.98,
        cut=0.0,
    ),
)  # fmt: skip
