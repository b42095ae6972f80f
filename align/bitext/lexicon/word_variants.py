"""Words that a lexicon does not hold, read as ones that it does: one letter misread, or another word of the family.

OCR turns "говорил" into "говорпл"; a lexicon of novels has "аптек" but not "аптекарш". Misreadings are found by the
words' forms with one letter left out (the symmetric deletion of Garbe's SymSpell), families by a common beginning.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

import numpy as np

from align.bitext.words import FloatArray, IntArray
from align.tuning.bitext import BITEXT, BitextTuning


def variants(
    words: Sequence[str], stems: Sequence[str], *, tuning: BitextTuning = BITEXT
) -> tuple[IntArray, IntArray, FloatArray]:
    """The known stems that each unknown word may be: indices of words, indices of stems, and how sure each pair is.

    A word may be a stem with one letter misread. If no stem is so near, it may be another form of a stem that begins
    alike. How sure a pair is lies in 0..1, and the pairs of one word add up to less than 1.

    >>> word, stem, sure = variants(["говорп", "аптекарш", "дам"], ["говор", "аптек", "дом"])
    >>> word.tolist(), stem.tolist(), [f"{s:.2f}" for s in sure]
    ([0, 1], [0, 1], ['0.70', '0.35'])
    """
    fewest = tuning.variant_letters
    by_deletion: defaultdict[str, list[int]] = defaultdict(list)
    by_beginning: defaultdict[str, list[int]] = defaultdict(list)
    for k, stem in enumerate(stems):
        if len(stem) >= fewest - 1:
            for form in _deletions(stem):
                by_deletion[form].append(k)
        if len(stem) >= fewest:
            by_beginning[stem[:fewest]].append(k)
    readings: list[tuple[int, int, float]] = []
    for k, word in enumerate(words):
        if len(word) < fewest:
            continue
        near = {s for form in _deletions(word) for s in by_deletion.get(form, ())}
        near = {s for s in near if one_edit(word, stems[s])}
        sure = tuning.misread_share
        if not near:
            near = {s for s in by_beginning.get(word[:fewest], ()) if _family(word, stems[s], tuning.family_ending)}
            sure = tuning.family_share
        readings += [(k, s, sure / len(near)) for s in sorted(near)]
    columns = list(zip(*readings, strict=True)) or [(), (), ()]
    return np.array(columns[0], np.int64), np.array(columns[1], np.int64), np.array(columns[2], np.float32)


def _deletions(word: str) -> set[str]:
    return {word, *(word[:k] + word[k + 1 :] for k in range(len(word)))}


def one_edit(one: str, two: str) -> bool:
    """Whether two words are the same, or become the same with one letter put in, left out or changed."""
    short, long = sorted((one, two), key=len)
    start = 0
    while start < len(short) and short[start] == long[start]:
        start += 1
    if len(long) == len(short):
        return short[start + 1 :] == long[start + 1 :]
    return len(long) == len(short) + 1 and short[start:] == long[start + 1 :]


def _family(one: str, two: str, most_ending: int) -> bool:
    """Whether two words differ by no more than this number of letters after their common beginning."""
    common = 0
    for a, b in zip(one, two, strict=False):
        if a != b:
            break
        common += 1
    return max(len(one), len(two)) - common <= most_ending
