"""The work on one scan as one picklable call: load it, see that its file stayed the same, then read it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter

from align.files.scans.memory import memory_needed
from align.files.scans.unchanged import refuse_changed
from align.model import Reading, ScanInfo
from align.ocr import Engine
from align.pixels import Pixels
from align.reading.scan import read_scan
from align.reading.timed_engine import TimedEngine

Loader = Callable[[Path, ScanInfo], Pixels]


@dataclass(frozen=True, slots=True)
class EngineJob:
    """What every reading of a scan by an engine needs; picklable if its loader and engine are."""

    root: Path
    scan: ScanInfo
    load: Loader
    engine: Engine

    @property
    def needed_bytes(self) -> int:
        """An estimate of the memory that reading the scan takes."""
        return memory_needed(self.scan)

    def pixels(self) -> Pixels:
        """The scan's pixels; ScanError ("changing") where its file is not the one that was listed."""
        pixels = self.load(self.root, self.scan)
        refuse_changed(self.root, self.scan)
        return pixels


@dataclass(frozen=True, slots=True)
class PageJob(EngineJob):
    """What a worker needs to read one scan for the first time."""

    languages: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PageOutcome:
    """The readings of one scan, and the time that each stage took, in seconds."""

    readings: tuple[Reading, ...]
    loading_s: float
    preparing_s: float
    reading_s: float


def run_page_job(job: PageJob) -> PageOutcome:
    """The outcome of one job, done in the calling process; raises the errors of loading and reading."""
    start = perf_counter()
    pixels = job.pixels()
    loaded = perf_counter()
    engine = TimedEngine(job.engine)
    readings = read_scan(pixels, engine=engine, languages=job.languages)
    rest = perf_counter() - loaded - engine.seconds
    return PageOutcome(readings, loaded - start, rest, engine.seconds)
