"""Reading the scans of many volumes: kept readings are used, workers read the rest, a failed scan stops no other."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Callable, Generator, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TypeVar

from align.batch.existing import existing_results
from align.batch.page_job import PageJob, PageOutcome, run_page_job
from align.batch.scans import ScanResult, list_job
from align.batch.volume_reading import VolumeReading, VolumeScans
from align.files.scans.failures import failure_of
from align.files.scans.images import failed_scan, load_scan
from align.files.store.readings import KeptReadings
from align.model import ScanInfo
from align.ocr import Engine
from align.reading.key import reading_key
from align.tuning.reading import READING, ReadingTuning
from align.workers.calls import Calls, Pool, Workers
from align.workers.progress import Progress

T = TypeVar("T")
J = TypeVar("J")

STAGE_LIST = "Finding scans"
STAGE_READ = "Reading pages"

# Jobs in hand for each worker: enough that no worker waits, few enough that a million jobs are not held in memory.
WINDOW = 16

# A scan on its way: the volume that it belongs to (by its place among the volumes), and its index in that volume.
Place = tuple[int, int]


@dataclass(slots=True)
class PageReader:
    """Reads the scans of volumes in a pool, and keeps the readings; a kept scan is not read again unless `retry`.

    `seconds` adds up the time of loading, preparing and reading over all scans; `window` is the number of jobs in hand
    for each worker; `tuning` says how many pages are read first to learn a volume's language.
    """

    root: Path
    engine: Engine
    pool: Pool
    readings: KeptReadings
    progress: Progress
    retry: bool = False
    window: int = WINDOW
    tuning: ReadingTuning = READING
    seconds: dict[str, float] = field(default_factory=lambda: defaultdict(float))
    _workers: Workers = field(init=False)

    def read(self, volumes: Sequence[VolumeScans]) -> Generator[tuple[str, list[ScanResult]], None, None]:
        """Each volume's name with the results of its scans in order, as soon as the whole volume is read."""
        self._workers = Workers(self.pool)
        try:
            listed = self._listed(volumes)
            self.progress.begin(STAGE_READ, sum(len(volume.listed) for volume in listed))
            yield from self._read(listed)
        finally:
            self._workers.close()

    def results(self, work: Callable[[J], T], jobs: Sequence[J]) -> Iterator[T | Exception]:
        """The result of each job, or the exception that it raised, in order; scans may be read meanwhile."""
        return self._workers.results(work, jobs, ahead=self.window)

    def _listed(self, volumes: Sequence[VolumeScans]) -> list[VolumeReading]:
        """The volumes with their scans: one scan for an image, several for a PDF or a TIFF with pages."""
        self.progress.begin(STAGE_LIST, sum(len(volume.files) for volume in volumes))
        scans_of_files = self._scans_of_files([file.path for volume in volumes for file in volume.files])
        readings = []
        for volume in volumes:
            reading = VolumeReading(volume)
            for _ in volume.files:
                for result in next(scans_of_files):
                    if result.failure:
                        reading.results[len(reading.listed)] = result
                    reading.listed.append(result.scan)
                self.progress.advance(STAGE_LIST)
            readings.append(reading)
        return readings

    def _scans_of_files(self, paths: Sequence[str]) -> Iterator[list[ScanResult]]:
        """The scans of each file, in the order of the files."""
        for path, scans in zip(paths, self.results(partial(list_job, self.root), paths), strict=True):
            if isinstance(scans, Exception):
                yield [ScanResult(failed_scan(self.root, path), failure=failure_of(path, scans))]
            else:
                yield scans

    def _read(self, volumes: Sequence[VolumeReading]) -> Iterator[tuple[str, list[ScanResult]]]:
        """Read volume after volume; a later volume is begun while the last scans of an earlier one are being read."""
        upcoming = deque(range(len(volumes)))
        begun: deque[int] = deque()
        calls: Calls[Place, PageJob, PageOutcome] = Calls(self._workers, run_page_job)
        while upcoming or begun:
            while len(calls) < 2 * self.pool.workers + 2:
                ready = next((number for number in begun if volumes[number].waiting), None)
                if ready is None:
                    if not upcoming or len(begun) > self.pool.workers:
                        break
                    begun.append(upcoming.popleft())
                    self._begin(volumes[begun[-1]])
                    continue
                index = volumes[ready].waiting.popleft()
                if calls.begin((ready, index), self._job(volumes[ready], index)):
                    break  # without workers: keep this reading before the next scan is read
            while begun and volumes[begun[0]].done:
                volume = volumes[begun.popleft()]
                yield volume.scans.volume, volume.in_order
            if calls:
                for (number, index), outcome in calls.finished():
                    self._keep(volumes[number], index, outcome)

    def _begin(self, volume: VolumeReading) -> None:
        """Settle the scans that failed, have existing OCR or have kept readings, and let the others be read."""
        for index, failed in list(volume.results.items()):
            self._settle(volume, index, failed)
        readable = [index for index in range(len(volume.listed)) if index not in volume.results]
        volume.choose_probes(readable, most=self.tuning.language_probes)
        self._settle_existing(volume)
        unread = []
        for index in readable:
            if index in volume.results:
                continue
            scan = volume.listed[index]
            kept = None if self.retry else self.readings.get(self._key(volume, scan))
            if kept is None:
                unread.append(index)
            else:
                self._settle(volume, index, ScanResult(scan, kept))
        volume.wait_for(unread)

    def _settle_existing(self, volume: VolumeReading) -> None:
        """Read the scans that have existing OCR: this needs no engine and no worker."""
        for file in volume.scans.ocr:
            indices = [index for index, scan in enumerate(volume.listed) if scan.path == file.scan]
            if any(index in volume.results for index in indices):
                continue  # the scan itself cannot be opened
            scans = [volume.listed[index] for index in indices]
            results = existing_results(self.root, file.path, scans, languages=volume.scans.stated)
            for index, result in zip(indices, results, strict=True):
                self._settle(volume, index, result)

    def _job(self, volume: VolumeReading, index: int) -> PageJob:
        return PageJob(self.root, volume.listed[index], load_scan, self.engine, volume.languages_of(index))

    def _key(self, volume: VolumeReading, scan: ScanInfo) -> str:
        return reading_key(scan, engine=self.engine.name, languages=volume.scans.languages)

    def _keep(self, volume: VolumeReading, index: int, outcome: PageOutcome | Exception) -> None:
        """Keep the readings of one scan, or note why it failed."""
        scan = volume.listed[index]
        try:
            if isinstance(outcome, Exception):
                raise outcome
            stored = self.readings.put(self._key(volume, scan), outcome.readings)
        except Exception as error:  # noqa: BLE001 - one page's fault must not stop the batch
            self._settle(volume, index, ScanResult(scan, failure=failure_of(scan.path, error)))
            return
        self.seconds["loading"] += outcome.loading_s
        self.seconds["preparing"] += outcome.preparing_s
        self.seconds["reading"] += outcome.reading_s
        self._settle(volume, index, ScanResult(scan, stored, fresh=True))

    def _settle(self, volume: VolumeReading, index: int, result: ScanResult) -> None:
        volume.settle(index, result)
        self.progress.advance(STAGE_READ)
        if result.failure:
            self.progress.say(result.failure.message)
