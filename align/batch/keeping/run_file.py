"""run.json: the settings and the failures of the last run, and the counts of each volume."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path

from align.batch.digests import settings_digest
from align.batch.keeping.left import Left
from align.batch.keeping.volume_states import VolumeState
from align.batch.scans import merged_failures
from align.files.store.result_store import ResultStore, Stamp
from align.files.store.written import RUN, Written, put_record, run_digest
from align.records import SCHEMA_VERSION, json_document
from align.records.counts import Counts
from align.version import PACKAGE, VERSION


def write_run(
    store: ResultStore,
    states: Sequence[VolumeState],
    counts: Counts,
    *,
    engine: str | None,
    settings: Mapping[str, object],
    seconds: Mapping[str, float],
    left: Sequence[Left],
) -> str:
    """Write run.json; the digest of its content. `counts` are of all volumes, with the findings that belong to none."""
    value = {
        "schema_version": SCHEMA_VERSION,
        "tool": PACKAGE,
        "tool_version": VERSION,
        "engine": engine,
        "settings": settings,
        "settings_digest": settings_digest(settings),
        "counts": asdict(counts),
        "failures": [asdict(f) for f in merged_failures(f for state in states for f in state.failures)],
        "left": [asdict(volume) for volume in left],
        "seconds": {stage: round(spent, 2) for stage, spent in seconds.items()},
        "volumes": {state.volume: {"inputs_digest": state.inputs_digest, **asdict(state.counts)} for state in states},
    }
    text = json_document(value)
    store.write_text(RUN, text)
    return run_digest(json.loads(text))


def put_outside(store: ResultStore, root: Path, loose: Mapping[str, Stamp], run: str) -> None:
    """Record what was written for no volume: the files of loose findings, and run.json, which has this digest."""
    content = {"run": run, "collection": os.path.relpath(root, store.out).replace(os.sep, "/")}
    put_record(store, Written(None, loose, content))


def last_volumes(store: ResultStore) -> tuple[str, ...]:
    """The names of the volumes that the last run knew; none where its run.json is missing or damaged."""
    try:
        volumes = json.loads(store.read_bytes(RUN) or b"{}").get("volumes")
    except (ValueError, AttributeError, RecursionError):
        return ()
    return tuple(volumes) if isinstance(volumes, dict) else ()
