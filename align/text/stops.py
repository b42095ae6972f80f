"""Whether a lone full stop ends a sentence or belongs to the word, number or initial before it."""

from __future__ import annotations

import re
from dataclasses import dataclass

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
_WITHOUT_INVISIBLE = dict.fromkeys(map(ord, INVISIBLE))
# A stop after these dates what goes before, and a number may begin the next sentence ("в 1934 г. 12 подвод ...").
_DATING_UNITS = frozenset({"г", "гг", "в", "вв"})

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

    def is_starter(self, follows: Next) -> bool:
        """Tell whether the next word, though capitalised, is no name: a pronoun, article, conjunction, preposition."""
        end = WORD.match(self._text, follows.at)
        initial = end is not None and len(follows.word) == 1 and self._text[end.end() : end.end() + 1] == "."
        return follows.word in self._words.starters and not initial

    def ends(self, start: int, stop: int, follows: Next) -> bool:
        """Tell whether the stop at this place ends the sentence that begins at start."""
        left = self.before(start, stop)
        word = last_word(left)
        if not word:
            return True
        before = left[: len(left) - len(word)]
        if glued := _UNIT_ON_NUMBER.fullmatch(word):  # "10s. 6d.", "1934г."
            word, before = glued.group(2), before + glued.group(1)
        number_next = self._number_follows(follows)
        if stop - start < self._tuning.stop_reach and _MARKER.fullmatch(left) and left.strip()[:1] not in "–—":
            return False
        if word.isdigit():
            names_month = follows.word in self._words.months
            if _SHILLINGS.match(self._text, stop + 1):
                return False
            return not (len(word) <= 2 and (names_month or _DATE_AFTER_DAY.match(self._text, stop + 1)))
        if _ROMAN.fullmatch(word) and _DAY_BEFORE.search(before):
            return not number_next
        return self._word_ends(
            start=start, stop=stop, word=word, before=before, follows=follows, number_next=number_next
        )

    def _word_ends(self, *, start: int, stop: int, word: str, before: str, follows: Next, number_next: bool) -> bool:
        words = self._words
        keys = self._joined_keys(word, before)
        numbered = _NUMBER_BEFORE.search(before) is not None
        for key in keys:
            if key in words.counted and numbered:
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
        # A lone letter is an initial or shortens a word; only "я" and "ж" can be the last word of a sentence.
        return len(word) > 1 or word in {"я", "ж"} or self.is_starter(follows)

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
        return self._text[max(start, stop - self._tuning.stop_reach) : stop].translate(_WITHOUT_INVISIBLE)

    def _joined_keys(self, word: str, before: str) -> list[str]:
        """Return the keys by which a word may be in the tables: first with dotted neighbours ("т.д"), last alone."""
        key = word_key(word)
        if before.endswith("&"):
            return ["&" + key]
        keys = [key]
        for _ in range(self._tuning.abbreviation_parts - 1):
            before = before.rstrip()
            part = last_word(before[:-1]) if before.endswith(".") else ""
            if not part or len(part) > self._tuning.abbreviation_letters:
                break
            before = before[: -1 - len(part)]
            keys.insert(0, f"{word_key(part)}.{keys[0]}")
        if before.rstrip().endswith((" и", "\nи")):
            keys.insert(len(keys) - 1, f"и.{key}")
        return keys


def last_word(left: str) -> str:
    """Return the word at the end of the text, with inner hyphens and apostrophes; empty if it ends otherwise."""
    at = len(left)
    while at and (
        left[at - 1].isalnum() or (left[at - 1] in "-'’" and at < len(left) and left[at - 2 : at - 1].isalnum())
    ):
        at -= 1
    return left[at:]
