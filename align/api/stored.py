"""What a run has written, opened: the one place here that knows the store of results."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from align.errors import InputError
from align.files.paths import shown
from align.files.store.results import Results as StoredResults
from align.model import Finding
from align.model import VolumeResult as VolumeValue

__all__ = ["StoredResults", "VolumeValue", "loose_value", "opened_results", "stored_rows"]

Row = Mapping[str, Any]


def opened_results(folder: Path) -> StoredResults:
    """The results in this folder, or in the folder `aligned` of the collection that it is; InputError without any."""
    if not (folder / "run.json").exists() and (folder / "aligned/run.json").exists():
        return StoredResults.opened(folder / "aligned")
    return StoredResults.opened(folder)


def stored_rows(results: StoredResults, path: str) -> Iterator[Row]:
    """The rows of one file of the results, read line by line; InputError where a line is damaged."""
    data = results.bytes_of(path.rpartition("/")[0] or None, path)
    try:
        yield from (json.loads(line) for line in data.split(b"\n") if line)
    except (ValueError, RecursionError) as error:
        raise InputError(
            f"{shown(path)} is missing or damaged: run align run again, which writes it anew.", cause="damaged"
        ) from error


def loose_value(findings: tuple[Finding, ...]) -> VolumeValue:
    """The findings that belong to no volume, as a volume without pages."""
    return VolumeValue("", findings=findings)
