"""How much a word looks like the words of a text: a model of three letters in a row, learnt from that text alone.

A misread or mistyped word is mostly no word: its letters are in an order that the language seldom has. What is usual is
learnt from the volume's own texts. So it fits any language, spelling and subject, and needs no word list. The
probability of a letter after two others mixes the counts of that context with those of shorter contexts (Witten and
Bell 1991, with fixed weights).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from math import log

from align.tuning.linking import LINKING, LinkingTuning

_EDGE = "\0"


@dataclass(frozen=True, slots=True)
class Familiarity:
    """Counts over the distinct words of a text (folded): the words, and their runs of one to three letters.

    `prior` is what the next shorter context weighs, in occurrences.
    """

    words: Counter[str]
    runs: Counter[str]
    letters: int
    prior: float

    @classmethod
    def of(cls, words: Iterable[str], tuning: LinkingTuning = LINKING) -> Familiarity:
        """The counts over these words."""
        counted = Counter(words)
        runs: Counter[str] = Counter()
        for word in counted:
            runs.update(_runs(word))
        letters = len({run for run in runs if len(run) == 1}) + 1
        return cls(counted, runs, letters, tuning.words.prior_occurrences)

    def strangeness(self, word: str, *, without: str = "") -> float:
        """How unlikely the word's letters are, in nats.

        If the word `without` occurs once in the text, it is not counted: a word is no evidence for itself, nor for a
        misreading of it.
        """
        left_out = Counter(_runs(without)) if self.words[without] == 1 else Counter()
        padded = f"{_EDGE}{_EDGE}{word}{_EDGE}"
        return -sum(log(self._after(padded[n - 2 : n], padded[n], left_out)) for n in range(2, len(padded)))

    def _after(self, context: str, letter: str, left_out: Counter[str]) -> float:
        """The probability of a letter after its context."""
        if not context:
            total = self.runs[""] - left_out[""]
            return (self.runs[letter] - left_out[letter] + 1) / (total + self.letters)
        shorter = self._after(context[1:], letter, left_out)
        occurrences = self.runs[f"{context}>"] - left_out[f"{context}>"]
        return (self.runs[context + letter] - left_out[context + letter] + self.prior * shorter) / (
            occurrences + self.prior
        )


def _runs(word: str) -> list[str]:
    """The runs of letters of a word, and their contexts, marked ">" ("" for all letters)."""
    padded = f"{_EDGE}{_EDGE}{word}{_EDGE}"
    runs: list[str] = []
    for n in range(2, len(padded)):
        runs += [
            padded[n],
            padded[n - 1 : n + 1],
            padded[n - 2 : n + 1],
            "",
            f"{padded[n - 1]}>",
            f"{padded[n - 2 : n]}>",
        ]
    return runs
