"""Places for unclaimed pieces beside their claimed neighbours: places that seeds cannot give.

A short or badly read line has no seed. But its neighbour on the page says where it should be: right after the
neighbour in the text. Places are proposed for the first few pieces after and before each claimed piece, while there is
room in the text up to the next claim on the page. Up to two pieces next to the neighbour may be heads or numbers, which
take no text.

(align/linking/places/gap_filling does the same later, for whole lines of a volume with several texts.)

    claimed: piece 4 at text 200-250 and piece 7 at 302-350; unclaimed: 5 (a page number of 2 letters), 6 (50 letters)
    proposed for 5: 250; for 6: 252 (after 5) and 250 (5 takes no text); from the right 252 for 6, and 250 for 5

If pieces fill a gap to the letter, each is proposed for its share of the gap, however badly it was read.

Proposing is not claiming: the chain decides, by fit.
"""

from __future__ import annotations

import numpy as np

from align.matching.bitvectors import Ints
from align.tuning.matching import MATCHING, MatchingTuning


def propose(
    starts: Ints,
    pieces: Ints,
    claimed_starts: Ints,
    claimed_ends: Ints,
    letters: int,
    *,
    tuning: MatchingTuning = MATCHING,
) -> tuple[Ints, Ints]:
    """Pieces and the places proposed for them; a piece may have several places.

    starts: where each piece of the stream starts; pieces: the claimed ones, ascending, with their ranges of the text;
    letters: the length of the text.
    """
    total = len(starts) - 1
    if not len(pieces):
        return np.empty(0, np.int64), np.empty(0, np.int64)
    proposals = []
    # If the next claim on the page has an earlier place in the text, page order is broken: there is no known limit.
    forward = claimed_starts[1:] >= claimed_ends[:-1]
    room_after = np.append(np.where(forward, claimed_starts[1:], letters), letters)
    room_before = np.append(0, np.where(forward, claimed_ends[:-1], 0))
    pieces_after, pieces_before = np.append(pieces[1:], total), np.append(-1, pieces[:-1])
    for reach in range(1, tuning.gap_reach + 1):
        for passed in range(min(reach, tuning.gap_outside_text + 1)):
            near = np.flatnonzero(pieces + reach < pieces_after)
            piece = pieces[near] + reach
            place = claimed_ends[near] + starts[piece] - starts[pieces[near] + 1 + passed]
            fits = place + (starts[piece + 1] - starts[piece]) // 2 <= room_after[near]
            proposals.append((piece[fits], place[fits]))
            near = np.flatnonzero(pieces - reach > pieces_before)
            piece = pieces[near] - reach
            place = claimed_starts[near] - (starts[pieces[near] - passed] - starts[piece])
            fits = place + (starts[piece + 1] - starts[piece]) // 2 >= room_before[near]
            proposals.append((piece[fits], place[fits]))
    return np.concatenate([pieces_placed for pieces_placed, _ in proposals]), np.concatenate(
        [places for _, places in proposals]
    )


def fill(
    starts: Ints, pieces: Ints, claimed_starts: Ints, claimed_ends: Ints, *, tuning: MatchingTuning = MATCHING
) -> tuple[Ints, Ints, Ints]:
    """Pieces and the starts and ends of the text ranges that they fill, between claims that follow each other in it.

    Each range is the piece's share of the gap, by letters.
    """
    gaps = claimed_starts[1:] - claimed_ends[:-1]
    begins, ends = starts[pieces[:-1] + 1], starts[pieces[1:]]
    letters = ends - begins
    tolerance = tuning.gap_deviations * np.sqrt(tuning.gap_variance * np.maximum(gaps, 0))
    close = (gaps > 0) & (letters > 0) & (np.abs(letters - gaps) <= tolerance)
    filled = np.flatnonzero(close & (np.diff(pieces) <= tuning.gap_reach + 1))
    counts = pieces[filled + 1] - pieces[filled] - 1
    gap = np.repeat(filled, counts)
    nth = np.arange(len(gap)) - np.repeat(np.cumsum(counts) - counts, counts)
    piece = pieces[gap] + 1 + nth
    share_start = (starts[piece] - begins[gap]) * gaps[gap] // letters[gap]
    share_end = (starts[piece + 1] - begins[gap]) * gaps[gap] // letters[gap]
    return piece, claimed_ends[gap] + share_start, claimed_ends[gap] + share_end
