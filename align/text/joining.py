"""Pieces of a source text as one running text, with the way back: what a sentence splitter and a reader see."""

from __future__ import annotations

import re
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from align.model import Span

# White space; controls, byte-order marks, zero-width and direction marks say nothing and break outputs such as XML.
_TOKEN = re.compile(
    r"(?P<space>[\s\x85]+)|(?P<silent>[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u200b\u200e\u200f\u202a-\u202e\u2060"
    r"\u2066-\u2069\ufeff\ufffe\uffff]+)"
)
# What is not copied as it stands: white space but single spaces, and what `_TOKEN` and `_BREAK` drop.
_UNEVEN = re.compile(r"[\s\x85]{2}|[^\S ]|[\x00-\x08\x0e-\x1b\x7f-\x9f\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060"
                     r"\u2066-\u2069\ufeff\ufffe\uffff]")  # fmt: skip
_LINE_END = re.compile(r"[\n\r\v\f\x85\u2028\u2029]")
_LETTER = r"[^\W\d_]"
_BREAK = re.compile(rf"\u00ad\n?|(?<={_LETTER})[-‐\u2011¬⸗=]\n(?={_LETTER})|(?<=\d)[-‐–]\n(?=\d)|\n")
_COMPOUND = re.compile(rf"(?<![\w-]){_LETTER}{{1,30}}[-‐\u2011]{_LETTER}{{1,30}}(?![\w-])")
_WORD_END = re.compile(rf"{_LETTER}+$")
_WORD_START = re.compile(rf"{_LETTER}+")
_WORD_LENGTH = 40  # letters of a word that are looked at; the longest words of either language have under 40

# Russian words that keep their hyphen wherever the line ends (rules of 1956, sections 79 to 87).
_KEPT = re.compile(
    r"ко[ей]-.*|из-(?:за|под)|во-(?:первых|вторых|третьих)|по-(?:.*[сц]ки|моему|твоему|своему|нашему|вашему|видимому"
    r"|прежнему|новому|старому)|(?:как\w{0,3}|кто|кого|кому|кем|что|чего|чему|чем|где|куда|откуда|когда|почему|зачем"
    r"|чей|чь\w{1,3}|сколько)-(?:то|либо|нибудь)|(?:self|half)-.*"
)


@dataclass(frozen=True, slots=True)
class Joined:
    """Running text on one line; `offsets`, one a character and never going down, say where each comes from."""

    text: str
    offsets: array[int]


def compounds(content: str, breaks: Sequence[int] = ()) -> frozenset[str]:
    """The hyphenated words that are unbroken somewhere in the text, in small letters: their hyphen is no division.

    `breaks` are the offsets, ascending, of page breaks that have no width: a word around one is not unbroken.

    >>> sorted(compounds("to-day, Anglo-Soviet"))
    ['anglo-soviet', 'to-day']
    """
    words = set()
    for found in _COMPOUND.finditer(content):
        if bisect_right(breaks, found.start()) == bisect_left(breaks, found.end()):
            words.add(_unified(found.group()))
    return frozenset(words)


def join(content: str, pieces: Sequence[Span], known: frozenset[str] = frozenset()) -> Joined:
    r"""The pieces as one line of text: white space collapsed, words that were divided at a line end made whole.

    A hyphen at the end of a line or piece goes when the word goes on in the same case, unless the word is known to have
    a hyphen of its own; soft hyphens and control characters go everywhere.

    >>> join("пере-\nговоры", [(0, 12)]).text
    'переговоры'
    """
    if len(pieces) == 1 and _UNEVEN.search(content, *pieces[0]) is None:
        return Joined(content[slice(*pieces[0])], array("q", range(*pieces[0])))
    parts: list[str] = []
    offsets: array[int] = array("q")
    for number, (start, end) in enumerate(pieces):
        if number:
            parts.append("\n")
            offsets.append(pieces[number - 1][1])
        at = start
        for token in _TOKEN.finditer(content, start, end):
            parts.append(content[at : token.start()])
            offsets.extend(range(at, token.start()))
            if token.lastgroup == "space":
                parts.append("\n" if _LINE_END.search(token.group()) else " ")
                offsets.append(token.start())
            at = token.end()
        parts.append(content[at:end])
        offsets.extend(range(at, end))
    return _rejoined("".join(parts), offsets, known)


def _rejoined(text: str, offsets: array[int], known: frozenset[str]) -> Joined:
    parts: list[str] = []
    kept: array[int] = array("q")
    at = 0
    for found in _BREAK.finditer(text):
        start, end = found.span()
        parts.append(text[at:start])
        kept.extend(offsets[at:start])
        if found.group() == "\n":
            parts.append(" ")
            kept.append(offsets[start])
        elif found.group()[0] != "\u00ad" and _keeps_hyphen(text, start, end, known):
            parts.append(text[start])
            kept.append(offsets[start])
        at = end
    parts.append(text[at:])
    kept.extend(offsets[at:])
    return Joined("".join(parts), kept)


def _keeps_hyphen(text: str, start: int, end: int, known: frozenset[str]) -> bool:
    before = _WORD_END.search(text[max(0, start - _WORD_LENGTH) : start])
    after = _WORD_START.match(text[end : end + _WORD_LENGTH])
    if before is None or after is None:
        return True  # between digits
    left, right = before.group(), after.group()
    if right[0].isupper() and not (left.isupper() and len(left) > 1):
        return True  # Мамин-Сибиряк
    word = f"{left}-{right}".lower()
    return word in known or _KEPT.fullmatch(word) is not None


def _unified(word: str) -> str:
    return word.lower().replace("‐", "-").replace("\u2011", "-")
