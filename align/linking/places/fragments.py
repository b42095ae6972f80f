"""Which part of a line shows which part of a text: letters to words.

A line was read as words with boxes, and matched to a span of a text. The two are aligned letter by letter; both are
folded, so that look-alikes and old spelling agree. Each letter of the text then has a word. A sentence that starts or
ends within the line gets the words that hold its letters, and no others. If the engine dropped the space between two
sentences, they share a word: it is cut in proportion to their letters.

Example: in the line "came late. He sat" the sentence "He sat" gets the words 2 to 3.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from unicodedata import category

from rapidfuzz.distance import Levenshtein

from align.model import Span
from align.text.fold import fold, folded_letters, letters_of_word
from align.tuning.linking import LINKING, LinkingTuning


@dataclass(frozen=True, slots=True)
class Letter:
    """One letter of the matched text: its offset, the word that shows it, how far into it, read alike or not."""

    offset: int
    word: int
    place: float
    same: bool


@dataclass(frozen=True, slots=True)
class LineReading:
    """A line beside the text that it shows: the text's letters in order, and for each word what was read in it.

    `read` counts each word's letters; `points` says of each word whether it is only punctuation: a dash, a quote.
    """

    letters: tuple[Letter, ...]
    read: tuple[int, ...]
    points: tuple[bool, ...]

    @property
    def unread(self) -> tuple[int, ...]:
        """For each word the letters that the text has after it and before the next one, and that were not read."""
        shown = Counter(letter.word for letter in self.letters)
        return tuple(max(0, shown[word] - read) for word, read in enumerate(self.read))


@dataclass(frozen=True, slots=True)
class Fragment:
    """The part of a line that shows part of a sentence.

    `first` and `last` are word indices; `cut_left` and `cut_right` say how far into these it begins and ends, 0..1.
    `letters` counts the sentence's letters here, `same` the letters among them that were read alike, and `read` all
    letters read in its words.
    """

    first: int
    last: int
    cut_left: float
    cut_right: float
    letters: int
    same: int
    read: float

    @property
    def similarity(self) -> float:
        """The share of letters that text and reading have in common, 0..1."""
        return self.same / max(self.letters, self.read, 1)


def letters_of(text: str) -> int:
    """The number of letters and digits that comparison sees in a text."""
    return len(folded_letters(text))


def read_against(words: Sequence[str], text: str) -> LineReading:
    """The letters of the text, each with the word that shows it.

    Both are aligned by Levenshtein over their folded letters. A letter that the engine dropped goes with the letter
    before it, or at the start with the first letter.
    """
    word_of: list[int] = []
    place: list[float] = []
    read: list[int] = []
    parts: list[str] = []
    for index, word in enumerate(words):
        folded = letters_of_word(word)
        parts.append(folded)
        read.append(len(folded))
        word_of += [index] * len(folded)
        place += [(k + 0.5) / len(folded) for k in range(len(folded))]
    points = tuple(all(category(c).startswith("P") and c != "_" for c in word) for word in words)
    if not word_of:
        return LineReading((), tuple(read), points)
    target = fold(text).letters()
    letters: list[Letter] = []
    for op in Levenshtein.opcodes("".join(parts), target.text):
        for k in range(op.dest_start, op.dest_end):
            if op.tag == "insert":
                at = max(0, op.src_start - 1)
            else:
                at = op.src_start + k - op.dest_start
            letters.append(Letter(target.offsets[k], word_of[at], place[at], op.tag == "equal"))
    return LineReading(tuple(letters), tuple(read), points)


def fragments(reading: LineReading, spans: Sequence[Span], tuning: LinkingTuning = LINKING) -> list[Fragment | None]:
    """For each span of the text (ordered, not overlapping) the fragment of the line that shows it, or None.

    Words run unbroken from the first to the last that hold letters of the span.
    """
    owner: list[int] = []
    at = 0
    for letter in reading.letters:
        while at < len(spans) and spans[at][1] <= letter.offset:
            at += 1
        owner.append(at if at < len(spans) and spans[at][0] <= letter.offset else -1)
    held: dict[int, dict[int, list[Letter]]] = {}
    totals = [0] * len(reading.read)
    for letter, who in zip(reading.letters, owner, strict=True):
        totals[letter.word] += 1
        if who >= 0:
            held.setdefault(who, {}).setdefault(letter.word, []).append(letter)
    result: list[Fragment | None] = [None] * len(spans)
    shared_share = tuning.places.shared_word_share
    solid = {
        who: {w for w, ls in by_word.items() if len(ls) >= shared_share * totals[w]} or set(by_word)
        for who, by_word in held.items()
    }
    # A word is cut between all sentences that hold it, whichever has more of it: both then see the same border.
    owner = [
        who if who >= 0 and letter.word in solid[who] else -1
        for letter, who in zip(reading.letters, owner, strict=True)
    ]
    for who, by_word in held.items():
        first, last = min(solid[who]), max(solid[who])
        count = sum(len(ls) for ls in by_word.values())
        same = sum(letter.same for ls in by_word.values() for letter in ls)
        read = sum(
            reading.read[w] * min(1.0, len(by_word.get(w, ())) / totals[w]) for w in range(first, last + 1) if totals[w]
        )
        result[who] = Fragment(
            first,
            last,
            _cut(reading, owner, who, first, before=True),
            _cut(reading, owner, who, last, before=False),
            count,
            same,
            read,
        )
    return _with_points(reading, spans, result)


def _with_points(reading: LineReading, spans: Sequence[Span], bare: Sequence[Fragment | None]) -> list[Fragment | None]:
    """The fragments, widened by the dashes and quotes that stand before or after their words.

    A dash between two sentences goes to the second if that begins with punctuation, else to the first.
    """
    result = list(bare)
    offsets = [letter.offset for letter in reading.letters]
    taken = {w for f in bare if f is not None for w in range(f.first, f.last + 1)}
    order = sorted((k for k, f in enumerate(bare) if f is not None), key=lambda k: _first(bare[k]))
    for k in order:
        fragment = result[k]
        at = bisect_left(offsets, spans[k][0])
        begins_bare = at < len(offsets) and offsets[at] > spans[k][0]
        # If the word is cut, another sentence stands on that side.
        if fragment is None or fragment.cut_left > 0 or not (begins_bare or k == order[0]):
            continue
        first = fragment.first
        while first > 0 and reading.points[first - 1] and first - 1 not in taken:
            first -= 1
        if first < fragment.first:
            taken.update(range(first, fragment.first))
            result[k] = replace(fragment, first=first, cut_left=0.0)
    for k in order:
        fragment = result[k]
        if fragment is None or fragment.cut_right < 1:
            continue
        last = fragment.last
        while last + 1 < len(reading.read) and reading.points[last + 1] and last + 1 not in taken:
            last += 1
        if last > fragment.last:
            taken.update(range(fragment.last + 1, last + 1))
            result[k] = replace(fragment, last=last, cut_right=1.0)
    return result


def _first(fragment: Fragment | None) -> int:
    return fragment.first if fragment else -1


def _cut(reading: LineReading, owner: Sequence[int], who: int, word: int, *, before: bool) -> float:
    """How far into the word the sentence begins (or ends), 0..1: where its letters border on another sentence's."""
    mine = [k for k, letter in enumerate(reading.letters) if letter.word == word and owner[k] == who]
    others = [k for k, letter in enumerate(reading.letters) if letter.word == word and owner[k] not in (who, -1)]
    if not mine or not others:
        return 0.0 if before else 1.0
    if before:
        earlier = [k for k in others if k < mine[0]]
        return (reading.letters[earlier[-1]].place + reading.letters[mine[0]].place) / 2 if earlier else 0.0
    later = [k for k in others if k > mine[-1]]
    return (reading.letters[mine[-1]].place + reading.letters[later[0]].place) / 2 if later else 1.0
