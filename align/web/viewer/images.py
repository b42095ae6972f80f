"""The viewer's images of a page: one to look at, a thumbnail, and a smaller copy as a script.

Where the viewer is opened from a folder, a browser shows its images but lets no script read their pixels. A saved
crop or PDF needs the pixels, so they come in a script.
"""

from __future__ import annotations

from base64 import b64encode
from collections import defaultdict
from collections.abc import Callable, Generator, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from align.export.images.page_images import fitting, jpeg, page_image, upright_size
from align.files.paths import shown
from align.files.scans.failures import failure_of
from align.files.scans.fingerprints import CHANGED, KnownScan, RunScans
from align.files.scans.images import load_known
from align.files.scans.memory import memory_needed
from align.model import Frame, Page, ScanInfo, key
from align.web.viewer.data import Picture
from align.web.viewer.scripts import script
from align.workers.calls import Pool, Workers

MAX_PIXELS = 24_000_000  # the largest image that every browser shows well; it takes 96 MB of a phone's memory
COPY_PIXELS = 4_000_000  # A4 at about 200 dpi: a cut-out sentence is as sharp as on a screen
THUMB_PIXELS = 36_000
KINDS = ("images", "thumbs", "copies")  # folders of the files below
_QUALITY, _COPY_QUALITY, _THUMB_QUALITY = 85, 75, 70
# How many results of each worker may wait in memory to be written.
_AHEAD = 2

Files = list[tuple[str, bytes]]


@dataclass(frozen=True, slots=True)
class PageImage:
    """A page that needs images: its key, scan and frame, and the name of its files."""

    order: int
    key: str
    scan: ScanInfo
    frame: Frame

    @property
    def name(self) -> str:
        """The stem of the files, from the page's key, the scan's digest and the frame: no other scan has it."""
        width, height = upright_size(self.frame)
        return f"{key(self.key, self.scan.digest)}-{self.frame.rotation}-{width}x{height}"

    @property
    def picture(self) -> Picture:
        """The large image that a reader looks at."""
        return Picture(self.name, *fitting(upright_size(self.frame), max_pixels=MAX_PIXELS))

    @property
    def files(self) -> tuple[str, str, str]:
        """The files of this page: image, thumbnail, script with the copy."""
        return f"images/{self.name}.jpg", f"thumbs/{self.name}.jpg", f"copies/{self.name}.js"


@dataclass(frozen=True, slots=True)
class ScanJob:
    """One scan with the pages on it that need images."""

    root: Path
    scan: KnownScan
    pages: tuple[PageImage, ...]

    @property
    def needed_bytes(self) -> int:
        """An estimate of the memory that drawing the pages takes."""
        return memory_needed(self.scan.scan)


def wanted_images(pages: Sequence[Page]) -> list[PageImage]:
    """The images that the pages of a volume need. A page whose scan could not be opened needs none."""
    return [PageImage(page.order, page.key, page.scan, page.frame) for page in pages if page.frame is not None]


@dataclass(frozen=True, slots=True)
class Plan:
    """What is to be done for the images of a volume: the jobs; the orders of pages without images, and why."""

    jobs: tuple[ScanJob, ...]
    lost: frozenset[int]
    faults: tuple[str, ...]


def planned(scans: RunScans, wanted: Sequence[PageImage], there: Callable[[str], bool]) -> Plan:
    """The work that is left: for each scan its pages that lack a file.

    A scan that changed since the run is not shown, whatever images of it are there. One that cannot be read is a fault
    only where an image of it is missing.
    """
    on_scans: dict[ScanInfo, list[PageImage]] = defaultdict(list)
    for page in wanted:
        on_scans[page.scan].append(page)
    jobs: list[ScanJob] = []
    lost: set[int] = set()
    faults: dict[str, None] = {}
    for scan, known in scans.compared(on_scans):
        lacking = tuple(page for page in on_scans[scan] if not all(there(file) for file in page.files))
        if isinstance(known, KnownScan):
            jobs += [ScanJob(scans.root, known, lacking)] if lacking else []
        elif unshown := on_scans[scan] if known.cause == CHANGED else lacking:
            lost |= {page.order for page in unshown}
            faults[known.message] = None
    return Plan(tuple(jobs), frozenset(lost), tuple(faults))


def made(job: ScanJob) -> Files:
    """The files of the pages on one scan, as (name, bytes). Raises ScanError where it cannot be read or has changed."""
    pixels = load_known(job.root, job.scan)
    files: Files = []
    for page in job.pages:
        upright = page_image(pixels, page.frame)
        picture, small = page.picture, fitting(upright.size, max_pixels=COPY_PIXELS)
        image = jpeg(upright, size=(picture.width, picture.height), quality=_QUALITY)
        copy = image if small == upright.size else jpeg(upright, size=small, quality=_COPY_QUALITY)
        thumb = jpeg(upright, size=fitting(upright.size, max_pixels=THUMB_PIXELS), quality=_THUMB_QUALITY)
        names = page.files
        files += [(names[0], image), (names[1], thumb), (names[2], _copied(page.name, small, copy))]
    return files


def all_made(jobs: Sequence[ScanJob], pool: Pool) -> Generator[tuple[ScanJob, Files | str], None, None]:
    """Each job, in order, with its files, or with a sentence that says why there are none."""
    with closing(Workers(pool)) as workers:
        results = workers.results(made, jobs, ahead=_AHEAD)
        for job in jobs:
            result = next(results)
            yield (
                job,
                failure_of(shown(job.scan.scan.path), result).message if isinstance(result, Exception) else result,
            )


def _copied(name: str, size: tuple[int, int], image: bytes) -> bytes:
    data = {"width": size[0], "height": size[1], "jpeg": b64encode(image).decode("ascii")}
    return script(f"copies/{name}", data)
