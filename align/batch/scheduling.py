"""Reading scans and texts of many volumes: kept readings are used, workers read the rest, a failure stops no other."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Callable, Generator, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TypeVar

from align.batch.existing import OcrJob, existing_results, failed_results, layer_results
from align.batch.page_job import Loader, PageJob, PageOutcome, run_page_job
from align.batch.scans import ScanResult, list_job
from align.batch.texts import ReadText, read_text, text_outcome, with_columns
from align.batch.volume_reading import ReadVolume, VolumeReading, VolumeScans
from align.files.collection.volumes import OcrFile
from align.files.scans.failures import failure_of
from align.files.scans.images import failed_scan, load_scan
from align.files.store.readings import KeptReadings
from align.model import ScanInfo
from align.ocr import Engine
from align.reading.key import reading_key
from align.tuning.reading import READING, ReadingTuning
from align.workers.calls import Calls, Pool, Workers, outcome_of
from align.workers.progress import Progress

T = TypeVar("T")
J = TypeVar("J")

STAGE_LIST = "Finding scans"
STAGE_READ = "Reading pages"

# Jobs in hand for each worker: enough that no worker waits, few enough that a million jobs are not held in memory.
WINDOW = 16

# A scan on its way: the volume that it belongs to (by its place among the volumes), and its index in that volume.
Place = tuple[int, int]


@dataclass(frozen=True, slots=True)
class OcrPlace:
    """Existing OCR on its way: the number of the volume that it belongs to, and its file."""

    number: int
    file: OcrFile


@dataclass(slots=True)
class PageReader:
    """Reads the scans of volumes in a pool, and keeps the readings; a kept scan is not read again unless `retry`.

    `seconds` adds up the time of loading, preparing and reading over all scans; `window` is the number of jobs in hand
    for each worker; `tuning` says how many pages are read first to learn a volume's language; `load` opens a scan.
    """

    root: Path
    engine: Engine
    pool: Pool
    readings: KeptReadings
    progress: Progress
    retry: bool = False
    window: int = WINDOW
    tuning: ReadingTuning = READING
    load: Loader = load_scan
    seconds: dict[str, float] = field(default_factory=lambda: defaultdict(float))
    _workers: Workers = field(init=False)

    def read(self, volumes: Sequence[VolumeScans]) -> Generator[ReadVolume, None, None]:
        """Each volume with the results of its scans and texts in order, as soon as the whole volume is read."""
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

    def _read(self, volumes: Sequence[VolumeReading]) -> Iterator[ReadVolume]:
        """Read volume after volume; a later volume is begun while the last scans of an earlier one are being read."""
        upcoming = deque(range(len(volumes)))
        begun: deque[int] = deque()
        calls: Calls[Place | OcrPlace, PageOutcome | list[ScanResult]] = Calls(self._workers)
        while upcoming or begun:
            while len(calls) < 2 * self.pool.workers + 2:
                ready = next((n for n in begun if volumes[n].waiting or volumes[n].waiting_ocr), None)
                if ready is None:
                    if not upcoming or len(begun) > self.pool.workers:
                        break
                    begun.append(upcoming.popleft())
                    self._begin(volumes[begun[-1]])
                elif self._begin_call(calls, ready, volumes[ready]):
                    break  # without workers: keep this reading before the next scan is read
            while begun and volumes[begun[0]].done:
                yield self._done(volumes[begun.popleft()])
            if calls:
                for place, outcome in calls.finished():
                    self._keep(volumes, place, outcome)

    def _begin_call(
        self, calls: Calls[Place | OcrPlace, PageOutcome | list[ScanResult]], number: int, volume: VolumeReading
    ) -> bool:
        """Begin to read the next scan of the volume, or its existing OCR; whether that is done already."""
        if volume.waiting_ocr:
            file = volume.waiting_ocr.popleft()
            work = layer_results if file.is_layer else existing_results
            return calls.begin(OcrPlace(number, file), work, self._ocr_job(volume, file))
        index = volume.waiting.popleft()
        return calls.begin((number, index), run_page_job, self._job(volume, index))

    def _begin(self, volume: VolumeReading) -> None:
        """Settle the scans that failed or have kept readings, and let the others and the texts be read."""
        volume.texts = [self._workers.submit(read_text, job) for job in volume.scans.texts]
        for index, failed in list(volume.results.items()):
            self._settle(volume, index, failed)
        readable = [index for index in range(len(volume.listed)) if index not in volume.results]
        volume.choose_probes(readable, most=self.tuning.language_probes)
        existing = self._wait_for_existing(volume)
        self._wait_for_engine(volume, [index for index in readable if index not in existing])

    def _wait_for_engine(self, volume: VolumeReading, indices: list[int]) -> None:
        """Settle the scans that have kept readings, and let the engine read the others."""
        unread = []
        for index in indices:
            scan = volume.listed[index]
            kept = None if self.retry else self.readings.get(self._key(volume, scan))
            if kept is None:
                unread.append(index)
            else:
                self._settle(volume, index, ScanResult(scan, kept))
        volume.wait_for(unread)

    def _wait_for_existing(self, volume: VolumeReading) -> set[int]:
        """Let the existing OCR of the volume be read, which needs no engine; the scans that it belongs to."""
        found: set[int] = set()
        for file in (*volume.scans.ocr, *volume.layers()):
            indices = volume.indices_of(file)
            if not any(index in volume.results for index in indices):  # else the scan itself cannot be opened
                volume.waiting_ocr.append(file)
                found.update(indices)
        return found

    def _done(self, volume: VolumeReading) -> ReadVolume:
        outcomes: list[ReadText | Exception] = []
        for future in volume.texts:
            outcome = outcome_of(future)
            outcomes.append(outcome)
        texts = [text_outcome(job.file, outcome) for job, outcome in zip(volume.scans.texts, outcomes, strict=True)]
        return ReadVolume(volume.scans.volume, volume.in_order, with_columns(texts))

    def _ocr_job(self, volume: VolumeReading, file: OcrFile) -> OcrJob:
        scans = tuple(volume.listed[index] for index in volume.indices_of(file))
        return OcrJob(self.root, file.path, scans, volume.scans.stated, file.parts)

    def _job(self, volume: VolumeReading, index: int) -> PageJob:
        return PageJob(self.root, volume.listed[index], self.load, self.engine, volume.languages_of(index))

    def _key(self, volume: VolumeReading, scan: ScanInfo) -> str:
        return reading_key(scan, engine=self.engine.name, languages=volume.scans.languages)

    def _keep(
        self,
        volumes: Sequence[VolumeReading],
        place: Place | OcrPlace,
        outcome: PageOutcome | list[ScanResult] | Exception,
    ) -> None:
        """Keep what came of one call: the readings of a scan, those of existing OCR, or why there are none."""
        if isinstance(place, OcrPlace):
            volume = volumes[place.number]
            indices = volume.indices_of(place.file)
            if isinstance(outcome, Exception):
                if place.file.is_layer:  # nobody asked for its text: the engine reads the scans
                    self._wait_for_engine(volume, indices)
                    return
                outcome = failed_results(self._ocr_job(volume, place.file), outcome)
            assert isinstance(outcome, list)
            read = dict(zip(indices, outcome, strict=True))
            for index, result in read.items():
                if result.readings or result.failure:
                    self._settle(volume, index, result)
            self._wait_for_engine(volume, [index for index, result in read.items() if index not in volume.results])
        else:
            assert not isinstance(outcome, list)
            self._keep_page(volumes[place[0]], place[1], outcome)

    def _keep_page(self, volume: VolumeReading, index: int, outcome: PageOutcome | Exception) -> None:
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
