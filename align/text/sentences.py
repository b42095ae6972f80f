"""Where the sentences of a paragraph begin and end, for Russian and English by one policy.

The policy and its reasons are in docs/decisions/0003-sentences.md. The method: find every run of sentence-final marks,
take what sticks to it (closing quotes and brackets, footnote marks), look at what comes next, and, for a lone full
stop, at the word before. Each run is looked at once and within a bounded distance, so the time is linear in the text.

What it does not do: learn, parse, look for names, or end a sentence before a lower-case letter.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from align.model.arguments import need_text
from align.text.abbreviations import INVISIBLE, Words, word_key, words_of
from align.text.stops import WORD, FullStops, Next, last_word
from align.tuning.text import TEXT, TextTuning

# One run of final marks; dots set apart by spaces (". . .") are one run unless they open the next word ("...И").
_RUN = re.compile(r"[.!?…‽⁇⁈⁉]++(?:\s{1,2}[.…]++(?![^\W_]))*+")
# Marks of notes: [3], stars, daggers (these also after one space), raised digits, and digits or 1) stuck to the stop.
_NOTE_MARK = re.compile(r"\s?(?:\[\d{1,3}\]|[*†‡]+\)?)(?=\W|\Z)|[¹²³⁰⁴-⁹]+[)⁾]?|\(?(?:\d{1,3}|\*)\)|\d{1,2}(?=\s|\Z)")
_ELISION = re.compile(r"([\[(<])\s?(?:[.…]\s?){1,6}[\])>]")
_ELIDING = frozenset("[(<")  # what an elision begins with
_OPENING = frozenset("«„“”\"'‘’‚‹›»([{¿¡–—―−•" + INVISIBLE)
_CLOSING_QUOTES = frozenset("»”’\"'“‘›«")
_CLOSING_BRACKETS = frozenset(")]}")
_PAIRS = {")": "(", "]": "[", "}": "{"}
_SYMBOLS_THAT_BEGIN = frozenset("§№£$€")
_LETTER_OR_DIGIT = re.compile(r"[^\W_]")
_DOTS = re.compile(r"[.…]+")
_LETTER_IN_LIST = re.compile(r"[a-zа-я]\)\s")
# Left of a forgiven missing space: a whole lower-case word after a space or a mark, so that addresses are left alone.
_PLAIN_TOKEN = re.compile(r"(?:\A|[\s(«„“\"‘'—–-])[^\W\d_]*[^\W\d_A-ZА-ЯЁ]{2}[»”\"’]?\Z")

_FIRST_CYRILLIC = "\u0400"


def split_sentences(text: str, language: str = "ru", *, tuning: TextTuning = TEXT) -> list[tuple[int, int]]:
    """Return the sentences of one paragraph as half-open spans of code points, in order.

    Spans have no white space at their ends and together cover every character that is not white space. Line breaks in
    the paragraph count as spaces. language is BCP 47; other languages than Russian and English get the tables of both.

    >>> split_sentences("Он ушёл. Потом г. Лукин встал.")
    [(0, 8), (9, 30)]
    """
    need_text("text", text)
    need_text("language", language)
    spans: list[tuple[int, int]] = []
    start = _after_space(text, 0)
    if _RUN.search(text, start) is None:
        return [(start, len(text.rstrip()))] if start < len(text) else []
    for end in _Splitter(text, words_of(language), tuning).ends(start):
        spans.append((start, end))
        start = _after_space(text, end)
    end = len(text.rstrip())
    if start < end:
        spans.append((start, end))
    return spans


class _Splitter:
    """One walk over one paragraph; holds what the walk has seen so far."""

    def __init__(self, text: str, words: Words, tuning: TextTuning) -> None:
        self._text = text
        self._tuning = tuning
        self._words = words
        self._stops = FullStops(text, words, tuning=tuning)
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
            if run.start() < done or self._stops.is_among_initials(start, run.start()):
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
            # The sentence goes on after its insertion, unless a capitalised word that is no name follows.
            if self._held_until >= tail:
                return False
            marked_after = any(_RUN.match(sign) for sign in self._text[self._held_until : tail])
            return marked_after or self._stops.is_starter(follows)
        alone = tail == run.start() + 1
        marks = run.group() if alone else "".join(sign for sign in self._text[run.start() : tail] if _RUN.match(sign))
        if marks == ".":
            return self._stops.ends(start, run.start(), follows)
        if set(marks) == {"."} and not run.group().startswith(".."):
            return True  # a stop inside the closing quote and one outside: «... и т. д.».
        return self._strong_mark_ends(start=start, run=run, tail=tail, follows=follows)

    def _tail(self, run: re.Match[str]) -> int:
        """Return where the marks end that belong to the run: closing quotes, brackets, notes, further final marks."""
        text, at = self._text, run.end()
        while at < len(text):
            sign = text[at]
            if sign.isalpha() or (sign == " " and text[at + 1 : at + 2].isalnum()):
                break  # nothing that belongs to the run begins so
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
        elision = _ELISION.match(self._text, at) if at >= 0 and self._text[at] in _ELIDING else None
        return elision.end() if elision else None

    def _judge_brackets(self, start: int, at: int) -> None:
        """Note the brackets opened before this place inside the sentence that begins at start."""
        while self._bracket < len(self._brackets) and self._brackets[self._bracket][0] < at:
            opened, closed = self._brackets[self._bracket]
            self._bracket += 1
            short = closed - opened <= self._tuning.longest_insertion
            if opened > self._held_until and short and self._has_word(start, opened):
                self._held_until = closed

    def _has_word(self, start: int, end: int) -> bool:
        """Tell whether the sentence that begins at start has a word before end; looks for its first word only once."""
        if self._first_word < start:
            found = _LETTER_OR_DIGIT.search(self._text, start)
            self._first_word = found.start() if found else len(self._text)
        return self._first_word < end

    def _next(self, at: int) -> Next | None:
        """Return what follows if it can begin a sentence, else None."""
        text, elided, dashed, dotted = self._text, False, False, False
        if text[at : at + 1] == " " and text[at + 1 : at + 2].isalpha():
            at += 1  # the usual case
        while at < len(text):
            sign = text[at]
            if sign.isalpha():
                break
            if not elided and sign in _ELIDING and (elision := _ELISION.match(text, at)):
                at, elided = elision.end(), True
            elif sign.isspace() or sign in _OPENING or (sign == "-" and text[at + 1 : at + 2].isspace()):
                dashed = dashed or sign in "–—―−-"
                at += 1
            elif sign in ".…" and not dotted and (dots := _DOTS.match(text, at)):
                at, dotted = dots.end(), True
            else:
                break
        if at == len(text):
            return Next(at, "", dashed) if elided else None
        listed = text[at + 1 : at + 2] == ")" and _LETTER_IN_LIST.match(text, at)
        if elided or text[at].isdigit() or text[at] in _SYMBOLS_THAT_BEGIN or listed:
            return Next(at, "", dashed)
        if text[at].isalpha() and not text[at].islower():
            word = WORD.match(text, at)
            return Next(at, word_key(word.group()) if word else "", dashed)
        return None

    def _is_parted(self, run: re.Match[str], tail: int) -> bool:
        """Tell whether a space or dash parts the run from what follows, or was plainly forgotten."""
        text = self._text
        if text[tail].isspace() or text[tail] in "–—―•":
            return True
        left = self._stops.before(0, run.start())
        last = last_word(left)
        right = text[tail : tail + self._tuning.opening_marks].lstrip("«„“\"‘'(")[:2]
        follows_word = right[:1].isupper() and (right[1:].islower() or right[1:].isspace())
        known = self._stops.is_known_short(word_key(last))
        return follows_word and not known and (tail > run.end() or _PLAIN_TOKEN.search(left) is not None)

    def _strong_mark_ends(self, *, start: int, run: re.Match[str], tail: int, follows: Next) -> bool:
        text = self._text
        trailing = run.group()[-1] in ".…"
        if trailing and text[follows.at : follows.at + 1].isdigit():
            return False
        closed = any(sign in _CLOSING_QUOTES for sign in text[run.end() : tail])
        # Russian sets an attribution off with a dash; without it, «Пожар!» Иван говорит ... is a new sentence.
        expected = follows.dashed or (closed and text[follows.at] < _FIRST_CYRILLIC)
        if expected and self._is_attribution(follows):
            return False
        if not trailing:
            return True
        said = word_key(last_word(self._stops.before(start, run.start())))
        if said and not closed and len(said) <= 2 and follows.word.startswith(said):
            return False
        return not (follows.word.partition("'")[0] == "i" and said in self._words.linking)

    def _is_attribution(self, follows: Next) -> bool:
        """Tell whether a speaker and a verb of saying follow: "I asked", "Mr. Harding then replied"."""
        at, names = follows.at, 0
        for _ in range(self._tuning.speaker_words + 2):
            word = WORD.match(self._text, at)
            if word is None:
                return False
            key = word_key(word.group())
            if names and any(key.startswith(verb) for verb in self._words.saying):
                return True
            if (
                word.group()[0].isupper()
                and (key == "i" or key not in self._words.starters)
                and names <= self._tuning.speaker_words
            ):
                names += 1
            elif not (names and (key.endswith("ly") or key in {"then", "only", "тихо", "тут"})):
                return False
            at = word.end() + (self._text[word.end() : word.end() + 1] == "." and names > 0)
            at = _after_space(self._text, at)
        return False


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
