"""Scans and what became of them: read, or failed for a reason that is counted by its cause."""

from __future__ import annotations

import logging
from collections import defaultdict
from collections.abc import Mapping, Sequence
from concurrent.futures import BrokenExecutor
from dataclasses import dataclass
from pathlib import Path

from align.errors import AlignError, InputError, MissingDependencyError, OutputError
from align.files.images import failed_scan, list_scans
from align.model import Reading, ScanInfo

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Failure:
    """Why a scan could not be read: a short stable cause, and a sentence for the user."""

    cause: str
    message: str


@dataclass(frozen=True, slots=True)
class ScanResult:
    """One scan and what was read on it, or why nothing could be."""

    scan: ScanInfo
    readings: tuple[Reading, ...] = ()
    failure: Failure | None = None
    fresh: bool = False


def list_job(root: Path, path: str) -> list[ScanResult]:
    """The scans of one file, none read yet; one failed where the file cannot be opened."""
    try:
        return [ScanResult(scan) for scan in list_scans(root, path)]
    except InputError as error:
        return [ScanResult(failed_scan(root, path), failure=failure_of(path, error))]


def failure_of(path: str, error: Exception) -> Failure:
    """Why a scan could not be read; raises what ends the run: a missing program, results that cannot be written."""
    if isinstance(error, MissingDependencyError | OutputError):
        raise error
    if isinstance(error, AlignError):
        return Failure(error.cause, error.message)
    if isinstance(error, BrokenExecutor):
        return Failure(
            "worker-died",
            f"{path} ended the process that read it, perhaps for want of memory: make the scan smaller, or run again "
            "with --jobs 1.",
        )
    if isinstance(error, MemoryError):
        return Failure("memory", f"{path} needs more memory than there is: make it smaller or use a larger machine.")
    log.error("%s: a fault of this program", path, exc_info=error)
    return Failure("bug", f"{path} made this program fail ({error!r}): please report it.")


def failures_by_cause(results: Mapping[str, Sequence[ScanResult]]) -> list[tuple[str, list[str], str]]:
    """The failures of a run: cause, files, and the first file's sentence, most frequent cause first."""
    found: dict[str, list[ScanResult]] = defaultdict(list)
    for own in results.values():
        for result in own:
            if result.failure:
                found[result.failure.cause].append(result)
    return [
        (cause, sorted({r.scan.path for r in own}), own[0].failure.message if own[0].failure else "")
        for cause, own in sorted(found.items(), key=lambda item: (-len(item[1]), item[0]))
    ]
