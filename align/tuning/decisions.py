"""The tuned numbers of decisions: when another subject is taken for what became of one that is gone."""

from __future__ import annotations

from dataclasses import dataclass

from align.tuning.numbers import tuned


@dataclass(frozen=True, slots=True)
class DecisionsTuning:
    """Numbers of decisions. No result of linking depends on them."""

    successor_percent: float = tuned(
        60.0,
        unit="per cent of the letters of both",
        why="A sentence of which every third letter was changed is still the one that was decided on; two sentences "
        "of one text have 41 in common (median of the most alike), 49 or fewer in 19 of 20 cases.",
        source="the sentences of the sample, each compared with the others of its text",
    )


DECISIONS = DecisionsTuning()
"""The numbers in use."""
