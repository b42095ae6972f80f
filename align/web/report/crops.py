"""Pictures of the pages that findings show, one JPEG a page, each made once.

One picture a page serves all its findings, which show parts of it: a page of a typescript has 110 KB, and the parts
that its findings show would have half as much again beside it, for the whole page is wanted too.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Sequence
from concurrent.futures import BrokenExecutor, Executor, Future, wait
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path

from align.batch.pages import Pool
from align.batch.progress import Progress
from align.errors import AlignError
from align.export import jpeg, page_image
from align.files.images import load_scan
from align.files.paths import shown
from align.files.store import ResultStore
from align.model import Page, key
from align.web.report.places import picture_size

FOLDER = "report/crops"
STAGE = "Pictures of pages"
# A part of the files' names: pictures of another kind are made anew. Goes up with their size or quality.
_KIND = 1
# Enough for a picture that is looked at and not worked with: about 110 KB a typed page, its letters whole.
_QUALITY = 55
# Results that wait to be written are held in memory: so many for each worker.
_AHEAD = 2


@dataclass(frozen=True, slots=True)
class Picture:
    """The picture of a page: its file, relative to the report, or why there is none."""

    file: str | None
    problem: str | None = None


def picture_name(page: Page) -> str:
    """The file of a page's picture, by all that it depends on: a page's key is over its scan's bytes and its frame."""
    assert page.frame is not None
    return f"{key(page.key, str(page.frame.rotation), str(_KIND))}.jpg"


@dataclass(slots=True)
class PictureMaker:
    """Makes the pictures that are not there yet, in the workers of a pool; a worker that dies takes one page along."""

    root: Path
    store: ResultStore
    pool: Pool
    progress: Progress

    def make(self, pages: Sequence[Page]) -> Iterator[Picture]:
        """The pictures of these pages, in their order, each written when it is handed out.

        A scan that cannot be read any more is told of, and stops no other.
        """
        self.progress.begin(STAGE, len(pages))
        executor = self.pool.start()
        waiting: deque[tuple[Page, Future[bytes] | None]] = deque()
        rest = iter(pages)
        try:
            while True:
                for page in islice(rest, max(0, _AHEAD * self.pool.workers - len(waiting))):
                    waiting.append((page, self._begun(executor, page)))
                if not waiting:
                    return
                page, future = waiting.popleft()
                if future is not None and isinstance(future.exception(), BrokenExecutor):
                    # All calls on their way were lost with that worker: each is made again, this one first and alone.
                    executor.shutdown(wait=False, cancel_futures=True)
                    executor = self.pool.start()
                    future = self._begun(executor, page)
                    wait([future] if future else [])
                    if future is not None and isinstance(future.exception(), BrokenExecutor):
                        executor.shutdown(wait=False, cancel_futures=True)
                        executor = self.pool.start()
                    waiting = deque((own, self._begun(executor, own)) for own, _ in waiting)
                yield self._settled(page, future)
                self.progress.advance(STAGE)
        finally:
            executor.shutdown(wait=False, cancel_futures=True)

    def _begun(self, executor: Executor, page: Page) -> Future[bytes] | None:
        """The picture on its way; None where it is there already."""
        if (self.store.out / FOLDER / picture_name(page)).is_file():
            return None
        try:
            return executor.submit(picture_of, self.root, replace(page, lines=()))
        except BrokenExecutor as error:
            lost: Future[bytes] = Future()
            lost.set_exception(error)
            return lost

    def _settled(self, page: Page, future: Future[bytes] | None) -> Picture:
        name = picture_name(page)
        error = future.exception() if future is not None else None
        if isinstance(error, AlignError):
            return Picture(None, error.message)
        if isinstance(error, MemoryError | BrokenExecutor):
            return Picture(None, f"{shown(page.scan.path)} needs more memory than there is: make it smaller.")
        if future is not None:
            self.store.write_bytes(f"{FOLDER}/{name}", future.result())
        return Picture(f"crops/{name}")


def picture_of(root: Path, page: Page) -> bytes:
    """The picture of a page as a JPEG; ScanError where its scan cannot be read."""
    assert page.frame is not None
    picture = page_image(load_scan(root, page.scan), page.frame)
    return jpeg(picture, size=picture_size(page.frame), quality=_QUALITY)
