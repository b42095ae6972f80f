"""The record of what a run wrote: the stamp of each file, by which a file that was damaged since is found.

There is one record for each volume, and one for what belongs to no volume. A record holds its own digest. It is written
after its files, and marked as not whole before they change. So no results are taken for whole ones that a run left half
written.
"""

from __future__ import annotations

import json
import os
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Any

from align.errors import OutputError
from align.files.paths import shown
from align.files.store.result_store import ResultStore, Stamp
from align.model import key

FOLDER = ".volumes"
RUN = "run.json"
# The record of the files that belong to no volume. The name of no other record is as long.
_OUTSIDE = "collection.json"
# What run.json holds that differs between two runs over the same input.
_TIMES = "seconds"


@dataclass(frozen=True, slots=True)
class Written:
    """What a run wrote for one volume, or for no volume: the stamps of the files by path, and what else is recorded."""

    volume: str | None
    files: Mapping[str, Stamp]
    content: Mapping[str, Any] = field(default_factory=dict)
    whole: bool = True


def record_path(volume: str | None) -> str:
    """The path of the record of a volume, or for None of the record of what belongs to no volume."""
    return f"{FOLDER}/{_OUTSIDE if volume is None else f'{key(volume)}.json'}"


def put_record(store: ResultStore, written: Written) -> None:
    """Write the record of what was written."""
    body = {
        "volume": written.volume,
        "whole": written.whole,
        "files": {path: [stamp.size, stamp.digest] for path, stamp in sorted(written.files.items())},
        "content": written.content,
    }
    store.write_text(record_path(written.volume), json.dumps({"digest": _digest(body), "record": body}))


def record_of(store: ResultStore, volume: str | None) -> Written | None:
    """The record of a volume, or for None of what belongs to no volume; None where it is missing or damaged."""
    written = _read(store, record_path(volume))
    return written if written is not None and written.volume == volume else None


def recorded_volumes(store: ResultStore) -> tuple[str, ...]:
    """The names of the volumes that have a record which is not damaged."""
    records = (_read(store, f"{FOLDER}/{name}") for name in store.names(FOLDER))
    return tuple(sorted(written.volume for written in records if written is not None and written.volume is not None))


def has_records(store: ResultStore) -> bool:
    """Whether these results have records; a copy of the visible files alone has none, and cannot be checked."""
    return bool(store.names(FOLDER))


def run_digest(run: Mapping[str, Any]) -> str:
    """The digest of the content of run.json, but for the times in it."""
    return _digest({name: value for name, value in run.items() if name != _TIMES})


def differing(store: ResultStore, written: Written) -> tuple[str, ...]:
    """The files that are not as they were written: changed, cut, missing, not readable, or something else in place."""
    return tuple(path for path, stamp in sorted(written.files.items()) if store.stamp(path) != stamp)


def differing_files(store: ResultStore, volumes: Collection[str]) -> tuple[str, ...]:
    """The paths of all results of these volumes, and of those of no volume, that are not as a run wrote them.

    Where the record of a volume is damaged, missing or not whole, the path is that of the volume's folder. Results
    without any record, which are a copy of the visible files alone, are not checked.
    """
    return tuple(sorted(set(_differing(store, volumes)))) if has_records(store) else ()


def _differing(store: ResultStore, volumes: Collection[str]) -> Iterator[str]:
    for volume in (*volumes, None):
        written = record_of(store, volume)
        if written is None or not written.whole:
            yield RUN if volume is None else volume
            continue
        yield from differing(store, written)
        if volume is None and not is_run_of(store, written):
            yield RUN


def is_run_of(store: ResultStore, outside: Written) -> bool:
    """Whether run.json is as the run wrote it that made this record of the files that belong to no volume."""
    try:
        run = json.loads(store.read_bytes(RUN) or b"")
        return isinstance(run, dict) and outside.content.get("run") == run_digest(run)
    except (ValueError, RecursionError):
        return False


def refuse_other_collection(store: ResultStore, root: Path) -> None:
    """Raise OutputError ("other-collection") where the results are those of another collection than the one at `root`.

    A collection may be moved, renamed or copied with its results: the record names its folder as it lies from the
    results, and a folder that is no longer there is no other collection.
    """
    outside = record_of(store, None)
    stated = outside.content.get("collection") if outside is not None else None
    if not isinstance(stated, str):
        return
    other = Path(os.path.normpath(store.out / stated))
    try:
        differs = (other / "images").is_dir() and not other.samefile(root)
    except OSError:
        return
    if differs:
        raise OutputError(
            f"{shown(str(store.out))} holds the results of another collection, {shown(str(other))}: choose another "
            "folder with --out.",
            cause="other-collection",
        )


def _read(store: ResultStore, path: str) -> Written | None:
    try:
        sealed = json.loads(store.read_bytes(path) or b"")
        body = sealed["record"]
        if sealed["digest"] != _digest(body):
            return None
        files = {path: Stamp(size, digest) for path, (size, digest) in body["files"].items()}
        return Written(body["volume"], files, body["content"], body["whole"])
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError):
        return None


def _digest(value: Mapping[str, Any]) -> str:
    return sha256(json.dumps(value).encode()).hexdigest()
