"""Pages of a PDF that are one JPEG: the JPEG as it is stored there, so that it is not encoded a second time."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any

import numpy as np
import pypdfium2.raw
from PIL import Image

from align.files.paths import scan_path
from align.files.scans.pdf import PdfImage, PdfPage, displayed_corners, is_pdf, opened_pdf, rendered, view_of
from align.files.scans.pixels import DECODER_FAULTS, pillow, turned
from align.files.scans.stored import stored_jpeg
from align.model import EncodedImage, ScanInfo
from align.pixels import Pixels

pdfium: Any = pypdfium2.raw

# Pixels of the longer side of the two pictures that are compared.
_COMPARED = 160
# Grays: how much a JPEG, made smaller, may differ from the page as it is displayed, made smaller in another way.
_SAME = 8.0


def stored_page(root: Path, scan: ScanInfo) -> EncodedImage | None:
    """The JPEG that is all of this page of a PDF; None where there is more to see, or less, or it is no such page.

    Raises ScanError as `list_scans` does.
    """
    path = scan_path(root, scan.path)
    if scan.index is None or not is_pdf(path):
        return None
    with opened_pdf(path, scan.path) as document:
        if scan.index >= len(document):
            return None
        try:
            page = document[scan.index]
            view, picture = view_of(page)
            if picture is None or not _is_all(page, picture):
                return None
            share = _COMPARED / max(view.width, view.height)
            small = replace(view, width=max(1, round(view.width * share)), height=max(1, round(view.height * share)))
            displayed = rendered(page, small)
            data = bytes(picture.get_data(decode_simple=False))
            orientation = _orientation(page, picture)
        except (pypdfium2.PdfiumError, ValueError):
            return None
    return _if_same(data, orientation, scan, displayed)


def _is_all(page: PdfPage, picture: PdfImage) -> bool:
    """Whether nothing but this picture, a JPEG, is painted on the page; invisible text is not."""
    if picture.container is not None or picture.get_filters() != ["DCTDecode"]:
        return False
    pictures = 0
    for item in page.get_objects(max_depth=1):
        if item.type == pdfium.FPDF_PAGEOBJ_IMAGE:
            pictures += 1
        elif (
            item.type != pdfium.FPDF_PAGEOBJ_TEXT
            or pdfium.FPDFTextObj_GetTextRenderMode(item) != pdfium.FPDF_TEXTRENDERMODE_INVISIBLE
        ):
            return False
    return pictures == 1


def _orientation(page: PdfPage, picture: PdfImage) -> int:
    """How the picture is turned on the page as it is displayed, as EXIF's orientation."""
    (x0, y0), (x1, y1) = displayed_corners(page, picture)[:2]
    if abs(x1 - x0) >= abs(y1 - y0):
        return 1 if x1 > x0 else 3
    return 6 if y1 > y0 else 8


def _if_same(data: bytes, orientation: int, scan: ScanInfo, displayed: Pixels) -> EncodedImage | None:
    """The JPEG, if it looks like the page: a mask or inverted colours are nowhere told, but are seen."""
    try:
        with pillow(), Image.open(BytesIO(data), formats=("JPEG",)) as image:
            found = stored_jpeg(data, image)
            image.draft("L", (_COMPARED, _COMPARED))
            gray = turned(np.asarray(image.convert("L")), orientation)
    except (*DECODER_FAULTS, MemoryError):
        return None
    if found is None:
        return None
    size = (found.height, found.width) if orientation > 4 else (found.width, found.height)
    height, width = displayed.shape[:2]
    own = np.asarray(Image.fromarray(gray).resize((width, height), Image.Resampling.BOX), np.int16)
    shown = np.asarray(Image.fromarray(displayed).convert("L"), np.int16)
    if size != (scan.width, scan.height) or np.abs(own - shown).mean() > _SAME:
        return None
    return replace(found, orientation=orientation)
