"""Pictures of the pages that findings show, one JPEG a page, each made once.

One picture a page serves all its findings, which show parts of it: a page of a typescript has 110 KB, and the parts
that its findings show would have half as much again beside it, for the whole page is wanted too.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from concurrent.futures import BrokenExecutor
from contextlib import closing
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from align.errors import AlignError
from align.export import jpeg, page_image
from align.files.paths import shown
from align.files.scans.images import load_scan
from align.files.store.result_store import ResultStore
from align.model import Page, key
from align.web.report.page_views import picture_size
from align.work.progress import Progress
from align.work.workers import Pool, Workers

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
        there = [(self.store.out / FOLDER / picture_name(page)).is_file() for page in pages]
        wanted = (replace(page, lines=()) for page, made in zip(pages, there, strict=True) if not made)
        with closing(Workers(self.pool)) as workers:
            results = workers.results(partial(picture_of, self.root), wanted, ahead=_AHEAD)
            for page, made in zip(pages, there, strict=True):
                yield self._written(page, None if made else next(results))
                self.progress.advance(STAGE)

    def _written(self, page: Page, result: bytes | Exception | None) -> Picture:
        """The picture of a page; None where it is there already."""
        name = picture_name(page)
        if isinstance(result, AlignError):
            return Picture(None, result.message)
        if isinstance(result, MemoryError | BrokenExecutor):
            return Picture(None, f"{shown(page.scan.path)} needs more memory than there is: make it smaller.")
        if isinstance(result, Exception):
            raise result
        if result is not None:
            self.store.write_bytes(f"{FOLDER}/{name}", result)
        return Picture(f"crops/{name}")


def picture_of(root: Path, page: Page) -> bytes:
    """The picture of a page as a JPEG; ScanError where its scan cannot be read."""
    assert page.frame is not None
    picture = page_image(load_scan(root, page.scan), page.frame)
    return jpeg(picture, size=picture_size(page.frame), quality=_QUALITY)
