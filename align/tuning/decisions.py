"""The tuned numbers of decisions: what became of a subject that is gone, how scores learn, and what findings cost."""

from __future__ import annotations

from dataclasses import dataclass

from align.tuning.numbers import tuned


@dataclass(frozen=True, slots=True)
class DecisionsTuning:
    """Numbers of decisions. No result of linking depends on them, so that no volume is linked again for another one."""

    successor_percent: float = tuned(
        60.0,
        unit="per cent of the letters of both",
        why="A sentence of which every third letter was changed is still the one that was decided on; two sentences "
        "of one text have 41 in common (median of the most alike), 49 or fewer in 19 of 20 cases.",
        source="the sentences of the sample, each compared with the others of its text",
    )
    enough_decisions: int = tuned(
        50,
        unit="decisions on one kind of finding",
        why="With fewer the scores stay as they are: of 50 decisions, 25 of them false alarms, the share is known to "
        "within 14 per cent, of 20 to within 22.",
    )
    surest_score: float = tuned(
        0.99,
        unit="score",
        why="A score of 1 is taken for this one (and 0 for what it lacks of 1), so that decisions can still move it.",
    )
    slope_spread: float = tuned(
        1.0,
        unit="standard deviation around 1",
        why="How much surer or less sure than they say scores may be before there are decisions; 50 outweigh it.",
    )
    shift_spread: float = tuned(
        3.0,
        unit="standard deviation around 0, in logits",
        why="How far too high or too low scores may be as a whole: 3 lets a score of 0.95 stand for 0.5.",
    )
    cost_document: float = tuned(
        20.0,
        unit="costs of a letter",
        why="A page or a document that is missing leaves out dozens of sentences, but one look settles it.",
    )
    cost_sentence: float = tuned(
        8.0,
        unit="costs of a letter",
        why="A reader sees that a letter is wrong, and cannot see that a sentence is missing: a missing sentence with "
        "a chance of one in eight is worth as much time as a misprint that is sure.",
    )
    cost_words: float = tuned(
        3.0,
        unit="costs of a letter",
        why="Missing words can turn the sense of a sentence, but the rest of it is there to tell.",
    )
    cost_letters: float = tuned(1.0, unit="costs of a letter", why="A misprint: the measure of the others.")
    cost_order: float = tuned(
        0.5,
        unit="costs of a letter",
        why="A label, a name or an order: no word of the text is wrong.",
    )


DECISIONS = DecisionsTuning()
"""The numbers in use."""
