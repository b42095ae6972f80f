"""Beads of one sentence against several: which part of the transcription each translated sentence stands for.

A long Russian sentence often becomes two English ones. Its clauses are aligned with these as sentences are aligned with
sentences. Each English sentence then gets the words of its own clauses, and the places of these words.

Example: "Он встал, простился, и дождь пошел." against "He rose and took his leave." and "It began to rain." gives the
first "Он встал, простился," and the second "и дождь пошел."
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from align.linking.links.pairing import AlignSentences, Pairing
from align.model import Bead, Span
from align.tuning.linking import LINKING, LinkingTuning

# Where a sentence may be divided: after punctuation that a space follows.
_BORDER = re.compile(r"[,;:.!?…—–)»”\"]+[\s—–-]+(?=\w|[«“\"(])")


@dataclass(frozen=True, slots=True)
class Part:
    """Words of a transcription (spans of its content), the translated sentences (by index) that they answer, score."""

    rights: tuple[int, ...]
    spans: tuple[Span, ...]
    score: float


def divided(pairing: Pairing, bead: Bead, align: AlignSentences, tuning: LinkingTuning = LINKING) -> list[Part]:
    """The parts of a bead's left side, in order: one for each right sentence, as far as the parts can be separated.

    There are none where nothing can be divided: with one sentence on the right, or a single clause on the left.
    """
    if len(bead.right) < 2 or not bead.left:
        return []
    content = pairing.transcription.content
    spans = [s for i in bead.left for span in pairing.transcription.sentences[i].spans for s in clauses(content, span)]
    spans = _joined(spans, tuning.links.clauses_a_sentence * len(bead.right))
    if len(spans) < 2:
        return []
    beads_of_clauses = align(
        [" ".join(content[a:b].split()) for a, b in spans],
        [pairing.translation.sentences[i].content for i in bead.right],
        left_language=pairing.transcription.language,
        right_language=pairing.translation.language,
    )
    parts: list[Part] = []
    rights: list[int] = []
    waiting: list[Span] = []
    for small in beads_of_clauses:
        answering = [spans[i] for i in small.left]
        answered = tuple(bead.right[i] for i in small.right)
        if answering and answered:
            parts.append(Part((*rights, *answered), (*waiting, *answering), small.score))
            rights, waiting = [], []
        elif parts:
            last = parts[-1]
            parts[-1] = Part((*last.rights, *answered), (*last.spans, *answering), last.score)
        else:
            rights += answered
            waiting += answering
    return parts if len(parts) > 1 else []


def clauses(content: str, span: Span) -> list[Span]:
    """The clauses of a span of the content, by its punctuation, without outer white space.

    >>> text = "Он встал, простился, и дождь пошел."
    >>> [text[a:b] for a, b in clauses(text, (0, len(text)))]
    ['Он встал,', 'простился,', 'и дождь пошел.']
    """
    start, end = span
    borders = [start, *(border.end() for border in _BORDER.finditer(content, start, end)), end]
    result = []
    for a, b in pairwise(borders):
        text = content[a:b]
        if text.strip():
            result.append((a + len(text) - len(text.lstrip()), a + len(text.rstrip())))
    return result


def _joined(spans: Sequence[Span], most: int) -> list[Span]:
    """The clauses, at most `most`: until they are, the shortest is joined to its shorter neighbour."""
    joined = list(spans)
    while len(joined) > most:
        shortest = min(range(len(joined)), key=lambda k: joined[k][1] - joined[k][0])
        beside = [k for k in (shortest - 1, shortest + 1) if 0 <= k < len(joined)]
        neighbour = min(beside, key=lambda k: joined[k][1] - joined[k][0])
        first = min(shortest, neighbour)
        joined[first : first + 2] = [(joined[first][0], joined[first + 1][1])]
    return joined
