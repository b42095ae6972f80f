"""Numbers, dates and months: they are in both texts, whatever the languages."""

from __future__ import annotations

import re

# By first letters, which no inflection touches; May is a verb too and gets by on its capital.
_MONTHS = {
    "ru": ("январ", "феврал", "март", "апрел", "май", "июн", "июл", "август", "сентябр", "октябр", "ноябр", "декабр"),
    "en": (
        "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
        "december",
    ),
}  # fmt: skip
_SHORT = {
    "en": ("jan", "feb", "mar", "apr", "", "jun", "jul", "aug", "sept", "oct", "nov", "dec"),
    "ru": ("янв", "фев", "мар", "апр", "", "", "", "авг", "сент", "окт", "нояб", "дек"),
}
_ROMAN = re.compile("(?=[IVXLC]{2})(?:X[CL]|L?X{0,3})(?:I[XV]|V?I{0,3})$")
_ROMAN_VALUE = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}
# Cyrillic look-alikes of Roman digits.
_ROMAN_TWINS = str.maketrans("ХІСV", "XICV")


def month(word: str, language: str) -> int | None:
    """The month that a word names, 1..12, in Russian or English; None for any other word.

    >>> month("декабря", "ru"), month("Dec", "en"), month("may", "en"), month("мая", "ru"), month("марте", "ru")
    (12, 12, None, 5, 3)
    """
    low = word.lower()
    if language == "ru":
        if low in ("мая", "май", "мае"):
            return 5
        for k, stem in enumerate(_MONTHS["ru"]):
            if low.startswith(stem) and len(low) - len(stem) <= (2 if k not in (2, 7) else 1) and stem != "май":
                return k + 1
    elif language == "en" and low in _MONTHS["en"]:
        return _MONTHS["en"].index(low) + 1 if word[0].isupper() else None
    if language in _SHORT and low in _SHORT[language] and (word[0].isupper() or language == "ru"):
        return _SHORT[language].index(low) + 1
    return None


def roman(word: str) -> int | None:
    """The value of a Roman numeral of two or more capitals up to 89; None for any other word.

    >>> roman("XIX"), roman("XIV"), roman("I"), roman("LIVID")
    (19, 14, None, None)
    """
    digits = word.translate(_ROMAN_TWINS)
    if not _ROMAN.match(digits):
        return None
    values = [_ROMAN_VALUE[d] for d in digits]
    return sum(v if v >= after else -v for v, after in zip(values, [*values[1:], 0], strict=True))
