"""The overlay pictures of a volume's pages."""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal, Protocol, TypeVar

from align.export import embedded_jpeg, overlay_png, overlay_svg, shown_by_browsers
from align.files.paths import shown
from align.files.scans.failures import failure_of
from align.files.scans.images import load_scan
from align.files.scans.memory import memory_needed
from align.files.store.result_store import ResultStore, Stamp
from align.model import Link, Match, Page, VolumeResult
from align.workers.progress import Progress

J = TypeVar("J")
T = TypeVar("T")

Overlays = Literal["svg", "png", "none"]

STAGE_WRITE = "Writing overlays"


class InWorkers(Protocol):
    """Does jobs elsewhere: the result of each, or the exception that it raised, in their order."""

    def __call__(self, work: Callable[[J], T], jobs: Sequence[J]) -> Iterator[T | Exception]:
        """The results of the jobs."""
        ...


@dataclass(frozen=True, slots=True)
class ScanPicture:
    """What a worker needs to draw what an overlay shows of its scan: the whole picture (PNG), or the page alone."""

    root: Path
    page: Page
    links: tuple[Link, ...] = ()
    matches: dict[int, tuple[Match, ...]] | None = None

    @property
    def needed_bytes(self) -> int:
        """An estimate of the memory that drawing the page takes."""
        return memory_needed(self.page.scan)


def scan_picture(job: ScanPicture) -> bytes:
    """The picture as PNG, or the page alone as JPEG where the job has no matches; ScanError for a bad scan."""
    pixels = load_scan(job.root, job.page.scan)
    if job.matches is None:
        return embedded_jpeg(pixels)
    return overlay_png(pixels, job.page, job.links, matches=job.matches)


@dataclass(frozen=True, slots=True)
class OverlayDrawing:
    """Draws the overlay pictures of volumes; scans are opened by workers."""

    root: Path
    kind: Overlays
    in_workers: InWorkers
    progress: Progress

    def write(self, store: ResultStore, volume: VolumeResult) -> dict[str, Stamp]:
        """The stamps of the overlay pictures of this volume by path, now written under the folder of results."""
        self.progress.begin(STAGE_WRITE, len(volume.pages))
        written = {}
        for name, picture in self._pictures(store.out, volume):
            written[name] = (
                store.write_bytes(name, picture) if isinstance(picture, bytes) else store.write_text(name, picture)
            )
        return written

    def _pictures(self, out: Path, volume: VolumeResult) -> Iterator[tuple[str, str | bytes]]:
        """The overlay picture of each page by its path, made one at a time.

        A page whose scan can no longer be opened has no picture, and the user gets a message.
        """
        links_of_page: dict[int, list[Link]] = defaultdict(list)
        for link in volume.links:
            for area in link.areas:
                links_of_page[area.page].append(link)
        folder = out / volume.volume / "overlays"
        drawn = [page for page in volume.pages if page.frame is not None and self._is_drawn(page)]
        matches_of = dict(zip((page.order for page in volume.pages), volume.matches, strict=True))
        jobs = [
            ScanPicture(self.root, page, tuple(links_of_page[page.order]), dict(matches_of[page.order]))
            if self.kind == "png"
            else ScanPicture(self.root, replace(page, lines=()))
            for page in drawn
        ]
        pictures = self.in_workers(scan_picture, jobs)
        for page in volume.pages:
            self.progress.advance(STAGE_WRITE)
            if self.kind == "none" or page.frame is None:
                continue
            picture = next(pictures) if self._is_drawn(page) else None
            if isinstance(picture, Exception):
                self.progress.say(failure_of(shown(page.scan.path), picture).message)
                continue
            name = f"{volume.volume}/overlays/p{page.order:04d}.{self.kind}"
            if self.kind == "png":
                assert picture is not None
                yield name, picture
                continue
            href = os.path.relpath(self.root / page.scan.path, folder).replace(os.sep, "/")
            place = {"scan_href": href} if picture is None else {"jpeg": picture}
            yield name, overlay_svg(page, links_of_page[page.order], matches=matches_of[page.order], **place)

    def _is_drawn(self, page: Page) -> bool:
        """Whether the picture of the page needs its scan; an SVG only names a scan that browsers show themselves."""
        return self.kind == "png" or (self.kind == "svg" and not shown_by_browsers(page.scan.path))
