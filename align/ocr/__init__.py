"""Engines behind one protocol: Tesseract as program or library, recordings; existing OCR; lines in scan pixels."""

from align.ocr.child_process import TesseractEngine
from align.ocr.columns import in_columns
from align.ocr.engine import BlockReader, Engine, NoEngine, RecordedEngine, image_digest, mapped
from align.ocr.existing import ExistingOcr, StatedPage, by_side, place, read_existing
from align.ocr.existing.stated_language import tag as stated_language
from align.ocr.existing.text_layer import sound_page
from align.ocr.in_process import TesserocrEngine
from align.ocr.judge import evidence, has_words, legibility, letters_and_digits, without_dirt
from align.ocr.lines_as_text import lines_as_text
from align.ocr.merging import with_missed
from align.ocr.tesseract import TESSERACT_NAMES, has_name, tesseract_name
from align.tuning.ocr import OCR, OcrTuning

__all__ = [
    "OCR",
    "TESSERACT_NAMES",
    "BlockReader",
    "Engine",
    "ExistingOcr",
    "NoEngine",
    "OcrTuning",
    "RecordedEngine",
    "StatedPage",
    "TesseractEngine",
    "TesserocrEngine",
    "by_side",
    "evidence",
    "has_name",
    "has_words",
    "image_digest",
    "in_columns",
    "legibility",
    "letters_and_digits",
    "lines_as_text",
    "mapped",
    "place",
    "read_existing",
    "sound_page",
    "stated_language",
    "tesseract_name",
    "with_missed",
    "without_dirt",
]
