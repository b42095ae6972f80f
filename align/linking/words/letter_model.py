"""How much a word looks like the words of a text: a letter model of three letters, learnt from that text alone.

A misread or mistyped word is mostly no word, and holds letters in an order that the language seldom has. What is usual
is learnt from the volume's own texts, so that it holds for any language, spelling and subject, and needs no word list.
The probability of a letter after two others is that of all longer contexts weighed with the shorter ones (Witten and
Bell 1991, with fixed weights).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from math import log

# How many occurrences of a context weigh as much as the next shorter one.
PRIOR = 2.0
_EDGE = "\0"


@dataclass(frozen=True, slots=True)
class Familiarity:
    """Counts over the distinct words of a text (folded): the words, and their runs of one to three letters."""

    words: Counter[str]
    runs: Counter[str]
    letters: int

    @classmethod
    def of(cls, words: Iterable[str]) -> Familiarity:
        """What is usual in these words."""
        counted = Counter(words)
        runs: Counter[str] = Counter()
        for word in counted:
            runs.update(_runs(word))
        return cls(counted, runs, len({run for run in runs if len(run) == 1}) + 1)

    def strangeness(self, word: str, *, without: str = "") -> float:
        """How unlikely the word's letters are, in nats, where the text is without the one occurrence of another word.

        A word cannot witness for itself, nor for a misreading of it.
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
        seen = self.runs[f"{context}>"] - left_out[f"{context}>"]
        return (self.runs[context + letter] - left_out[context + letter] + PRIOR * shorter) / (seen + PRIOR)


def _runs(word: str) -> list[str]:
    """The runs of letters of a word, and their contexts, marked ">" ("" for all letters)."""
    padded = f"{_EDGE}{_EDGE}{word}{_EDGE}"
    found: list[str] = []
    for n in range(2, len(padded)):
        found += [
            padded[n],
            padded[n - 1 : n + 1],
            padded[n - 2 : n + 1],
            "",
            f"{padded[n - 1]}>",
            f"{padded[n - 2 : n]}>",
        ]
    return found
