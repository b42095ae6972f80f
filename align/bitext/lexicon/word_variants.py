"""Words that a lexicon does not hold, read as ones that it does: one letter misread, or another word of the family.

OCR turns "говорил" into "говорпл"; a lexicon of novels has "аптек" but not "аптекарш". Misreadings are found by the
words' forms with one letter left out (the symmetric deletion of Garbe's SymSpell), families by a common beginning.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

import numpy as np

from align.bitext.words import FloatArray, IntArray

# Shorter words have too many neighbours.
_LEAST_LETTERS = 5
# How far a family's members may differ after their common beginning.
_MOST_ENDING = 3
# How often the reading is right: a misread word, a family.
_MISREAD, _FAMILY = 0.7, 0.35


def variants(words: Sequence[str], stems: Sequence[str]) -> tuple[IntArray, IntArray, FloatArray]:
    """Readings of unknown words as known stems: indices into both, and how sure each is, 0..1, in sum under 1 a word.

    A word that has misreadings is not looked up by family.

    >>> word, stem, sure = variants(["говорп", "аптекарш", "дам"], ["говор", "аптек", "дом"])
    >>> word.tolist(), stem.tolist(), [f"{s:.2f}" for s in sure]
    ([0, 1], [0, 1], ['0.70', '0.35'])
    """
    by_deletion: defaultdict[str, list[int]] = defaultdict(list)
    by_beginning: defaultdict[str, list[int]] = defaultdict(list)
    for k, stem in enumerate(stems):
        if len(stem) >= _LEAST_LETTERS - 1:
            for form in _deletions(stem):
                by_deletion[form].append(k)
        if len(stem) >= _LEAST_LETTERS:
            by_beginning[stem[:_LEAST_LETTERS]].append(k)
    found: list[tuple[int, int, float]] = []
    for k, word in enumerate(words):
        if len(word) < _LEAST_LETTERS:
            continue
        near = {s for form in _deletions(word) for s in by_deletion.get(form, ())}
        near = {s for s in near if _one_edit(word, stems[s])}
        sure = _MISREAD
        if not near:
            near = {s for s in by_beginning.get(word[:_LEAST_LETTERS], ()) if _family(word, stems[s])}
            sure = _FAMILY
        found += [(k, s, sure / len(near)) for s in sorted(near)]
    columns = list(zip(*found, strict=True)) or [(), (), ()]
    return np.array(columns[0], np.int64), np.array(columns[1], np.int64), np.array(columns[2], np.float32)


def _deletions(word: str) -> set[str]:
    return {word, *(word[:k] + word[k + 1 :] for k in range(len(word)))}


def _one_edit(one: str, two: str) -> bool:
    """Whether one letter put in, left out or changed makes one of the other (or none: they are the same)."""
    short, long = sorted((one, two), key=len)
    start = 0
    while start < len(short) and short[start] == long[start]:
        start += 1
    if len(long) == len(short):
        return short[start + 1 :] == long[start + 1 :]
    return len(long) == len(short) + 1 and short[start:] == long[start + 1 :]


def _family(one: str, two: str) -> bool:
    common = 0
    for a, b in zip(one, two, strict=False):
        if a != b:
            break
        common += 1
    return max(len(one), len(two)) - common <= _MOST_ENDING
