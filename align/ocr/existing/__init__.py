"""Existing OCR: ALTO 2 to 4, PAGE and hOCR files, read instead of running an engine."""

from __future__ import annotations

from hashlib import sha256

from align.errors import ScanError
from align.ocr.existing.alto import read_alto
from align.ocr.existing.hocr import read_hocr
from align.ocr.existing.markup import REMEDY, parsed, unreadable
from align.ocr.existing.page_xml import read_page_xml
from align.ocr.existing.placed import ExistingOcr, place
from align.ocr.existing.sides import by_side, stated_sides
from align.ocr.existing.stated import StatedLine, StatedPage, name_of

__all__ = ["ExistingOcr", "StatedLine", "StatedPage", "by_side", "place", "read_existing"]


def read_existing(data: bytes, *, name: str) -> ExistingOcr:
    """The pages of a file of existing OCR, in the units of the file; `name` is its name in messages.

    Raises ScanError: "ocr-unknown-format" where the file is none of ALTO, PAGE and hOCR; "ocr-unreadable" where it is
    damaged, or holds no page.
    """
    root = parsed(data, name=name)
    kind = name_of(root).lower()
    pages: tuple[StatedPage, ...]
    if kind == "alto":
        format_name, pages = "alto", read_alto(root)
    elif kind == "pcgts":
        format_name, pages = "page", read_page_xml(root)
    else:
        format_name, pages = "hocr", read_hocr(root)
        if not pages:
            raise ScanError(
                f"{name} is none of ALTO, PAGE and hOCR (its outermost element is <{name_of(root)[:40]}>): {REMEDY}.",
                cause="ocr-unknown-format",
            )
    if not pages:
        raise unreadable(name, "holds no page")
    return ExistingOcr(name, f"existing {format_name} {sha256(data).hexdigest()[:12]}", pages, stated_sides(root))
