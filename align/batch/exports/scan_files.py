"""The image files of a page, made from its scan by a worker."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import TypeVar

from align.errors import ScanError
from align.export import ImageKind, encoded, jpeg, page_image, thumbnail, tile_jpegs
from align.files.paths import shown
from align.files.scans.failures import failure_of
from align.files.scans.fingerprints import KnownScan, RunScans
from align.files.scans.images import load_known
from align.files.scans.memory import memory_needed
from align.files.scans.pdf_pictures import stored_page
from align.files.scans.stored import plain_file
from align.model import Box, EncodedImage, Frame, ScanInfo
from align.pixels import Pixels
from align.workers.calls import Workers, outcome_of

J = TypeVar("J")
T = TypeVar("T")
# Quality of a JPEG, 0 to 100, from which a recogniser learns letters.
_QUALITY = 95


@dataclass(frozen=True, slots=True)
class ImageJob:
    """What a worker needs to make the image files of a page."""

    root: Path
    scan: KnownScan
    frame: Frame
    kind: ImageKind

    @property
    def needed_bytes(self) -> int:
        """An estimate of the memory that drawing the page takes."""
        return memory_needed(self.scan.scan)


@dataclass(frozen=True, slots=True)
class EncodeJob:
    """What a worker needs to encode a whole scan."""

    root: Path
    scan: KnownScan
    quality: int

    @property
    def needed_bytes(self) -> int:
        """An estimate of the memory that encoding the scan takes."""
        return memory_needed(self.scan.scan)


@dataclass(frozen=True, slots=True)
class ImageFiles:
    """The thumbnail of a page, and its image: whole, or in tiles by their paths."""

    thumbnail: bytes
    whole: bytes = b""
    tiles: tuple[tuple[str, bytes], ...] = ()


@dataclass(frozen=True, slots=True)
class PlainImage:
    """An image file that any program shows as the scan is: its ending, such as ".jpg", and its bytes."""

    suffix: str
    data: bytes


@dataclass(slots=True)
class LastScan:
    """The scan that was opened last: two pages may be on one scan."""

    scan: KnownScan | None = None
    pixels: Pixels | None = None

    def opened(self, root: Path, scan: KnownScan) -> Pixels:
        """The pixels of the scan."""
        if self.pixels is None or self.scan != scan:
            self.scan = self.pixels = None  # two large scans at once may not fit into memory
            self.pixels = load_known(root, scan)
            self.scan = scan
        return self.pixels


_LAST = LastScan()


def made_files(job: ImageJob) -> ImageFiles:
    """The image files of a page; ScanError where its scan cannot be read or has changed."""
    image = page_image(_LAST.opened(job.root, job.scan), job.frame)
    if job.kind == "tiles":
        return ImageFiles(thumbnail(image), tiles=tuple(tile_jpegs(image)))
    return ImageFiles(thumbnail(image), whole=jpeg(image))


def encoded_scan(job: EncodeJob) -> EncodedImage:
    """The JPEG that a page of a PDF is, or the scan encoded anew; ScanError where it is unreadable or has changed."""
    stored = stored_page(job.root, job.scan.scan)
    if stored is None:
        return encoded(_LAST.opened(job.root, job.scan), job.quality)
    job.scan.check(job.root)
    return stored


def plain_image(job: ImageJob) -> PlainImage:
    """The scan of a job as an image file, the same bytes where it is one; ScanError as `made_files`."""
    stored = plain_file(job.root, job.scan)
    if stored is not None:
        return PlainImage(PurePosixPath(job.scan.scan.path).suffix, stored)
    whole = page_image(_LAST.opened(job.root, job.scan), job.frame)
    return PlainImage(".jpg", jpeg(whole, quality=_QUALITY))


@dataclass(slots=True)
class ScanOpener:
    """Opens scans of a run in workers; ScanError where one cannot be opened or has changed, whatever the reason."""

    scans: RunScans
    workers: Workers

    def image(self, scan: ScanInfo, frame: Frame, kind: ImageKind) -> ImageFiles:
        """The image files of a page on a scan."""
        return self._done(scan.path, made_files, ImageJob(self.scans.root, self.scans.known(scan), frame, kind))

    def encoded(self, scan: ScanInfo, quality: int) -> EncodedImage:
        """The scan encoded anew, as a JPEG of this quality or without loss."""
        return self._done(scan.path, encoded_scan, EncodeJob(self.scans.root, self.scans.known(scan), quality))

    def plain(self, scan: ScanInfo) -> PlainImage:
        """The whole scan as an image file for another program, upright as its pixels are counted."""
        whole = Frame(Box(0, 0, scan.width, scan.height))
        return self._done(scan.path, plain_image, ImageJob(self.scans.root, self.scans.known(scan), whole, "jpeg"))

    def _done(self, path: str, work: Callable[[J], T], job: J) -> T:
        outcome: T | Exception = outcome_of(self.workers.submit(work, job))
        if isinstance(outcome, Exception):
            failure = failure_of(shown(path), outcome)
            raise ScanError(failure.message, cause=failure.cause) from outcome
        return outcome
