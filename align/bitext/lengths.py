"""Lengths: sentences that translate each other are about equally long (Gale & Church 1993), in log-odds."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from align.tuning.bitext import BITEXT, BitextTuning

Array = npt.NDArray[Any]


def length_evidence(
    left: Array, right: Array, *, ratio: float, background: float, tuning: BitextTuning = BITEXT
) -> Array:
    """Log-odds that `right` letters translate `left` letters, against any two passages; at least length_least_odds.

    ratio: letters on the right to letters on the left in the two texts as a whole; background: standard deviation of
    the log length of a sentence. Arrays broadcast. The log ratio of the lengths is normal, narrower for longer
    passages.

    >>> at = np.array([10.0, 100.0, 300.0])
    >>> length_evidence(np.array([100.0]), at, ratio=1.0, background=0.8).round(1).tolist()
    [-6.0, 1.3, -6.0]
    """
    difference = np.log((right + 2.0) / (left + 2.0)) - np.log(ratio)
    # mean of the two lengths as the scale, so that the term is the same from either side
    variance = tuning.length_spread**2 + tuning.length_spread_short**2 / (2.0 + (left + right) / 2.0)
    variance = np.minimum(variance, 2.0 * background**2)
    found = 0.5 * (np.log(2.0 * background**2 / variance) + difference**2 * (0.5 / background**2 - 1.0 / variance))
    return np.asarray(np.maximum(found, tuning.length_least_odds))


def log_spread(lengths: Array, *, tuning: BitextTuning = BITEXT) -> float:
    """The standard deviation of the log lengths of a text's sentences; near 0.8, which is usual, for few sentences.

    >>> log_spread(np.array([])), round(log_spread(np.full(1000, 50)), 1)
    (0.8, 0.1)
    """
    variance = float(np.var(np.log(lengths + 2.0))) if len(lengths) else 0.0
    weight = tuning.usual_spread_weight
    return float(np.sqrt((len(lengths) * variance + weight * tuning.usual_spread**2) / (len(lengths) + weight)))
