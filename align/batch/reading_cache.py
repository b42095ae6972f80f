"""Readings of scans, kept from run to run."""

from __future__ import annotations

from dataclasses import dataclass

from align.files.store.readings import ReadingStore, reading_from_json, reading_to_json, stored
from align.model import Reading


@dataclass(frozen=True, slots=True)
class KeptReadings:
    """The kept readings, one entry for each scan; a key names all that they depend on (see reading/key.py)."""

    store: ReadingStore

    def get(self, key: str) -> tuple[Reading, ...] | None:
        """The readings kept under the key; None where there are none, or the entry is damaged."""
        value = self.store.get(key)
        if value is None:
            return None
        try:
            return tuple(reading_from_json(reading) for reading in value["readings"])
        except (KeyError, TypeError, ValueError):
            return None

    def put(self, key: str, readings: tuple[Reading, ...]) -> tuple[Reading, ...]:
        """The readings as `get` will return them; they are kept. So a second run works with the same readings."""
        self.store.put(key, {"readings": [reading_to_json(reading) for reading in readings]})
        return tuple(stored(reading) for reading in readings)
