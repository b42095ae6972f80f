"""Single lines out of reading order: what the chain cannot reach, but what nobody else can be.

An engine may put the last line of a column first, or a marginal line in the middle. The chain passes over it, since
one line does not earn its way there and back. It is claimed after all if it fits well, all of its text is otherwise
unclaimed, and no other piece fits there: running heads repeat, so the title of a missing page goes to none of them.

    lines 1, 2, 9, 3 .. 8 of a page: the chain takes all but the third; that fits line 9's text, which is free
"""

from __future__ import annotations

import numpy as np

from align.matching.bitvectors import Ints

_LETTERS = 20  # fewer are found by chance
_DISTANCE = 0.25  # edits a letter
_OVERLAP = 2  # letters by which a neighbour's fit may be off


def find_strays(pieces: Ints, starts: Ints, ends: Ints, distances: Ints, claimed: Ints) -> Ints:
    """The indices of fits, given by piece, text range and edits, that are strays; claimed: indices of the fits claimed.

    At most one fit a piece, and none of a claimed piece.
    """
    taken = np.zeros(int(ends.max(initial=0)) + 1, np.int64)
    np.add.at(taken, starts[claimed], 1)
    np.add.at(taken, ends[claimed], -1)
    covered = np.concatenate(([0], np.cumsum(np.cumsum(taken) > 0)))
    lengths = ends - starts
    good = (lengths >= _LETTERS) & (distances <= _DISTANCE * lengths)
    good &= covered[ends] - covered[starts] <= _OVERLAP
    good &= ~np.isin(pieces, pieces[claimed])
    found = np.flatnonzero(good)
    found = found[np.lexsort((distances[found], pieces[found]))]
    found = found[np.unique(pieces[found], return_index=True)[1]]
    order = found[np.argsort(starts[found], kind="stable")]
    if len(order) > 1:
        furthest = np.maximum.accumulate(ends[order])
        contested = starts[order][1:] < furthest[:-1] - _OVERLAP
        order = order[~(np.append(False, contested) | np.append(contested, False))]
    return np.sort(order)
