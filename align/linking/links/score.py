"""How sure a link is: from what was seen to a probability, a status and a reason.

The score is the probability that a link is right: it claims no page but its own, and nine tenths of its places are on
its lines. It is a logistic function of the evidence. `scripts/eval scores` compares it with truth: of 10,239 links on
good, bad and real pages, with whole and damaged texts, 98.72 % were right, and the expected calibration error was
0.0104. The few wrong links say little about the weights, which were set by judgement.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import exp, log

from align.linking.places.placing import Showing
from align.model import LinkEvidence, Reason, Status

# A link with at least this probability is "linked": right in at least 9 of 10 such cases, as the output contract says.
SURE = 0.9
# A sentence of which a smaller share of the letters is placed is "partial", as the output contract says.
WHOLE_SHARE = 0.9
# A link with less probability than this gets no place: on the volumes named above, none of these was right.
HOPELESS = 0.3
# This many placed letters make a sentence long enough: more letters make its link no surer. Judged.
LONG_LETTERS = 100


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
class LinkWeights:
    """The logistic weights of the score; the module's docstring says where they come from."""

    constant: float
    similarity: float
    coverage: float
    length: float
    steady: float


def features(seen: LinkEvidence) -> tuple[float, float, float, float]:
    """What the score weighs, in the order of LinkWeights: similarity, coverage, length (a logarithm), steadiness."""
    return seen.similarity, seen.coverage, log(1 + min(seen.placed, LONG_LETTERS)), seen.steady


WEIGHTS = LinkWeights(constant=-7.0, similarity=8.0, coverage=3.0, length=0.6, steady=1.5)


def score(seen: LinkEvidence, weights: LinkWeights = WEIGHTS) -> float:
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
    """The status of a transcription's sentence that some line shows, and the reason if it is not plainly linked."""
    if probability < SURE:
        return "doubtful", "weak"
    if seen.coverage < WHOLE_SHARE:
        return "partial", "not-on-page"
    return "linked", None
