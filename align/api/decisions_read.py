"""What editors decided, read for a run: nothing is made or changed by it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from align.batch.deciding import StandingEvents
from align.database.decision_store import DecisionStore
from align.database.opening import address_of, opened_to_read
from align.model.decision import Event, Subject

MOST_TOLD = 10
"""Rows that are no decisions, of which each is told by itself."""


def standing_events(collection: Path, address: str | None, told: Callable[[str], object]) -> StandingEvents:
    """Reads the events that stand for the collection in this folder, at this address or in its folder review/.

    A row of the store that is no decision is `told` in a sentence, and the run goes on without it.
    """

    def read() -> Mapping[Subject, Event]:
        database = opened_to_read(address_of(collection, address))
        if database is None:
            return {}
        unfit: list[str] = []
        try:
            return DecisionStore(database, unfit.append).standing()
        finally:
            database.close()
            for sentence in unfit[:MOST_TOLD]:
                told(sentence)
            if len(unfit) > MOST_TOLD:
                told(f"and {len(unfit) - MOST_TOLD} more rows of {database.place} that are no decisions.")

    return read
