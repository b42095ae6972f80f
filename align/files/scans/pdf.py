"""Scans in PDF. A page has the pixel grid of the image that fills it, or else one of 300 dpi."""

from __future__ import annotations

import io
import math
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pypdfium2
import pypdfium2.raw
from PIL import Image

from align.errors import ScanError
from align.files.paths import shown, unreadable_scan
from align.files.scans.pixels import DECODER_FAULTS, pillow, plausible_dpi
from align.pixels import Pixels

# The C interface has no types that a type checker could read, and its Python classes have few.
pdfium: Any = pypdfium2.raw
Document = Any
PdfPage = Any
PdfImage = Any

Fits = Callable[[float, float], bool]
Grid = tuple[int, int, float | None]

# Dots per inch at which a page is drawn that no image fills: OCR engines are trained on 300.
RENDER_DPI = 300
POINTS_AN_INCH = 72
# An image fills a page when it covers this share of its width and of its height: scanners leave a thin white edge.
_FILLS = 0.95
# Dots per inch. A coarser picture behind a page is a texture, not its scan. Converters write 72: one pixel a point.
_LEAST_DPI = 71.0
# Points. PDFium renders an image pixel for pixel only where its box, rounded outwards, is not one pixel too large.
# The value was found by experiment; tests hold it.
_INSET = 0.01
# PDFium does not work in several threads at once.
_PDFIUM = threading.RLock()


@dataclass(frozen=True, slots=True)
class PageView:
    """The part of a page that is shown: a rectangle in points of the displayed page, and its size in pixels."""

    left: float
    top: float
    width_pt: float
    height_pt: float
    width: int
    height: int
    dpi: float | None


def is_pdf(path: Path) -> bool:
    """Whether the content of the file is PDF, whatever its name."""
    try:
        with path.open("rb") as stream:
            return b"%PDF-" in stream.read(1024)
    except OSError:
        return False


def page_grids(path: Path, relative: str, *, max_pages: int, fits: Fits) -> list[Grid]:
    """Width, height and dpi of each page's grid; (0, 0, None) for a page that cannot be opened or is too large.

    Raises ScanError ("password", "truncated", "unreadable", "too-large"); "too-large" also where the only page is.
    """
    with opened_pdf(path, relative) as document:
        count = len(document)
        if count > max_pages:
            raise ScanError(
                f"{shown(relative)} has {count} pages, more than {max_pages}: split it into several files.",
                cause="too-large",
            )
        grids: list[Grid] = []
        for index in range(count):
            try:
                view, _ = view_of(document[index])
            except (pypdfium2.PdfiumError, ValueError) as error:
                if count == 1:
                    raise _damaged(relative) from error
                grids.append((0, 0, None))
                continue
            large = not fits(view.width, view.height)
            if large and count == 1:
                raise _too_large(relative, index, view)
            grids.append((0, 0, None) if large else (view.width, view.height, view.dpi))
        return grids


def render_page(path: Path, relative: str, *, index: int, fits: Fits) -> Pixels:
    """The page as displayed, its rotation applied: uint8, (height, width) where it is gray, else (height, width, 3).

    Where an image fills the page its pixels come out as they are. Annotations and form fields are not the scan's and
    are left out.
    """
    with opened_pdf(path, relative) as document:
        if index >= len(document):
            raise ScanError(
                f"{shown(relative)} has {len(document)} pages and no page {index + 1}: run again.", cause="unreadable"
            )
        try:
            page = document[index]
            view, image = view_of(page)
            if not fits(view.width, view.height):
                raise _too_large(relative, index, view)
            if image is not None:
                _decode_fully(image, relative)
            return rendered(page, view)
        except (pypdfium2.PdfiumError, ValueError) as error:
            raise _damaged(relative) from error


@contextmanager
def opened_pdf(path: Path, relative: str) -> Iterator[Document]:
    """The PDF, closed afterwards; ScanError "password", "truncated" or "unreadable" where it cannot be opened."""
    documents: Any = pypdfium2.PdfDocument
    with _PDFIUM:
        try:
            if not _has_end(path):
                raise ScanError(
                    f"{shown(relative)} is truncated, the end of the PDF is missing: copy it again from its source.",
                    cause="truncated",
                )
            document = documents(path)
        except OSError as error:
            raise unreadable_scan(relative, error) from error
        except pypdfium2.PdfiumError as error:
            if getattr(error, "err_code", None) == pdfium.FPDF_ERR_PASSWORD:
                raise ScanError(
                    f"{shown(relative)} is protected by a password: save a copy without one in its place.",
                    cause="password",
                ) from error
            raise _damaged(relative) from error
        try:
            if len(document) == 0:
                raise _damaged(relative)
            yield document
        finally:
            document.close()


def _has_end(path: Path) -> bool:
    # PDFium rebuilds a PDF that was cut off and draws half a page in silence. Viewers accept the end-of-file mark in
    # the last 1,024 bytes (ISO 32000-1, annex H); some producers append more.
    with path.open("rb") as stream:
        size = stream.seek(0, io.SEEK_END)
        stream.seek(max(0, size - 4096))
        return b"%%EOF" in stream.read()


def _damaged(relative: str) -> ScanError:
    return ScanError(
        f"{shown(relative)} is a damaged PDF: copy it again from its source, or save it anew.", cause="unreadable"
    )


def _too_large(relative: str, index: int, view: PageView) -> ScanError:
    return ScanError(
        f"{shown(relative)}, page {index + 1} of the PDF, would be {view.width} x {view.height} pixels, more than can "
        "be read: save it at a smaller size.",
        cause="too-large",
    )


def view_of(page: PdfPage) -> tuple[PageView, PdfImage | None]:
    """The part of the page that is shown and its size in pixels, with the image that fills it, if there is one."""
    width_pt, height_pt = page.get_size()
    if not (math.isfinite(width_pt) and math.isfinite(height_pt) and width_pt > 0 and height_pt > 0):
        raise ValueError(f"a page of {width_pt} x {height_pt} points")
    best: tuple[int, PageView, PdfImage] | None = None
    for image in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_IMAGE]):
        view = _image_view(page, image, width_pt, height_pt)
        if view is not None and (best is None or view.width * view.height > best[0]):
            best = (view.width * view.height, view, image)
    if best is not None:
        return best[1], best[2]
    scale = RENDER_DPI / POINTS_AN_INCH
    width, height = max(1, round(width_pt * scale)), max(1, round(height_pt * scale))
    return PageView(0, 0, width_pt, height_pt, width, height, float(RENDER_DPI)), None


def _image_view(page: PdfPage, image: PdfImage, width_pt: float, height_pt: float) -> PageView | None:
    """The view that has exactly the pixels of the image; None where the image does not fill the page upright."""
    across, up = image.get_px_size()
    if across == 0 or up == 0:
        return None
    corners = [displayed(page, p) for p in _on_page(image)]
    (x0, y0), (x1, y1) = corners[0], corners[1]
    if abs(y1 - y0) > abs(x1 - x0):
        across, up = up, across
        slant = abs(x1 - x0)
    else:
        slant = abs(y1 - y0)
    left, right = min(x for x, _ in corners), max(x for x, _ in corners)
    top, bottom = min(y for _, y in corners), max(y for _, y in corners)
    wide, high = right - left, bottom - top
    if wide <= 0 or high <= 0 or slant > 0.01 * min(wide, high):
        return None
    if min(right, width_pt) - max(left, 0) < _FILLS * width_pt:
        return None
    if min(bottom, height_pt) - max(top, 0) < _FILLS * height_pt:
        return None
    dpi_x, dpi_y = across / wide * POINTS_AN_INCH, up / high * POINTS_AN_INCH
    if min(dpi_x, dpi_y) < _LEAST_DPI:
        return None
    return PageView(left, top, wide, high, across, up, plausible_dpi(dpi_x, dpi_y))


def displayed_corners(page: PdfPage, image: PdfImage) -> list[tuple[float, float]]:
    """The image's corners on the displayed page, from its lower left one anticlockwise."""
    return [displayed(page, point) for point in _on_page(image)]


def _on_page(image: PdfImage) -> list[tuple[float, float]]:
    """The image's corners in points of the page, through all forms that contain the image."""
    points = [(float(x), float(y)) for x, y in image.get_quad_points()]
    container = image.container
    while container is not None:
        matrix = container.get_matrix()
        points = [(float(x), float(y)) for x, y in (matrix.on_point(x, y) for x, y in points)]
        container = container.container
    return points


def displayed(page: PdfPage, point: tuple[float, float]) -> tuple[float, float]:
    """A point of the page in the coordinates of the displayed page: origin top left, y down."""
    left, bottom, right, top = page.get_bbox()
    x, y = point
    match page.get_rotation():
        case 90:
            return y - bottom, x - left
        case 180:
            return right - x, y - bottom
        case 270:
            return top - y, right - x
        case _:
            return x - left, top - y


def _decode_fully(image: PdfImage, relative: str) -> None:
    """Raise ScanError ("truncated") where the page's JPEG or JPEG 2000 is cut off: PDFium would not report it."""
    if image.get_filters(skip_simple=True) not in (["DCTDecode"], ["JPXDecode"]):
        return
    data = bytes(image.get_data(decode_simple=True))
    try:
        with pillow(), Image.open(io.BytesIO(data), formats=("JPEG", "JPEG2000")) as inner:
            inner.load()
    except DECODER_FAULTS as error:
        raise ScanError(
            f"{shown(relative)} holds an image that is truncated or damaged: copy it again from its source.",
            cause="truncated",
        ) from error


def rendered(page: PdfPage, view: PageView) -> Pixels:
    """The pixels of a part of a page, as render_page gives them."""
    bitmaps: Any = pypdfium2.PdfBitmap
    bitmap = bitmaps.new_native(view.width, view.height, pdfium.FPDFBitmap_BGR, rev_byteorder=True)
    bitmap.fill_rect((255, 255, 255, 255), 0, 0, view.width, view.height)
    scale_x = (view.width - 2 * _INSET) / view.width_pt
    scale_y = (view.height - 2 * _INSET) / view.height_pt
    matrix = pdfium.FS_MATRIX(scale_x, 0, 0, scale_y, _INSET - view.left * scale_x, _INSET - view.top * scale_y)
    clip = pdfium.FS_RECTF(0, 0, view.width, view.height)
    pdfium.FPDF_RenderPageBitmapWithMatrix(bitmap, page, matrix, clip, pdfium.FPDF_REVERSE_BYTE_ORDER)
    pixels = np.array(bitmap.to_numpy(), dtype=np.uint8)
    bitmap.close()
    first = pixels[:, :, 0]
    if np.array_equal(first, pixels[:, :, 1]) and np.array_equal(first, pixels[:, :, 2]):
        return np.ascontiguousarray(first)
    return pixels
