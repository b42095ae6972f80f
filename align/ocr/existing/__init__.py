"""Existing OCR, read instead of running an engine: ALTO 2 to 4, PAGE, hOCR, FineReader XML, answers of OCR services."""

from __future__ import annotations

from hashlib import sha256

from lxml import etree

from align.errors import ScanError
from align.ocr.existing.abbyy import is_abbyy, read_abbyy
from align.ocr.existing.alto import read_alto
from align.ocr.existing.hocr import read_hocr
from align.ocr.existing.markup import REMEDY, parsed, unreadable
from align.ocr.existing.page_xml import read_page_xml
from align.ocr.existing.placed import ExistingOcr, place
from align.ocr.existing.services import is_json, read_answer
from align.ocr.existing.sides import by_side, with_sides
from align.ocr.existing.stated import StatedLine, StatedPage, name_of

__all__ = ["ExistingOcr", "StatedLine", "StatedPage", "by_side", "place", "read_existing"]


def read_existing(data: bytes, *more: bytes, name: str) -> ExistingOcr:
    """The pages of a file of existing OCR, in the units of the file; `name` is its name in messages.

    The kind of the file is told from its content. `more` are the further parts of an answer that a service gave in
    several files. Raises ScanError: "ocr-unknown-format" where it is of none of the kinds; "ocr-unreadable" where it is
    damaged, or holds no page.
    """
    if is_json(data):
        format_name, pages = _answer(data, *more, name=name)
    else:
        root = parsed(data, name=name)
        format_name, pages = _markup(root, name=name)
        pages = with_sides(pages, root)
    if not pages:
        raise unreadable(name, "holds no page")
    return ExistingOcr(name, f"existing {format_name} {sha256(b''.join((data, *more))).hexdigest()[:12]}", pages)


def _markup(root: etree._Element, *, name: str) -> tuple[str, tuple[StatedPage, ...]]:
    """The format and the pages of a file of XML or HTML."""
    kind = name_of(root).lower()
    if kind == "alto":
        return "alto", read_alto(root)
    if kind == "pcgts":
        return "page", read_page_xml(root)
    if is_abbyy(root):
        return "abbyy", read_abbyy(root)
    pages = read_hocr(root)
    if not pages:
        raise _unknown(name, f"its outermost element is <{name_of(root)[:40]}>")
    return "hocr", pages


def _answer(*parts: bytes, name: str) -> tuple[str, tuple[StatedPage, ...]]:
    """The service and the pages of an answer in JSON, in one file or several."""
    found = read_answer(*parts, name=name)
    if found is None:
        raise _unknown(name, "its JSON is an answer of none of these services")
    return found


def _unknown(name: str, why: str) -> ScanError:
    return ScanError(
        f"{name} is none of ALTO, PAGE, hOCR, FineReader XML, and the JSON of Google, Azure and Textract ({why}): "
        f"{REMEDY}.",
        cause="ocr-unknown-format",
    )
