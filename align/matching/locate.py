"""Where each line stands in a text: seeds, fits, a chain, gaps, cuts, in this order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import Levenshtein

from align.matching.bitvectors import Ints
from align.matching.chain import best_chain, entry_cost
from align.matching.cuts import Claims, cut
from align.matching.fit import compare, fit_pieces
from align.matching.gaps import fill, propose
from align.matching.seeds import find_candidates
from align.matching.signs import place_signs
from align.matching.strays import find_strays
from align.matching.stream import Stream, make_stream

CHANCE = 0.58
"""Edits a letter at which a fit says nothing: unrelated passages of one language, each put where it fits best, differ
in 0.6 to 0.73 of their letters."""

WORST = 0.65
"""Edits a letter beyond which not even a gap that a line fills says that it stands there."""

LEGIBLE = 4
"""Letters of a piece that may fill a gap unread; shorter ones may be page numbers."""

UNREAD = 0.7
"""Edits a letter at which a piece that fills a gap was not read at all; more are not held against it."""

_SHORT = 8  # characters
_READ = 0.3  # of a short line's own characters; a number and a word have none in common
_ROUNDS = 12  # each brings neighbours four pieces further in; a page nobody could read has 40
_SETTLED = 0.0005  # of all pieces; a round that changes fewer is the last, it takes as long as the first
_TOGETHER = 8  # letters between the fits of neighbours that share a cut


@dataclass(frozen=True, slots=True)
class Located:
    """A line's half-open range of the source text, and how similar the two are (0..1, on folded letters)."""

    span: tuple[int, int]
    similarity: float


def locate_lines(lines: Sequence[str], text: str) -> list[tuple[int, int] | None]:
    """For each line in reading order its half-open range in the text, without outer white space, or None."""
    return [found.span if found else None for found in locate(lines, text)]


def locate(lines: Sequence[str], text: str) -> list[Located | None]:
    """As locate_lines, with the similarity of each line to its range."""
    stream = make_stream(lines, text)
    chosen = _stretch(stream, _choose(stream))
    return _cut_lines(lines, text, stream, chosen)


@dataclass(frozen=True, slots=True)
class _Fitted:
    """Fits of pieces, sorted by piece: text ranges in letters, edit distances, gains."""

    pieces: Ints
    starts: Ints
    ends: Ints
    distances: Ints
    gains: NDArray[np.float64]

    def take(self, kept: Ints) -> _Fitted:
        return _Fitted(self.pieces[kept], self.starts[kept], self.ends[kept], self.distances[kept], self.gains[kept])

    def chain(self, entry: float) -> _Fitted:
        columns = (self.pieces.tolist(), self.starts.tolist(), self.ends.tolist(), self.gains.tolist())
        return self.take(np.array(best_chain(*columns, entry=entry), np.int64))

    def join(self, other: _Fitted) -> _Fitted:
        pieces = np.concatenate((self.pieces, other.pieces))
        return _Fitted(
            pieces,
            np.concatenate((self.starts, other.starts)),
            np.concatenate((self.ends, other.ends)),
            np.concatenate((self.distances, other.distances)),
            np.concatenate((self.gains, other.gains)),
        ).take(np.argsort(pieces, kind="stable"))


def _choose(stream: Stream) -> _Fitted:
    """The fits that the chain believes, seeds first, then what stands in gaps between them, until nothing is new."""
    entry = entry_cost(len(stream.owners), len(stream.text))
    candidates = find_candidates(stream.lines, stream.text, stream.starts)
    fitted = _fit(stream, candidates.pieces, stream.starts[candidates.pieces] + candidates.diagonals)
    fitted = fitted.take(np.flatnonzero(fitted.gains > 0))
    chosen = fitted.chain(entry)
    seen = np.empty(0, np.int64)
    for _ in range(_ROUNDS):
        pieces, places = propose(stream.starts, chosen.pieces, chosen.starts, chosen.ends, len(stream.text))
        keys = np.setdiff1d((pieces << 32) | np.maximum(places, 0), seen)
        seen = np.union1d(seen, keys)
        fitted = fitted.join(_fit(stream, keys >> 32, keys & 0xFFFFFFFF)).join(_fill(stream, chosen))
        before, chosen = chosen, fitted.chain(entry)
        if len(np.setxor1d(before.pieces, chosen.pieces)) <= _SETTLED * len(stream.owners):
            break
    return _with_strays(fitted, chosen) if len(chosen.pieces) else chosen


def _with_strays(fitted: _Fitted, chosen: _Fitted) -> _Fitted:
    every = chosen.join(fitted)
    claimed = np.flatnonzero(np.append(True, np.diff(every.pieces) > 0) & np.isin(every.pieces, chosen.pieces))
    strays = find_strays(every.pieces, every.starts, every.ends, every.distances, claimed)
    return every.take(np.union1d(claimed, strays))


def _fit(stream: Stream, pieces: Ints, places: Ints) -> _Fitted:
    begins = stream.starts[pieces]
    lengths = stream.starts[pieces + 1] - begins
    fits = fit_pieces(stream.lines, stream.text, begins, lengths, places)
    shared = np.minimum(lengths, fits.ends - fits.starts)  # letters that the text has not are evidence of nothing
    gains = (CHANCE * shared - fits.distances).astype(np.float64)
    real = np.flatnonzero((fits.starts < fits.ends) & (fits.distances <= WORST * (lengths - 1)))
    return _Fitted(pieces, fits.starts, fits.ends, fits.distances, gains).take(real)


def _fill(stream: Stream, chosen: _Fitted) -> _Fitted:
    pieces, starts, ends = fill(stream.starts, chosen.pieces, chosen.starts, chosen.ends)
    begins = stream.starts[pieces]
    lengths = stream.starts[pieces + 1] - begins
    distances = compare(stream.lines, stream.text, begins, lengths, starts, ends)
    gains = CHANCE * lengths - np.minimum(distances, UNREAD * lengths)
    plain = np.flatnonzero((2 * distances <= lengths) | (lengths >= LEGIBLE))
    return _Fitted(pieces, starts, ends, distances, gains).take(plain)


def _stretch(stream: Stream, chosen: _Fitted) -> _Fitted:
    """The same, with the text between two neighbours given to those whose fits are too short for them."""
    lacking = stream.starts[chosen.pieces + 1] - stream.starts[chosen.pieces] - (chosen.ends - chosen.starts)
    lacking = np.maximum(lacking, 0)
    gaps = chosen.starts[1:] - chosen.ends[:-1]
    both = lacking[1:] + lacking[:-1]
    neighbours = np.diff(chosen.pieces) == 1
    wide = neighbours & (gaps > 0) & (gaps <= 1.5 * both + 2)
    given = np.where(wide, gaps * lacking[:-1] // np.maximum(both, 1), 0)
    ends = chosen.ends + np.append(given, 0)
    starts = chosen.starts - np.append(0, np.where(wide, gaps - given, 0))
    return _Fitted(chosen.pieces, starts, ends, chosen.distances, chosen.gains)


def _cut_lines(lines: Sequence[str], text: str, stream: Stream, chosen: _Fitted) -> list[Located | None]:
    """The lines of the chosen pieces, cut exactly."""
    found: list[Located | None] = [None] * len(lines)
    if not len(chosen.pieces):
        return found
    chosen, first, last = _whole_lines(stream, chosen)
    starts, ends = chosen.starts[first], chosen.ends[last]
    steps = np.append(starts[1:] - ends[:-1], _TOGETHER + 1)
    numbers = stream.owners[chosen.pieces[first]]
    silent = np.array([bool(line.strip()) for line in lines])
    silent[stream.owners] = False
    silent_before = np.cumsum(silent)[numbers]
    claims = Claims(
        lines=numbers,
        starts=stream.text_offsets[starts].astype(np.int64),
        ends=stream.text_offsets[ends - 1].astype(np.int64) + 1,
        goes_on=np.abs(steps) <= _TOGETHER,
        signs=np.append(np.diff(silent_before) > 0, False),
    )
    lengths = stream.starts[chosen.pieces + 1] - stream.starts[chosen.pieces]
    similarities = 1 - np.add.reduceat(chosen.distances, first) / np.add.reduceat(lengths, first)
    cut_starts, cut_ends = cut(lines, text, claims)
    for line, start, end, similarity in zip(
        claims.lines.tolist(), cut_starts.tolist(), cut_ends.tolist(), similarities.tolist(), strict=True
    ):
        if end - start > _SHORT or _readable(lines[line], text[start:end]):
            found[line] = Located((start, end), max(0.0, similarity))
    for line, span in list(place_signs(lines, text, [f.span if f else None for f in found])):
        found[line] = Located(span, Levenshtein.normalized_similarity(lines[line].strip(), text[slice(*span)]))
    return found


def _whole_lines(stream: Stream, chosen: _Fitted) -> tuple[_Fitted, Ints, Ints]:
    """The pieces that make up lines, and the first and last of each line.

    Of a line whose pieces stand in several parts of the text the part with most pieces is its place.
    """
    owners = stream.owners[chosen.pieces]
    passed = stream.starts[chosen.pieces[1:]] - stream.starts[chosen.pieces[:-1] + 1]
    astray = np.abs(chosen.starts[1:] - chosen.ends[:-1] - passed) > _TOGETHER + passed // 4
    first = np.flatnonzero(np.concatenate(([True], (owners[1:] != owners[:-1]) | astray)))
    sizes = np.diff(np.append(first, len(owners)))
    best = np.lexsort((-sizes, owners[first]))
    best = best[np.concatenate(([True], np.diff(owners[first][best]) > 0))]
    kept = np.repeat(np.isin(np.arange(len(first)), best), sizes)
    ends = np.cumsum(sizes[best])
    return chosen.take(np.flatnonzero(kept)), ends - sizes[best], ends - 1


def _readable(line: str, source: str) -> bool:
    """Whether a few characters, not folded, are those of the source at all; folded, a page number can be a word."""
    return Levenshtein.normalized_similarity(line.strip().lower(), source.lower()) >= _READ
