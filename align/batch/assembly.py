"""The pages of a volume, made from the readings of its scans and put in order."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from align.batch.scans import ScanResult
from align.model import Frame, Page, PageStatus, Reading, ScanInfo, key, ncname


def assemble(volume: str, scans: Iterable[ScanResult]) -> tuple[tuple[Page, ...], dict[int, str]]:
    """The pages of a volume in order, and the reason of each failed page by its order."""
    pages: list[Page] = []
    failures: dict[int, str] = {}
    occurrences: Counter[str] = Counter()
    for result in scans:
        for reading in result.readings or (None,):
            order = len(pages) + 1
            if reading is None and result.failure is not None:
                failures[order] = result.failure.message
            pages.append(_page(volume, order, result.scan, reading, occurrences))
    return tuple(pages), failures


def _page(volume: str, order: int, scan: ScanInfo, reading: Reading | None, occurrences: Counter[str]) -> Page:
    frame = reading.frame if reading else None
    status: PageStatus = reading.status if reading else "failed"
    occurrences[page_key(scan, frame, 1)] += 1
    return Page(
        order=order,
        id=f"{ncname(volume)}.p{order:04d}",
        key=page_key(scan, frame, occurrences[page_key(scan, frame, 1)]),
        scan=scan,
        frame=frame,
        status=status,
        lines=reading.lines if reading else (),
        language=reading.language if reading else None,
        misplaced=reading.misplaced if reading else (),
    )


def page_key(scan: ScanInfo, frame: Frame | None, occurrence: int) -> str:
    """The key of the page that is the n-th in its volume with this scan's bytes and this frame."""
    return key(f"{scan.digest}/{scan.index}/{frame.box.xywh if frame else ''}", str(occurrence))
