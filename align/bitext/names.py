"""Names by sound: Ванситтарт is Vansittart, Чемберлен is Chamberlain, Çehov, Tchekhov and Chekhov are Чехов.

Both names are written in one rough phonetic alphabet and compared there. Scientific, Library of Congress, and
newspaper spellings all lead to the same sounds; vowels count little, because no two systems agree on them.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache

import numpy as np
from rapidfuzz import process
from rapidfuzz.distance import Levenshtein

from align.bitext.words import FloatArray, IntArray
from align.tuning.bitext import BITEXT, BitextTuning

# One letter a sound: S ш щ, Z ж, X ч and English j, C ц; h joins x and g further down, as Hegel is Гегель.
_CYRILLIC = dict(
    zip(
        "абвгдеёжзийклмнопрстуфхцчшщъыьэюяіѣѳѵ",
        [*"abvgdeeZz", *"iiklmnoprstufhCXSS", "", "i", "", *"euaiefi"],
        strict=True,
    )
)
# How Russian writes English j and w: Джексон, Уэллс, Уинстон.
_CYRILLIC_PAIRS = (("дж", "ч"), ("уэ", "вэ"), ("уи", "ви"), ("уо", "во"), ("уа", "ва"))
_LATIN = (
    ("shch", "S"), ("šč", "S"), ("schtsch", "S"), ("tsch", "X"), ("tch", "X"), ("sch", "S"), ("dzh", "X"),
    ("dj", "X"), ("dg", "X"),
    ("ch", "X"), ("cz", "X"), ("zh", "Z"), ("sh", "S"), ("kh", "h"), ("gh", "g"), ("tz", "C"), ("ts", "C"), ("ph", "f"),
    ("th", "t"), ("ck", "k"), ("qu", "kv"), ("x", "ks"), ("č", "X"), ("š", "S"), ("ž", "Z"), ("ć", "X"), ("w", "v"),
    ("ya", "a"), ("ia", "a"), ("ja", "a"), ("yu", "u"), ("iu", "u"), ("ju", "u"), ("yo", "o"), ("ye", "e"), ("je", "e"),
    ("oo", "u"), ("ee", "i"), ("ou", "u"), ("ay", "ei"), ("ce", "se"), ("ci", "si"), ("cy", "si"), ("c", "k"),
    ("q", "k"), ("y", "i"), ("j", "X"),
)  # fmt: skip
_LATIN_PATTERN = re.compile("|".join(re.escape(a) for a, _ in _LATIN))
_LATIN_SOUND = dict(_LATIN)
_IS_CYRILLIC = re.compile("[а-яѐ-ѿ]")
_CASE_ENDING = re.compile("(?:ого|ему|ому|ыми|ым|им|ом|ем|ой|ей|ою|ам|ах|ов|а|у|ю|е|ы|и|я|о|й|ь)$")
_OTHER_CH = re.compile("(?<!s)(?<!t)ch")
# Sounds that one language has for two of the other's, as one letter.
_MERGED = str.maketrans({"h": "g", "Z": "X", "C": "s", "z": "s", "S": "X", "f": "v"})
_VOWELS = re.compile("[aeiou]+")
# Names compared with all others at a time, for the memory's sake.
_ROWS = 512


@lru_cache(maxsize=100_000)
def sound(word: str) -> str:
    """The word in the rough phonetic alphabet.

    >>> sound("Ванситтарт"), sound("Vansittart"), sound("Чехов"), sound("Tchekhov")
    ('vansitart', 'vansitart', 'Xehov', 'Xehov')
    """
    word = word.lower()
    if _IS_CYRILLIC.search(word):
        for digraph, letter in _CYRILLIC_PAIRS:
            word = word.replace(digraph, letter)
        spelt = "".join(_CYRILLIC.get(c, c) for c in word)
    else:
        kept = unicodedata.normalize("NFC", word)
        spelt = _LATIN_PATTERN.sub(lambda m: _LATIN_SOUND[m.group()], kept)
        spelt = unicodedata.normalize("NFKD", spelt)
    letters = [c for c in spelt if c.isalpha() and c.isascii()]
    return "".join(c for k, c in enumerate(letters) if k == 0 or c != letters[k - 1])


def skeleton(spelt: str) -> str:
    """The sounds without vowels but a first one, near sounds merged.

    >>> skeleton(sound("Чемберлен")), skeleton(sound("Chamberlain"))
    ('Xmbrln', 'Xmbrln')
    """
    return ("a" if spelt[:1] in "aeiou" else "") + _VOWELS.sub("", spelt.translate(_MERGED))


@lru_cache(maxsize=100_000)
def _bases(word: str) -> tuple[str, ...]:
    """The word and its other readings: without its case ending; with j as in John, ch as in Bach."""
    low = word.lower()
    if not _IS_CYRILLIC.search(low):
        other = _OTHER_CH.sub("kh", "dzh" + low[1:] if low[0] == "j" else low)
        return (low, other) if other != low else (low,)
    shorter = _CASE_ENDING.sub("", low)
    return (low, shorter) if len(shorter) >= 3 and shorter != low else (low,)


def alike(
    left: Sequence[str], right: Sequence[str], *, tuning: BitextTuning = BITEXT
) -> tuple[IntArray, IntArray, FloatArray]:
    """Pairs of words that sound alike, as indices into both lists, with how alike they are, name_similarity..1.

    Words under four letters are left out. Half of the figure is the consonants', half all sounds'.

    >>> i, j, how = alike(["Ванситтарта", "окно"], ["Vansittart", "window"])
    >>> i.tolist(), j.tolist(), how.tolist()
    ([0], [0], [1.0])
    """
    fewest, least = tuning.name_letters, tuning.name_similarity
    best: dict[tuple[int, int], float] = {}
    rows = [(k, sound(b)) for k, w in enumerate(left) for b in _bases(w) if len(w) >= fewest]
    cols = [(k, sound(b)) for k, w in enumerate(right) for b in _bases(w) if len(w) >= fewest]
    cols = [(k, s) for k, s in cols if s]
    # grouped by the first sound: names that differ there are too rarely the same to be worth the search
    groups: dict[str, tuple[list[int], list[str], list[str]]] = {}
    for k, s in cols:
        bones = skeleton(s)
        group = groups.setdefault(bones[:1], ([], [], []))
        for part, value in zip(group, (k, s, bones), strict=True):
            part.append(value)  # type: ignore[attr-defined]
    by_initial: dict[str, list[tuple[int, str, str]]] = {}
    for k, s in rows:
        if s:
            by_initial.setdefault(skeleton(s)[:1], []).append((k, s, skeleton(s)))
    for initial, listed in by_initial.items():
        if initial not in groups:
            continue
        numbers, sounds, bones_right = groups[initial]
        for k in range(0, len(listed), _ROWS):
            part = listed[k : k + _ROWS]
            how = _how_alike([s for _, s, _ in part], [b for _, _, b in part], sounds, bones_right, tuning)
            for a, b in zip(*np.nonzero(how >= least), strict=True):
                at = (part[a][0], numbers[b])
                best[at] = max(best.get(at, 0.0), float(how[a, b]))
    alike_pairs = sorted(best)
    return (
        np.array([a for a, _ in alike_pairs], np.int64),
        np.array([b for _, b in alike_pairs], np.int64),
        np.array([best[k] for k in alike_pairs], np.float32),
    )


def _how_alike(
    sounds: Sequence[str],
    bones: Sequence[str],
    other_sounds: Sequence[str],
    other_bones: Sequence[str],
    tuning: BitextTuning,
) -> FloatArray:
    scorer = Levenshtein.normalized_similarity
    whole = process.cdist(sounds, other_sounds, scorer=scorer, dtype=np.float32)
    how = (whole + process.cdist(bones, other_bones, scorer=scorer, dtype=np.float32)) / 2
    # two consonants are no skeleton: only the whole word counts
    long_enough = np.array([len(b) >= tuning.skeleton_letters for b in bones])[:, None]
    return np.where(long_enough | (whole >= tuning.whole_similarity), how, np.float32(0.0))
