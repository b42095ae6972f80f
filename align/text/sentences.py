"""Where the sentences of a paragraph begin and end, for Russian and English by one policy.

The policy and its reasons are in docs/decisions/sentences.md. The method: find every run of sentence-final marks, take
what sticks to it (closing quotes and brackets, footnote marks), look at what comes next, and, for a lone full stop, at
the word before. Each run is looked at once and within a bounded distance, so the time is linear in the text.

What it does not do: it does not learn, parse or look for names, and it never ends a sentence before a lower-case letter.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from align.text.abbreviations import INVISIBLE, Words, word_key, words_of

# One run of final marks; dots set apart by spaces (". . .") are one run unless they open the next word ("...И").
_RUN = re.compile(r"[.!?…‽⁇⁈⁉]++(?:\s{1,2}[.…]++(?![^\W_]))*+")
# Marks of notes: raised digits, [3], stars and daggers (these also after one space), and digits or 1) stuck to the stop.
_NOTE_MARK = re.compile(r"\s?(?:\[\d{1,3}\]|[*†‡]+\)?)(?=\W|\Z)|[¹²³⁰⁴-⁹]+[)⁾]?|\(?(?:\d{1,3}|\*)\)|\d{1,2}(?=\s|\Z)")
_ELISION = re.compile(r"([\[(<])\s?(?:[.…]\s?){1,6}[\])>]")
_OPENING = frozenset("«„“”\"'‘’‚‹›»([{¿¡–—―−•" + INVISIBLE)
_CLOSING_QUOTES = frozenset("»”’\"'“‘›«")
_CLOSING_BRACKETS = frozenset(")]}")
_WITHOUT_INVISIBLE = dict.fromkeys(map(ord, INVISIBLE))
_PAIRS = {")": "(", "]": "[", "}": "{"}
_SYMBOLS_THAT_BEGIN = frozenset("§№£$€")
_ROMAN = re.compile(r"(?=[IVXLC])(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3})")
_WORD = re.compile(r"[^\W\d_](?:[^\W_]|[\u00ad\u0301]|['’-](?=[^\W\d_]))*+")
_MARKER = re.compile(r"\W*(?:\d{1,4}(?:\.\d{1,3})*[a-zа-я]?|[^\W\d_]|[IVXLC]{1,7})")
_DATE_AFTER_DAY = re.compile(r"\s?(?:(?:XI{0,2}|IX|IV|VI{0,3}|I{1,3})\.|\d{1,2}\.\s?\d{2,4}\b)")
_LETTER_OR_DIGIT = re.compile(r"[^\W_]")
_DOTS = re.compile(r"[.…]+")
_DAY_BEFORE = re.compile(r"\d{1,2}\.\s?\Z")
_NUMBER_BEFORE = re.compile(r"(?:\d|(?<![^\W\d_])[IVXLC]{1,7})(?:-[^\W\d_]{1,4})?\s*\Z")
_UNIT_ON_NUMBER = re.compile(r"(\d+)([^\W\d_]{1,4})")
_SHILLINGS = re.compile(r"\s?\d{1,2}\s?[sd]\b")
_LETTER_IN_LIST = re.compile(r"[a-zа-я]\)\s")
# Left of a forgiven missing space: a whole lower-case word after a space or a mark, so that addresses are left alone.
_PLAIN_TOKEN = re.compile(r"(?:\A|[\s(«„“\"‘'—–-])[^\W\d_]*[^\W\d_A-ZА-ЯЁ]{2}[»”\"’]?\Z")
_CLAUSE_MARKS = re.compile(r"[,;:(—–]")

# How far back a full stop looks: longer than any abbreviation with its number, or any date.
_BACK = 48
# A bracket that closes further away than this is one left open by its writer, not an insertion.
_LONGEST_INSERTION = 600
_MOST_NAME_WORDS = 3
# "U. S. S. R." is the longest dotted abbreviation in the tables, "фунт. ст." has the longest first part.
_MOST_PARTS = 4
_LONGEST_PART = 5


@dataclass(frozen=True, slots=True)
class _Next:
    """What follows a run of final marks: where its first word is, and the word (empty for a number or sign)."""

    at: int
    word: str
    elided: bool
    dashed: bool


def split_sentences(text: str, language: str) -> list[tuple[int, int]]:
    """Return the sentences of one paragraph as half-open spans of code points, in order.

    Spans have no white space at their ends and together cover every character that is not white space. Line breaks in
    the paragraph count as spaces. language is BCP 47; other languages than Russian and English get the tables of both.
    Example: "Он ушёл. Потом г. Лукин встал." gives [(0, 8), (9, 30)].
    """
    spans: list[tuple[int, int]] = []
    start = _after_space(text, 0)
    for end in _Splitter(text, words_of(language)).ends(start):
        spans.append((start, end))
        start = _after_space(text, end)
    end = len(text.rstrip())
    if start < end:
        spans.append((start, end))
    return spans


class _Splitter:
    """One walk over one paragraph; holds what the walk has seen so far."""

    def __init__(self, text: str, words: Words) -> None:
        self._text = text
        self._words = words
        self._brackets = _bracket_pairs(text)
        self._bracket = 0  # brackets before this one have been judged
        self._held_until = -1  # inside a bracket that was opened mid-sentence, up to here
        self._counted_to = 0  # typewriter quotes are counted up to here
        self._quotes = 0
        self._first_word = -1  # of the sentence being walked, once it was asked for

    def ends(self, start: int) -> Iterator[int]:
        """Yield where each sentence but the last ends."""
        done = start
        for run in _RUN.finditer(self._text):
            if run.start() < done:
                continue
            self._judge_brackets(start, run.start())
            elision = self._elision_around(run)
            tail = elision if elision is not None else self._tail(run)
            done = max(done, tail)
            if tail >= len(self._text):
                return
            if elision is not None:
                ends = not self._has_word(start, run.start()) and self._next(tail) is not None
            else:
                ends = self._is_end(start, run, tail)
            if ends:
                yield tail
                start = done = _after_space(self._text, tail)

    def _is_end(self, start: int, run: re.Match[str], tail: int) -> bool:
        follows = self._next(tail)
        if follows is None or (follows.at < len(self._text) and not self._is_parted(run, tail)):
            return False
        if self._held_until >= run.start():
            # The sentence goes on after its insertion, unless a word that is no name stands with a capital there.
            return self._held_until < tail and self._is_starter(follows)
        marks = "".join(sign for sign in self._text[run.start() : tail] if _RUN.match(sign))
        if marks == ".":
            return self._full_stop_ends(start, run.start(), follows)
        if set(marks) == {"."} and not run.group().startswith(".."):
            return True  # a stop inside the closing quote and one outside: «... и т. д.».
        return self._strong_mark_ends(run, tail, follows)

    def _tail(self, run: re.Match[str]) -> int:
        """Return where the marks end that belong to the run: closing quotes and brackets, notes, further final marks."""
        text, at = self._text, run.end()
        while at < len(text):
            sign = text[at]
            if sign in _CLOSING_BRACKETS or (sign in _CLOSING_QUOTES and self._closes(at)):
                at += 1
            elif further := _RUN.match(text, at):
                at = further.end()
            elif mark := _NOTE_MARK.match(text, at):
                at = mark.end()
            elif sign.isspace() and at + 1 < len(text) and text[at + 1] in '»”"' and self._closes(at + 1):
                at += 2
            else:
                break
        return at

    def _closes(self, at: int) -> bool:
        """Tell whether the quote at this place, after final marks, closes; typewriter quotes are decided by count."""
        text = self._text
        sign = text[at]
        spaced = text[at - 1].isspace()
        touches = at + 1 < len(text) and (text[at + 1].isalnum() or text[at + 1] in "«„“([")
        if spaced or touches:
            if sign in "»”":
                return not touches or not spaced
            if sign != '"' or (spaced and touches):
                return False
            self._quotes += text.count('"', self._counted_to, at)
            self._counted_to = at
            return self._quotes % 2 == 1
        return True

    def _elision_around(self, run: re.Match[str]) -> int | None:
        at = run.start() - 1
        while at > 0 and self._text[at].isspace() and run.start() - at < 3:
            at -= 1
        elision = _ELISION.match(self._text, at) if at >= 0 else None
        return elision.end() if elision else None

    def _judge_brackets(self, start: int, at: int) -> None:
        """Note the brackets opened before this place inside the sentence that begins at start."""
        while self._bracket < len(self._brackets) and self._brackets[self._bracket][0] < at:
            opened, closed = self._brackets[self._bracket]
            self._bracket += 1
            if opened > self._held_until and closed - opened <= _LONGEST_INSERTION and self._has_word(start, opened):
                self._held_until = closed

    def _has_word(self, start: int, end: int) -> bool:
        """Tell whether the sentence that begins at start has a word before end; looks for its first word only once."""
        if self._first_word < start:
            found = _LETTER_OR_DIGIT.search(self._text, start)
            self._first_word = found.start() if found else len(self._text)
        return self._first_word < end

    def _next(self, at: int) -> _Next | None:
        """Return what follows if it can begin a sentence, else None."""
        text, elided, dashed, dotted = self._text, False, False, False
        while at < len(text):
            sign = text[at]
            if not elided and (elision := _ELISION.match(text, at)):
                at, elided = elision.end(), True
            elif sign.isspace() or sign in _OPENING or (sign == "-" and text[at + 1 : at + 2].isspace()):
                dashed = dashed or sign in "–—―−-"
                at += 1
            elif sign in ".…" and not dotted and (dots := _DOTS.match(text, at)):
                at, dotted = dots.end(), True
            else:
                break
        if at == len(text):
            return _Next(at, "", elided, dashed) if elided else None
        if elided or text[at].isdigit() or text[at] in _SYMBOLS_THAT_BEGIN or _LETTER_IN_LIST.match(text, at):
            return _Next(at, "", elided, dashed)
        if text[at].isalpha() and not text[at].islower():
            word = _WORD.match(text, at)
            return _Next(at, word_key(word.group()) if word else "", elided, dashed)
        return None

    def _is_parted(self, run: re.Match[str], tail: int) -> bool:
        """Tell whether a space or dash parts the run from what follows, or was plainly forgotten."""
        text = self._text
        if text[tail].isspace() or text[tail] in "–—―•":
            return True
        left = text[max(0, run.start() - _BACK) : run.start()].translate(_WITHOUT_INVISIBLE)
        last = _last_word(left)
        right = text[tail:].lstrip("«„“\"‘'(")[:2] if tail + 8 > len(text) else text[tail : tail + 8].lstrip("«„“\"‘'(")[:2]
        follows_word = right[:1].isupper() and (right[1:].islower() or right[1:].isspace())
        known = self._is_known_short(word_key(last))
        return follows_word and not known and (tail > run.end() or _PLAIN_TOKEN.search(left) is not None)

    def _is_known_short(self, key: str) -> bool:
        words = self._words
        return any(key in table for table in (words.before, words.weak, words.last, words.units, words.counted))

    def _is_starter(self, follows: _Next) -> bool:
        """Tell whether the next word, though capitalised, is no name: a pronoun, article, conjunction, preposition."""
        end = _WORD.match(self._text, follows.at)
        initial = end is not None and len(follows.word) == 1 and self._text[end.end() : end.end() + 1] == "."
        return follows.word in self._words.starters and not initial

    def _full_stop_ends(self, start: int, stop: int, follows: _Next) -> bool:
        left = self._text[max(start, stop - _BACK) : stop].translate(_WITHOUT_INVISIBLE)
        word = _last_word(left)
        if not word:
            return True
        before = left[: len(left) - len(word)]
        if glued := _UNIT_ON_NUMBER.fullmatch(word):  # "10s. 6d.", "1934г."
            word, before = glued.group(2), before + glued.group(1)
        number_next = self._number_follows(follows)
        if stop - start < _BACK and _MARKER.fullmatch(left) and left.strip()[:1] not in "–—":
            return False
        if word.isdigit():
            names_month = follows.word in self._words.months
            if _SHILLINGS.match(self._text, stop + 1):
                return False
            return not (len(word) <= 2 and (names_month or _DATE_AFTER_DAY.match(self._text, stop + 1)))
        if _ROMAN.fullmatch(word) and _DAY_BEFORE.search(before):
            return not number_next
        return self._word_ends(start=start, stop=stop, word=word, before=before, follows=follows, number_next=number_next)

    def _word_ends(
        self, *, start: int, stop: int, word: str, before: str, follows: _Next, number_next: bool
    ) -> bool:
        words = self._words
        keys = _joined_keys(word, before)
        numbered = _NUMBER_BEFORE.search(before) is not None
        for key in keys:
            if key in words.counted and numbered:
                dated = key in {"г", "гг", "в", "вв"}
                return (dated or not number_next) and not self._is_only_date(start, stop, follows)
            if key in words.last:
                return not self._is_only_date(start, stop, follows)
            if key in words.units:
                return not number_next
            if key in words.before:
                return False
            if key in words.weak:
                return self._is_starter(follows)
            if key in words.numbered and number_next:
                return False
        if len(word) == 1 and keys[-1] != "я":
            return self._is_starter(follows)
        if len(word) == 1:
            return word.islower() or self._is_starter(follows)
        return True

    def _number_follows(self, follows: _Next) -> bool:
        roman = _ROMAN.match(self._text, follows.at)
        if roman and roman.group() != "I" and not self._text[roman.end() : roman.end() + 1].isalpha():
            return True
        return self._text[follows.at : follows.at + 1].isdigit()

    def _is_only_date(self, start: int, stop: int, follows: _Next) -> bool:
        """Tell whether the clause up to this stop is only a date, so that the sentence has yet to say something."""
        if self._is_starter(follows):
            return False
        clause = self._text[max(start, stop - _BACK) : stop]
        begins = stop - start <= _BACK
        marks = list(_CLAUSE_MARKS.finditer(clause))
        if marks:
            clause, begins = clause[marks[-1].end() :], False
        keys = [word_key(word) for word in re.findall(r"[^\W_]+(?:['’][^\W_]+)?", clause)]
        words = self._words
        joins = bool(keys) and keys[0] in words.linking and keys[0] not in {"в", "на", "с", "к", "in", "on", "at", "by"}
        return (begins or joins) and all(
            key in words.dating or key in words.months or key[0].isdigit() or _ROMAN.fullmatch(key.upper()) for key in keys
        )

    def _strong_mark_ends(self, run: re.Match[str], tail: int, follows: _Next) -> bool:
        text = self._text
        trailing = run.group()[-1] in ".…"
        if trailing and text[follows.at : follows.at + 1].isdigit():
            return False
        closed = any(sign in _CLOSING_QUOTES for sign in text[run.end() : tail])
        if (closed or follows.dashed) and self._is_attribution(follows):
            return False
        if not trailing:
            return True
        said = word_key(_last_word(text[max(0, run.start() - _BACK) : run.start()]))
        if said and not closed and len(said) <= 2 and follows.word.startswith(said):
            return False
        return not (follows.word.partition("'")[0] == "i" and said in self._words.linking)

    def _is_attribution(self, follows: _Next) -> bool:
        """Tell whether a speaker and a verb of saying follow: "I asked", "Mr. Harding then replied"."""
        at, names = follows.at, 0
        for _ in range(_MOST_NAME_WORDS + 2):
            word = _WORD.match(self._text, at)
            if word is None:
                return False
            key = word_key(word.group())
            if names and any(key.startswith(verb) for verb in self._words.saying):
                return True
            if word.group()[0].isupper() and (key == "i" or key not in self._words.starters) and names <= _MOST_NAME_WORDS:
                names += 1
            elif not (names and (key.endswith("ly") or key in {"then", "only", "тихо", "тут"})):
                return False
            at = word.end() + (self._text[word.end() : word.end() + 1] == "." and names > 0)
            at = _after_space(self._text, at)
        return False


def _joined_keys(word: str, before: str) -> list[str]:
    """Return the keys under which a word may stand, with its dotted neighbours ("т.д") first and alone last."""
    key = word_key(word)
    if before.endswith("&"):
        return ["&" + key]
    keys = [key]
    for _ in range(_MOST_PARTS - 1):
        before = before.rstrip()
        part = _last_word(before[:-1]) if before.endswith(".") else ""
        if not part or len(part) > _LONGEST_PART:
            break
        before = before[: -1 - len(part)]
        keys.insert(0, f"{word_key(part)}.{keys[0]}")
    if before.rstrip().endswith((" и", "\nи")):
        keys.insert(len(keys) - 1, f"и.{key}")
    return keys


def _last_word(left: str) -> str:
    """Return the word at the end of the text, with inner hyphens and apostrophes; empty if it ends otherwise."""
    at = len(left)
    while at and (left[at - 1].isalnum() or (left[at - 1] in "-'’" and at < len(left) and left[at - 2 : at - 1].isalnum())):
        at -= 1
    return left[at:]


def _bracket_pairs(text: str) -> list[tuple[int, int]]:
    """Return the places of matching brackets in order of opening; brackets without a partner are left out."""
    opened: list[tuple[str, int]] = []
    pairs: list[tuple[int, int]] = []
    for found in re.finditer(r"[()\[\]{}]", text):
        sign = found.group()
        if sign not in _PAIRS:
            opened.append((sign, found.start()))
        elif opened and opened[-1][0] == _PAIRS[sign]:
            pairs.append((opened.pop()[1], found.start()))
    return sorted(pairs)


def _after_space(text: str, at: int) -> int:
    while at < len(text) and text[at].isspace():
        at += 1
    return at
