"""Model in, text or bytes out, the same for the same input: result rows and overlay pictures."""

from align.export.jsonl import SCHEMA_VERSION, json_document, json_lines
from align.export.pictures import embedded_jpeg, overlay_png
from align.export.rows import bead_rows, document_rows, finding_rows, line_rows, link_rows, page_row, page_rows
from align.export.svg import overlay_svg, shown_by_browsers

__all__ = [
    "SCHEMA_VERSION",
    "bead_rows",
    "document_rows",
    "embedded_jpeg",
    "finding_rows",
    "json_document",
    "json_lines",
    "line_rows",
    "link_rows",
    "overlay_png",
    "overlay_svg",
    "page_row",
    "page_rows",
    "shown_by_browsers",
]
