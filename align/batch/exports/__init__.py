"""Results in formats of other programs: one module for each format, and one table of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from align.batch.exports.iiif import export_iiif
from align.batch.exports.request import Exported, ExportRequest
from align.batch.exports.tei import export_tei

# The formats by their names for the option --format.
FORMATS: Mapping[str, Callable[[ExportRequest], Exported]] = {"iiif": export_iiif, "tei": export_tei}

__all__ = ["FORMATS", "ExportRequest", "Exported"]
