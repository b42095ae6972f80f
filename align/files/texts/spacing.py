"""Marks that cling to a word: what a blank of the markup, which stands for nothing, may not part."""

from __future__ import annotations

import re
import unicodedata

# Marks before a letter open: "...And", ".5", "«So".
_CLOSING = re.compile(r"[.,;:!?…)\]}»«”’“\"]++(?![^\W_])")
_ENDING = re.compile(r"['’](?:s|d|ll|re|ve|m|t)(?![^\W_])")  # of an English word: "Bell's"
_CLOSERS = frozenset(".,;:!?…)]}»«”’“\"'")
_OPENING = frozenset('([{„‘“"»«”')
_SURE = frozenset(".,;:!?…)]}")
# Which sign opened what a sign may close: „so“ and “so”, «so» and »so«.
_OPENED_BY = {"“": "„", "”": "“", "»": "«", "«": "»"}


def may_cling(before: str, after: str) -> bool:
    """Whether one of two signs may be a mark that clings to the other."""
    return before in _OPENING or after in _CLOSERS


def clings_to_word_before(words: str, before: str) -> bool:
    """Whether words begin with a mark that closes; `before` is the text before them.

    >>> clings_to_word_before(". Then", "the hill"), clings_to_word_before("...And", "the hill")
    (True, False)
    """
    found = _CLOSING.match(words)
    if found is None:
        return _ENDING.match(words) is not None
    return not _SURE.isdisjoint(found.group()) or found.group()[0] == "’" or _is_open(found.group()[0], before)


def clings_to_word_after(before: str) -> bool:
    """Whether the text ends in a mark that opens: the next word stands at it without a blank.

    >>> clings_to_word_after("he said ("), clings_to_word_after("he said")
    (True, False)
    """
    sign = before[-1:]
    if sign in _OPENED_BY or sign == '"':
        return not _is_open(sign, before[:-1]) and sign != "”"
    return sign in _OPENING


def _is_open(closing: str, before: str) -> bool:
    """Whether a quotation that this sign may close was opened before."""
    if closing == '"':
        return before.count('"') % 2 == 1
    opening = _OPENED_BY[closing]
    return before.count(opening) > before.count(closing) or (closing == "”" and "“" not in before)


def is_broken_word(text: str) -> bool:
    """Whether the text ends in a hyphen that divides a word or two numbers, and not in a dash.

    >>> is_broken_word("com-"), is_broken_word("he said -"), is_broken_word("com¬")
    (True, False, True)
    """
    if text[-1:] in ("-", "\u2010", "\u2013") and text[-2:-1].isdigit():
        return True
    return text[-1:] in ("\u00ad", "\u00ac") or (text[-1:] in ("-", "\u2010", "\u2e17", "=") and text[-2:-1].isalpha())


def needs_blank(before: str, after: str) -> bool:
    """Whether two signs that a page end parts belong to two words: "end.|Begin", "слово|Слово"; not "com|menced"."""
    if not before or not after or before.isspace() or after.isspace():
        return False
    if before.isalnum():
        return before.islower() and after.isupper()
    if (
        before in "-\u2010\u00ad\u00ac\u2e17="
        or before in "([{«„‘“\"'’"
        or unicodedata.category(before).startswith("M")
    ):
        return False
    return after.isalnum() or after in "«„“([—–"
