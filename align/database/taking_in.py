"""Another history taken into a store: all that could be recorded here, in one transaction."""

from __future__ import annotations

from collections.abc import Sequence

from align.database.decision_store import DecisionStore
from align.database.refusals import ClashingDecision, StaleDecision
from align.decisions.joining import Joined, join
from align.model.decision import Event

_TRIES = 5
"""Times that it is tried again where editors decide meanwhile; each try takes them into account."""


def take_in(store: DecisionStore, events: Sequence[Event]) -> Joined:
    """What became of the events of another history; its new ones are recorded, all of them or none."""
    for left in reversed(range(_TRIES)):
        joined = join((event for _, event in store.events()), events)
        try:
            store.record_all(joined.new)
        except (StaleDecision, ClashingDecision):
            if not left:
                raise
        else:
            break
    return joined
