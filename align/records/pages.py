"""pages.jsonl: one row for each page, in order."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from align.model import Box, Frame, Page, ScanInfo, VolumeResult
from align.records.record import ReadRow, Record, Row


def _encode(volume: VolumeResult) -> Iterator[Row]:
    return (encoded_page(page) for page in volume.pages)


def encoded_page(page: Page) -> Row:
    """The row of a page; a scan that could not be opened has size 0 and the frame [0, 0, 0, 0]."""
    scan = page.scan
    frame = page.frame.box.xywh if page.frame else (0, 0, scan.width, scan.height)
    return {
        "page": page.order,
        "id": page.id,
        "key": page.key,
        "label": page.label,
        "label_source": page.label_source,
        "scan": scan.path,
        "scan_index": scan.index,
        "scan_digest": scan.digest,
        "width": scan.width,
        "height": scan.height,
        "dpi": None if scan.dpi is None else _shortest(scan.dpi),
        "frame": list(frame),
        "rotation": page.frame.rotation if page.frame else 0,
        "language": page.language,
        "status": page.status,
        "duplicate_of": page.duplicate_of,
    }


def _decode(volume: VolumeResult, rows: Sequence[ReadRow]) -> VolumeResult:
    pages = tuple(_page(row) for row in rows)
    return replace(volume, pages=pages, matches=tuple({} for _ in pages))


def _page(row: ReadRow) -> Page:
    return Page(
        order=row["page"],
        id=row["id"],
        key=row["key"],
        scan=ScanInfo(row["scan"], row["scan_index"], row["width"], row["height"], row["dpi"], row["scan_digest"]),
        frame=None if row["status"] == "failed" else Frame(Box.from_xywh(row["frame"]), row["rotation"]),
        status=row["status"],
        language=row["language"],
        label=row["label"],
        label_source=row["label_source"],
        duplicate_of=row["duplicate_of"],
    )


def _shortest(value: float) -> float:
    rounded = round(float(value), 2)
    return int(rounded) if rounded.is_integer() else rounded


PAGES = Record("pages", _encode, _decode)
