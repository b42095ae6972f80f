"""Where unclaimed pieces may stand because their neighbours do: places that seeds cannot give.

A short or badly read line has no seed, yet its neighbour on the page says where it should be: right after it in the text.
Places are proposed for the first few pieces after each claimed one and before each, as far as text there is unclaimed; up
to two pieces next to the neighbour may be heads or page numbers, which take no text.

    claimed: piece 4 at text 200-250 and piece 7 at 300-350; unclaimed: 5 (a page number), 6 (50 letters)
    proposed for 5: 250; for 6: 252 (after 5) and 250 (5 takes no text); from the right the same

Proposing is not claiming: the chain decides, by fit.
"""

from __future__ import annotations

import numpy as np

from align.matching.bitvectors import Ints

_REACH = (
    4  # pieces from the neighbour: beyond, its word on where they are is worth little; the next round comes from nearer
)
_PASSED = 2  # a page ends with a number and the next begins with a head


def propose(starts: Ints, pieces: Ints, claimed_starts: Ints, claimed_ends: Ints, letters: int) -> tuple[Ints, Ints]:
    """Pieces and places, given the claims (by piece, ascending, with their text ranges) in a text of so many letters."""
    total = len(starts) - 1
    if not len(pieces):
        return np.empty(0, np.int64), np.empty(0, np.int64)
    by_start, by_end = np.sort(claimed_starts), np.sort(claimed_ends)
    after = np.append(by_start, letters)[np.searchsorted(by_start, claimed_starts, "right")]
    before = np.append(0, by_end)[np.searchsorted(by_end, claimed_ends, "left")]
    following = np.append(pieces[1:], total)
    preceding = np.append(-1, pieces[:-1])
    found_pieces, found_places = [], []
    for reach in range(1, _REACH + 1):
        for passed in range(min(reach, _PASSED + 1)):
            piece = pieces + reach
            ok = piece < following
            piece = np.minimum(piece, total - 1)
            place = claimed_ends + starts[piece] - starts[np.minimum(pieces + 1 + passed, total)]
            ok &= place + (starts[piece + 1] - starts[piece]) // 2 <= after
            found_pieces.append(piece[ok])
            found_places.append(place[ok])
            piece = pieces - reach
            ok = piece > preceding
            piece = np.maximum(piece, 0)
            place = claimed_starts - (starts[np.maximum(pieces - passed, 0)] - starts[piece])
            ok &= place + (starts[piece + 1] - starts[piece]) // 2 >= before
            found_pieces.append(piece[ok])
            found_places.append(place[ok])
    return np.concatenate(found_pieces), np.concatenate(found_places)
