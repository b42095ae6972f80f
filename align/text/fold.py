r"""The form in which texts are compared: folded, always with its way back to the source.

Folding forgives what an engine, a typist or a spelling reform may change without changing what is said:

- case, combining accents and breves (ё е, й и), soft hyphens, apostrophes, ligatures, long s, full-width forms;
- Latin and Cyrillic look-alikes, merged one to one ("CCCP" typed in Latin letters is "СССР"), and 0 О, 1 l I, 3 З;
- letters that the reform of 1918 took away (ѣ е, і и, ѳ ф, ѵ и, no ъ) and the endings -аго, -яго;
- punctuation, quotes, dashes and white space: a run of them becomes one space, a hyphen at a line end becomes nothing.

    >>> folded = fold("— Добраго слѣ-\nда, ёжъ!")
    >>> folded.text
    'доброго следа еж'
    >>> folded.letters().text
    'доброгоследаеж'
    >>> folded.source_span(8, 13)  # "слѣ-\nда"
    (10, 17)

Folded text is never exported: it is no spelling of anything. It does not transliterate and knows no languages.

Two other foldings serve web pages, not matching: align/web/viewer/words folds for search, and must do exactly what the
JavaScript of the viewer does; align/web/report/differences folds words to mark those that differ.
"""

from __future__ import annotations

import re
import unicodedata
from array import array
from dataclasses import dataclass
from functools import lru_cache
from itertools import compress

from align.model.arguments import need_text

# Pairs that look alike in capitals or in small letters (case is folded before, so B В and H Н count). Both become the
# Cyrillic one; l and 1 join i, since all three are one stroke on a typewriter.
_TWINS = dict(zip("abcehiklmoptxy013", "авсеникимортхуоиз", strict=True))
_OLD_LETTERS = {
    "ѣ": "е", "є": "е", "і": "и", "ѵ": "и", "ј": "j", "ѳ": "ф", "ѕ": "з", "ѡ": "о", "ѿ": "от",
    "ѧ": "я", "ѩ": "я", "ѫ": "у", "ѭ": "ю", "ꙋ": "у", "ѯ": "кс", "ѱ": "пс", "ъ": "", "æ": "ае", "œ": "ое", "ı": "и",
}  # fmt: skip

_DROPPED = "\0"  # a mark inside a word without meaning
_EXPANDED = "\1"  # one source character that folds to several letters
_APOSTROPHES = "'’‘ʼ`´′"
_HYPHENS = "-‐\u2011¬⸗="  # hyphens that divide a word at a line end; a dash does not
# A folded text is shown by its beginning, in one line.
_SHOWN_LETTERS = 60
_DIVISION = re.compile(r"(?<=[^\W_])\0*-[ \0]*\n[ \0]*(?=[^\W_])")
_LONG_GAP = re.compile(" [ \0]*(?: |$)[ \0]*")
_OLD_ENDING = re.compile(r"(?<=[а-я]{2})[ая](?=го\b)")


@dataclass(frozen=True, slots=True)
class Folded:
    """A folded text and, for each of its code points, the offset of the source code point it comes from.

    Offsets (array of C int) never go down. They are equal only inside the expansion of one source character (ﬁ, ѿ).
    """

    text: str
    offsets: array[int]
    source_length: int

    def __post_init__(self) -> None:
        if len(self.text) != len(self.offsets):
            raise ValueError(f"one offset a code point: {len(self.text)} code points, {len(self.offsets)} offsets")

    def __repr__(self) -> str:
        shown = self.text if len(self.text) <= _SHOWN_LETTERS else self.text[: _SHOWN_LETTERS - 1] + "…"
        return f"<Folded {shown!r} of {self.source_length} code points>"

    def source_span(self, start: int, end: int) -> tuple[int, int]:
        """The half-open source range of these folded code points, from first to last; empty for an empty range."""
        if not 0 <= start <= end <= len(self.text):
            raise ValueError(f"no such range in {len(self.text)} folded code points: {start}, {end}")
        if start == end:
            at = self.offsets[start] if start < len(self.offsets) else self.source_length
            return at, at
        return self.offsets[start], self.offsets[end - 1] + 1

    def letters(self) -> Folded:
        """The same without spaces: letters and digits alone, which wrong word breaks cannot disturb."""
        kept = array("i", compress(self.offsets, map(" ".__ne__, self.text)))
        return Folded(self.text.replace(" ", ""), kept, self.source_length)


def fold(text: str) -> Folded:
    """The folded form of a text: words of letters and digits with one space between them, in time linear in its length.

    Folding a folded text changes nothing. Two texts folded one by one and then joined give the same as the joined texts
    folded, unless a word or a run of spaces goes over the seam. The text may be in any language and in any Unicode
    normal form; the locale of the machine does not matter.

    >>> fold("«Ѣхалъ» въ Москву")
    <Folded 'ехал в москву' of 17 code points>
    """
    need_text("text", text)
    same_length = _same_length(text)
    if _EXPANDED in same_length:
        pieces = [_letters(text[i]) if char == _EXPANDED else char for i, char in enumerate(same_length)]
        offsets = array("i", [i for i, piece in enumerate(pieces) for char in piece if char != _DROPPED])
        folded = "".join(pieces).replace(_DROPPED, "")
    else:
        offsets = array("i", compress(range(len(text)), map(_DROPPED.__ne__, same_length)))
        folded = same_length.replace(_DROPPED, "")
    if folded.startswith(" "):
        folded, offsets = folded[1:], offsets[1:]
    return Folded(_OLD_ENDING.sub(_new_vowel, folded), offsets, len(text))


def folded_text(text: str) -> str:
    """The text of `fold(text)`, without the way back; sooner done.

    >>> folded_text("«Ѣхалъ» въ Москву")
    'ехал в москву'
    """
    same_length = _same_length(text)
    if _EXPANDED in same_length:
        same_length = "".join(_letters(text[i]) if c == _EXPANDED else c for i, c in enumerate(same_length))
    folded = same_length.replace(_DROPPED, "").removeprefix(" ")
    return _OLD_ENDING.sub(_new_vowel, folded)


def folded_letters(text: str) -> str:
    """The text of `fold(text).letters()`, without the way back; sooner done."""
    return folded_text(text).replace(" ", "")


def _same_length(text: str) -> str:
    """The text folded character by character: those that are dropped, or become several, as marks of their own."""
    same_length = text.translate(_TABLE)
    if "-" in same_length:
        same_length = _DIVISION.sub(lambda m: _DROPPED * len(m[0]), same_length).replace("-", " ")
    same_length = same_length.replace("\n", " ").replace("  ", " " + _DROPPED)  # most gaps are done with here, and fast
    return _LONG_GAP.sub(_single_space, same_length)


@lru_cache(maxsize=1 << 16)
def letters_of_word(word: str) -> str:
    """The letters and digits of a word, folded; kept, since a text says few words often."""
    return folded_letters(word)


def _single_space(gap: re.Match[str]) -> str:
    """Equally long: one space, or none at the end of the text, and the rest dropped."""
    found = gap[0]
    return _DROPPED * len(found) if gap.end() == len(gap.string) else " " + _DROPPED * (len(found) - 1)


def _new_vowel(vowel: re.Match[str]) -> str:
    return "о" if vowel[0] == "а" else "е"


@lru_cache(maxsize=4096)
def _letters(char: str) -> str:
    """What one source character folds to: letters, a space, a line break, a hyphen, or the mark of a dropped one."""
    if char in _APOSTROPHES:
        return _DROPPED
    if char in _HYPHENS:
        return "-"
    if char == "\n":
        return "\n"
    found = [c for c in _plain(char) if c.isalnum() and c not in _APOSTROPHES]
    if found:
        return "".join(_OLD_LETTERS.get(c, _TWINS.get(c, c)) for c in found) or _DROPPED
    # Marks belong to their letter; format characters (soft hyphen, joiners, direction marks) are invisible.
    return _DROPPED if unicodedata.category(char)[0] == "M" or unicodedata.category(char) == "Cf" else " "


def _plain(char: str) -> str:
    """One character in small letters without compatibility forms: ﬁ is fi, Å is a and a ring, ² is 2."""
    for _ in range(3):  # a capital in a compatibility form needs two rounds, nothing in Unicode needs four
        char = unicodedata.normalize("NFKD", char.casefold())
    return char


class _Table(dict[int, str]):
    """What each code point folds to in one character, for `str.translate`: filled as texts need it, and never large."""

    def __missing__(self, code: int) -> str:
        value = _letters(chr(code))
        if len(self) >= LARGEST_TABLE:
            self.clear()
        self[code] = value if len(value) == 1 else _EXPANDED
        return self[code]


LARGEST_TABLE = 4096
_TABLE = _Table()
