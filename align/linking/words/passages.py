"""Passages: what runs on both in a text and on the pages, word beside word.

Lines that follow each other both on the pages and in the text are one passage, with the unclaimed lines and the
unclaimed words of the text between them. Its words as read and as written are collated, line by line where the ends of
the lines are plain: which word of the page shows which word of the text. A word divided at a line end has two places.

Example: the line "came late. Нe sat" of the text "came late. He had eaten. He sat" shows "came", "late", "He", "sat";
"He had eaten" is shown by nothing.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right, insort
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import accumulate
from sys import intern

from align.linking.lines.reader_view import reading_ranks
from align.linking.places.placing import PlacedLine
from align.linking.places.running_text import RunningText
from align.linking.words.trust import sure
from align.linking.words.word_alignment import Step, Steps, collate
from align.model import LineAt, Page, WordAt
from align.text.fold import letters_of_word
from align.tuning.linking import LINKING, LinkingTuning

_HYPHENS = "-‐‑¬­"
# Dashes divide words, with spaces around them or without.
_WORD = re.compile(r"(?:(?!--)[^\s—–―])+")


@dataclass(frozen=True, slots=True)
class ReadWord:
    """A word as read: its places (two if it is divided at a line end), its text, and its folded letters.

    It is `shared` if its box holds other words too: a dash without spaces stands between them.
    """

    places: tuple[WordAt, ...]
    text: str
    folded: str
    confidence: float
    shared: bool = False


@dataclass(frozen=True, slots=True)
class WrittenWord:
    """A word of the text: its half-open range of the running text, its text, and its folded letters."""

    start: int
    end: int
    text: str
    folded: str


@dataclass(frozen=True, slots=True)
class Passage:
    """Words read, in page order, beside words written, and the steps that lead through both."""

    read: tuple[ReadWord, ...]
    written: tuple[WrittenWord, ...]
    steps: Sequence[Step]


@dataclass(slots=True)
class _Stretch:
    """Lines that are collated together, in page order, and the range of the running text beside them."""

    lines: list[LineAt] = field(default_factory=list)
    start: int = 0
    end: int = 0


def passages(
    pages: Sequence[Page],
    running_text: RunningText,
    placed: Sequence[PlacedLine],
    open_lines: Collection[LineAt],
    tuning: LinkingTuning = LINKING,
) -> list[Passage]:
    """The passages of the placed lines; `open_lines` are the lines of running text that no text claims."""
    claims = _Claims.of(placed)
    ranks = {p: reading_ranks(pages[p], tuning) for p in {p.page for p in placed} | {page for page, _ in open_lines}}
    loose = sorted((page, ranks[page][line], line) for page, line in open_lines)
    result: list[list[_Stretch]] = []
    before: PlacedLine | None = None
    for place in sorted(placed, key=lambda p: (p.page, ranks[p.page][p.line])):
        if before is None or not _runs_on(before, place, claims, tuning):
            result.append([_Stretch([place.at], place.start, place.end)])
        else:
            last = result[-1][-1]
            between = [
                LineAt(page, line)
                for page, _, line in loose[
                    bisect_right(loose, (before.page, ranks[before.page][before.line], before.line)) : bisect_left(
                        loose, (place.page, ranks[place.page][place.line], place.line)
                    )
                ]
            ]
            if between or not _parted(pages, running_text, before, place):
                last.lines += [*between, place.at]
                last.end = max(last.end, place.end)
            else:
                result[-1].append(_Stretch([place.at], last.end, place.end))
        before = place
    _extend(pages, running_text, result, placed, tuning.words.beyond_characters)
    return [_passage(pages, running_text, parts, tuning) for parts in result]


def _extend(
    pages: Sequence[Page],
    running_text: RunningText,
    stretches: Sequence[list[_Stretch]],
    placed: Sequence[PlacedLine],
    beyond_characters: int,
) -> None:
    """Add to each passage the unclaimed text before it if its first word was read otherwise, and so at its end.

    Matching gives a line about as much text as it has letters. If words of the text are missing on the page, a line may
    get the wrong words, and the right ones are then beside the passage.
    """
    claims = {p.at: p for p in placed}
    taken = sorted([(p.start, p.end) for p in placed])
    starts, ends = [start for start, _ in taken], sorted(end for _, end in taken)
    content = running_text.content
    for parts in sorted(stretches, key=lambda parts: parts[0].start):
        first, last = claims[parts[0].lines[0]], claims[parts[-1].lines[-1]]
        if not _plain_start(pages, running_text, first):
            at = bisect_right(ends, first.start)
            least = ends[at - 1] if at else 0
            start = max(least, first.start - beyond_characters)
            while least < start and not content[start - 1].isspace():
                start -= 1
            parts[0].start = start
        if not _plain_end(pages, running_text, last):
            at = bisect_left(starts, last.end)
            most = starts[at] if at < len(starts) else len(content)
            end = min(most, last.end + beyond_characters)
            while end < most and not content[end].isspace():
                end += 1
            parts[-1].end = max(parts[-1].end, end)
            insort(ends, parts[-1].end)


def _plain_start(pages: Sequence[Page], running_text: RunningText, place: PlacedLine) -> bool:
    """Whether a line begins with the word that its text begins with."""
    words = running_text.content[place.start : place.end].split()
    return (
        bool(words)
        and letters_of_word(pages[place.page].lines[place.line].words[0].text) == letters_of_word(words[0]) != ""
    )


def _plain_end(pages: Sequence[Page], running_text: RunningText, place: PlacedLine) -> bool:
    """Whether a line ends with the word that its text ends with, undivided."""
    words = running_text.content[place.start : place.end].split()
    last = pages[place.page].lines[place.line].words[-1].text
    return bool(words) and last[-1] not in _HYPHENS and letters_of_word(last) == letters_of_word(words[-1]) != ""


@dataclass(frozen=True, slots=True)
class _Claims:
    """The ranges of the running text that lines claim, ascending: they tell whether some line claims a gap."""

    starts: tuple[int, ...]
    ends: tuple[int, ...]

    @classmethod
    def of(cls, placed: Sequence[PlacedLine]) -> _Claims:
        ranges = sorted((p.start, p.end) for p in placed)
        return cls(tuple(a for a, _ in ranges), tuple(b for _, b in ranges))

    def within(self, start: int, end: int) -> bool:
        """Whether a line begins in the range."""
        return bisect_left(self.starts, end) > bisect_left(self.starts, start)


def _runs_on(before: PlacedLine, after: PlacedLine, claims: _Claims, tuning: LinkingTuning) -> bool:
    """Whether the second line goes on where the first ends, on the pages and in the text."""
    gap = after.start - before.end
    onwards = (
        before.start < after.start
        and before.end < after.end
        and -tuning.words.overlap_characters <= gap <= tuning.words.far_characters
    )
    return onwards and after.page - before.page <= 1 and not claims.within(before.end + 1, after.start)


def _parted(pages: Sequence[Page], running_text: RunningText, before: PlacedLine, after: PlacedLine) -> bool:
    """Whether the end of a line is plain: no text is between it and the next, and the words there are the text's."""
    if after.start < before.end or running_text.content[before.end : after.start].strip():
        return False
    if before.end == after.start and running_text.content[before.end - 1 : before.end + 1].isalnum():
        return False
    return _plain_end(pages, running_text, before) and _plain_start(pages, running_text, after)


def _passage(pages: Sequence[Page], text: RunningText, parts: Sequence[_Stretch], tuning: LinkingTuning) -> Passage:
    read: list[ReadWord] = []
    written: list[WrittenWord] = []
    steps = Steps()
    for part in parts:
        written_here = list(written_words(text.content, part.start, part.end))
        read_here = list(read_words(pages, part.lines, {word.folded for word in written_here}, tuning))
        letters_read, letters_written = [word.folded for word in read_here], [word.folded for word in written_here]
        scraps = {n for n, word in enumerate(read_here) if word.confidence < tuning.words.scrap_confidence}
        steps += collate(letters_read, letters_written, tuning, before=(len(read), len(written)), scraps=scraps)
        read += read_here
        written += written_here
    return Passage(tuple(read), tuple(written), steps)


def read_words(
    pages: Sequence[Page], lines: Sequence[LineAt], known: Collection[str] = (), tuning: LinkingTuning = LINKING
) -> Iterator[ReadWord]:
    """The words of lines that hold letters or digits; a word divided at a line end is one word.

    A divided word goes on in a line with which it makes a word of `known` (folded words of the text), past lines that
    stand between; if there is none, it goes on in the next line.
    """
    begun: dict[int, list[_Part]] = {}
    for number, (page, line) in enumerate(lines):
        words = pages[page].lines[line].words
        for index, word in enumerate(words):
            parts = [
                *(begun.pop(number, []) if index == 0 else []),
                (WordAt(page, line, index), word.text, sure(word)),
            ]
            divided = index == len(words) - 1 and word.text[-1] in _HYPHENS and word.text[:-1].strip(_HYPHENS)
            following = _continued(pages, lines, number, parts, known, tuning) if divided else None
            if following is None:
                yield from _read(parts)
            else:
                begun[following] = [*begun.get(following, []), *parts]


_Part = tuple[WordAt, str, float]


def _continued(
    pages: Sequence[Page],
    lines: Sequence[LineAt],
    number: int,
    parts: Sequence[_Part],
    known: Collection[str],
    tuning: LinkingTuning,
) -> int | None:
    """The index of the line in which a divided word goes on; None if no line follows."""
    begun = _undivided([*(text for _, text, _ in parts), ""])
    for following in range(number + 1, min(number + 1 + tuning.words.divided_lines, len(lines))):
        page, line = lines[following]
        whole = _WORD.findall(begun + pages[page].lines[line].words[0].text)
        if any(letters_of_word(word) in known for word in whole if word not in begun):
            return following
    return number + 1 if number + 1 < len(lines) else None


def _undivided(texts: Sequence[str]) -> str:
    """The parts of a word joined, without the hyphens that divide them."""
    return "".join(t[:-1] if n < len(texts) - 1 and t[-1:] in _HYPHENS else t for n, t in enumerate(texts))


def _read(parts: Sequence[_Part]) -> Iterator[ReadWord]:
    """The words in what was read as one word, each with the places that hold its letters."""
    whole = _undivided([text for _, text, _ in parts])
    ends = list(accumulate(len(_undivided([text, ""])) for _, text, _ in parts[:-1]))
    words: list[tuple[tuple[WordAt, ...], str, str, float]] = []
    for match in _WORD.finditer(whole):
        holding = parts[bisect_right(ends, match.start()) : bisect_left(ends, match.end()) + 1]
        if folded := letters_of_word(match.group()):
            words.append((tuple(p for p, *_ in holding), intern(match.group()), folded, min(c for *_, c in holding)))
    words_at = Counter(place for places, *_ in words for place in places)
    for places, text, folded, confidence in words:
        yield ReadWord(places, text, folded, confidence, shared=any(words_at[place] > 1 for place in places))


def written_words(content: str, start: int, end: int) -> Iterator[WrittenWord]:
    """The words of a range of a text that hold letters or digits; a word divided at a line end is one word."""
    begun: re.Match[str] | None = None
    first = start
    for match in _WORD.finditer(content, start, end):
        first = begun.start() if begun else match.start()
        text = match.group()
        if text[-1] in _HYPHENS and text[:-1].strip(_HYPHENS) and content[match.end() : match.end() + 1] in "\r\n":
            begun = begun or match
            continue
        yield from _written(content, first, match.end())
        begun = None
    if begun:
        yield from _written(content, begun.start(), min(end, len(content)))


def _written(content: str, start: int, end: int) -> Iterator[WrittenWord]:
    text = re.sub(rf"[{_HYPHENS}]\s+", "", content[start:end].strip())
    folded = letters_of_word(text)
    if folded:
        yield WrittenWord(start, end, intern(text), folded)
