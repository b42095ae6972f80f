"""The forms of words that search compares: folded, then stemmed. `words.js` does the same with a reader's question.

Both choose the stemmer by the letters of the word, not by the language of a text: a question has no language.
Stems are those of Snowball (Porter 2001), English and Russian; its versions differ, see pyproject.toml.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from functools import cache

import snowballstemmer

# Letters that the reform of 1918 took away; its mute hard sign is dropped at a word's end below.
_OLD = str.maketrans({"ё": "е", "ѣ": "е", "і": "и", "ѵ": "и", "ѳ": "ф", "’": "'", "ʼ": "'", "\u00ad": ""})
# A breve stays where it makes й; all other accents go (за́мок, café).
_ACCENT = re.compile("(?<!и)\u0306|[\u0300-\u0305\u0307-\u036f]")
_WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)*")
_CYRILLIC = re.compile("[а-я]")
# Letters. A longer run is no word, and stemmers would take long for it.
LONGEST = 60


def stems(text: str) -> Iterator[str]:
    """The stems of the text's words, in order.

    >>> list(stems("О переговорахъ: переговоры, Talks; talking"))
    ['о', 'переговор', 'переговор', 'talk', 'talk']
    """
    for word in _WORD.findall(folded(text)):
        yield stem(word[:LONGEST])


def folded(text: str) -> str:
    """The text in lower case, without accents, in the letters of today. Its length may change.

    >>> folded("Ёлка въ Café, мой за́мок")
    'елка въ cafe, мой замок'
    """
    lowered = unicodedata.normalize("NFC", text).lower().translate(_OLD)
    return unicodedata.normalize("NFC", _ACCENT.sub("", unicodedata.normalize("NFD", lowered)))


@cache
def stem(word: str) -> str:
    """The stem of a folded word."""
    if _CYRILLIC.search(word):
        return _stemmer("russian")(word.removesuffix("ъ"))
    return _stemmer("english")(word)


@cache
def _stemmer(language: str) -> Callable[[str], str]:
    word_stem: Callable[[str], str] = snowballstemmer.stemmer(language).stemWord  # type: ignore[no-untyped-call]
    return word_stem
