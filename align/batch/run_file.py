"""run.json: the settings and the failures of the last run, and the counts of each volume."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict

from align.batch.digests import settings_digest
from align.batch.scans import merged_failures
from align.batch.volume_states import VolumeState
from align.files.store.result_store import ResultStore
from align.records import SCHEMA_VERSION, json_document
from align.records.counts import Counts
from align.version import PACKAGE, VERSION

FILE = "run.json"


def write_run(
    store: ResultStore,
    states: Sequence[VolumeState],
    counts: Counts,
    *,
    engine: str | None,
    settings: Mapping[str, object],
    seconds: Mapping[str, float],
) -> None:
    """Write run.json; `counts` are those of all volumes, with the findings that belong to none."""
    value = {
        "schema_version": SCHEMA_VERSION,
        "tool": PACKAGE,
        "tool_version": VERSION,
        "engine": engine,
        "settings": settings,
        "settings_digest": settings_digest(settings),
        "counts": asdict(counts),
        "failures": [asdict(f) for f in merged_failures(f for state in states for f in state.failures)],
        "seconds": {stage: round(spent, 2) for stage, spent in seconds.items()},
        "volumes": {state.volume: {"inputs_digest": state.inputs_digest, **asdict(state.counts)} for state in states},
    }
    store.write_text(FILE, json_document(value))


def last_volumes(store: ResultStore) -> tuple[str, ...]:
    """The names of the volumes that the last run knew; none where its run.json is missing or damaged."""
    try:
        volumes = json.loads(store.read_bytes(FILE) or b"{}").get("volumes")
    except (ValueError, AttributeError, RecursionError):
        return ()
    return tuple(volumes) if isinstance(volumes, dict) else ()
