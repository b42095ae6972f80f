"""Scans that have existing OCR, in files of its own or as text in a PDF: it is read at once, without an engine."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from align.batch.scans import ScanResult
from align.errors import InputError, ScanError, TextError
from align.files.paths import read_source_bytes, scan_path, shown
from align.files.scans.failures import failure_of
from align.files.scans.images import load_scan
from align.files.scans.pdf import is_pdf
from align.files.scans.text_layer import TextLayer, text_layers
from align.model import ScanInfo
from align.ocr import ExistingOcr, by_side, place, read_existing, sound_page


@dataclass(frozen=True, slots=True)
class OcrJob:
    """What a worker needs to read the OCR file at `path`, with its further parts; it belongs to the scans of one file.

    `languages`: those that collection.toml names for the volume, if any.
    """

    root: Path
    path: str
    scans: tuple[ScanInfo, ...]
    languages: tuple[str, ...]
    parts: tuple[str, ...] = ()


def existing_results(job: OcrJob) -> list[ScanResult]:
    """The results of the scans, from the pages of the OCR file; failed where it cannot be used.

    No engine reads a failed scan instead, because the editor who supplied the OCR file wants its text.
    """
    root, path, scans, languages = job.root, job.path, job.scans, job.languages
    try:
        existing = _opened(root, (path, *job.parts), scans)
    except Exception as error:  # noqa: BLE001 - one file's fault must not stop the batch
        return failed_results(job, error)
    return [_placed(root, existing, index, scan, path=path, languages=languages) for index, scan in enumerate(scans)]


def failed_results(job: OcrJob, error: Exception) -> list[ScanResult]:
    """The results of the scans where their OCR file could not be read, for this reason."""
    failure = failure_of(shown(job.path), error)
    return [ScanResult(scan, failure=failure) for scan in job.scans]


def _opened(root: Path, paths: Sequence[str], scans: Sequence[ScanInfo]) -> ExistingOcr:
    """The OCR in these files; ScanError where it has another number of pages than there are scans."""
    name = shown(paths[0])
    try:
        data = [read_source_bytes(root, path) for path in paths]
    except TextError as error:
        if error.cause != "too-large":
            raise
        raise ScanError(
            f"{name} is too large for existing OCR: give each page a file of its own, or remove it to have the scan "
            "read by the OCR engine.",
            cause="too-large",
        ) from error
    existing = read_existing(*data, name=name)
    pages = existing.pages_for(scans)
    if pages is None:
        raise ScanError(
            f"{name} holds OCR of {len(existing.pages)} pages, and {shown(scans[0].path)} has {len(scans)}: export it "
            "with as many, or remove it to have the scan read by the OCR engine.",
            cause="ocr-size",
        )
    return replace(existing, pages=pages)


def _placed(
    root: Path, existing: ExistingOcr, index: int, scan: ScanInfo, *, path: str, languages: tuple[str, ...]
) -> ScanResult:
    try:
        if not scan.width:
            load_scan(root, scan)  # raises the reason why this page of several cannot be opened
        page = existing.pages[index]
        reading = place(page, scan, name=existing.name, engine=existing.engine, languages=languages)
        readings = by_side(reading, page, scan)
    except Exception as error:  # noqa: BLE001 - one page's fault must not stop the batch
        return ScanResult(scan, failure=failure_of(path, error))
    return ScanResult(scan, readings, existing=True)


def layer_results(job: OcrJob) -> list[ScanResult]:
    """The results of the pages of a PDF with sound text; a result without readings for each page that has none."""
    try:
        path = scan_path(job.root, job.path)
        layers = text_layers(path, job.path) if is_pdf(path) else []
    except InputError:
        layers = []  # why the scan cannot be opened is told when the engine's turn comes
    by_index = dict(enumerate(layers))
    return [_from_layer(scan, by_index.get(scan.index or 0), job.languages) for scan in job.scans]


def _from_layer(scan: ScanInfo, layer: TextLayer | None, languages: tuple[str, ...]) -> ScanResult:
    if layer is None or (layer.width, layer.height) != (scan.width, scan.height):
        return ScanResult(scan)
    page = sound_page(layer.width, layer.height, [[(word.text, word.box) for word in line] for line in layer.lines])
    if page is None:
        return ScanResult(scan)
    try:
        reading = place(
            page, scan, name=shown(scan.path), engine=f"existing pdf-text {scan.digest[:12]}", languages=languages
        )
    except ScanError:
        return ScanResult(scan)
    return ScanResult(scan, (reading,), existing=True) if reading.lines else ScanResult(scan)
