"""How sure a link is: from what was seen to a probability, a status and a reason.

The score is the probability that a link is right: it claims no page but its own, and nine tenths of its places are on
its lines. It is a logistic function of the evidence. `scripts/eval scores` compares it with truth: of 10,239 links on
good, bad and real pages, with whole and damaged texts, 98.72 % were right, and the expected calibration error was
0.0104. The few wrong links say little about the weights, which were set by judgement.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import exp, log

from align.linking.places.placing import Showing
from align.model import LinkEvidence, Reason, Status
from align.tuning.linking import LINKING, LinkingTuning


def evidence(letters: int, showings: Sequence[Showing], steady: float) -> LinkEvidence:
    """The evidence that the fragments of a sentence give."""
    return LinkEvidence(
        letters=letters,
        placed=sum(s.fragment.letters for s in showings),
        same=sum(s.fragment.same for s in showings),
        read=sum(s.fragment.read for s in showings),
        steady=steady,
    )


def features(seen: LinkEvidence, tuning: LinkingTuning = LINKING) -> tuple[float, float, float, float]:
    """What the score weighs, in the order of LinkWeights: similarity, coverage, length (a logarithm), steadiness."""
    return seen.similarity, seen.coverage, log(1 + min(seen.placed, tuning.links.long_letters)), seen.steady


def score(seen: LinkEvidence, tuning: LinkingTuning = LINKING) -> float:
    """The probability that a link with this evidence is right, 0..1; 0 where nothing is placed."""
    if not seen.placed:
        return 0.0
    weights = tuning.links.weights
    similarity, coverage, length, steady = features(seen, tuning)
    power = (
        weights.constant
        + weights.similarity * similarity
        + weights.coverage * coverage
        + weights.length * length
        + weights.steady * steady
    )
    return 1 / (1 + exp(-power))


def status(seen: LinkEvidence, probability: float, tuning: LinkingTuning = LINKING) -> tuple[Status, Reason | None]:
    """The status of a transcription's sentence that some line shows, and the reason if it is not plainly linked."""
    if probability < tuning.links.sure:
        return "doubtful", "weak"
    if seen.coverage < tuning.links.whole_share:
        return "partial", "not-on-page"
    return "linked", None
