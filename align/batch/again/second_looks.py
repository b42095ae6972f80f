"""Words in doubt read again from their scans, page by page in the pool, and kept like other readings."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from time import perf_counter

from align.batch.assembly import Side
from align.batch.page_job import EngineJob
from align.batch.scheduling import PageReader
from align.files.scans.failures import failure_of
from align.linking import Doubt
from align.model import Frame, Page, Reading, WordsInDoubt, WordsOfLine, key
from align.ocr import BlockReader
from align.reading.key import reading_key
from align.reading.second_look import DIGITS_LANGUAGE, look_again


@dataclass(frozen=True, slots=True)
class LookJob(EngineJob):
    """What a worker needs to look at words of one page again."""

    frame: Frame
    language: str
    doubts: tuple[WordsInDoubt, ...]

    @property
    def key(self) -> str:
        """The key under which its reading is kept."""
        places = [
            f"{part.first} {part.end} {part.box.xywh} {part.line.text}" for doubt in self.doubts for part in doubt
        ]
        again = self.frame, f"second look {key(*places)}"
        return reading_key(self.scan, engine=self.engine.name, languages={self.language, DIGITS_LANGUAGE}, again=again)


def run_look_job(job: LookJob) -> Reading | None:
    """The reading of one job, read in the calling process; None where its engine reads no blocks."""
    return look_again(job.pixels(), job.frame, job.doubts, engine=job.engine, language=job.language)


@dataclass(slots=True)
class SecondLooks:
    """Looks at words of one volume again, in the pool of a page reader, and keeps what was read.

    The words of a page are read in one call of the engine. Pages with existing OCR are not looked at. `seconds` is the
    time for all of it.
    """

    reader: PageReader
    sides: Sequence[Side]
    seconds: float = 0.0

    def read(self, pages: Sequence[Page], doubts: Sequence[Doubt]) -> dict[Doubt, tuple[str, ...]]:
        """The answers for each of the doubts, without those whose page could not be read again."""
        start = perf_counter()
        jobs = self._jobs(pages, doubts)
        readings: dict[int, Sequence[Reading]] = {}
        unread: list[int] = []
        for page, (job, _) in jobs.items():
            kept = None if self.reader.retry else self.reader.readings.get(job.key)
            if kept is None:
                unread.append(page)
            else:
                readings[page] = kept
        results = self.reader.results(run_look_job, [jobs[page][0] for page in unread])
        for page, result in zip(unread, results, strict=True):
            job, _ = jobs[page]
            if isinstance(result, Exception):
                failure_of(job.scan.path, result)  # logs a fault of this program; ends a run that cannot go on
            else:
                readings[page] = self.reader.readings.put(job.key, () if result is None else (result,))
        self.seconds += perf_counter() - start
        return {
            doubt: tuple("".join(w.text for w in line.words) for line in reading.lines if line.region == number)
            for page, of_page in readings.items()
            for reading in of_page
            for number, doubt in enumerate(jobs[page][1])
        }

    def _jobs(self, pages: Sequence[Page], doubts: Sequence[Doubt]) -> Mapping[int, tuple[LookJob, list[Doubt]]]:
        """For each page (index) that can be looked at again, the job, and the doubts in the order of the job."""
        if not isinstance(self.reader.engine, BlockReader):
            return {}
        by_page: dict[int, list[Doubt]] = defaultdict(list)
        for doubt in doubts:
            by_page[doubt[0].page].append(doubt)
        jobs = {}
        for index, of_page in by_page.items():
            page, scan = pages[index], self.sides[index].scan
            if scan.existing or page.frame is None or page.language is None:
                continue
            words = tuple(_words(page, doubt) for doubt in of_page)
            reader = self.reader
            job = LookJob(reader.root, scan.scan, reader.load, reader.engine, page.frame, page.language, words)
            jobs[index] = job, of_page
        return jobs


def _words(page: Page, doubt: Doubt) -> WordsInDoubt:
    """The words in doubt with their lines."""
    parts = [(line, [place.word for place in places]) for line, places in groupby(doubt, key=lambda place: place.line)]
    return tuple(WordsOfLine(page.lines[line], min(words), max(words) + 1) for line, words in parts)
