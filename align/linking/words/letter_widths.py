"""How wide words are: the widths of a volume's letters, learnt from the words that were read as they are written.

If the page has other letters than the text, the word on the page is wider or narrower than the text's letters usually
are. The width of a word is the sum of its letters' widths, in usual letters of its page, plus a rest that is the same
for all words. The widths are fitted by least squares over the words that were read as they are written. A ridge holds
the width of a rare letter near 1 (solved by Gauss-Seidel steps). On a typewriter all letters come out alike, and only
their number counts.

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
from align.tuning.linking import LINKING, LinkingTuning

# A standard deviation is this many times the median deviation (normal distribution).
STANDARD_TO_MEDIAN = 1.48


@dataclass(frozen=True, slots=True)
class LetterWidths:
    """How wide letters are, in usual letters of their page.

    `widths` are the letters' widths, `beside` is what every word has besides, `error` the usual error of a word's box;
    `letters` is the width of a usual letter in pixels, by page index.
    """

    widths: Mapping[str, float]
    beside: float
    error: float
    letters: Mapping[int, float]

    @classmethod
    def of(cls, pages: Sequence[Page], passages: Sequence[Passage], tuning: LinkingTuning = LINKING) -> LetterWidths:
        """The widths fitted on the words of these passages that were read as they are written."""
        same = [
            word
            for passage in passages
            for step in passage.steps
            if step.paired and not step.edits and step.read.end - step.read.start == 1
            for word in passage.read[slice(*step.read)]
            if len(word.places) == 1 and not word.shared
        ]
        same = same[:: 1 + len(same) // tuning.words.enough_words]
        pixels_a_letter: dict[int, list[float]] = defaultdict(list)
        for word in same:
            pixels_a_letter[word.places[0].page].append(_pixels(pages, word) / len(word.text))
        letters = {page: median(of_page) for page, of_page in pixels_a_letter.items()}
        samples = [(Counter(word.text), _pixels(pages, word) / letters[word.places[0].page]) for word in same]
        widths, beside = _fitted(samples, tuning)
        errors = [abs(width - beside - _sum(widths, counts.items())) for counts, width in samples]
        return cls(
            widths,
            beside,
            max(tuning.words.least_error_letters, STANDARD_TO_MEDIAN * median(errors)) if errors else 1.0,
            letters,
        )

    def speaks_for(self, pages: Sequence[Page], word: ReadWord, instead: str, tuning: LinkingTuning = LINKING) -> float:
        """How much better the box of a word fits what was read there than the letters `instead`: a log ratio, -6 to 6.

        It is 0 if the word is divided, shares its box, or nothing is known of its page.
        """
        page = word.places[0].page
        if len(word.places) > 1 or word.shared or page not in self.letters:
            return 0.0
        width = _pixels(pages, word) / self.letters[page] - self.beside
        most_log = tuning.words.most_box_log
        loss_of_read, loss_of_other = (
            min(most_log, ((width - _sum(self.widths, Counter(text).items())) / self.error) ** 2 / 2)
            for text in (word.text, instead)
        )
        return loss_of_other - loss_of_read


def _pixels(pages: Sequence[Page], word: ReadWord) -> float:
    page, line, index = word.places[0]
    return max(1.0, upright(pages[page], pages[page].lines[line].words[index].box).width)


def _sum(widths: Mapping[str, float], counts: Iterable[tuple[str, int]]) -> float:
    return sum(widths.get(letter, 1.0) * n for letter, n in counts)


def _fitted(samples: Sequence[tuple[Counter[str], float]], tuning: LinkingTuning) -> tuple[dict[str, float], float]:
    """The width of each letter, and the extra width that every word has besides its letters.

    Both are fitted by ridge regression, which pulls the width of a letter towards 1 and the extra width towards 0.
    A sample is the letters of a word and the word's width. The key "" stands for the extra width.
    """
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
    ridge_words = tuning.words.ridge_words
    for _ in range(tuning.words.width_rounds):
        for letter, beside_letter in products.items():
            rest = sum(n * off[other] for other, n in beside_letter.items() if other != letter)
            off[letter] = (target[letter] - rest) / (beside_letter[letter] + ridge_words)
    return {letter: 1 + off[letter] for letter in alphabet}, off[""]
