"""How far each word of the pages is trusted: by its confidence, or by the texts where existing OCR states none.

Many programs state no confidence of words: Transkribus and eScriptorium, and others that state one for a line only.
Such a word may be read rightly or wrongly. What can be known is whether the texts of the volume have it: a misread word
is mostly no word of theirs. So a word that the texts have, here or elsewhere, is trusted, and any other is doubted.

Example: the page reads "hana" for "hand", without confidence, and "hana" stands nowhere in the texts: it is doubted.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from align.model import Line, Page, Word, WordAt
from align.text.fold import letters_of_word
from align.tuning.linking import LINKING, LinkingTuning

_HYPHENS = "-‐‑¬­"


@dataclass(frozen=True, slots=True)
class TrustedPages:
    """Pages on which every word has a confidence, and the places of the words whose confidence is a guess."""

    pages: tuple[Page, ...]
    guessed: frozenset[WordAt]


def trusted(pages: Sequence[Page], contents: Iterable[str], tuning: LinkingTuning = LINKING) -> TrustedPages:
    """The pages with a guess for each word that states no confidence; `contents` are the volume's texts.

    Pages whose words all state one are the same afterwards.
    """
    unstated = [
        p for p, page in enumerate(pages) if any(w.confidence is None for line in page.lines for w in line.words)
    ]
    if not unstated:
        return TrustedPages(tuple(pages), frozenset())
    known = frozenset(letters_of_word(word) for content in contents for word in content.split())
    filled, guessed = list(pages), []
    for p in unstated:
        lines = []
        for n, line in enumerate(pages[p].lines):
            divided = _divided_words_that_are_known(pages[p].lines, n, known)
            words = [
                w if w.confidence is not None else replace(w, confidence=_guess(w, known, tuning, sure=k in divided))
                for k, w in enumerate(line.words)
            ]
            guessed += [WordAt(p, n, k) for k, w in enumerate(line.words) if w.confidence is None]
            lines.append(replace(line, words=tuple(words)))
        filled[p] = replace(pages[p], lines=tuple(lines))
    return TrustedPages(tuple(filled), frozenset(guessed))


def sure(part: Word | Line) -> float:
    """The confidence of a word or a line, 0..1; 0 where none is stated, which trusted pages do not have."""
    return part.confidence or 0.0


def _guess(word: Word, known: Collection[str], tuning: LinkingTuning, *, sure: bool) -> float:
    folded = letters_of_word(word.text)
    return tuning.words.guess_known if sure or folded in known else tuning.words.guess_strange


def _divided_words_that_are_known(lines: Sequence[Line], at: int, known: Collection[str]) -> set[int]:
    """The indices of the words of a line that are one half of a word of the texts, divided at a line end."""
    found = set()
    for first, (above, below) in enumerate(pairwise(lines[max(0, at - 1) : at + 2]), start=max(0, at - 1)):
        begun = above.words[-1].text
        if begun[-1] in _HYPHENS and letters_of_word(begun[:-1] + below.words[0].text) in known:
            found.add(len(above.words) - 1 if first == at else 0)
    return found
