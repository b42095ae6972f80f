"""Pages with their lines and words as files of OCR programs: ALTO, PAGE, hOCR; and what Transkribus imports."""

from align.export.ocr_files.alto import alto
from align.export.ocr_files.hocr import hocr
from align.export.ocr_files.ocr_page import OcrPage, Side, TextChoice, ocr_page
from align.export.ocr_files.origin import Origin
from align.export.ocr_files.page_xml import page_xml
from align.export.ocr_files.transkribus_mets import PageFiles, transkribus_mets

__all__ = [
    "OcrPage",
    "Origin",
    "PageFiles",
    "Side",
    "TextChoice",
    "alto",
    "hocr",
    "ocr_page",
    "page_xml",
    "transkribus_mets",
]
