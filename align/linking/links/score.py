"""How sure a link is: from what was seen to a probability, a status and a reason.

The score is the probability that the link is right: that it claims no page but its own, and nine tenths of its places
are on its lines. It is a logistic function of what was seen. `scripts/eval scores` compares it with truth: on 10,239
links of good, bad and real pages, texts whole and damaged, 98.72 % were right, and the expected calibration error was
0.0104. So few are wrong that they say little of the weights, which were set by judgement.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import exp, log

from align.linking.places.placing import Showing
from align.model import LinkEvidence, Reason, Status

# Status as the output contract defines it: linked, right in at least 9 of 10 such cases; partial, under 90 % placed.
SURE = 0.9
WHOLE = 0.9
# A link less sure than this is no help to an editor: on the same volumes none of these was right. It is given no place.
HOPELESS = 0.3


def evidence(letters: int, showings: Sequence[Showing], steady: float) -> LinkEvidence:
    """The evidence that the fragments of a sentence give."""
    return LinkEvidence(
        letters=letters,
        placed=sum(s.fragment.letters for s in showings),
        same=sum(s.fragment.same for s in showings),
        read=sum(s.fragment.read for s in showings),
        steady=steady,
    )


@dataclass(frozen=True, slots=True)
class Weights:
    """The logistic weights of the score; see the module's docstring for where they come from."""

    constant: float
    similarity: float
    coverage: float
    length: float
    steady: float


def features(seen: LinkEvidence) -> tuple[float, float, float, float]:
    """What the score weighs, in the order of Weights: similarity, coverage, logarithm of the letters, steadiness."""
    return seen.similarity, seen.coverage, log(1 + min(seen.placed, LETTERS)), seen.steady


# A sentence of so many letters is long enough: more make it no surer.
LETTERS = 100

WEIGHTS = Weights(constant=-7.0, similarity=8.0, coverage=3.0, length=0.6, steady=1.5)


def score(seen: LinkEvidence, weights: Weights = WEIGHTS) -> float:
    """The probability that a link with this evidence is right, 0..1; 0 where nothing is placed."""
    if not seen.placed:
        return 0.0
    similarity, coverage, length, steady = features(seen)
    power = (
        weights.constant
        + weights.similarity * similarity
        + weights.coverage * coverage
        + weights.length * length
        + weights.steady * steady
    )
    return 1 / (1 + exp(-power))


def status(seen: LinkEvidence, probability: float) -> tuple[Status, Reason | None]:
    """The status of a transcription's sentence that some line shows, and the reason where it is not plainly linked."""
    if probability < SURE:
        return "doubtful", "weak"
    if seen.coverage < WHOLE:
        return "partial", "not-on-page"
    return "linked", None
