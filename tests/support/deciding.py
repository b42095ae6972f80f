"""A program that decides, for tests: python -m support.deciding ADDRESS FIRST COUNT. It prints what was acknowledged.

Each line is the name of an event that `record` has returned for, or "stale" for one that was refused. One in four is
about a subject that all programs decide on.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

from align.database.decision_store import DecisionStore
from align.database.opening import opened
from align.database.refusals import StaleDecision
from support.decided import event, key

SHARED = 10**6


def decide(store: DecisionStore, first: int, count: int, say: Callable[[str], None]) -> None:
    """Decide on `count` subjects with events of numbers from `first` on."""
    for number in range(first, first + count):
        while True:
            of = SHARED if number % 4 == 0 else number
            current = store.standing_of(event(number, "leave", of=of).subject)
            based_on = int(current.event, 16) if current else None
            try:
                store.record(event(number, "leave", of=of, based_on=based_on, comment=f"{key(of)} {number}"))
            except StaleDecision:
                say("stale")
            else:
                say(f"{number:032x}")
                break


def say(word: str) -> None:
    """Print a line at once."""
    sys.stdout.write(word + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    place = sys.argv[1]
    decide(DecisionStore(opened(place if "://" in place else Path(place))), *map(int, sys.argv[2:4]), say)
