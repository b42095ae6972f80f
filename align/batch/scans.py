"""The result of each scan: its readings, or why it failed; failures are counted by their cause."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from align.errors import InputError
from align.files.scans.failures import Failure, failure_of
from align.files.scans.images import failed_scan, list_scans
from align.model import Reading, ScanInfo


@dataclass(frozen=True, slots=True)
class ScanResult:
    """One scan with its readings, or with the reason why it could not be read; `fresh`: read in this run."""

    scan: ScanInfo
    readings: tuple[Reading, ...] = ()
    failure: Failure | None = None
    fresh: bool = False
    existing: bool = False  # read from existing OCR


def list_job(root: Path, path: str) -> list[ScanResult]:
    """The scans of one file, not yet read; a single failed scan where the file cannot be opened."""
    try:
        return [ScanResult(scan) for scan in list_scans(root, path)]
    except InputError as error:
        return [ScanResult(failed_scan(root, path), failure=failure_of(path, error))]


@dataclass(frozen=True, slots=True)
class Failed:
    """Failures of one cause: the files, sorted, and the first one's sentence."""

    cause: str
    files: list[str]
    message: str


def failures_by_cause(scans: Iterable[ScanResult]) -> tuple[Failed, ...]:
    """The failures of scans, the most frequent cause first."""
    return merged_failures(
        Failed(scan.failure.cause, [scan.scan.path], scan.failure.message) for scan in scans if scan.failure
    )


def merged_failures(failures: Iterable[Failed]) -> tuple[Failed, ...]:
    """The failures, one entry for each cause, the cause with most files first."""
    by_cause: dict[str, list[Failed]] = defaultdict(list)
    for failure in failures:
        by_cause[failure.cause].append(failure)
    merged = (
        Failed(cause, sorted({path for failure in of_cause for path in failure.files}), of_cause[0].message)
        for cause, of_cause in by_cause.items()
    )
    return tuple(sorted(merged, key=lambda failure: (-len(failure.files), failure.cause)))


def scan_parts(scan: ScanResult) -> Iterator[str]:
    """The parts of a scan's result on which the results of its volume depend, as texts."""
    yield f"{scan.scan} {scan.failure}"
    for reading in scan.readings:
        yield f"{reading.engine} {reading.frame} {reading.status} {reading.language} {reading.misplaced}"
        yield f"{reading.estimated} {reading.unused} {reading.ocr_file}"
        for line in reading.lines:
            yield "line"
            yield from (f"{word.text} {word.box.xywh} {word.confidence}" for word in line.words)
