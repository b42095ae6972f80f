"""Model in, text or bytes out, the same for the same input: result rows, overlay pictures, IIIF."""

from align.export.iiif.addresses import (
    Addresses,
    PageKind,
    annotation_path,
    image_folder,
    image_path,
    thumbnail_path,
)
from align.export.iiif.manifest import ImageKind, iiif_files, image_kind
from align.export.images.page_images import ENCODING, jpeg, page_image, thumbnail, tile_jpegs
from align.export.images.tiles import image_files, image_information
from align.export.jsonl import SCHEMA_VERSION, json_document, json_lines
from align.export.overlay.png import embedded_jpeg, overlay_png
from align.export.overlay.svg import overlay_svg, shown_by_browsers
from align.export.rows import bead_rows, document_rows, finding_rows, line_rows, link_rows, page_row, page_rows

__all__ = [
    "ENCODING",
    "SCHEMA_VERSION",
    "Addresses",
    "ImageKind",
    "PageKind",
    "annotation_path",
    "bead_rows",
    "document_rows",
    "embedded_jpeg",
    "finding_rows",
    "iiif_files",
    "image_files",
    "image_folder",
    "image_information",
    "image_kind",
    "image_path",
    "jpeg",
    "json_document",
    "json_lines",
    "line_rows",
    "link_rows",
    "overlay_png",
    "overlay_svg",
    "page_image",
    "page_row",
    "page_rows",
    "shown_by_browsers",
    "thumbnail",
    "thumbnail_path",
    "tile_jpegs",
]
