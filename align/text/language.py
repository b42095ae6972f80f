"""The language of a text, from its script and its commonest words."""

from __future__ import annotations

import re

from align.tuning.text import TEXT, TextTuning

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


def guess_language(text: str, *, tuning: TextTuning = TEXT) -> str | None:
    """The language as "ru" or "en"; None for another language, for a mixture, and for a text that is too short.

    Of a long text the beginning, the middle and the end count alike. Pre-1918 spelling is Russian.

    >>> guess_language("Сегодня был у наркома, и он сказал, что договор готов."), guess_language("No. 17")
    ('ru', None)
    """
    sample = tuning.language_sample
    if len(text) > 3 * sample:
        middle = len(text) // 2
        text = "\n".join((text[:sample], text[middle : middle + sample], text[-sample:]))
    words = _WORD.findall(text.lower())
    cyrillic = sum("\u0400" <= c <= "\u04ff" for word in words for c in word)
    latin = sum("a" <= c <= "z" or "\u00df" <= c <= "\u024f" for word in words for c in word)
    total = sum(map(len, words))
    if total < tuning.language_letters:
        return None
    language, common = ("ru", _RUSSIAN) if cyrillic > latin else ("en", _ENGLISH)
    if max(cyrillic, latin) < tuning.script_share * total:
        return None
    if sum(word in common for word in words) < tuning.function_words * len(words):
        return None
    if language == "ru" and total > tuning.russian_letters and not any("ы" in word for word in words):
        return None
    return language
