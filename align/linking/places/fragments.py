"""Which part of a line shows which part of a text: letters to words, words to boxes.

A line was read as words with boxes, and matched to a span of a text. The two are aligned letter by letter; both are
folded, so that look-alikes and old spelling agree. Each letter of the text then has a word. A sentence that starts or
ends within the line gets the words that hold its letters, and no others. If the engine dropped the space between two
sentences, they share a word: it is cut in proportion to their letters.

Example: in the line "came late. He sat" the sentence "He sat" gets the words 2 to 3.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, replace
from statistics import median
from unicodedata import category

from rapidfuzz.distance import Levenshtein

from align.model import Box, Line, Point, Polygon, Span
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


def outline(line: Line, fragment: Fragment, tuning: LinkingTuning = LINKING) -> tuple[Box, Polygon]:
    """The box and the four-point polygon of a fragment, in scan pixels; the polygon follows the line's slope.

    A word much higher than the words of its line has a stamp or a stroke in its outline. Only that part of it
    counts which is level with its nearest neighbour of usual height.
    """
    along = _direction(line)
    levels = _levels([_quad(word.polygon) for word in line.words], along, tuning)
    quads, boxes = [], []
    for index in range(fragment.first, fragment.last + 1):
        word = line.words[index]
        start = fragment.cut_left if index == fragment.first else 0.0
        end = fragment.cut_right if index == fragment.last else 1.0
        whole = _quad(word.polygon)
        level = levels[index]
        quad = _part(whole if level is None else _cropped(whole, level, along), start, end)
        quads.append(quad)
        boxes.append(word.box if level is None and (start, end) == (0.0, 1.0) else _within(word.box, quad))
    return Box.union(boxes), Polygon(_hull([p for q in quads for p in q], along=along))


def _levels(quads: Sequence[Sequence[Point]], along: Point, tuning: LinkingTuning) -> list[tuple[float, float] | None]:
    """For each word None, or, if it is much too high, the upper and lower level of its nearest word of usual height."""
    ux, uy = along
    levels = [(min(v), max(v)) for v in ([-x * uy + y * ux for x, y in quad] for quad in quads)]
    most = tuning.places.too_high_times * median(low - high for high, low in levels)
    usual_words = [k for k, (high, low) in enumerate(levels) if low - high <= most]
    if len(quads) < tuning.places.level_words:
        return [None] * len(quads)
    return [
        None if k in usual_words else levels[min(usual_words, key=lambda j: (abs(j - k), j))] for k in range(len(quads))
    ]


def _cropped(quad: Sequence[Point], level: tuple[float, float], along: Point) -> tuple[Point, Point, Point, Point]:
    """The part of an outline between two levels across the reading direction; all of it if none of it is between."""
    ux, uy = along
    us = [x * ux + y * uy for x, y in quad]
    vs = [-x * uy + y * ux for x, y in quad]
    high, low = max(min(vs), level[0]), min(max(vs), level[1])
    if high >= low:
        high, low = min(vs), max(vs)
    u0, u1 = min(us), max(us)
    tl, tr, br, bl = ((u * ux - v * uy, u * uy + v * ux) for u, v in ((u0, high), (u1, high), (u1, low), (u0, low)))
    return tl, tr, br, bl


def _within(word: Box, points: Sequence[Point]) -> Box:
    """The box around points of a word, cut to the word's own box."""
    return Box.around(points).intersection(word) or word


def _quad(polygon: Polygon) -> tuple[Point, ...]:
    return polygon.points if len(polygon.points) == 4 else polygon.box.corners


def _part(quad: Sequence[Point], start: float, end: float) -> tuple[Point, ...]:
    """The part of a four-point outline (clockwise from the reader's top left) between two shares of its length."""
    tl, tr, br, bl = quad
    return _between(tl, tr, start), _between(tl, tr, end), _between(bl, br, end), _between(bl, br, start)


def _between(p: Point, q: Point, share: float) -> Point:
    return p[0] + (q[0] - p[0]) * share, p[1] + (q[1] - p[1]) * share


def _direction(line: Line) -> Point:
    """The unit vector of the reading direction, from the first word's left edge to the last word's right edge."""
    first, last = _quad(line.words[0].polygon), _quad(line.words[-1].polygon)
    x0, y0 = (first[0][0] + first[3][0]) / 2, (first[0][1] + first[3][1]) / 2
    x1, y1 = (last[1][0] + last[2][0]) / 2, (last[1][1] + last[2][1]) / 2
    if len(line.words) < 3:
        # One word that sits high or low would tilt so short a line: take the slope of the first word's outline.
        x0, y0, x1, y1 = first[0][0], first[0][1], first[1][0], first[1][1]
    length = ((x1 - x0) ** 2 + (y1 - y0) ** 2) ** 0.5
    return ((x1 - x0) / length, (y1 - y0) / length) if length else (1.0, 0.0)


def _hull(points: Sequence[Point], *, along: Point) -> tuple[Point, Point, Point, Point]:
    """The rectangle around points whose sides run along a unit vector and across it, clockwise from its top left."""
    ux, uy = along
    us = [x * ux + y * uy for x, y in points]
    vs = [-x * uy + y * ux for x, y in points]
    u0, u1, v0, v1 = min(us), max(us), min(vs), max(vs)
    tl, tr, br, bl = ((u * ux - v * uy, u * uy + v * ux) for u, v in ((u0, v0), (u1, v0), (u1, v1), (u0, v1)))
    return tl, tr, br, bl
