"""Results in the formats of others: one module a format, behind one registry."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from align.batch.exports.iiif import export_iiif
from align.batch.exports.request import Exported, ExportRequest

# A format by the name that --format gives it.
FORMATS: Mapping[str, Callable[[ExportRequest], Exported]] = {"iiif": export_iiif}

__all__ = ["FORMATS", "ExportRequest", "Exported"]
