"""Texts that say the same, wholly or nearly: one is a copy of the other, cut short or changed.

Texts are compared by their runs of four words. "He was late again today" has the runs "he was late again" and "was late
again today". A text is like another if the longer of the two has most of the shorter one's runs. Only runs that several
texts have are looked up, so that a volume of thousands of texts is compared quickly.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from align.tuning.linking import LINKING, LinkingTuning

Runs = NDArray[np.uint64]
_WORD = re.compile(r"\w+")
# A run is one number of 64 bits: the numbers of its words are the digits, and this odd number is the base.
_BASE = np.uint64(0x9E3779B97F4A7C15)
RUN_WORDS = 4
# A run is looked up in no more texts than these: a run that more texts have is a formula.
_FORMULA_TEXTS = 50


def words_of(content: str) -> list[str]:
    """The words of a text, without regard to capitals.

    >>> words_of("He was LATE, again.")
    ['he', 'was', 'late', 'again']
    """
    return _WORD.findall(content.casefold())


@dataclass(frozen=True, slots=True)
class WordRuns:
    """The runs of four words of some texts; `runs` are ascending, each once. `letters` counts those of each text."""

    runs: tuple[Runs, ...]
    letters: tuple[int, ...]

    @classmethod
    def of(cls, texts: Sequence[Sequence[str]]) -> WordRuns:
        """The runs of these texts; each text is given by its words."""
        numbers: dict[str, int] = defaultdict(lambda: len(numbers))
        runs = []
        for words in texts:
            ids = np.array([numbers[word] for word in words], np.uint64)
            joined = np.zeros(max(0, len(ids) - RUN_WORDS + 1), np.uint64)
            for n in range(RUN_WORDS):
                joined = joined * _BASE + ids[n : n + len(joined)]
            runs.append(np.unique(joined))
        return cls(tuple(runs), tuple(sum(map(len, words)) for words in texts))

    def alike(self, one: int, other: int, tuning: LinkingTuning = LINKING) -> bool:
        """Whether the longer of two texts, by index, has most of the runs of the shorter one."""
        shorter = min(one, other, key=lambda n: len(self.runs[n]))
        if self.letters[shorter] < tuning.places.same_text_letters:
            return False
        shared = len(np.intersect1d(self.runs[one], self.runs[other], assume_unique=True))
        return shared >= max(1.0, self._needed(shorter, tuning))

    def groups(self, tuning: LinkingTuning = LINKING) -> list[list[int]]:
        """Groups of texts, by index, each text like others of its group; groups of one text are left out."""
        every, counts = np.unique(np.concatenate([*self.runs, np.empty(0, np.uint64)]), return_counts=True)
        common = every[counts > 1]
        texts_with: dict[int, list[int]] = defaultdict(list)
        groups: dict[int, list[int]] = {}
        long_enough = [n for n, letters in enumerate(self.letters) if letters >= tuning.places.same_text_letters]
        for number in sorted(long_enough, key=lambda n: (-len(self.runs[n]), n)):
            own = np.intersect1d(self.runs[number], common, assume_unique=True).tolist()
            needed = max(1.0, self._needed(number, tuning))
            shared = Counter(n for run in own for n in texts_with.get(run, ())) if len(own) >= needed else Counter()
            best = max(shared, key=lambda n: (shared[n], -n), default=None)
            if best is not None and shared[best] >= needed:
                groups[best].append(number)
            else:
                groups[number] = [number]
                best = number
            # What a text of a group has beside its first text leads to the group as well.
            for run in own:
                if best not in texts_with[run] and len(texts_with[run]) < _FORMULA_TEXTS:
                    texts_with[run].append(best)
        return [sorted(group) for group in groups.values() if len(group) > 1]

    def _needed(self, number: int, tuning: LinkingTuning) -> float:
        return tuning.places.same_text_share * len(self.runs[number])
