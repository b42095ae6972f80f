"""Whether a lone full stop ends a sentence or belongs to the word, number or initial before it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from align.text.abbreviations import INVISIBLE, Words, word_key
from align.tuning.text import TEXT, TextTuning

WORD = re.compile(r"[^\W\d_](?:[^\W_]|[\u00ad\u0301]|['’-](?=[^\W\d_]))*+")
_ROMAN = re.compile(r"(?=[IVXLC])(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3})")
_MARKER = re.compile(r"\W*(?:\d{1,4}(?:\.\d{1,3})*[a-zа-я]?|[^\W\d_]|[IVXLC]{1,7})")
_DATE_AFTER_DAY = re.compile(r"\s?(?:(?:XI{0,2}|IX|IV|VI{0,3}|I{1,3})\.|\d{1,2}\.\s?\d{2,4}\b)")
_DAY_BEFORE = re.compile(r"\d{1,2}\.\s?\Z")
_NUMBER_BEFORE = re.compile(r"(?:\d|(?<![^\W\d_])[IVXLC]{1,7})(?:-[^\W\d_]{1,4})?\s*\Z")
_UNIT_ON_NUMBER = re.compile(r"(\d+)([^\W\d_]{1,4})")
_SHILLINGS = re.compile(r"\s?\d{1,2}\s?[sd]\b")
_CLAUSE_MARKS = re.compile(r"[,;:(—–]")
_INVISIBLE = re.compile(f"[{INVISIBLE}]")
_WITHOUT_INVISIBLE = dict.fromkeys(map(ord, INVISIBLE))
# A stop after these dates what goes before, and a number may begin the next sentence ("в 1934 г. 12 подвод ...").
_DATING_UNITS = frozenset({"г", "гг", "в", "вв"})

# A stop with an initial and its stop on either side: of " A. B. C." the second one.
_ROW = re.compile(r" ([^\W\d_])\. ([^\W\d_])\. [^\W\d_]\.")
_ROW_BEFORE, _ROW_AFTER = 5, 4  # characters of it before that stop, and from it on
_LAST_WORDS = frozenset("яж")  # the letters that can be the last word of a sentence

_GENITIVE_ENDINGS = ("а", "я", "ого", "его", "ой", "ей", "ых", "их", "и")


@dataclass(frozen=True, slots=True)
class Next:
    """What follows a run of final marks: where its first word is, and the word (empty for a number or sign)."""

    at: int
    word: str
    dashed: bool


class FullStops:
    """Judges the lone full stops of one paragraph."""

    def __init__(self, text: str, words: Words, *, tuning: TextTuning = TEXT) -> None:
        self._text = text
        self._tuning = tuning
        self._words = words
        self._has_invisible = _INVISIBLE.search(text) is not None

    def is_among_initials(self, start: int, stop: int) -> bool:
        """Tell whether the stop stands in a row of initials: it then ends nothing, and need not be judged further."""
        row = stop - _ROW_BEFORE
        return (
            row >= start
            and self._text.startswith(". ", row + 2)
            and _is_row(self._text[row : stop + _ROW_AFTER], self._words)
        )

    def is_starter(self, follows: Next) -> bool:
        """Tell whether the next word, though capitalised, is no name: a pronoun, article, conjunction, preposition."""
        if follows.word not in self._words.starters:
            return False
        end = WORD.match(self._text, follows.at)
        return not (end is not None and len(follows.word) == 1 and self._text[end.end() : end.end() + 1] == ".")

    def ends(self, start: int, stop: int, follows: Next) -> bool:
        """Tell whether the stop at this place ends the sentence that begins at start."""
        left = self.before(start, stop)
        word = last_word(left)
        if not word:
            return True
        before = left[: len(left) - len(word)]
        if word[0].isdigit() and (glued := _UNIT_ON_NUMBER.fullmatch(word)):  # "10s. 6d.", "1934г."
            word, before = glued.group(2), before + glued.group(1)
        if stop - start < self._tuning.stop_reach and _MARKER.fullmatch(left) and left.strip()[:1] not in "–—":
            return False
        if word.isdigit():
            names_month = follows.word in self._words.months
            if _SHILLINGS.match(self._text, stop + 1):
                return False
            return not (len(word) <= 2 and (names_month or _DATE_AFTER_DAY.match(self._text, stop + 1)))
        if word[0] in "IVXLC" and _ROMAN.fullmatch(word) and _DAY_BEFORE.search(before):
            return not self._number_follows(follows)
        return self._word_ends(start=start, stop=stop, word=word, before=before, follows=follows)

    def _word_ends(self, *, start: int, stop: int, word: str, before: str, follows: Next) -> bool:
        words = self._words
        keys = self._joined_keys(word, before)
        for key in keys:
            if key not in words.shortened and key != "им":
                continue
            number_next = self._number_follows(follows)
            if key in words.counted and _NUMBER_BEFORE.search(before):
                dated = key in _DATING_UNITS
                return (dated or not number_next) and not self._is_only_date(start, stop, follows)
            if key in words.last:
                return not self._is_only_date(start, stop, follows)
            if key in words.units:
                return not number_next
            if key in words.before:
                return False
            if key == "им":
                return not (number_next or self._names_someone(follows))
            if key in words.weak or (key in words.counted and key not in words.linking):
                return self.is_starter(follows)
            if key in words.numbered and number_next:
                return False
        # A lone letter is an initial or shortens a word.
        return len(word) > 1 or word in _LAST_WORDS or self.is_starter(follows)

    def _names_someone(self, follows: Next) -> bool:
        """Tell whether an initial or a genitive follows, as after "им." for "named after", not for "to them"."""
        end = follows.at + len(follows.word)
        initial = len(follows.word) == 1 and self._text[end : end + 1] == "."
        return initial or (follows.word.endswith(_GENITIVE_ENDINGS) and not self.is_starter(follows))

    def _number_follows(self, follows: Next) -> bool:
        roman = _ROMAN.match(self._text, follows.at)
        if roman and roman.group() != "I" and not self._text[roman.end() : roman.end() + 1].isalpha():
            return True
        return self._text[follows.at : follows.at + 1].isdigit()

    def _is_only_date(self, start: int, stop: int, follows: Next) -> bool:
        """Tell whether the clause up to this stop is only a date, so that the sentence has yet to say something."""
        if self.is_starter(follows):
            return False
        reach = self._tuning.stop_reach
        clause = self._text[max(start, stop - reach) : stop]
        begins = stop - start <= reach
        marks = list(_CLAUSE_MARKS.finditer(clause))
        if marks:
            clause, begins = clause[marks[-1].end() :], False
        keys = [word_key(word) for word in re.findall(r"[^\W_]+(?:['’][^\W_]+)?", clause)]
        words = self._words
        joins = bool(keys) and keys[0] in words.joining
        return (begins or joins) and all(
            key in words.dating or key in words.months or key[:1].isdigit() or _ROMAN.fullmatch(key.upper())
            for key in keys
        )

    def is_known_short(self, key: str) -> bool:
        """Tell whether a word is in the tables of abbreviations."""
        words = self._words
        return any(key in table for table in (words.before, words.weak, words.last, words.units, words.counted))

    def before(self, start: int, stop: int) -> str:
        """Return at most stop_reach characters before the stop, without soft hyphens and other invisible signs."""
        left = self._text[max(start, stop - self._tuning.stop_reach) : stop]
        return left.translate(_WITHOUT_INVISIBLE) if self._has_invisible else left

    def _joined_keys(self, word: str, before: str) -> list[str]:
        """Return the keys by which a word may be in the tables: first with dotted neighbours ("т.д"), last alone.

        Keys that no table can have are left out, except that the last is always the word itself.
        """
        key = word_key(word)
        if before.endswith("&"):
            return ["&" + key]
        if key not in self._words.endings:
            return [key]
        keys = [key]
        with_and = f"и.{key}" in self._words.shortened
        for _ in range(self._tuning.abbreviation_parts - 1):
            before = before.rstrip()
            part = last_word(before[:-1]) if before.endswith(".") else ""
            if not part or len(part) > self._tuning.abbreviation_letters:
                break
            before = before[: -1 - len(part)]
            keys.insert(0, f"{word_key(part)}.{keys[0]}")
            if keys[0] not in self._words.endings and not with_and:
                return keys
        if with_and and before.rstrip().endswith((" и", "\nи")):
            keys.insert(len(keys) - 1, f"и.{key}")
        return keys


@lru_cache(maxsize=1 << 15)
def _is_row(piece: str, words: Words) -> bool:
    row = _ROW.fullmatch(piece)
    if row is None or row.group(2) in _LAST_WORDS:
        return False
    key = word_key(row.group(2))
    tabled = {key, f"и.{key}", f"{word_key(row.group(1))}.{key}"}
    return words.shortened.isdisjoint(tabled) and f"{word_key(row.group(1))}.{key}" not in words.endings


def last_word(left: str) -> str:
    """Return the word at the end of the text, with inner hyphens and apostrophes; empty if it ends otherwise."""
    at = len(left)
    while at and (
        left[at - 1].isalnum() or (left[at - 1] in "-'’" and at < len(left) and left[at - 2 : at - 1].isalnum())
    ):
        at -= 1
    return left[at:]
