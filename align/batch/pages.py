"""Reading the scans of many volumes: what was read before is kept, the rest goes to workers, faults stay apart."""

from __future__ import annotations

import logging
from collections import Counter, defaultdict, deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, Executor, Future, wait
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol, TypeVar

from align.batch.kept import KeptReadings
from align.batch.page import CHAIN, PageJob, PageOutcome, run_page_job
from align.batch.progress import Progress
from align.errors import AlignError, MissingDependencyError
from align.files.images import failed_scan, list_scans, load_scan
from align.files.volumes import ScanFile
from align.model import Reading, ScanInfo, key
from align.ocr import Engine

T = TypeVar("T")

log = logging.getLogger(__name__)

STAGE_LIST = "Finding scans"
STAGE_READ = "Reading pages"


class Pool(Protocol):
    """Where the work is done: makes an executor, and another when workers died with the first."""

    @property
    def workers(self) -> int:
        """How many work at once."""
        ...

    def start(self) -> Executor:
        """A fresh executor."""
        ...


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


@dataclass(frozen=True, slots=True)
class VolumeScans:
    """The scans of a volume, and the languages its pages may be in, the likelier first; `sure` if nobody need ask."""

    volume: str
    files: tuple[ScanFile, ...]
    languages: tuple[str, ...]
    sure: bool


@dataclass(slots=True)
class _Work:
    """A volume on its way: its scans, those done, those that may be read now.

    Where the language is open, the pages `ahead` are read first and the others `held` until these are done.
    """

    scans: VolumeScans
    found: list[ScanInfo]
    results: dict[int, ScanResult]
    waiting: deque[int] = field(default_factory=deque)
    ahead: set[int] = field(default_factory=set)
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

    def read(self, volumes: Sequence[VolumeScans]) -> Iterator[tuple[str, list[ScanResult]]]:
        """Each volume's name with its scans in order, as soon as all of the volume is read."""
        executor = self.pool.start()
        try:
            works = self._listed(executor, volumes)
            self.progress.begin(STAGE_READ, sum(len(work.found) for work in works))
            yield from self._read(executor, works)
        finally:
            executor.shutdown(wait=False, cancel_futures=True)

    def _listed(self, executor: Executor, volumes: Sequence[VolumeScans]) -> list[_Work]:
        """The scans of all files: one for an image, several for a PDF or a TIFF with pages."""
        self.progress.begin(STAGE_LIST, sum(len(volume.files) for volume in volumes))
        calls = [(self.root, file.path) for volume in volumes for file in volume.files]
        listed = _in_window(executor, list_job, calls, self.pool.workers)
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

    def _read(self, executor: Executor, works: Sequence[_Work]) -> Iterator[tuple[str, list[ScanResult]]]:
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
                running[executor.submit(run_page_job, self._job(ready, index))] = ready, index
            while open_works and open_works[0].done:
                work = open_works.popleft()
                yield work.scans.volume, [work.results[index] for index in range(len(work.found))]
            if not running:
                continue
            finished, _ = wait(running, return_when=FIRST_COMPLETED)
            broken: list[tuple[_Work, int]] = []
            for future in finished:
                work, index = running.pop(future)
                try:
                    self._keep(work, index, future.result())
                except BrokenExecutor:
                    broken.append((work, index))
                except Exception as error:  # noqa: BLE001 - one page's fault must not stop the batch
                    self._fail(work, index, error)
            if broken:
                broken += running.values()
                running.clear()
                executor.shutdown(wait=False, cancel_futures=True)
                self._one_by_one(broken)
                executor = self.pool.start()

    def _opened(self, work: _Work) -> _Work:
        """The volume with what was read before; if its language is open, a few pages are read ahead of the rest."""
        for index, failed in list(work.results.items()):
            self._settle(work, index, failed)
        unread = []
        for index, scan in enumerate(work.found):
            if index in work.results:
                continue
            kept = None if self.retry else self.readings.get(self._key(work, scan))
            if kept is None:
                unread.append(index)
            else:
                self._settle(work, index, ScanResult(scan, kept))
        if work.scans.sure or work.languages:
            work.waiting.extend(unread)
            return work
        count = min(self.pool.workers, len(unread))
        work.ahead = {unread[(2 * k + 1) * len(unread) // (2 * count)] for k in range(count)}
        work.waiting.extend(sorted(work.ahead))
        work.held = [index for index in unread if index not in work.ahead]
        return work

    def _job(self, work: _Work, index: int) -> PageJob:
        likely = [language for language, _ in work.languages.most_common() if language in work.scans.languages]
        languages = [*likely, *(tag for tag in work.scans.languages if tag not in likely)]
        return PageJob(self.root, work.found[index], load_scan, self.engine, tuple(languages))

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

    def _fail(self, work: _Work, index: int, error: Exception) -> None:
        if isinstance(error, MissingDependencyError):
            raise error
        scan = work.found[index]
        if isinstance(error, AlignError):
            failure = Failure(error.cause, error.message)
        else:
            log.error("%s: a fault of this program", scan.path, exc_info=error)
            failure = Failure("bug", f"{scan.path} made this program fail ({error!r}): please report it.")
        self._settle(work, index, ScanResult(scan, failure=failure))

    def _settle(self, work: _Work, index: int, result: ScanResult) -> None:
        work.results[index] = result
        work.languages.update(reading.language for reading in result.readings if reading.language)
        self.progress.advance(STAGE_READ)
        if result.failure:
            self.progress.say(result.failure.message)
        if index in work.ahead:
            work.ahead.discard(index)
            if not work.ahead:
                work.waiting.extend(work.held)
                work.held = []

    def _one_by_one(self, suspects: Iterable[tuple[_Work, int]]) -> None:
        """Read pages one at a time: a worker died, and the page that kills the next one alone is the culprit."""
        executor = self.pool.start()
        for work, index in suspects:
            try:
                self._keep(work, index, executor.submit(run_page_job, self._job(work, index)).result())
            except BrokenExecutor:
                scan = work.found[index]
                message = f"{scan.path} ended the program that read it; it may need more memory than there is."
                self._settle(work, index, ScanResult(scan, failure=Failure("worker-died", message)))
                executor.shutdown(wait=False, cancel_futures=True)
                executor = self.pool.start()
            except Exception as error:  # noqa: BLE001 - as in _read
                self._fail(work, index, error)
        executor.shutdown(wait=False, cancel_futures=True)


# To be raised whenever kept readings mean something else.
READING_VERSION = "1"


def list_job(root: Path, path: str) -> list[ScanResult]:
    """The scans of one file, none read yet; one failed where the file cannot be opened."""
    try:
        return [ScanResult(scan) for scan in list_scans(root, path)]
    except AlignError as error:
        return [ScanResult(failed_scan(root, path), failure=Failure(error.cause, error.message))]


def _in_window(
    executor: Executor, work: Callable[..., T], calls: Sequence[tuple[object, ...]], workers: int
) -> Iterator[T]:
    """The results of the calls in order, with few of them on their way at any time."""
    running: deque[Future[T]] = deque()
    for call in calls:
        running.append(executor.submit(work, *call))
        if len(running) >= WINDOW * workers:
            yield running.popleft().result()
    while running:
        yield running.popleft().result()


# Enough that no worker waits for the parent, few enough that a million calls are not held in memory.
WINDOW = 16


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
