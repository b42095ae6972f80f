"""The pages of a volume, made from the readings of its scans and put in order."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from align.batch.scans import ScanResult
from align.decisions.obeyed import Standing, arrangement
from align.model import Frame, Page, PageStatus, Reading, ScanInfo, key, ncname


class Side(NamedTuple):
    """A written side as it was read: its scan, and its reading; None where there is none, or it counts as blank."""

    scan: ScanResult
    reading: Reading | None


@dataclass(frozen=True, slots=True)
class Assembled:
    """The pages of a volume in order, the side that each was read from, and its order in the folder of scans.

    `failures` gives the reason of each failed page by its order.
    """

    pages: tuple[Page, ...]
    sides: tuple[Side, ...]
    orders: tuple[int, ...]
    failures: dict[int, str]


def sides_of(scans: Iterable[ScanResult]) -> tuple[Side, ...]:
    """The written sides of these scans, in order; a scan without a reading is one side."""
    return tuple(Side(scan, reading) for scan in scans for reading in (scan.readings or (None,)))


def assembled(volume: str, scans: Sequence[ScanResult], standing: Standing) -> Assembled:
    """The pages of a volume, in the order that editors decided; a page that they found blank has no lines."""
    pages, failures = assemble(volume, scans)
    sides = sides_of(scans)
    arranged = arrangement(standing, [page.key for page in pages])
    blank = {n for n in arranged.blank if pages[n].status != "failed"}
    as_decided = [replace(page, status="blank", lines=()) if n in blank else page for n, page in enumerate(pages)]
    moved = (
        replace(as_decided[n], order=order, id=_page_id(volume, order)) for order, n in enumerate(arranged.order, 1)
    )
    order_of = {pages[n].order: order for order, n in enumerate(arranged.order, 1)}
    return Assembled(
        tuple(moved),
        tuple(Side(sides[n].scan, None) if n in blank else sides[n] for n in arranged.order),
        tuple(n + 1 for n in arranged.order),
        dict(sorted((order_of[order], reason) for order, reason in failures.items())),
    )


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
        id=_page_id(volume, order),
        key=page_key(scan, frame, occurrences[page_key(scan, frame, 1)]),
        scan=scan,
        frame=frame,
        status=status,
        lines=reading.lines if reading else (),
        language=reading.language if reading else None,
        misplaced=reading.misplaced if reading else (),
        estimated=reading.estimated if reading else (),
        unused=reading.unused if reading else (),
        ocr_file=reading.ocr_file if reading else "",
    )


def _page_id(volume: str, order: int) -> str:
    return f"{ncname(volume)}.p{order:04d}"


def page_key(scan: ScanInfo, frame: Frame | None, occurrence: int) -> str:
    """The key of the page that is the n-th in its volume with this scan's bytes and this frame."""
    return key(f"{scan.digest}/{scan.index}/{frame.box.xywh if frame else ''}", str(occurrence))
