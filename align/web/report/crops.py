"""Pictures of the pages that findings show, one JPEG a page, each made once.

One picture of a page serves all its findings: each shows a part of it. A page of a typescript takes 110 KB. Separate
pictures of the parts would take half as much again, since the report shows the whole page as well.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path

from align.errors import ScanError
from align.export import jpeg, page_image
from align.files.paths import shown
from align.files.scans.failures import failure_of
from align.files.scans.fingerprints import CHANGED, KnownScan, RunScans
from align.files.scans.images import load_known
from align.files.scans.memory import memory_needed
from align.files.store.result_store import ResultStore
from align.model import Page, key
from align.web.report.page_views import picture_size
from align.workers.calls import Pool, Workers
from align.workers.progress import Progress

FOLDER = "report/crops"
STAGE = "Pictures of pages"
# A part of the files' names. Raise it when the size or the quality changes: then all pictures are made again.
_KIND = 1
# Quality of the JPEG, 0 to 100: a typed page takes about 110 KB, and its letters stay whole.
_QUALITY = 55
# How many results of each worker may wait in memory to be written.
_AHEAD = 2


@dataclass(frozen=True, slots=True)
class Picture:
    """The picture of a page: its file, relative to the report, or why there is none."""

    file: str | None
    problem: str | None = None


def picture_name(page: Page) -> str:
    """The name of the file of a page's picture. It changes with the scan's bytes and the page's key."""
    assert page.frame is not None
    return f"{key(page.key, page.scan.digest, str(page.frame.rotation), str(_KIND))}.jpg"


@dataclass(slots=True)
class PictureMaker:
    """Makes the missing pictures in the workers of a pool. A worker that dies costs the picture of one page."""

    scans: RunScans
    store: ResultStore
    pool: Pool
    progress: Progress

    def make(self, pages: Sequence[Page]) -> Iterator[Picture]:
        """The pictures of these pages, in their order, each written when it is handed out.

        Where a scan has changed since the run, its Picture says so, whatever pictures are there. Where it can no longer
        be read and has no picture yet, its Picture says why. The others are made all the same.
        """
        self.progress.begin(STAGE, len(pages))
        known = dict(self.scans.compared(dict.fromkeys(page.scan for page in pages)))
        there = [(self.store.out / FOLDER / picture_name(page)).is_file() for page in pages]
        wanted = [
            PictureJob(self.scans.root, replace(page, lines=()), scan)
            for page, made in zip(pages, there, strict=True)
            if not made and isinstance(scan := known[page.scan], KnownScan)
        ]
        with closing(Workers(self.pool)) as workers:
            results = workers.results(picture_of, wanted, ahead=_AHEAD)
            for page, made in zip(pages, there, strict=True):
                scan = known[page.scan]
                if isinstance(scan, ScanError) and (not made or scan.cause == CHANGED):
                    yield Picture(None, scan.message)
                else:
                    yield self._written(page, None if made else next(results))
                self.progress.advance(STAGE)

    def _written(self, page: Page, result: bytes | Exception | None) -> Picture:
        """The picture of a page, written if it is new; `result` is None where its file exists already."""
        name = picture_name(page)
        if isinstance(result, Exception):
            return Picture(None, failure_of(shown(page.scan.path), result).message)
        if result is not None:
            self.store.write_bytes(f"{FOLDER}/{name}", result)
        return Picture(f"crops/{name}")


@dataclass(frozen=True, slots=True)
class PictureJob:
    """What a worker needs to make the picture of a page."""

    root: Path
    page: Page
    scan: KnownScan

    @property
    def needed_bytes(self) -> int:
        """An estimate of the memory that drawing the page takes."""
        return memory_needed(self.page.scan)


def picture_of(job: PictureJob) -> bytes:
    """The picture of a page as a JPEG; ScanError where its scan cannot be read or has changed."""
    page = job.page
    assert page.frame is not None
    picture = page_image(load_known(job.root, job.scan), page.frame)
    return jpeg(picture, size=picture_size(page.frame), quality=_QUALITY)
