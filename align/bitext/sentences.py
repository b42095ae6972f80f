"""Sentence alignment: which sentences of one text say what which sentences of the other say."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from align.bitext.evidence import Weights, build_lattice
from align.bitext.lattice import windows
from align.bitext.lexicon import Lexicon, shipped_lexicon
from align.bitext.pairs import pairs
from align.bitext.paths import best_path, link_probabilities
from align.bitext.words import words
from align.model import Bead

# Evidence counted as independent is too sure of itself; probabilities are taken at this share of the log-odds.
_HEAT = 0.5


def align_sentences(
    left: Sequence[str],
    right: Sequence[str],
    *,
    left_language: str,
    right_language: str,
    left_paragraphs: Sequence[int] | None = None,
    right_paragraphs: Sequence[int] | None = None,
    lexicon: Lexicon | None = None,
    weights: Weights | None = None,
) -> list[Bead]:
    """The beads that cover both texts in order, without crossing; their scores are probabilities of being right.

    left, right: sentences; languages: BCP 47; paragraphs: index of each paragraph's first sentence, of use if both are
    given; lexicon: instead of the one that comes with the program for these languages. A sentence without a counterpart
    is a bead of its own, empty on the other side. ValueError for a paragraph that starts outside its text.
    """
    if not left or not right:
        return [Bead((i,), (), 1.0) for i in range(len(left))] + [Bead((), (j,), 1.0) for j in range(len(right))]
    weights = weights or Weights()
    one, two = words(left, left_language), words(right, right_language)
    known = lexicon or shipped_lexicon(left_language, right_language)
    found = pairs(one, two, known)
    blocks = windows(len(one), lambda _first, _last: (0, len(two)))
    lattice = build_lattice(
        one, two, found, blocks, weights=weights,
        left_paragraphs=None if left_paragraphs is None else np.asarray(left_paragraphs, np.int64),
        right_paragraphs=None if right_paragraphs is None else np.asarray(right_paragraphs, np.int64),
    )  # fmt: skip
    links = link_probabilities(lattice, heat=_HEAT)
    beads = []
    for i0, i1, j0, j1 in best_path(lattice):
        score = 1.0
        for i in range(i0, i1):
            low = lattice.block(i).low
            here = links[i][j0 - low : j1 - low]
            score = min(score, float(here.max()) if len(here) else 1.0 - min(1.0, float(links[i].sum())))
        if i0 == i1:
            linked = sum(
                float(links[i][j0 - lattice.block(i).low])
                for i in range(len(left))
                if lattice.block(i).low <= j0 < lattice.block(i).high
            )
            score = 1.0 - min(1.0, linked)
        beads.append(Bead(tuple(range(i0, i1)), tuple(range(j0, j1)), min(1.0, max(0.0, score))))
    return beads
