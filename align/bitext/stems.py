"""Stems: one form for the inflections of a word, so that a small lexicon covers a language.

Light suffix strippers after the Snowball idea (Porter 1980; snowballstem.org for Russian): a suffix goes only where a
stem with a vowel is left. They conflate; they do not lemmatise.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache

from align.model.language import primary

_RUSSIAN_REFLEXIVE = re.compile("(?<=[а-я]{3})(ся|сь)$")
_RUSSIAN_ENDINGS = tuple(
    re.compile(f"(?:{endings})$".replace("й", "и"))
    for endings in (
        # participles and gerunds before the adjective's ending is known to be one
        "ивши|ывши|ившись|ывшись|вши|вшись",
        # adjectives, with the participle in front of their ending
        "(?:ивш|ывш|вш|ующ|ющ|ящ|ущ|ащ|ем|нн)?(?:ыми|ими|ого|его|ому|ему|ый|ий|ой|ей|ые|ие|ое|ее|ым|им|ом|ем|ых|их|ую|юю|ая|яя|ою|ею)",
        # verbs
        "уйте|ейте|йте|ила|ыла|ена|ите|или|ыли|ило|ыло|ено|ует|уют|ены|ить|ыть|ишь|ешь|ете|ала|яла|ела|али|яли|ели|ало|яло|ело"
        "|ать|ять|еть|нет|ны|ют|ят|ет|ит|ым|ил|ыл|ал|ял|ел|ай|яй|уй|ен|ую|ть|ют|ут",
        # nouns
        "иями|иях|иям|ием|ией|ями|ами|иев|ьев|ев|ов|ие|ье|еи|ии|ой|ей|ий|иям|ям|ем|ам|ом|ах|ях|ию|ью|ия|ья|а|е|и|й|о|у|ы|ь|ю|я",
    )
)
_RUSSIAN_TAIL = re.compile("(?:ост|ость|ейше|ейш|ь|и)$")
_RUSSIAN_DOUBLE = re.compile("нн$")
_RUSSIAN_VOWEL = re.compile("[аеиоуыэюя]")


@lru_cache(maxsize=200_000)
def russian_stem(word: str) -> str:
    """The stem of a Russian word that align.text.fold has folded (small letters, и for й, е for ё).

    >>> russian_stem("дорогами"), russian_stem("дорога"), russian_stem("улыбнулась")
    ('дорог', 'дорог', 'улыбнул')
    """
    first = _RUSSIAN_VOWEL.search(word)
    if len(word) < 4 or not first:
        return word
    keep = max(3, first.end())
    head, tail = word[:keep], word[keep:]
    tail = _RUSSIAN_REFLEXIVE.sub("", word)[keep:] if len(tail) > 2 else tail
    for endings in _RUSSIAN_ENDINGS:
        found = endings.search(tail)
        if found:
            tail = tail[: found.start()]
            break
    tail = _RUSSIAN_TAIL.sub("", tail)
    return head + _RUSSIAN_DOUBLE.sub("н", tail)


_ENGLISH_PLURAL = (
    (re.compile("(ss|sh|ch|x|z)es$"), r"\1"),
    (re.compile("ies$"), "y"),
    (re.compile("(?<=[^su])s$"), ""),
)
_ENGLISH_VERB = re.compile("(?:ingly|edly|ing|ed|ly)$")
_ENGLISH_VOWEL = re.compile("[aeiouy]")


@lru_cache(maxsize=200_000)
def english_stem(word: str) -> str:
    """The stem of an English word in small letters.

    >>> english_stem("roads"), english_stem("stopped"), english_stem("smiling"), english_stem("smiled")
    ('road', 'stop', 'smil', 'smil')
    """
    if len(word) < 4:
        return word
    for plural, singular in _ENGLISH_PLURAL:
        shorter, changed = plural.subn(singular, word)
        if changed:
            word = shorter
            break
    ending = _ENGLISH_VERB.search(word)
    if ending and ending.start() >= 3 and _ENGLISH_VOWEL.search(word[: ending.start()]):
        word = word[: ending.start()]
        if len(word) > 3 and word[-1] == word[-2] and word[-1] not in "lsz":
            word = word[:-1]
    if len(word) > 3 and word[-1] == "e":
        word = word[:-1]
    return word[:-1] + "i" if len(word) > 3 and word[-1] == "y" else word


def stemmer(language: str) -> Callable[[str], str]:
    """The stem function of a BCP 47 language; for languages without one, the word itself.

    >>> stemmer("en-x-garnett")("roads"), stemmer("de")("wege")
    ('road', 'wege')
    """
    return {"ru": russian_stem, "en": english_stem}.get(primary(language), str)
