"""Where lines begin and end in the source text, to the character.

A fit knows the ends of a line give or take a few letters. The exact place is found in the source's own characters,
including spaces and punctuation. At every place near the guess, the last part of the line is compared with the
characters that end there, and the first part of the next line with the characters that begin there. Neighbours share
the cut at which both together fit best.

    text "…говорил он. — Нет, …", lines "говорил он." and "- Нет,": a cut before the dash costs 0, after it 2

Lines break at white space, which belongs to neither side, or inside a word. There the line mostly has a hyphen that the
text lacks, so a cut inside a word without a hyphen must save edits to be chosen.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from align.matching.bitvectors import CODES, Codes, Ints, columns_after, columns_before, distances
from align.text.fold import folded_letters
from align.tuning.matching import MATCHING, MatchingTuning

_NEVER = np.float32(9999)

_LANES = 2048  # cuts settled in step: bounds memory
_WHITE, _DASH = 1, 2
_DASHES = frozenset("-‐\u2011‒–—―−¬\u00ad")


@dataclass(frozen=True, slots=True)
class Claims:
    """Lines and their approximate places: numbers ascending, source ranges, whether the next claim goes on there.

    `signs`: whether there are lines without letters between this one and the next; they may have text of their own.
    """

    lines: Ints
    starts: Ints
    ends: Ints
    goes_on: NDArray[np.bool_]
    signs: NDArray[np.bool_]


def cut(lines: Sequence[str], text: str, claims: Claims, *, tuning: MatchingTuning = MATCHING) -> tuple[Ints, Ints]:
    """Starts and ends of the claimed lines in the source, as exact as the characters allow."""
    kept = [lines[i].strip() for i in claims.lines.tolist()]
    table = _classes(text, "".join(kept))
    page, source = _Page(kept, claims.goes_on, table, tuning.cut_part), _Source(text, table, tuning)
    edge = source.edge
    guess_starts, guess_ends = claims.starts + edge, claims.ends + edge
    shared = np.flatnonzero(claims.goes_on[:-1])
    middle = (guess_ends[shared] + guess_starts[shared + 1]) // 2
    guess_ends[shared] = guess_starts[shared + 1] = middle
    starts, ends = np.empty_like(guess_starts), np.empty_like(guess_ends)
    first = np.ones(len(starts), bool)
    first[shared + 1] = False
    for at in range(0, len(starts), _LANES):
        block = np.arange(at, min(at + _LANES, len(starts)))
        if len(begin := block[first[block]]):
            guesses = guess_starts[begin]
            starts[begin], _ = _best(guesses, _start_costs(page, source, begin, guesses), tuning)
        if len(last := block[~claims.goes_on[block]]):
            guesses = guess_ends[last]
            ends[last], _ = _best(guesses, _end_costs(page, source, last, guesses), tuning)
        if len(both := block[claims.goes_on[block]]):
            ends[both], starts[both + 1] = _shared(page, source, both, guess_ends[both], claims.signs[both])
    wrong = starts >= ends
    starts[wrong], ends[wrong] = claims.starts[wrong] + edge, claims.ends[wrong] + edge
    starts -= edge
    ends -= edge
    if "\u00ad" in text:  # a word divided by a soft hyphen ends at its letter
        ends = np.array(
            [start + len(text[start:end].rstrip("\u00ad")) for start, end in zip(starts, ends, strict=True)]
        )
    return starts, ends


class _Source:
    """The text as character classes, with `edge` empty characters added before it and behind it.

    Character i of the text stands at i + `edge`. The edge is so wide that no window around a cut goes past the ends.
    """

    def __init__(self, text: str, table: Codes, tuning: MatchingTuning) -> None:
        self.edge = tuning.cut_side + tuning.cut_part + tuning.cut_slack + tuning.cut_white + 1
        self.tuning = tuning
        self.codes: Codes = np.pad(table[_code_points(text)], self.edge)
        self.white = self.codes <= _WHITE
        solid = np.where(self.white, len(self.codes), np.arange(len(self.codes), dtype=np.int32))
        self.next_word = np.minimum.accumulate(solid[::-1])[::-1].astype(np.int64)


class _Page:
    """The claimed lines as character classes, one space between them, without outer white space.

    Where claims go on into each other, the parts compared reach into the neighbours: "да." alone says too little.
    """

    def __init__(self, kept: Sequence[str], goes_on: NDArray[np.bool_], table: Codes, part: int) -> None:
        self.codes: Codes = table[_code_points(" ".join(kept))]
        lengths = np.fromiter(map(len, kept), np.int64, len(kept))
        self.ends = np.cumsum(lengths + 1) - 1
        self.starts = self.ends - lengths
        self.hyphens = (self.codes[self.ends - 1] == _DASH) & (lengths > 1)
        alone = np.flatnonzero(~goes_on)
        runs = np.searchsorted(alone, np.arange(len(kept)))  # the run of claims, going on into each other, of each
        firsts = np.append(0, alone[:-1] + 1)
        self.tails = np.minimum(self.ends - self.starts[firsts[runs]], part)
        self.heads = np.minimum(self.ends[alone[runs]] - self.starts, part)


def _shared(page: _Page, source: _Source, claims: Ints, guess: Ints, signs: NDArray[np.bool_]) -> tuple[Ints, Ints]:
    """Ends of claims and starts of the next ones: a shared cut, or text left out between them, whichever is cheaper."""
    tuning = source.tuning
    end_costs = _end_costs(page, source, claims, guess)
    heads = _head_distances(page, source, claims + 1, guess)
    opening = source.next_word[_places(guess, tuning)]
    behind = opening - guess + tuning.cut_side
    costs = end_costs + np.take_along_axis(heads, np.minimum(behind, len(heads) - 1), axis=0)
    costs[behind >= len(heads)] = _NEVER
    ends, shared_cost = _best(guess, costs, tuning)
    starts = source.next_word[ends]
    apart_ends, end_cost = _best(guess, end_costs, tuning)
    apart_starts, start_cost = _best(guess, _opening_costs(source, heads, guess), tuning)
    left_out = end_cost + start_cost + np.where(signs, 0, tuning.cut_left_out)
    left_out = left_out + tuning.cut_left_out_each * (apart_starts - apart_ends - 2)
    apart = (apart_ends < apart_starts) & (left_out < shared_cost)
    return np.where(apart, apart_ends, ends), np.where(apart, apart_starts, starts)


def _places(guess: Ints, tuning: MatchingTuning) -> Ints:
    places: Ints = guess + np.arange(-tuning.cut_side, tuning.cut_side + 1)[:, None]
    return places


def _end_costs(page: _Page, source: _Source, claims: Ints, guess: Ints) -> NDArray[np.float32]:
    """The cost of a line that ends at each place near the guess, (places, lanes)."""
    tuning = source.tuning
    width = np.full(len(claims), 2 * tuning.cut_side + tuning.cut_part + tuning.cut_slack)
    windows = columns_after(source.codes, guess + tuning.cut_side - width, width)
    places = _places(guess, tuning)

    def tails(hyphens: Ints) -> NDArray[np.float32]:
        parts = page.tails[claims] - hyphens
        patterns = columns_after(page.codes, page.ends[claims] - hyphens - parts, parts)
        return distances(patterns, parts, windows, free_start=True)[-len(places) :].astype(np.float32)

    hyphens = page.hyphens[claims].astype(np.int64)
    whole = tails(np.zeros_like(hyphens))
    broken = np.float32(tuning.cut_broken_word)
    inside = np.minimum(whole, tails(hyphens)) + np.where(hyphens, np.float32(0), broken)
    costs = np.where(source.white[places], whole, inside)
    costs[source.white[places - 1]] = _NEVER
    return costs


def _head_distances(page: _Page, source: _Source, claims: Ints, guess: Ints) -> NDArray[np.float32]:
    """Edit distances of the lines' first parts to what begins near the guess, and up to cut_white characters behind."""
    tuning = source.tuning
    places = 2 * tuning.cut_side + tuning.cut_white
    width = np.full(len(claims), places + tuning.cut_part + tuning.cut_slack)
    windows = columns_before(source.codes, guess - tuning.cut_side + width, width)
    parts = page.heads[claims]
    patterns = columns_before(page.codes, page.starts[claims] + parts, parts)
    heads = distances(patterns, parts, windows, free_start=True)[::-1]
    return heads[: places + 1].astype(np.float32)


def _start_costs(page: _Page, source: _Source, claims: Ints, guess: Ints) -> NDArray[np.float32]:
    return _opening_costs(source, _head_distances(page, source, claims, guess), guess)


def _opening_costs(source: _Source, heads: NDArray[np.float32], guess: Ints) -> NDArray[np.float32]:
    """The cost of a line that begins at each place near the guess, with no line before it to compare."""
    places = _places(guess, source.tuning)
    costs = heads[: len(places)].copy()
    costs[~source.white[places - 1]] += source.tuning.cut_broken_word
    costs[source.white[places]] = _NEVER
    return costs


def _best(guess: Ints, costs: NDArray[np.float32], tuning: MatchingTuning) -> tuple[Ints, NDArray[np.float32]]:
    """The cheapest place near each guess, and its cost."""
    side = tuning.cut_side
    away = np.abs(np.arange(-side, side + 1, dtype=np.float32))[:, None]
    weighed = costs + np.float32(tuning.cut_away) * away
    least = weighed.argmin(axis=0)
    return guess - side + least, costs[least, np.arange(len(guess))]


def _code_points(text: str) -> NDArray[np.uint32]:
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)


def _classes(text: str, lines: str) -> Codes:
    """A table from code point to class: white space, dashes, then the letters and signs that the text has most of."""
    names = {char: _class_name(char) for char in {*text, *lines}}
    weights = Counter[str]()
    for char, count in Counter(text).items():
        weights[names[char]] += count
    numbers = {name: number for number, (name, _) in enumerate(weights.most_common(CODES - 2 - _DASH), _DASH + 1)}
    numbers |= {" ": _WHITE, "-": _DASH}
    table = np.zeros(0x110000, np.uint8)
    for char, name in names.items():
        table[ord(char)] = numbers.get(name, CODES - 1)
    return table


def _class_name(char: str) -> str:
    if char in _DASHES:
        return "-"
    if char.isspace():
        return " "
    return folded_letters(char)[:1] or char
