"""One volume's results: pages put in order, linked, and written as the files of the output contract."""

from __future__ import annotations

import os
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Literal

from align.batch.rows import Row
from align.batch.scans import ScanResult
from align.errors import ScanError
from align.export import (
    bead_rows,
    document_rows,
    embedded_jpeg,
    finding_rows,
    line_rows,
    link_rows,
    overlay_png,
    overlay_svg,
    page_rows,
    shown_by_browsers,
)
from align.files.scans.images import load_scan
from align.linking import VolumeLinks
from align.model import Frame, Link, Page, PageStatus, Reading, ScanInfo, SourceText, key, ncname
from align.work.progress import Progress

Overlays = Literal["svg", "png", "none"]

STAGE_WRITE = "Writing overlays"


def assemble(volume: str, scans: Iterable[ScanResult]) -> tuple[tuple[Page, ...], dict[int, str]]:
    """The pages of a volume in order, and for those that failed, by order, why."""
    pages: list[Page] = []
    failures: dict[int, str] = {}
    seen: Counter[str] = Counter()
    for result in scans:
        for reading in result.readings or (None,):
            order = len(pages) + 1
            if reading is None and result.failure is not None:
                failures[order] = result.failure.message
            pages.append(_page(volume, order, result.scan, reading, seen))
    return tuple(pages), failures


def _page(volume: str, order: int, scan: ScanInfo, reading: Reading | None, seen: Counter[str]) -> Page:
    frame = reading.frame if reading else None
    status: PageStatus = reading.status if reading else "failed"
    seen[page_key(scan, frame, 1)] += 1
    return Page(
        order=order,
        id=f"{ncname(volume)}.p{order:04d}",
        key=page_key(scan, frame, seen[page_key(scan, frame, 1)]),
        scan=scan,
        frame=frame,
        status=status,
        lines=reading.lines if reading else (),
        language=reading.language if reading else None,
    )


def page_key(scan: ScanInfo, frame: Frame | None, occurrence: int) -> str:
    """The key of the page that is the n-th in its volume with this scan's bytes and this frame."""
    return key(f"{scan.digest}/{scan.index}/{frame.box.xywh if frame else ''}", str(occurrence))


def result_rows(
    linked: VolumeLinks, texts: Sequence[SourceText], details: Mapping[str, Mapping[str, str]]
) -> dict[str, list[Row]]:
    """The rows of each file of a volume, by the file's name without its ending."""
    return {
        "pages": list(page_rows(linked.pages)),
        "lines": [row for page, own in zip(linked.pages, linked.matches, strict=True) for row in line_rows(page, own)],
        "documents": list(document_rows(texts, linked.links, details=details)),
        "links": list(link_rows(linked.links, linked.pages)),
        "beads": [
            row
            for pairing in linked.pairings
            for row in bead_rows(pairing.beads, transcription=pairing.transcription, translation=pairing.translation)
        ],
        "findings": list(finding_rows(linked.findings, linked.pages)),
    }


def overlay_files(
    root: Path, out: Path, volume: str, linked: VolumeLinks, kind: Overlays, progress: Progress
) -> Iterator[tuple[str, str | bytes]]:
    """The overlay picture of each page, by its path under the folder of results, made one at a time.

    A page whose scan can no longer be opened has none, and the user is told.
    """
    by_page: dict[int, list[Link]] = defaultdict(list)
    for link in linked.links:
        for area in link.areas:
            by_page[area.page].append(link)
    folder = out / volume / "overlays"
    for page, matches in zip(linked.pages, linked.matches, strict=True):
        progress.advance(STAGE_WRITE)
        if kind == "none" or page.frame is None:
            continue
        links = by_page[page.order]
        name = f"{volume}/overlays/p{page.order:04d}.{kind}"
        try:
            if kind == "png":
                yield name, overlay_png(load_scan(root, page.scan), page, links, matches=matches)
            elif shown_by_browsers(page.scan.path):
                href = os.path.relpath(root / page.scan.path, folder).replace(os.sep, "/")
                yield name, overlay_svg(page, links, matches=matches, scan_href=href)
            else:
                yield name, overlay_svg(page, links, matches=matches, jpeg=embedded_jpeg(load_scan(root, page.scan)))
        except ScanError as error:
            progress.say(error.message)
