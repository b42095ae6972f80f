"""How long the rest will take, from the pace at which an editor decides."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from itertools import pairwise

# A longer wait between two decisions is a break, and says nothing of the pace.
LONGEST_THOUGHT_S = 300.0
# With fewer waits an estimate would jump about.
FEWEST_WAITS = 5
# The latest decisions say best how fast it goes now.
LATEST = 60


def seconds_each(times: Sequence[str]) -> float | None:
    """The seconds that a decision takes, on average, from the times of one editor's decisions in their order.

    Times are ISO 8601. None where there are too few to say. Decisions of one moment, as those on many subjects at once,
    are one decision.

    >>> seconds_each([f"2026-11-28T10:00:{second:02}.000Z" for second in range(0, 60, 10)])
    10.0
    """
    moments = [_moment(time) for time in dict.fromkeys(times[-LATEST:])]
    waits = [(later - earlier).total_seconds() for earlier, later in pairwise(moments)]
    kept = [wait for wait in waits if 0 <= wait <= LONGEST_THOUGHT_S]
    return sum(kept) / len(kept) if len(kept) >= FEWEST_WAITS else None


def seconds_left(left: int, each: float | None) -> int | None:
    """The seconds that this many decisions will take; None where the pace is not known.

    >>> seconds_left(6, 10.0), seconds_left(6, None), seconds_left(0, None)
    (60, None, 0)
    """
    if left == 0:
        return 0
    return None if each is None else round(left * each)


def _moment(time: str) -> datetime:
    return datetime.fromisoformat(time)
