"""Pages read again in other ways where linking asks for it, and the volume linked with what fits its texts best."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from time import perf_counter
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from align.batch.scans import ScanResult, failure_of
from align.batch.scheduling import READING_VERSION, PageReader
from align.files.scans.images import load_scan
from align.imaging import Way, prepare, prepare_otherwise
from align.linking import best_readings, rereads
from align.model import Frame, Page, Reading, Reread, ScanInfo, SourceText, VolumeResult, key
from align.ocr import BlockReader, Engine, mapped, without_dirt
from align.reading.scan import CHAIN

# By name: another preparation than the usual, if any, and whether the page is read as one block. So lines are read
# that an engine takes for part of a picture, beside stamps and stains.
WAYS: Mapping[str, tuple[Way | None, bool]] = {
    "block": (None, True),
    "bright": ("bright", False),
    "bright-block": ("bright", True),
    "local-block": ("local", True),
}


@dataclass(frozen=True, slots=True)
class RereadJob:
    """What a worker needs to read one written side in another way; picklable if its loader and engine are."""

    root: Path
    scan: ScanInfo
    load: Callable[[Path, ScanInfo], NDArray[np.uint8]]
    engine: Engine
    frame: Frame
    language: str
    way: str

    @property
    def key(self) -> str:
        """The key under which its reading is kept."""
        frame = f"{self.frame.box.xywh} {self.frame.rotation}"
        place = (self.scan.digest, str(self.scan.index), frame)
        return key(*place, CHAIN, self.way, self.engine.name, self.language, READING_VERSION)


def run_reread_job(job: RereadJob) -> Reading | None:
    """What is read in this way, in the process it is called in; None where it is no other than the usual way."""
    pixels = job.load(job.root, job.scan)
    preparation, block = WAYS[job.way]
    prepared = prepare_otherwise(pixels, job.frame, preparation) if preparation else prepare(pixels, job.frame)
    if prepared is None:
        return None
    read = job.engine.read
    if block:
        if not isinstance(job.engine, BlockReader):
            return None
        read = job.engine.read_block
    lines = without_dirt(read(prepared.image, languages=(job.language,), dpi=prepared.dpi))
    in_scan = mapped(lines, prepared.to_scan, job.frame.box, side=prepared.side)
    status: Literal["ok", "blank"] = "ok" if in_scan else "blank"
    return Reading(job.frame, status, job.language, in_scan, f"{job.way}+{prepared.steps}", job.engine.name)


def link_best(
    link: Callable[[Sequence[Page]], VolumeResult],
    pages: Sequence[Page],
    texts: Sequence[SourceText],
    others: Callable[[Sequence[Reread]], Sequence[Mapping[int, Reading]]],
) -> VolumeResult:
    """The links of the volume, with those of its pages' readings that fit the texts best.

    `others` gives what is read of pages that linking asks for, by order, one mapping a way. A volume of good pages asks
    for none and is linked once.
    """
    linked = link(pages)
    asked = rereads(linked.pages, linked.matches, texts)
    ways = others(asked) if asked else ()
    if not any(ways):
        return linked
    shown = {match.text for own in linked.matches for found in own.values() for match in found}
    readings = [[_read_so(page, way.get(page.order)) for page in pages] for way in ways]
    best = best_readings([pages, *readings], {a.page for a in asked}, [text for text in texts if text.path in shown])
    return linked if best == tuple(pages) else link(best)


def _read_so(page: Page, reading: Reading | None) -> Page:
    if reading is None or reading.status != "ok":
        return page
    return replace(page, lines=reading.lines, status="ok", language=page.language or reading.language)


@dataclass(slots=True)
class Rereader:
    """Reads pages of a volume again, in the pool of a reader; what is kept of that is not read twice.

    Editing a text reads nothing: it chooses among what is kept. So only pages read in this run are read again, or all
    that are asked for if `anew`: where the volume has no results yet, as after an interruption.
    """

    reader: PageReader
    scans: Sequence[ScanResult]
    anew: bool
    pages: int = 0
    seconds: float = 0.0

    def read(self, asked: Sequence[Reread]) -> list[dict[int, Reading]]:
        """What is read, or kept, of the pages asked for: by order, one mapping a way; a way that fails is left out."""
        start = perf_counter()
        sides = [(scan, reading) for scan in self.scans for reading in (scan.readings or (None,))]
        usual = Counter(reading.language for _, reading in sides if reading and reading.language).most_common(1)
        found: list[dict[int, Reading]] = [{} for _ in WAYS]
        wanted: list[tuple[int, int, RereadJob]] = []
        for order in (a.page for a in asked):
            scan, reading = sides[order - 1]
            language = (reading.language if reading else None) or (usual[0][0] if usual else None)
            if reading is None or language is None or scan.existing:
                continue
            for number, way in enumerate(WAYS):
                engine, root = self.reader.engine, self.reader.root
                job = RereadJob(root, scan.scan, load_scan, engine, reading.frame, language, way)
                kept = None if self.reader.retry else self.reader.readings.get(job.key)
                if kept is not None:
                    found[number].update((order, one) for one in kept)
                elif scan.fresh or self.anew:
                    wanted.append((order, number, job))
        results = self.reader.results(run_reread_job, [job for *_, job in wanted])
        for (order, number, job), read in zip(wanted, results, strict=True):
            if isinstance(read, Exception):
                failure_of(job.scan.path, read)  # tells of faults, and ends a run that cannot go on
            else:
                stored = self.reader.readings.put(job.key, () if read is None else (read,))
                found[number].update((order, one) for one in stored)
        self.pages += len({order for order, *_ in wanted})
        self.seconds += perf_counter() - start
        return found
