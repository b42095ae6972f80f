"""Sentence alignment: which sentences of one text say what which sentences of the other say.

Brown et al. (1991), Gale & Church (1993) and Moore (2002) in one: the best path over beads, where the evidence is
lengths, words, numbers, names, marks and paragraphs in log-odds; then once more with what the first pass taught.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from align.bitext.bands import band, band_along
from align.bitext.best_path import best_path, link_probabilities
from align.bitext.embedding import Embedder, Meaning, meaning
from align.bitext.evidence import build_lattice
from align.bitext.lattice import Lattice, windows
from align.bitext.left_out import weighed_by_length
from align.bitext.lexicon.entries import Lexicon, shipped_lexicon
from align.bitext.lexicon.learning import learn
from align.bitext.lexicon.pairing import pairs
from align.bitext.words import IntArray, Words, words
from align.model import Bead
from align.model.arguments import need_text, need_texts
from align.tuning.bitext import BITEXT, BitextTuning


@dataclass(frozen=True, slots=True)
class Ingredients:
    """The evidence that is used: all of it, unless a measurement leaves some out."""

    numbers: bool = True
    names: bool = True
    lexicon: bool = True
    relearning: bool = True


ALL_INGREDIENTS = Ingredients()


def align_sentences(
    left: Sequence[str],
    right: Sequence[str],
    *,
    left_language: str,
    right_language: str,
    left_paragraphs: Sequence[int] | None = None,
    right_paragraphs: Sequence[int] | None = None,
    lexicon: Lexicon | None = None,
    embedder: Embedder | None = None,
    ingredients: Ingredients = ALL_INGREDIENTS,
    tuning: BitextTuning = BITEXT,
) -> list[Bead]:
    """The beads that cover both texts in order, without crossing; their scores are probabilities of being right.

    left, right: sentences; languages: BCP 47; paragraphs: index of each paragraph's first sentence, used if both
    are given; lexicon: instead of the one that comes with the program for these languages (see `relearn`);
    ingredients: what the pairs are made from, to measure what each brings. A sentence without a counterpart is a bead
    of its own, empty on the other side. ValueError for a paragraph that starts outside its text.

    >>> russian = ["Он пришёл домой в пять часов.", "Было холодно.", "Сестра читала книгу."]
    >>> english = ["He came home at five; it was cold.", "His sister was reading a book."]
    >>> for bead in align_sentences(russian, english, left_language="ru", right_language="en"):
    ...     print(bead.left, bead.right)
    (0, 1) (0,)
    (2,) (1,)
    """
    for name, value in (("left", left), ("right", right)):
        need_texts(name, value)
    for name, language in (("left_language", left_language), ("right_language", right_language)):
        need_text(name, language)
    if not left or not right:
        return [Bead((i,), (), 1.0) for i in range(len(left))] + [Bead((), (j,), 1.0) for j in range(len(right))]
    starts = _checked(left_paragraphs, len(left)), _checked(right_paragraphs, len(right))
    left_words, right_words = words(left, left_language), words(right, right_language)
    known = (lexicon or shipped_lexicon(left_language, right_language)) if ingredients.lexicon else None
    known = known.about(set(left_words.types), set(right_words.types)) if known else None
    beads = _one_pass(left_words, right_words, known, None, starts, ingredients, first=(), tuning=tuning)
    sense = meaning(embedder, left, right, beads, tuning=tuning) if embedder else None
    if not (ingredients.relearning or sense):
        return beads
    if ingredients.relearning:
        lessons = _lessons(left_words, right_words, beads, tuning.teaching_score)
        known = learn(*lessons, prior=known, least_beads=tuning.own_beads, tuning=tuning)
    return _one_pass(left_words, right_words, known, sense, starts, ingredients, first=beads, tuning=tuning)


def _checked(paragraphs: Sequence[int] | None, count: int) -> IntArray | None:
    if paragraphs is None:
        return None
    if any(not 0 <= p < count for p in paragraphs):
        raise ValueError(f"a paragraph starts at one of {count} sentences: {list(paragraphs)}")
    return np.asarray(paragraphs, np.int64)


def _one_pass(
    left_words: Words,
    right_words: Words,
    lexicon: Lexicon | None,
    sense: Meaning | None,
    starts: tuple[IntArray | None, IntArray | None],
    ingredients: Ingredients,
    *,
    first: Sequence[Bead],
    tuning: BitextTuning,
) -> list[Bead]:
    """The beads of one pass; `first`, the beads of the pass before, narrows the band and gives the ratio of lengths."""
    word_pairs = pairs(
        left_words, right_words, lexicon, names=ingredients.names, numbers=ingredients.numbers, tuning=tuning
    )
    if first:
        near = band_along(first, len(left_words), len(right_words), tuning=tuning)
    else:
        near = band(left_words, right_words, word_pairs, tuning=tuning)
    ratio = _ratio(left_words, right_words, first, tuning.teaching_score)
    lattice = build_lattice(
        left_words,
        right_words,
        word_pairs,
        windows(len(left_words), near),
        left_paragraphs=starts[0],
        right_paragraphs=starts[1],
        meaning=sense,
        ratio=ratio,
        tuning=tuning,
    )
    return weighed_by_length(_scored(lattice, tuning), left_words, right_words, ratio=ratio, tuning=tuning)


def _ratio(left_words: Words, right_words: Words, beads: Sequence[Bead], least_score: float) -> float:
    """The ratio of letters on the right to letters on the left: in beads that teach, else in the whole texts."""
    good = [b for b in beads if b.left and b.right and b.score >= least_score]
    left = left_words.lengths[[i for b in good for i in b.left]] if good else left_words.lengths
    right = right_words.lengths[[j for b in good for j in b.right]] if good else right_words.lengths
    return float((right.sum() + 1) / (left.sum() + 1))


def _scored(lattice: Lattice, tuning: BitextTuning) -> list[Bead]:
    """The beads of the best path; a score is the mean probability that a sentence of the bead is linked inside it.

    For a sentence without a counterpart, that it is linked to nothing.
    """
    links = link_probabilities(lattice, heat=tuning.heat, negligible=tuning.negligible)
    right_linked = np.zeros(lattice.right_count + 1)
    for i, row in enumerate(links):
        low = lattice.block(i).low
        right_linked[low : low + len(row)] += row
    left_alone = [_probability(1.0 - row.sum()) for row in links]
    right_alone = [_probability(1.0 - linked) for linked in right_linked]
    beads = []
    for i0, i1, j0, j1 in best_path(lattice):
        if i0 == i1:
            score = right_alone[j0]
        elif j0 == j1:
            score = left_alone[i0]
        else:
            inside = np.zeros((i1 - i0, j1 - j0))
            for i in range(i0, i1):
                low = lattice.block(i).low  # the bead may reach out of the window of its later rows
                inside[i - i0, max(0, low - j0) :] = links[i][max(0, j0 - low) : j1 - low]
            score = np.concatenate([inside.max(axis=0), inside.max(axis=1)]).mean()
        alone = (*left_alone[i0:i1], *right_alone[j0:j1])
        beads.append(Bead(tuple(range(i0, i1)), tuple(range(j0, j1)), _probability(score), alone))
    return beads


def _probability(value: float) -> float:
    return float(min(1.0, max(0.0, value)))


def _lessons(
    left_words: Words, right_words: Words, beads: Sequence[Bead], least_score: float
) -> tuple[list[list[str]], list[list[str]]]:
    """The bags of words of the beads that are likely enough to learn from.

    Marks are left out: their evidence is known, and they are so frequent that they would seem to go with any word.
    """
    good = [b for b in beads if b.left and b.right and b.score >= least_score]
    bags = [left_words.bag(b.left) for b in good], [right_words.bag(b.right) for b in good]
    left, right = ([[t for t in bag if not t.startswith("<")] for bag in side] for side in bags)
    return left, right
