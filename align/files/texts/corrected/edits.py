"""Which letters of a text change when other words are put in their place: the fewest, and line ends stay."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from difflib import SequenceMatcher
from itertools import chain, groupby
from typing import NamedTuple

_INVISIBLE = "\u00ad\u200b\u200c\u200d\u2060\ufeff"  # soft hyphen, and signs without width
_LINE_HYPHEN = re.compile(r"(?<=\w)[-\u2010\u00ad\u00ac][ \t]*(?:\r\n|\r|\n)\s*(?=\w)")
_SPACE = re.compile(r"\s+")
_HYPHENS = "-\u2010"
# Comparisons. A hostile reading of a long text would take minutes; so much of it is replaced as a whole.
_MOST_COMPARED = 4_000_000


class Edit(NamedTuple):
    """A half-open range of a text, and the words that are put there; an empty range is an insertion."""

    start: int
    end: int
    new: str


class _Unit(NamedTuple):
    """A letter with its accents, or a run of white space; what stands invisibly after it begins at `tail`.

    It is `broken` where that holds a hyphen at a line end.
    """

    start: int
    tail: int
    end: int
    key: str
    broken: bool


def edits_of(start: int, old: str, new: str) -> list[Edit]:
    r"""The edits, in order, that make the old words, which begin at `start`, into the new ones.

    White space stays as it is where the new words have white space too. Soft hyphens stay, and so do hyphens at line
    ends, where letters around them stay or others take their place. An accent is not parted from its letter.

    >>> edits_of(100, "нашей\r\nБаг\u00adрицов.", "нашей Багрецов.")
    [Edit(start=112, end=113, new='е')]
    """
    hidden = _hyphens(new) < _hyphens(old)
    before, after = _words(_units(old, hidden=hidden)), _words(_units(new, hidden=False))
    edits: list[Edit] = []
    for a, b, c, d in _changes([_keys(word) for word in before], [_keys(word) for word in after]):
        point = before[a][0].start if a < len(before) else len(old)
        taken, put = list(chain.from_iterable(before[a:b])), list(chain.from_iterable(after[c:d]))
        edits += _letter_edits(taken, put, point, new)
    return [Edit(start + edit.start, start + edit.end, edit.new) for edit in edits]


def spliced(text: str, edits: Iterable[Edit]) -> str:
    """The text with these edits made, which are in order and do not overlap."""
    parts, at = [], 0
    for edit in edits:
        parts += [text[at : edit.start], edit.new]
        at = edit.end
    return "".join([*parts, text[at:]])


def _letter_edits(taken: Sequence[_Unit], put: Sequence[_Unit], point: int, new: str) -> Iterator[Edit]:
    """The edits that put letters in the place of others; `point` is where they stand if none are taken."""
    for a, b, c, d in _changes([unit.key for unit in taken], [unit.key for unit in put]):
        own, others = taken[a:b], put[c:d]
        if not own and a and taken[a - 1].broken and all(other.key in _HYPHENS for other in others):
            continue  # the hyphen is there: it stands at the line end
        if not own:
            at = taken[a].start if a < len(taken) else taken[-1].end if taken else point
            yield Edit(at, at, new[others[0].start : others[-1].end])
            continue
        for one, other in zip(own, others, strict=False):
            if other is not others[-1] and one is own[-1]:
                yield Edit(one.start, one.tail, new[other.start : others[-1].end])
            else:
                yield Edit(one.start, one.tail, new[other.start : other.end if one.tail == one.end else other.tail])
        for one in own[len(others) :]:
            yield Edit(one.start, one.end, "")


def _changes(before: Sequence[object], after: Sequence[object]) -> Iterator[tuple[int, int, int, int]]:
    """The ranges of one sequence and of the other that differ, in order."""
    if len(before) * len(after) > _MOST_COMPARED:
        yield 0, len(before), 0, len(after)
        return
    for tag, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag != "equal":
            yield a, b, c, d


def _units(text: str, *, hidden: bool) -> list[_Unit]:
    """The text in units; hyphens at line ends are invisible where they are `hidden`, and so are soft ones always."""
    units = []
    at = 0
    while at < len(text):
        if spaces := _SPACE.match(text, at):
            units.append(_Unit(at, spaces.end(), spaces.end(), " ", broken=False))
            at = spaces.end()
            continue
        broken = _LINE_HYPHEN.match(text, at)
        tail = at + 1
        while tail < len(text) and unicodedata.category(text[tail]).startswith("M"):
            tail += 1
        end, ends_line = broken.end() if broken else tail, False
        while end < len(text):
            line_end = _LINE_HYPHEN.match(text, end)
            if line_end and (hidden or text[end] not in _HYPHENS):
                end, ends_line = line_end.end(), True
            elif text[end] in _INVISIBLE:
                end += 1
            else:
                break
        units.append(_Unit(at, tail, end, unicodedata.normalize("NFC", text[at:tail]), ends_line))
        at = end
    return units


def _words(units: Iterable[_Unit]) -> list[list[_Unit]]:
    """The units in words; every mark and every white space is one of its own."""
    words: list[list[_Unit]] = []
    for is_word, run in groupby(units, key=lambda unit: unit.key[0].isalnum()):
        own = list(run)
        words += [own] if is_word else [[unit] for unit in own]
    return words


def _keys(word: Iterable[_Unit]) -> tuple[str, ...]:
    return tuple(unit.key for unit in word)


def _hyphens(text: str) -> int:
    return sum(map(text.count, _HYPHENS))
