"""Pages read again where linking asks for it, and the volume linked with the readings that fit its texts best."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from time import perf_counter

from align.batch.assembly import Side
from align.batch.page_job import EngineJob
from align.batch.scheduling import PageReader
from align.files.scans.failures import failure_of
from align.linking import best_readings, rereads
from align.model import Frame, Page, Reading, Reread, SourceText, VolumeResult
from align.reading.again import WAYS, read_again
from align.reading.key import reading_key


@dataclass(frozen=True, slots=True)
class RereadJob(EngineJob):
    """What a worker needs to read one written side in another way."""

    frame: Frame
    language: str
    way: str

    @property
    def key(self) -> str:
        """The key under which its reading is kept."""
        again = self.frame, self.way
        return reading_key(self.scan, engine=self.engine.name, languages=(self.language,), again=again)


def run_reread_job(job: RereadJob) -> Reading | None:
    """The reading of one job, read in the calling process; None where its way is no other than the usual one."""
    return read_again(job.pixels(), job.frame, way=job.way, engine=job.engine, language=job.language)


def link_best(
    link: Callable[[Sequence[Page]], VolumeResult],
    pages: Sequence[Page],
    texts: Sequence[SourceText],
    read_ways: Callable[[Sequence[Reread]], Sequence[Mapping[int, Reading]]],
) -> VolumeResult:
    """The links of the volume, made from those readings of its pages that fit the texts best.

    `read_ways` reads the pages that linking asks for: for each way, the readings by page order. A volume of good pages
    asks for none and is linked once.
    """
    linked = link(pages)
    requests = rereads(linked.pages, linked.matches, texts)
    ways = read_ways(requests) if requests else ()
    if not any(ways):
        return linked
    shown = {
        match.text for matches_of_page in linked.matches for matches in matches_of_page.values() for match in matches
    }
    alternatives = [[_with_reading(page, way.get(page.order)) for page in pages] for way in ways]
    pages_asked = {request.page for request in requests}
    best = best_readings([pages, *alternatives], pages_asked, [text for text in texts if text.path in shown])
    return linked if best == tuple(pages) else link(best)


def _with_reading(page: Page, reading: Reading | None) -> Page:
    """The page with the lines of another reading; unchanged where there is none, or it is blank."""
    if reading is None or reading.status != "ok":
        return page
    return replace(page, lines=reading.lines, status="ok", language=page.language or reading.language)


@dataclass(slots=True)
class Rereader:
    """Reads pages of one volume again, in the pool of a page reader, and keeps the readings; `sides` are its pages.

    After a text was edited, nothing is read: linking chooses among the kept readings. So only pages that were read in
    this run are read again, and those whose kept reading is damaged, or all that linking asks for if `anew`: the volume
    then has no whole results, as after an interruption. `pages` and `seconds` count the pages read again and the time
    for all of it.
    """

    reader: PageReader
    sides: Sequence[Side]
    anew: bool
    pages: int = 0
    seconds: float = 0.0

    def read(self, requests: Sequence[Reread]) -> list[dict[int, Reading]]:
        """For each way of WAYS, the readings of the pages asked for, by page order, without those that failed."""
        start = perf_counter()
        readings: list[dict[int, Reading]] = [{} for _ in WAYS]
        unread: list[tuple[int, int, RereadJob]] = []
        for order, number, job, may_read in self._jobs(requests):
            kept = None if self.reader.retry else self.reader.readings.get(job.key)
            if kept is not None:
                readings[number].update((order, reading) for reading in kept)
            elif may_read:
                unread.append((order, number, job))
        results = self.reader.results(run_reread_job, [job for *_, job in unread])
        for (order, number, job), result in zip(unread, results, strict=True):
            if isinstance(result, Exception):
                failure_of(job.scan.path, result)  # logs a fault of this program; ends a run that cannot go on
            else:
                stored = self.reader.readings.put(job.key, () if result is None else (result,))
                readings[number].update((order, reading) for reading in stored)
        self.pages += len({order for order, *_ in unread})
        self.seconds += perf_counter() - start
        return readings

    def _jobs(self, requests: Sequence[Reread]) -> Iterator[tuple[int, int, RereadJob, bool]]:
        """For each page asked for and each way: page order, number of the way, the job, and whether it may be read."""
        usual = Counter(s.reading.language for s in self.sides if s.reading and s.reading.language).most_common(1)
        for order in (request.page for request in requests):
            scan, reading = self.sides[order - 1]
            language = (reading.language if reading else None) or (usual[0][0] if usual else None)
            if reading is None or language is None or scan.existing:
                continue
            for number, way in enumerate(WAYS):
                engine, root = self.reader.engine, self.reader.root
                job = RereadJob(root, scan.scan, self.reader.load, engine, reading.frame, language, way)
                yield order, number, job, scan.fresh or self.anew or self.reader.readings.had(job.key)
