"""How wide words are: the widths of a volume's letters, learnt from the words that were read as they are written.

A word whose letters are not those of the page is wider or narrower on the page than its letters are elsewhere. The
width of a word is the sum of its letters' widths, in usual letters of its page, plus what all words have in common; the
widths are those with the least squared error over the words that agree, held near 1 by a ridge where a letter is rare
(solved by Gauss-Seidel steps). On a typewriter all come out alike, and only the number of letters tells.

Example: a box of 7.0 letters fits "Багров" and "Петров" alike, and "Багрицов" badly.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from statistics import median

from align.linking.lines.reader_view import upright
from align.linking.words.passages import Passage, ReadWord
from align.model import Page

# More words teach nothing new; every so manieth of a long volume's is taken.
ENOUGH = 4000
# How many words' weight holds a letter at width 1, and how often the widths are bettered in turn.
RIDGE, ROUNDS = 3.0, 40
# Errors of boxes are at least this wide, in letters; and median deviations are this much less than standard ones.
LEAST_ERROR, TO_STANDARD = 0.15, 1.48
# Half a squared error counts up to this: a box that is far off is a broken box.
MOST = 6.0


@dataclass(frozen=True, slots=True)
class LetterWidths:
    """Widths of letters in usual letters of a page (pixels, by page index), what words have besides, and the error."""

    widths: Mapping[str, float]
    beside: float
    error: float
    letters: Mapping[int, float]

    @classmethod
    def of(cls, pages: Sequence[Page], passages: Sequence[Passage]) -> LetterWidths:
        """The widths that the words of these passages show which were read as they are written."""
        same = [
            word
            for passage in passages
            for step in passage.steps
            if step.paired and not step.edits and step.read[1] - step.read[0] == 1
            for word in passage.read[slice(*step.read)]
            if len(word.places) == 1 and not word.shared
        ]
        same = same[:: 1 + len(same) // ENOUGH]
        shown: dict[int, list[float]] = defaultdict(list)
        for word in same:
            shown[word.places[0][0]].append(_pixels(pages, word) / len(word.text))
        letters = {page: median(found) for page, found in shown.items()}
        samples = [(Counter(word.text), _pixels(pages, word) / letters[word.places[0][0]]) for word in same]
        widths, beside = _fitted(samples)
        errors = [abs(width - beside - _sum(widths, counts.items())) for counts, width in samples]
        return cls(widths, beside, max(LEAST_ERROR, TO_STANDARD * median(errors)) if errors else 1.0, letters)

    def speaks_for(self, pages: Sequence[Page], word: ReadWord, other: str) -> float:
        """How much better the box of a word fits what was read there than other letters: a log ratio, -6 to 6.

        0 where the word is divided or has no box of its own, or nothing is known of its page.
        """
        page = word.places[0][0]
        if len(word.places) > 1 or word.shared or page not in self.letters:
            return 0.0
        width = _pixels(pages, word) / self.letters[page] - self.beside
        own, others = (
            min(MOST, ((width - _sum(self.widths, Counter(text).items())) / self.error) ** 2 / 2)
            for text in (word.text, other)
        )
        return others - own


def _pixels(pages: Sequence[Page], word: ReadWord) -> float:
    page, line, index = word.places[0]
    return max(1.0, upright(pages[page], pages[page].lines[line].words[index].box).width)


def _sum(widths: Mapping[str, float], counts: Iterable[tuple[str, int]]) -> float:
    return sum(widths.get(letter, 1.0) * n for letter, n in counts)


def _fitted(samples: Sequence[tuple[Counter[str], float]]) -> tuple[dict[str, float], float]:
    """The widths of letters, and what every word has besides: ridge regression about 1 and 0."""
    alphabet = sorted({letter for counts, _ in samples for letter in counts})
    products: dict[str, Counter[str]] = {letter: Counter() for letter in (*alphabet, "")}
    target: dict[str, float] = dict.fromkeys((*alphabet, ""), 0.0)
    for counts, width in samples:
        rest = width - counts.total()
        for letter, n in (*counts.items(), ("", 1)):
            target[letter] += n * rest
            for other, m in (*counts.items(), ("", 1)):
                products[letter][other] += n * m
    off: dict[str, float] = dict.fromkeys(target, 0.0)
    for _ in range(ROUNDS):
        for letter, own in products.items():
            others = sum(n * off[other] for other, n in own.items() if other != letter)
            off[letter] = (target[letter] - others) / (own[letter] + RIDGE)
    return {letter: 1 + off[letter] for letter in alphabet}, off[""]
