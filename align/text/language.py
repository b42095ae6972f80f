"""The language of a text, told from its script and its commonest words."""

from __future__ import annotations

import re

_SAMPLE = 20_000  # characters: the shares of the commonest words are settled by then
_ENOUGH = 20  # letters under which nothing is said
_SCRIPT = 0.7  # of the letters; a Russian text with long English quotations keeps more
# Share of words that are function words: about a third in prose of either language, under 3 % in any other language.
_FUNCTION_WORDS = 0.08
_LONG = 300  # letters in which Russian is sure to have an ы (1.9 % of its letters), which Ukrainian and Bulgarian lack

_RUSSIAN = frozenset(
    ["и", "в", "не", "на", "что", "с", "я", "он", "как", "это", "по", "но", "из", "у", "за", "от", "о", "к", "же",
     "был", "было", "для", "мы", "его", "она", "так", "все", "а", "бы", "или", "ни", "до", "при", "вы", "ли",
     "въ", "съ", "къ", "изъ", "отъ", "онъ", "какъ", "его", "ихъ", "г", "года"]
)  # fmt: skip
_ENGLISH = frozenset(
    ["the", "of", "and", "to", "in", "a", "that", "is", "was", "he", "for", "it", "with", "as", "his", "on", "be",
     "at", "by", "i", "this", "had", "not", "are", "but", "from", "or", "have", "an", "they", "which", "you",
     "were", "her", "she", "there", "been", "we", "their", "my", "who", "has", "would", "will", "no", "if"]
)  # fmt: skip
_WORD = re.compile(r"[^\W\d_]+")


def guess_language(text: str) -> str | None:
    """The language as "ru" or "en"; None for another one, for a mixture, and for a text too short to tell.

    Of a long text the beginning, the middle and the end count alike. Pre-1918 spelling is Russian.

    >>> guess_language("Сегодня был у наркома, и он сказал, что договор готов."), guess_language("No. 17")
    ('ru', None)
    """
    if len(text) > 3 * _SAMPLE:
        middle = len(text) // 2
        text = "\n".join((text[:_SAMPLE], text[middle : middle + _SAMPLE], text[-_SAMPLE:]))
    words = _WORD.findall(text.lower())
    cyrillic = sum("\u0400" <= c <= "\u04ff" for word in words for c in word)
    latin = sum("a" <= c <= "z" or "\u00df" <= c <= "\u024f" for word in words for c in word)
    total = sum(map(len, words))
    if total < _ENOUGH:
        return None
    language, common = ("ru", _RUSSIAN) if cyrillic > latin else ("en", _ENGLISH)
    if max(cyrillic, latin) < _SCRIPT * total:
        return None
    if sum(word in common for word in words) < _FUNCTION_WORDS * len(words):
        return None
    if language == "ru" and total > _LONG and not any("ы" in word for word in words):
        return None
    return language
