"""Exports: from values of the model to text or bytes, the same for the same input: overlay pictures, IIIF."""

from align.export.iiif.addresses import (
    Addresses,
    PageKind,
    annotation_path,
    image_folder,
    image_path,
    thumbnail_path,
)
from align.export.iiif.manifest import ImageKind, iiif_files, image_kind
from align.export.images.encodings import encoded
from align.export.images.page_images import ENCODING, QUALITY, jpeg, page_image, thumbnail, tile_jpegs
from align.export.images.tiles import image_files, image_information
from align.export.ocr_files import (
    OcrPage,
    Origin,
    PageFiles,
    Side,
    TextChoice,
    alto,
    hocr,
    ocr_page,
    page_xml,
    transkribus_mets,
)
from align.export.overlay.png import embedded_jpeg, overlay_png
from align.export.overlay.svg import overlay_svg, shown_by_browsers

__all__ = [
    "ENCODING",
    "QUALITY",
    "Addresses",
    "ImageKind",
    "OcrPage",
    "Origin",
    "PageFiles",
    "PageKind",
    "Side",
    "TextChoice",
    "alto",
    "annotation_path",
    "embedded_jpeg",
    "encoded",
    "hocr",
    "iiif_files",
    "image_files",
    "image_folder",
    "image_information",
    "image_kind",
    "image_path",
    "jpeg",
    "ocr_page",
    "overlay_png",
    "overlay_svg",
    "page_image",
    "page_xml",
    "shown_by_browsers",
    "thumbnail",
    "thumbnail_path",
    "tile_jpegs",
    "transkribus_mets",
]
