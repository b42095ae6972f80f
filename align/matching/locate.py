"""The place of each line in a text: seeds, fits, a chain, gaps, cuts, in this order."""

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
from align.model.arguments import need_text, need_texts
from align.tuning.matching import MATCHING, MatchingTuning


@dataclass(frozen=True, slots=True)
class Located:
    """A line's half-open range of the source text, and how similar the two are (0..1, on folded letters)."""

    span: tuple[int, int]
    similarity: float


def locate_lines(lines: Sequence[str], text: str, *, tuning: MatchingTuning = MATCHING) -> list[tuple[int, int] | None]:
    """For each line in reading order its half-open range in the text, without outer white space, or None.

    >>> text = "Вечером был у миссис Тапли. Майору исполнилось девять лет."
    >>> locate_lines(["Вечером был у мисcис Taпли.", "Майору исполнилось", "девять лет."], text)
    [(0, 27), (28, 46), (47, 58)]
    """
    need_texts("lines", lines)
    need_text("text", text)
    return [located.span if located else None for located in locate(lines, text, tuning=tuning)]


def locate(lines: Sequence[str], text: str, *, tuning: MatchingTuning = MATCHING) -> list[Located | None]:
    """For each line what locate_lines returns, with the similarity of the line to its range."""
    stream = make_stream(lines, text)
    chosen = _stretch(stream, _choose(stream, tuning), tuning)
    return _cut_lines(lines, text, stream, chosen, tuning)


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

    def chain(self, entry: float, tuning: MatchingTuning) -> _Fitted:
        columns = (self.pieces.tolist(), self.starts.tolist(), self.ends.tolist(), self.gains.tolist())
        return self.take(np.array(best_chain(*columns, entry=entry, tuning=tuning), np.int64))

    def join(self, other: _Fitted) -> _Fitted:
        pieces = np.concatenate((self.pieces, other.pieces))
        return _Fitted(
            pieces,
            np.concatenate((self.starts, other.starts)),
            np.concatenate((self.ends, other.ends)),
            np.concatenate((self.distances, other.distances)),
            np.concatenate((self.gains, other.gains)),
        ).take(np.argsort(pieces, kind="stable"))


def _choose(stream: Stream, tuning: MatchingTuning) -> _Fitted:
    """The fits that the chain believes: first from seeds, then also from gaps between them, until little changes."""
    entry = entry_cost(len(stream.owners), len(stream.text), tuning=tuning)
    candidates = find_candidates(stream.lines, stream.text, stream.starts, tuning=tuning)
    fitted = _fit(stream, candidates.pieces, stream.starts[candidates.pieces] + candidates.diagonals, tuning)
    fitted = fitted.take(np.flatnonzero(fitted.gains > 0))
    chosen = fitted.chain(entry, tuning)
    tried = np.empty(0, np.int64)
    for _ in range(tuning.most_rounds):
        pieces, places = propose(
            stream.starts, chosen.pieces, chosen.starts, chosen.ends, len(stream.text), tuning=tuning
        )
        keys = np.setdiff1d((pieces << 32) | np.maximum(places, 0), tried)
        tried = np.union1d(tried, keys)
        proposed = _fit(stream, keys >> 32, keys & 0xFFFFFFFF, tuning)
        fitted = fitted.join(proposed).join(_fill(stream, chosen, tuning))
        before, chosen = chosen, fitted.chain(entry, tuning)
        if len(np.setxor1d(before.pieces, chosen.pieces)) <= tuning.settled_share * len(stream.owners):
            break
    return _with_strays(fitted, chosen, tuning) if len(chosen.pieces) else chosen


def _with_strays(fitted: _Fitted, chosen: _Fitted, tuning: MatchingTuning) -> _Fitted:
    every = chosen.join(fitted)
    claimed = np.flatnonzero(np.append(True, np.diff(every.pieces) > 0) & np.isin(every.pieces, chosen.pieces))
    strays = find_strays(every.pieces, every.starts, every.ends, every.distances, claimed, tuning=tuning)
    return every.take(np.union1d(claimed, strays))


def _fit(stream: Stream, pieces: Ints, places: Ints, tuning: MatchingTuning) -> _Fitted:
    begins = stream.starts[pieces]
    lengths = stream.starts[pieces + 1] - begins
    fits = fit_pieces(stream.lines, stream.text, begins, lengths, places, tuning=tuning)
    shared = np.minimum(lengths, fits.ends - fits.starts)  # letters that the text lacks are no evidence
    gains = (tuning.chance_edits * shared - fits.distances).astype(np.float64)
    real = np.flatnonzero((fits.starts < fits.ends) & (fits.distances <= tuning.worst_edits * (lengths - 1)))
    return _Fitted(pieces, fits.starts, fits.ends, fits.distances, gains).take(real)


def _fill(stream: Stream, chosen: _Fitted, tuning: MatchingTuning) -> _Fitted:
    pieces, starts, ends = fill(stream.starts, chosen.pieces, chosen.starts, chosen.ends, tuning=tuning)
    begins = stream.starts[pieces]
    lengths = stream.starts[pieces + 1] - begins
    distances = compare(stream.lines, stream.text, begins, lengths, starts, ends)
    gains = tuning.chance_edits * lengths - np.minimum(distances, tuning.unread_edits * lengths)
    plain = np.flatnonzero((2 * distances <= lengths) | (lengths >= tuning.legible_letters))
    return _Fitted(pieces, starts, ends, distances, gains).take(plain)


def _stretch(stream: Stream, chosen: _Fitted, tuning: MatchingTuning) -> _Fitted:
    """The same fits; text between two neighbours is divided between fits that are too short for their pieces."""
    lacking = stream.starts[chosen.pieces + 1] - stream.starts[chosen.pieces] - (chosen.ends - chosen.starts)
    lacking = np.maximum(lacking, 0)
    gaps = chosen.starts[1:] - chosen.ends[:-1]
    both = lacking[1:] + lacking[:-1]
    neighbours = np.diff(chosen.pieces) == 1
    wide = neighbours & (gaps > 0) & (gaps <= tuning.stretch_factor * both + tuning.stretch_letters)
    given = np.where(wide, gaps * lacking[:-1] // np.maximum(both, 1), 0)
    ends = chosen.ends + np.append(given, 0)
    starts = chosen.starts - np.append(0, np.where(wide, gaps - given, 0))
    return _Fitted(chosen.pieces, starts, ends, chosen.distances, chosen.gains)


def _cut_lines(
    lines: Sequence[str], text: str, stream: Stream, chosen: _Fitted, tuning: MatchingTuning
) -> list[Located | None]:
    """The lines of the chosen pieces, cut exactly."""
    located: list[Located | None] = [None] * len(lines)
    if not len(chosen.pieces):
        return located
    chosen, first, last = _whole_lines(stream, chosen, tuning)
    starts, ends = chosen.starts[first], chosen.ends[last]
    steps = np.append(starts[1:] - ends[:-1], tuning.together_letters + 1)
    numbers = stream.owners[chosen.pieces[first]]
    silent = np.array([bool(line.strip()) for line in lines])
    silent[stream.owners] = False
    silent_before = np.cumsum(silent)[numbers]
    claims = Claims(
        lines=numbers,
        starts=stream.text_offsets[starts].astype(np.int64),
        ends=stream.text_offsets[ends - 1].astype(np.int64) + 1,
        goes_on=np.abs(steps) <= tuning.together_letters,
        signs=np.append(np.diff(silent_before) > 0, False),
    )
    lengths = stream.starts[chosen.pieces + 1] - stream.starts[chosen.pieces]
    similarities = 1 - np.add.reduceat(chosen.distances, first) / np.add.reduceat(lengths, first)
    cut_starts, cut_ends = cut(lines, text, claims, tuning=tuning)
    for line, start, end, similarity in zip(
        claims.lines.tolist(), cut_starts.tolist(), cut_ends.tolist(), similarities.tolist(), strict=True
    ):
        if end - start > tuning.short_characters or _readable(lines[line], text[start:end], tuning):
            located[line] = Located((start, end), max(0.0, similarity))
    spans = [placed.span if placed else None for placed in located]
    for line, span in list(place_signs(lines, text, spans, tuning=tuning)):
        located[line] = Located(span, Levenshtein.normalized_similarity(lines[line].strip(), text[slice(*span)]))
    return located


def _whole_lines(stream: Stream, chosen: _Fitted, tuning: MatchingTuning) -> tuple[_Fitted, Ints, Ints]:
    """The pieces that make up lines, and the first and last piece of each line.

    If the pieces of a line are in several parts of the text, the part with most pieces is kept.
    """
    owners = stream.owners[chosen.pieces]
    passed = stream.starts[chosen.pieces[1:]] - stream.starts[chosen.pieces[:-1] + 1]
    apart = np.abs(chosen.starts[1:] - chosen.ends[:-1] - passed)
    astray = apart > tuning.together_letters + passed // tuning.astray_part
    first = np.flatnonzero(np.concatenate(([True], (owners[1:] != owners[:-1]) | astray)))
    sizes = np.diff(np.append(first, len(owners)))
    best = np.lexsort((-sizes, owners[first]))
    best = best[np.concatenate(([True], np.diff(owners[first][best]) > 0))]
    kept = np.repeat(np.isin(np.arange(len(first)), best), sizes)
    ends = np.cumsum(sizes[best])
    return chosen.take(np.flatnonzero(kept)), ends - sizes[best], ends - 1


def _readable(line: str, source: str, tuning: MatchingTuning) -> bool:
    """Whether a short line, unfolded, shares characters with the source; folded, a page number can be a word."""
    return Levenshtein.normalized_similarity(line.strip().lower(), source.lower()) >= tuning.readable_similarity
