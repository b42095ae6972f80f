"""Sentences as bags of what can be compared: stems, numbers, and the punctuation that translations keep."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from align.bitext.numbers import month, roman
from align.bitext.stems import russian_stem, stemmer
from align.model.language import primary
from align.text.fold import fold

IntArray = npt.NDArray[np.int64]
FloatArray = npt.NDArray[np.float32]

_TOKEN = re.compile(r"\d+|[^\W\d_]+(?:['’ʼ-][^\W\d_]+)*")
_CYRILLIC = re.compile("[а-яёѣіѳѵА-ЯЁѢІѲѴ]")
_POSSESSIVE = re.compile("['’ʼ]s?$")
_QUOTE = re.compile("[«»„“”\"]|(?:^|\\W)['‘]\\w|^[—–-]+ ?\\w")
# Each run of marks is looked at once: possessive, and never from its middle.
_ENDER = re.compile(r"(?<![.!?…])[.!?…]++[\"'”’»)\]]{0,4}(?=\s{1,4}[\"'“‘«(\[—–-]{0,4}\s?[^\W\d_a-zа-яё])")
_LONGEST_ABBREVIATION = 12
# Letters of a word that are used: no word of any language is longer.
_LONGEST_WORD = 60
_ABBREVIATION = re.compile(
    r"\b(?:[A-ZА-ЯЁ]|Mr|Mrs|Dr|St|Ms|гг?|стр?|т\.\s?[едкп]|др|пр|см|ср|ул|им|св|гор|тов|проф|акад)\.$"
)


@dataclass(frozen=True, slots=True)
class Words:
    """One text's sentences as numbered types.

    tokens: type of every token, sentence after sentence; starts: index of each sentence's first token, one more at the
    end. types: the strings. counts: tokens of each type. capital: share of a type's tokens that begin with a capital.
    forms: the commonest full form of each type, as written. units: the number of sentences into which its
    inner punctuation would divide each sentence, at least 1. lengths: letters and digits of each sentence.
    clauses: semicolons of each sentence.
    """

    tokens: IntArray
    starts: IntArray
    types: tuple[str, ...]
    counts: IntArray
    capital: FloatArray
    forms: tuple[str, ...]
    units: IntArray
    lengths: IntArray
    clauses: IntArray

    def __len__(self) -> int:
        return len(self.starts) - 1

    def bag(self, sentences: Sequence[int]) -> list[str]:
        """The types of all tokens of consecutive sentences."""
        return [self.types[t] for t in self.tokens[self.starts[sentences[0]] : self.starts[sentences[-1] + 1]]]


def units(sentence: str) -> int:
    """The number of sentences into which its inner punctuation would divide a sentence, at least 1.

    >>> units("“Hush! Who goes there? It is late.”"), units("Mr. V. Ivanov came.")
    (3, 1)
    """
    return 1 + sum(
        not _ABBREVIATION.search(sentence, max(0, m.start() - _LONGEST_ABBREVIATION), m.start() + 1)
        for m in _ENDER.finditer(sentence)
    )


@lru_cache(maxsize=200_000)
def _russian(form: str) -> str:
    """The stem of a Russian word in whatever spelling, Latin look-alikes and all."""
    return russian_stem(fold(form).text)


def split_words(sentence: str, language: str) -> list[tuple[str, str]]:
    """The tokens of a sentence as (type, form): stems, numbers as `#1934`, and marks as `<?>`.

    >>> split_words("Почему въ 1934 г.?", "ru")
    [('поч', 'Почему'), ('в', 'въ'), ('#1934', '1934'), ('г', 'г'), ('<?>', '')]
    """
    spoken = primary(language)
    stem, russian = stemmer(language), spoken == "ru"
    tokens = []
    for match in _TOKEN.finditer(sentence):
        form = match.group()[:_LONGEST_WORD]
        if form[0].isdigit():
            tokens.append(("#" + (form.lstrip("0") or "0"), form))
            continue
        if named := month(form, spoken):
            tokens.append((f"#month{named}", form))
            continue
        if value := roman(form):
            tokens.append((f"#{value}", form))
            continue
        if russian and _CYRILLIC.search(form):
            tokens += [(_russian(part), part) for part in form.split("-")]
        else:
            tokens += [(stem(_POSSESSIVE.sub("", part.lower()).replace("’", "'")), part) for part in form.split("-")]
    for mark, pattern in (("<?>", "?"), ("<!>", "!"), ("<…>", "…"), ("<(>", "("), ("<:>", ":"), ("<;>", ";")):
        if pattern in sentence or (mark == "<…>" and "..." in sentence):
            tokens.append((mark, ""))
    if _QUOTE.search(sentence):
        tokens.append(("<«>", ""))
    return [(kind, form) for kind, form in tokens if kind]


def words(sentences: Sequence[str], language: str) -> Words:
    """The sentences of one text as numbered types.

    >>> w = words(["A road.", "The road ends."], "en")
    >>> [w.types[t] for t in w.tokens], w.starts.tolist()
    (['a', 'road', 'the', 'road', 'end'], [0, 2, 5])
    """
    number: dict[str, int] = {}
    forms: list[Counter[str]] = []
    tokens: list[int] = []
    starts = [0]
    for sentence in sentences:
        for kind, form in split_words(sentence, language):
            at = number.setdefault(kind, len(number))
            if at == len(forms):
                forms.append(Counter())
            forms[at][form] += 1
            tokens.append(at)
        starts.append(len(tokens))
    total = [sum(c.values()) for c in forms]
    capital = [sum(n for f, n in c.items() if f[:1].isupper()) / t for c, t in zip(forms, total, strict=True)]
    return Words(
        np.array(tokens, np.int64),
        np.array(starts, np.int64),
        tuple(number),
        np.array(total, np.int64),
        np.array(capital, np.float32),
        tuple(c.most_common(1)[0][0] for c in forms),
        np.array([units(s) for s in sentences], np.int64),
        np.array([sum(map(str.isalnum, s)) for s in sentences], np.int64),
        np.array([s.count(";") for s in sentences], np.int64),
    )
