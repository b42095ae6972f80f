"""Volumes that are in the results and no longer in the collection: which they are, and how results are removed."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path

from align.batch.keeping.run_file import last_volumes
from align.batch.keeping.volume_states import VolumeStates
from align.files.collection.names import unified
from align.files.collection.opening import Collection
from align.files.store.result_store import ResultStore
from align.files.store.written import FOLDER, record_of, record_path, recorded_volumes
from align.model import ncname
from align.records import RECORDS

# Foreign files that a message names.
_NAMED = 5


def known_volumes(store: ResultStore) -> tuple[str, ...]:
    """The names of the volumes that have results here, sorted: by their records, by run.json, or by their own rows."""
    return tuple(sorted({*recorded_volumes(store), *last_volumes(store), *_by_folders(store)}))


def vanished(collection: Collection, store: ResultStore) -> tuple[str, ...]:
    """The volumes that have results and no folder in images/ any more, which can be read and holds other volumes."""
    there = {unified(name) for name in collection.folders}
    return tuple(name for name in known_volumes(store) if unified(name) not in there)


def remove_results(store: ResultStore, volume: str) -> str:
    """Remove the results of a volume that is gone, and only what is known to be ours; the sentence that says so."""
    record = record_of(store, volume)
    VolumeStates(store).withdraw(volume)
    if record is not None and record.whole:
        for path in record.files:
            if store.holds(path):
                store.remove(path)
    else:
        store.remove_stale(volume, ())
    store.remove_empty(volume)
    store.remove(record_path(volume))
    said = f"images/ has no volume {volume} any more, so its results were removed"
    foreign = tuple(_files(store.out / volume))
    if not foreign:
        return f"{said}."
    more = f" and {len(foreign) - _NAMED} more" if len(foreign) > _NAMED else ""
    return f"{said}; {volume}/ still has files that no run wrote ({', '.join(foreign[:_NAMED])}{more})."


def remove_stray_records(store: ResultStore, keep: set[str]) -> None:
    """Remove the records of volumes that are none of these names, such as damaged records of volumes long gone."""
    names = {record_path(volume).rpartition("/")[2] for volume in (*keep, None)}
    store.remove_unlisted(FOLDER, (".json",), names)


def _by_folders(store: ResultStore) -> Iterator[str]:
    """The names of the folders whose rows of pages have the ids of a volume of that name."""
    try:
        folders = sorted(entry.name for entry in os.scandir(store.out) if entry.is_dir(follow_symlinks=False))
    except OSError:
        return
    for name in folders:
        if name.startswith("."):
            continue
        rows = store.read_bytes(f"{name}/{RECORDS[0].file}") or b""
        try:
            if json.loads(rows.partition(b"\n")[0])["id"].startswith(f"{ncname(name)}.p"):
                yield name
        except (ValueError, LookupError, TypeError, AttributeError, RecursionError):
            continue


def _files(folder: Path) -> Iterator[str]:
    for place, _, names in sorted(os.walk(folder)):
        yield from (Path(place, name).relative_to(folder).as_posix() for name in sorted(names))
