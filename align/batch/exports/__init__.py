"""Results in formats of other programs: one module for each format, and one table of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from align.batch.exports.annotations import export_annotations
from align.batch.exports.bitexts import export_tmx, export_xliff
from align.batch.exports.iiif import export_iiif
from align.batch.exports.ocr_formats import export_alto, export_hocr, export_page
from align.batch.exports.pdf import export_pdf
from align.batch.exports.request import Exported, ExportRequest
from align.batch.exports.tables import export_csv, export_parquet, export_xlsx
from align.batch.exports.tei import export_tei

# The formats by their names for the option --format.
FORMATS: Mapping[str, Callable[[ExportRequest], Exported]] = {
    "csv": export_csv,
    "parquet": export_parquet,
    "xlsx": export_xlsx,
    "alto": export_alto,
    "page": export_page,
    "hocr": export_hocr,
    "tmx": export_tmx,
    "xliff": export_xliff,
    "annotations": export_annotations,
    "iiif": export_iiif,
    "pdf": export_pdf,
    "tei": export_tei,
}

__all__ = ["FORMATS", "ExportRequest", "Exported"]
