"""Reading the scans of many volumes: what was read before is kept, the rest goes to workers, faults stay apart."""

from __future__ import annotations

from collections import Counter, defaultdict, deque
from collections.abc import Callable, Generator, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, wait
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TypeVar

from align.batch.existing import existing_results
from align.batch.page_job import PageJob, PageOutcome, run_page_job
from align.batch.reading_cache import KeptReadings
from align.batch.scans import ScanResult, list_job
from align.files.collection.volumes import OcrFile, ScanFile
from align.files.scans.failures import failure_of
from align.files.scans.images import failed_scan, load_scan
from align.model import ScanInfo, key
from align.ocr import Engine
from align.reading.scan import CHAIN
from align.work.progress import Progress
from align.work.workers import Pool, Workers, broken

T = TypeVar("T")
J = TypeVar("J")

STAGE_LIST = "Finding scans"
STAGE_READ = "Reading pages"


@dataclass(frozen=True, slots=True)
class VolumeScans:
    """The scans of a volume, and the languages its pages may be in, the likelier first.

    `ocr` is the existing OCR of some of its files, and `stated` the languages as collection.toml has them, if it does.
    """

    volume: str
    files: tuple[ScanFile, ...]
    languages: tuple[str, ...]
    ocr: tuple[OcrFile, ...] = ()
    stated: tuple[str, ...] = ()


@dataclass(slots=True)
class _Work:
    """A volume on its way: its scans, those done, those that may be read now.

    Where several languages are possible, the `probes` are read first and the others `held` until these are done: what
    they are in is tried first on the others. Which pages are probes depends on nothing but the volume, so that neither
    the number of workers nor an interruption changes what is read.
    """

    scans: VolumeScans
    found: list[ScanInfo]
    results: dict[int, ScanResult]
    waiting: deque[int] = field(default_factory=deque)
    probes: set[int] = field(default_factory=set)
    held: list[int] = field(default_factory=list)
    languages: Counter[str] = field(default_factory=Counter)

    @property
    def done(self) -> bool:
        return len(self.results) == len(self.found)


@dataclass(slots=True)
class PageReader:
    """Reads the scans of volumes, in a pool, with what is kept of earlier readings."""

    root: Path
    engine: Engine
    pool: Pool
    readings: KeptReadings
    progress: Progress
    retry: bool = False
    seconds: dict[str, float] = field(default_factory=lambda: defaultdict(float))
    _workers: Workers = field(init=False)

    def read(self, volumes: Sequence[VolumeScans]) -> Generator[tuple[str, list[ScanResult]], None, None]:
        """Each volume's name with its scans in order, as soon as all of the volume is read."""
        self._workers = Workers(self.pool)
        try:
            works = self._listed(volumes)
            self.progress.begin(STAGE_READ, sum(len(work.found) for work in works))
            yield from self._read(works)
        finally:
            self._workers.close()

    def _listed(self, volumes: Sequence[VolumeScans]) -> list[_Work]:
        """The scans of all files: one for an image, several for a PDF or a TIFF with pages."""
        self.progress.begin(STAGE_LIST, sum(len(volume.files) for volume in volumes))
        listed = self._scans([file.path for volume in volumes for file in volume.files])
        works = []
        for volume in volumes:
            work = _Work(volume, [], {})
            for _ in volume.files:
                for result in next(listed):
                    if result.failure:
                        work.results[len(work.found)] = result
                    work.found.append(result.scan)
                self.progress.advance(STAGE_LIST)
            works.append(work)
        return works

    def _scans(self, paths: Sequence[str]) -> Iterator[list[ScanResult]]:
        """The scans of each file in order."""
        for path, found in zip(paths, self.results(partial(list_job, self.root), paths), strict=True):
            if isinstance(found, Exception):
                yield [ScanResult(failed_scan(self.root, path), failure=failure_of(path, found))]
            else:
                yield found

    def results(self, work: Callable[[J], T], jobs: Sequence[J]) -> Iterator[T | Exception]:
        """What the work gives for each job, or how it failed, in order; while the reading of volumes is on its way."""
        return self._workers.results(work, jobs, ahead=WINDOW)

    def _read(self, works: Sequence[_Work]) -> Iterator[tuple[str, list[ScanResult]]]:
        upcoming = deque(works)
        open_works: deque[_Work] = deque()
        running: dict[Future[PageOutcome], tuple[_Work, int]] = {}
        while upcoming or open_works:
            while len(running) < 2 * self.pool.workers + 2:
                ready = next((work for work in open_works if work.waiting), None)
                if ready is None:
                    if not upcoming or len(open_works) > self.pool.workers:
                        break
                    open_works.append(self._opened(upcoming.popleft()))
                    continue
                index = ready.waiting.popleft()
                future = self._workers.submit(run_page_job, self._job(ready, index))
                running[future] = ready, index
                if future.done():  # as when there are no workers: it is kept before the next is begun
                    break
            while open_works and open_works[0].done:
                work = open_works.popleft()
                yield work.scans.volume, [work.results[index] for index in range(len(work.found))]
            if not running:
                continue
            finished, _ = wait(running, return_when=FIRST_COMPLETED)
            if any(broken(future) for future in finished):
                finished, _ = wait(running)
                self._workers.renew()
            for future in [future for future in running if future in finished]:
                work, index = running.pop(future)
                if broken(future):
                    future = self._workers.alone(run_page_job, self._job(work, index))
                try:
                    self._keep(work, index, future.result())
                except Exception as error:  # noqa: BLE001 - one page's fault must not stop the batch
                    scan = work.found[index]
                    self._settle(work, index, ScanResult(scan, failure=failure_of(scan.path, error)))

    def _opened(self, work: _Work) -> _Work:
        """The volume with what was read before; if its language is open, some pages are read ahead of the rest."""
        for index, failed in list(work.results.items()):
            self._settle(work, index, failed)
        readable = [index for index in range(len(work.found)) if index not in work.results]
        if len(work.scans.languages) > 1:
            count = min(PROBES, len(readable))
            work.probes = {readable[(2 * k + 1) * len(readable) // (2 * count)] for k in range(count)}
        self._settle_existing(work)
        unread = []
        for index in readable:
            if index in work.results:
                continue
            scan = work.found[index]
            kept = None if self.retry else self.readings.get(self._key(work, scan))
            if kept is None:
                unread.append(index)
            else:
                self._settle(work, index, ScanResult(scan, kept))
        ahead = [index for index in unread if index in work.probes]
        rest = [index for index in unread if index not in work.probes]
        work.waiting.extend(ahead or rest)
        work.held = rest if ahead else []
        return work

    def _settle_existing(self, work: _Work) -> None:
        """Read what has existing OCR: it is there, so that no engine and no worker is needed."""
        for file in work.scans.ocr:
            own = [index for index, scan in enumerate(work.found) if scan.path == file.scan]
            if any(index in work.results for index in own):
                continue  # the scan itself cannot be opened
            scans = [work.found[index] for index in own]
            results = existing_results(self.root, file.path, scans, languages=work.scans.stated)
            for index, result in zip(own, results, strict=True):
                self._settle(work, index, result)

    def _job(self, work: _Work, index: int) -> PageJob:
        languages = work.scans.languages
        if index not in work.probes:
            languages = tuple(sorted(languages, key=lambda tag: -work.languages[tag]))
        return PageJob(self.root, work.found[index], load_scan, self.engine, languages)

    def _key(self, work: _Work, scan: ScanInfo) -> str:
        return key(
            scan.digest,
            str(scan.index),
            CHAIN,
            self.engine.name,
            "+".join(sorted(work.scans.languages)),
            READING_VERSION,
        )

    def _keep(self, work: _Work, index: int, outcome: PageOutcome) -> None:
        scan = work.found[index]
        stored = self.readings.put(self._key(work, scan), outcome.readings)
        self.seconds["loading"] += outcome.loading_s
        self.seconds["preparing"] += outcome.preparing_s
        self.seconds["reading"] += outcome.reading_s
        self._settle(work, index, ScanResult(scan, stored, fresh=True))

    def _settle(self, work: _Work, index: int, result: ScanResult) -> None:
        work.results[index] = result
        self.progress.advance(STAGE_READ)
        if result.failure:
            self.progress.say(result.failure.message)
        if index in work.probes:
            work.languages.update(reading.language for reading in result.readings if reading.language)
            if work.held and work.probes <= work.results.keys():
                work.waiting.extend(work.held)
                work.held = []


# To be raised whenever kept readings mean something else.
READING_VERSION = "1"


# Enough that no worker waits for the parent, few enough that a million calls are not held in memory.
WINDOW = 16

# So many pages tell what language a volume is in, whatever the others hold.
PROBES = 5
