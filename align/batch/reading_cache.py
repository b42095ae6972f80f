"""Readings kept from run to run."""

from __future__ import annotations

from dataclasses import dataclass

from align.files.store.readings import ReadingStore, reading_from_json, reading_to_json, stored
from align.model import Reading


@dataclass(frozen=True, slots=True)
class KeptReadings:
    """The readings of scans, one entry a scan, under a key that names all that they depend on."""

    store: ReadingStore

    def get(self, key: str) -> tuple[Reading, ...] | None:
        """The readings kept under the key, or None where there are none that can be read."""
        value = self.store.get(key)
        if value is None:
            return None
        try:
            return tuple(reading_from_json(reading) for reading in value["readings"])
        except (KeyError, TypeError, ValueError):
            return None

    def put(self, key: str, readings: tuple[Reading, ...]) -> tuple[Reading, ...]:
        """Keep the readings, and give them as they will come back, so that a second run works with the same."""
        self.store.put(key, {"readings": [reading_to_json(reading) for reading in readings]})
        return tuple(stored(reading) for reading in readings)
