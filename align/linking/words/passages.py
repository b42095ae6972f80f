"""Passages: what runs on in a text and on the pages alike, word beside word.

Lines that follow each other on the pages and in the text are one passage, with the unclaimed lines and the unclaimed
words of the text between them. Its words as read and as written are collated, line by line where the ends of the lines
are plain, so that of each word of the text is known which word of the page shows it, and of each word of the page which
of the text it shows. Words divided at line ends are one word with two places.

Example: the line "came late. Нe sat" of the text "came late. He had eaten. He sat" shows "came", "late", "He", "sat";
"He had eaten" is shown by nothing.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right, insort
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import accumulate

from align.linking.lines.reader_view import reading_ranks
from align.linking.places.placing import Placed
from align.linking.places.running_text import Haystack
from align.linking.words.word_alignment import Step, collate
from align.model import Page
from align.text.fold import letters_of_word

# Lines further apart in the text than this do not run on: between them is a page that was not scanned, or more.
FAR = 1500
# Lines overlap in the text where a word is divided badly, and where words are missing that both of them would have.
OVERLAP = 100

WordPlace = tuple[int, int, int]
"""A word of a line: indices of page, line and word."""

_HYPHENS = "-‐‑¬­"
# Dashes part words, with spaces around them or not.
_WORD = re.compile(r"(?:(?!--)[^\s—–―])+")


@dataclass(frozen=True, slots=True)
class ReadWord:
    """A word as read: its places (two where it is divided at a line end), as it stands there, and folded.

    It is `shared` where a box holds other words too, which a dash without spaces parts.
    """

    places: tuple[WordPlace, ...]
    text: str
    folded: str
    confidence: float
    shared: bool = False


@dataclass(frozen=True, slots=True)
class WrittenWord:
    """A word of the text: its half-open range of the haystack, as it stands there, and folded."""

    start: int
    end: int
    text: str
    folded: str


@dataclass(frozen=True, slots=True)
class Passage:
    """Words read, in page order, beside words written, and the steps that lead through both."""

    read: tuple[ReadWord, ...]
    written: tuple[WrittenWord, ...]
    steps: tuple[Step, ...]


@dataclass(slots=True)
class _Stretch:
    """Lines that are collated together: (page, line) in page order, and the range of the haystack beside them."""

    lines: list[tuple[int, int]] = field(default_factory=list)
    start: int = 0
    end: int = 0


def passages(
    pages: Sequence[Page], haystack: Haystack, placed: Sequence[Placed], free: Collection[tuple[int, int]]
) -> list[Passage]:
    """The passages of the placed lines; `free` are the lines (page, line) of running text that no text claims."""
    claims = _Claims.of(placed)
    ranks = {p: reading_ranks(pages[p]) for p in {p.page for p in placed} | {page for page, _ in free}}
    loose = sorted((page, ranks[page][line], line) for page, line in free)
    result: list[list[_Stretch]] = []
    before: Placed | None = None
    for place in sorted(placed, key=lambda p: (p.page, ranks[p.page][p.line])):
        at = place.page, place.line
        if before is None or not _runs_on(before, place, claims):
            result.append([_Stretch([at], place.start, place.end)])
        else:
            last = result[-1][-1]
            between = [
                (page, line)
                for page, _, line in loose[
                    bisect_right(loose, (before.page, ranks[before.page][before.line], before.line)) : bisect_left(
                        loose, (place.page, ranks[place.page][place.line], place.line)
                    )
                ]
            ]
            if between or not _parted(pages, haystack, before, place):
                last.lines += [*between, at]
                last.end = max(last.end, place.end)
            else:
                result[-1].append(_Stretch([at], last.end, place.end))
        before = place
    _extend(pages, haystack, result, placed)
    return [_passage(pages, haystack, parts) for parts in result]


def _extend(
    pages: Sequence[Page], haystack: Haystack, found: Sequence[list[_Stretch]], placed: Sequence[Placed]
) -> None:
    """Give passages the unclaimed text before and behind them, where their first and last words are not the text's.

    Matching gives a line as much of the text as it has letters: where words of the text are missing on the page, others
    than its own.
    """
    claims = {(p.page, p.line): p for p in placed}
    taken = sorted([(p.start, p.end) for p in placed])
    starts, ends = [start for start, _ in taken], sorted(end for _, end in taken)
    content = haystack.content
    for parts in sorted(found, key=lambda parts: parts[0].start):
        first, last = claims[parts[0].lines[0]], claims[parts[-1].lines[-1]]
        if not _plain_start(pages, haystack, first):
            at = bisect_right(ends, first.start)
            least = ends[at - 1] if at else 0
            start = max(least, first.start - BEYOND)
            while least < start and not content[start - 1].isspace():
                start -= 1
            parts[0].start = start
        if not _plain_end(pages, haystack, last):
            at = bisect_left(starts, last.end)
            most = starts[at] if at < len(starts) else len(content)
            end = min(most, last.end + BEYOND)
            while end < most and not content[end].isspace():
                end += 1
            parts[-1].end = max(parts[-1].end, end)
            insort(ends, parts[-1].end)


# The text is looked at so far before and behind a passage, in characters.
BEYOND = 600


def _plain_start(pages: Sequence[Page], haystack: Haystack, place: Placed) -> bool:
    """Whether a line begins with the word that its text begins with."""
    words = haystack.content[place.start : place.end].split()
    return (
        bool(words)
        and letters_of_word(pages[place.page].lines[place.line].words[0].text) == letters_of_word(words[0]) != ""
    )


def _plain_end(pages: Sequence[Page], haystack: Haystack, place: Placed) -> bool:
    """Whether a line ends with the word that its text ends with, undivided."""
    words = haystack.content[place.start : place.end].split()
    last = pages[place.page].lines[place.line].words[-1].text
    return bool(words) and last[-1] not in _HYPHENS and letters_of_word(last) == letters_of_word(words[-1]) != ""


@dataclass(frozen=True, slots=True)
class _Claims:
    """The ranges of the haystack that lines claim, ascending, for seeing whether some line claims a gap."""

    starts: tuple[int, ...]
    ends: tuple[int, ...]

    @classmethod
    def of(cls, placed: Sequence[Placed]) -> _Claims:
        ranges = sorted((p.start, p.end) for p in placed)
        return cls(tuple(a for a, _ in ranges), tuple(b for _, b in ranges))

    def within(self, start: int, end: int) -> bool:
        """Whether a line begins in the range."""
        return bisect_left(self.starts, end) > bisect_left(self.starts, start)


def _runs_on(one: Placed, other: Placed, claims: _Claims) -> bool:
    gap = other.start - one.end
    onwards = one.start < other.start and one.end < other.end and -OVERLAP <= gap <= FAR
    return onwards and other.page - one.page <= 1 and not claims.within(one.end + 1, other.start)


def _parted(pages: Sequence[Page], haystack: Haystack, one: Placed, other: Placed) -> bool:
    """Whether the end of a line is plain: nothing of the text is between, and the words at the end are the text's."""
    if other.start < one.end or haystack.content[one.end : other.start].strip():
        return False
    if one.end == other.start and haystack.content[one.end - 1 : one.end + 1].isalnum():
        return False
    return _plain_end(pages, haystack, one) and _plain_start(pages, haystack, other)


def _passage(pages: Sequence[Page], haystack: Haystack, parts: Sequence[_Stretch]) -> Passage:
    read: list[ReadWord] = []
    written: list[WrittenWord] = []
    steps: list[Step] = []
    for part in parts:
        other = list(written_words(haystack.content, part.start, part.end))
        own = list(read_words(pages, part.lines, {word.folded for word in other}))
        i, k = len(read), len(written)
        steps += [
            Step((s.read[0] + i, s.read[1] + i), (s.written[0] + k, s.written[1] + k), s.edits)
            for s in collate([word.folded for word in own], [word.folded for word in other])
        ]
        read += own
        written += other
    return Passage(tuple(read), tuple(written), tuple(steps))


def read_words(
    pages: Sequence[Page], lines: Sequence[tuple[int, int]], known: Collection[str] = ()
) -> Iterator[ReadWord]:
    """The words of lines that hold letters or digits; one that is divided at a line end is one word.

    It goes on in the next line, or, past lines that stand between, in the one with which it makes a word of `known`
    (folded words of the text).
    """
    begun: dict[int, list[_Part]] = {}
    for number, (page, line) in enumerate(lines):
        words = pages[page].lines[line].words
        for index, word in enumerate(words):
            parts = [*(begun.pop(number, []) if index == 0 else []), ((page, line, index), word.text, word.confidence)]
            divided = index == len(words) - 1 and word.text[-1] in _HYPHENS and word.text[:-1].strip(_HYPHENS)
            following = _continued(pages, lines, number, parts, known) if divided else None
            if following is None:
                yield from _read(parts)
            else:
                begun[following] = [*begun.get(following, []), *parts]


_Part = tuple[WordPlace, str, float]


def _continued(
    pages: Sequence[Page], lines: Sequence[tuple[int, int]], number: int, parts: Sequence[_Part], known: Collection[str]
) -> int | None:
    """The index of the line in which a divided word goes on, None where there is none."""
    begun = _undivided([*(text for _, text, _ in parts), ""])
    for following in range(number + 1, min(number + 1 + REACH, len(lines))):
        page, line = lines[following]
        whole = _WORD.findall(begun + pages[page].lines[line].words[0].text)
        if any(letters_of_word(word) in known for word in whole if word not in begun):
            return following
    return number + 1 if number + 1 < len(lines) else None


# A word goes on past so many lines at most: heads, numbers, a note.
REACH = 4


def _undivided(texts: Sequence[str]) -> str:
    """The parts of a word without the hyphens that divide them."""
    return "".join(t[:-1] if n < len(texts) - 1 and t[-1:] in _HYPHENS else t for n, t in enumerate(texts))


def _read(parts: Sequence[_Part]) -> Iterator[ReadWord]:
    """The words of what was read as one, each with the places that its letters stand in."""
    whole = _undivided([text for _, text, _ in parts])
    ends = list(accumulate(len(_undivided([text, ""])) for _, text, _ in parts[:-1]))
    words = []
    for found in _WORD.finditer(whole):
        own = parts[bisect_right(ends, found.start()) : bisect_left(ends, found.end()) + 1]
        folded = letters_of_word(found.group())
        if folded:
            words.append(ReadWord(tuple(p for p, *_ in own), found.group(), folded, min(c for *_, c in own)))
    held = Counter(place for word in words for place in word.places)
    for word in words:
        yield replace(word, shared=any(held[place] > 1 for place in word.places))


def written_words(content: str, start: int, end: int) -> Iterator[WrittenWord]:
    """The words of a range of a text that hold letters or digits; one divided at a line end is one word."""
    begun: re.Match[str] | None = None
    first = start
    for found in _WORD.finditer(content, start, end):
        first = begun.start() if begun else found.start()
        text = found.group()
        if text[-1] in _HYPHENS and text[:-1].strip(_HYPHENS) and content[found.end() : found.end() + 1] in "\r\n":
            begun = begun or found
            continue
        yield from _written(content, first, found.end())
        begun = None
    if begun:
        yield from _written(content, begun.start(), min(end, len(content)))


def _written(content: str, start: int, end: int) -> Iterator[WrittenWord]:
    text = re.sub(rf"[{_HYPHENS}]\s+", "", content[start:end].strip())
    folded = letters_of_word(text)
    if folded:
        yield WrittenWord(start, end, text, folded)
