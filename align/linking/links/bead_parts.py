"""Beads of one sentence against several: which part of the transcription each translated sentence stands for.

A long Russian sentence often becomes two English ones. Its clauses are aligned with them as sentences are with
sentences, by the same evidence; each English sentence then gets the words, and so the places, of its own clauses.

Example: "Он встал, простился, и дождь пошел." against "He rose and took his leave." and "It began to rain." gives the
first "Он встал, простился," and the second "и дождь пошел."
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from align.linking.links.translations import AlignSentences, Pairing
from align.model import Bead, Span

# Where a sentence may be parted: after punctuation, before a space.
_BORDER = re.compile(r"[,;:.!?…—–)»”\"]+[\s—–-]+(?=\w|[«“\"(])")
# A bead of the aligner holds four sentences of one side: with more clauses to each sentence, short ones are joined.
CLAUSES = 3


@dataclass(frozen=True, slots=True)
class Part:
    """Some words of a transcription (spans of its content) and the translated sentences, by index, that they answer."""

    rights: tuple[int, ...]
    spans: tuple[Span, ...]
    score: float


def divided(pairing: Pairing, bead: Bead, align: AlignSentences) -> list[Part]:
    """The parts of a bead's left side, in order, one for each right sentence as far as they can be told apart.

    No parts where there is nothing to divide: one sentence on the right, or a single clause on the left.
    """
    if len(bead.right) < 2 or not bead.left:
        return []
    content = pairing.transcription.content
    spans = [s for i in bead.left for span in pairing.transcription.sentences[i].spans for s in clauses(content, span)]
    spans = _joined(spans, CLAUSES * len(bead.right))
    if len(spans) < 2:
        return []
    found = align(
        [" ".join(content[a:b].split()) for a, b in spans],
        [pairing.translation.sentences[i].content for i in bead.right],
        left_language=pairing.transcription.language,
        right_language=pairing.translation.language,
    )
    parts: list[Part] = []
    rights: list[int] = []
    waiting: list[Span] = []
    for small in found:
        own = [spans[i] for i in small.left]
        answered = tuple(bead.right[i] for i in small.right)
        if own and answered:
            parts.append(Part((*rights, *answered), (*waiting, *own), small.score))
            rights, waiting = [], []
        elif parts:
            last = parts[-1]
            parts[-1] = Part((*last.rights, *answered), (*last.spans, *own), last.score)
        else:
            rights += answered
            waiting += own
    return parts if len(parts) > 1 else []


def clauses(content: str, span: Span) -> list[Span]:
    """The clauses of a span of the content, by its punctuation, without outer white space.

    >>> text = "Он встал, простился, и дождь пошел."
    >>> [text[a:b] for a, b in clauses(text, (0, len(text)))]
    ['Он встал,', 'простился,', 'и дождь пошел.']
    """
    start, end = span
    borders = [start, *(found.end() for found in _BORDER.finditer(content, start, end)), end]
    found = []
    for a, b in pairwise(borders):
        text = content[a:b]
        if text.strip():
            found.append((a + len(text) - len(text.lstrip()), a + len(text.rstrip())))
    return found


def _joined(spans: Sequence[Span], most: int) -> list[Span]:
    """The clauses, the shortest joined to its shorter neighbour until there are no more than so many."""
    joined = list(spans)
    while len(joined) > most:
        shortest = min(range(len(joined)), key=lambda k: joined[k][1] - joined[k][0])
        beside = [k for k in (shortest - 1, shortest + 1) if 0 <= k < len(joined)]
        other = min(beside, key=lambda k: joined[k][1] - joined[k][0])
        first = min(shortest, other)
        joined[first : first + 2] = [(joined[first][0], joined[first + 1][1])]
    return joined
