"""Pages of PDFs whose text can be used as OCR: they are read from it at once, and an engine reads the others."""

from __future__ import annotations

from align.batch.existing import OcrJob
from align.batch.scans import ScanResult
from align.errors import InputError, ScanError
from align.files.paths import scan_path, shown
from align.files.scans.pdf import is_pdf
from align.files.scans.text_layer import TextLayer, text_layers
from align.model import ScanInfo
from align.ocr import place, sound_page


def layer_results(job: OcrJob) -> list[ScanResult]:
    """The results of the pages of a PDF with sound text; a result without readings for each page that has none."""
    try:
        path = scan_path(job.root, job.path)
        layers = text_layers(path, job.path) if is_pdf(path) else []
    except InputError:
        layers = []  # why the scan cannot be opened is told when the engine's turn comes
    by_index = dict(enumerate(layers))
    return [_result(scan, by_index.get(scan.index or 0), job.languages) for scan in job.scans]


def _result(scan: ScanInfo, layer: TextLayer | None, languages: tuple[str, ...]) -> ScanResult:
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
