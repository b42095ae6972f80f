"""What editors decided, read for a run: nothing is made or changed by it."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from pathlib import Path

from align.batch.deciding import StandingEvents
from align.database.decision_store import DecisionStore
from align.database.opening import address_of, opened_to_read
from align.model.decision import Event, Subject

log = logging.getLogger(__name__)


def standing_events(collection: Path, address: str | None) -> StandingEvents:
    """Reads the events that stand for the collection in this folder, at this address or in its folder review/.

    A row of the store that is no decision is told in the log, and the run goes on without it.
    """

    def read() -> Mapping[Subject, Event]:
        database = opened_to_read(address_of(collection, address))
        if database is None:
            return {}
        try:
            return DecisionStore(database, log.error).standing()
        finally:
            database.close()

    return read
