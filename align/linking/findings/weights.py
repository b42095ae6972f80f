"""How soon an editor should look at a finding: how likely it is right, and what it costs if nobody mends it."""

from __future__ import annotations

from collections.abc import Mapping

from align.linking.findings.catalogue import CATALOGUE, Cost
from align.model import Finding
from align.tuning.decisions import DECISIONS, DecisionsTuning


def costs(tuning: DecisionsTuning = DECISIONS) -> Mapping[Cost, float]:
    """What it costs if nobody mends a finding, by what the edition then lacks; a letter costs 1."""
    return {
        "document": tuning.cost_document,
        "sentence": tuning.cost_sentence,
        "words": tuning.cost_words,
        "letters": tuning.cost_letters,
        "order": tuning.cost_order,
    }


def likelihood(code: str, score: float) -> float:
    """The chance that a finding of this code and score is right, before any decision.

    A score that says how sure a link or a pair is makes the finding that doubts it the less likely.
    """
    entry = CATALOGUE.get(code)
    return 1 - score if entry is not None and entry.scores_link else score


def weight(finding: Finding, tuning: DecisionsTuning = DECISIONS) -> float:
    """What it costs on average to pass over the finding: the chance that it is right, times what it costs then."""
    chance = likelihood(finding.code, finding.score) if finding.calibrated is None else finding.calibrated
    entry = CATALOGUE.get(finding.code)
    return chance * costs(tuning)["order" if entry is None else entry.costs]
