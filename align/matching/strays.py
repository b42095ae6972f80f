"""Single lines out of reading order: the chain cannot reach them, but no other line fits their place.

An engine may put the last line of a column first, or a marginal line in the middle. The chain passes over it, since
one line does not earn its way there and back. It is claimed after all if it fits well, all of its text is otherwise
unclaimed, and no other piece fits there: running heads repeat, so the title of a missing page goes to none of them.

    lines 1, 2, 9, 3 .. 8 of a page: the chain takes all but the third; that fits line 9's text, which is free
"""

from __future__ import annotations

import numpy as np

from align.matching.bitvectors import Ints
from align.tuning.matching import MATCHING, MatchingTuning


def find_strays(
    pieces: Ints, starts: Ints, ends: Ints, distances: Ints, claimed: Ints, *, tuning: MatchingTuning = MATCHING
) -> Ints:
    """The indices of fits, given by piece, text range and edits, that are strays; claimed: indices of the fits claimed.

    At most one fit a piece, and none of a claimed piece.
    """
    taken = np.zeros(int(ends.max(initial=0)) + 1, np.int64)
    np.add.at(taken, starts[claimed], 1)
    np.add.at(taken, ends[claimed], -1)
    covered = np.concatenate(([0], np.cumsum(np.cumsum(taken) > 0)))
    lengths = ends - starts
    good = (lengths >= tuning.stray_letters) & (distances <= tuning.stray_edits * lengths)
    good &= covered[ends] - covered[starts] <= tuning.stray_overlap
    good &= ~np.isin(pieces, pieces[claimed])
    good_fits = np.flatnonzero(good)
    best = good_fits[np.lexsort((distances[good_fits], pieces[good_fits]))]
    best = best[np.unique(pieces[best], return_index=True)[1]]
    order = best[np.argsort(starts[best], kind="stable")]
    if len(order) > 1:
        furthest = np.maximum.accumulate(ends[order])
        contested = starts[order][1:] < furthest[:-1] - tuning.stray_overlap
        order = order[~(np.append(False, contested) | np.append(contested, False))]
    return np.sort(order)
