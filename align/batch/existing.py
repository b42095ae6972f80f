"""Scans that have existing OCR: read from their files, here and at once, with no engine."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from align.batch.scans import ScanResult
from align.errors import ScanError, TextError
from align.files.paths import read_source_bytes, shown
from align.files.scans.failures import failure_of
from align.files.scans.images import load_scan
from align.model import ScanInfo
from align.ocr import ExistingOcr, place, read_existing


def existing_results(
    root: Path, path: str, scans: Sequence[ScanInfo], *, languages: tuple[str, ...]
) -> list[ScanResult]:
    """What the OCR file at `path` holds for the scans of one file, page by page; failed where it cannot be used.

    `languages` are those that the volume is stated to be in, if it is. A failed scan is left to no engine: who put the
    file there wants its text.
    """
    try:
        found = _opened(root, path, scans)
    except Exception as error:  # noqa: BLE001 - one file's fault must not stop the batch
        return [ScanResult(scan, failure=failure_of(path, error)) for scan in scans]
    return [_placed(root, found, index, scan, path=path, languages=languages) for index, scan in enumerate(scans)]


def _opened(root: Path, path: str, scans: Sequence[ScanInfo]) -> ExistingOcr:
    name = shown(path)
    try:
        data = read_source_bytes(root, path)
    except TextError as error:
        if error.cause != "too-large":
            raise
        raise ScanError(
            f"{name} is too large for existing OCR: give each page a file of its own, or remove it to have the scan "
            "read by the OCR engine.",
            cause="too-large",
        ) from error
    found = read_existing(data, name=name)
    if len(found.pages) != len(scans):
        raise ScanError(
            f"{name} holds OCR of {len(found.pages)} pages, and {shown(scans[0].path)} has {len(scans)}: export it "
            "with as many, or remove it to have the scan read by the OCR engine.",
            cause="ocr-size",
        )
    return found


def _placed(
    root: Path, found: ExistingOcr, index: int, scan: ScanInfo, *, path: str, languages: tuple[str, ...]
) -> ScanResult:
    try:
        if not scan.width:
            load_scan(root, scan)  # one page of several that cannot be opened: this says why
        reading = place(found.pages[index], scan, name=found.name, engine=found.engine, languages=languages)
    except Exception as error:  # noqa: BLE001 - one page's fault must not stop the batch
        return ScanResult(scan, failure=failure_of(path, error))
    return ScanResult(scan, (reading,), existing=True)
