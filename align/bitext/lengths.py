"""Lengths: sentences that translate each other are about equally long (Gale & Church 1993), in log-odds."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[Any]

# Of letters, over hand-aligned novels: relative spread of one long sentence, and what a single letter adds.
_SPREAD, _SPREAD_SHORT = 0.22, 2.2
# Spread of log sentence lengths in prose, and how many sentences that knowledge weighs.
_USUAL, _USUAL_WEIGHT = 0.8, 30
# A length term can at most say "this is wrong" as loudly as a few wrong words do.
_LEAST = -6.0


def length_evidence(left: Array, right: Array, *, ratio: float, background: float) -> Array:
    """Log-odds that `left` letters were rendered by `right` letters, against any two passages; at least -6.

    ratio: letters on the right to letters on the left in the two texts as a whole; background: standard deviation of
    the log length of a sentence. Arrays broadcast. The log ratio of the lengths is normal, narrower for longer
    passages.

    >>> at = np.array([10.0, 100.0, 300.0])
    >>> length_evidence(np.array([100.0]), at, ratio=1.0, background=0.8).round(1).tolist()
    [-6.0, 1.3, -6.0]
    """
    difference = np.log((right + 2.0) / (left + 2.0)) - np.log(ratio)
    # mean of the two lengths as the scale, so that the term is the same from either side
    variance = _SPREAD**2 + _SPREAD_SHORT**2 / (2.0 + (left + right) / 2.0)
    variance = np.minimum(variance, 2.0 * background**2)
    found = 0.5 * (np.log(2.0 * background**2 / variance) + difference**2 * (0.5 / background**2 - 1.0 / variance))
    return np.asarray(np.maximum(found, _LEAST))


def log_spread(lengths: Array) -> float:
    """The standard deviation of the log lengths of a text's sentences; near 0.8, which is usual, for few sentences.

    >>> log_spread(np.array([])), round(log_spread(np.full(1000, 50)), 1)
    (0.8, 0.1)
    """
    variance = float(np.var(np.log(lengths + 2.0))) if len(lengths) else 0.0
    return float(np.sqrt((len(lengths) * variance + _USUAL_WEIGHT * _USUAL**2) / (len(lengths) + _USUAL_WEIGHT)))
