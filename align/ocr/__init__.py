"""Engines behind one protocol: Tesseract, recordings; and their lines in scan pixels."""

from align.ocr.engine import BlockReader, Engine, RecordedEngine, image_digest, mapped
from align.ocr.judge import evidence, has_words, legibility, without_dirt
from align.ocr.missed import with_missed
from align.ocr.tesseract import TesseractEngine, tesseract_name

__all__ = [
    "BlockReader",
    "Engine",
    "RecordedEngine",
    "TesseractEngine",
    "evidence",
    "has_words",
    "image_digest",
    "legibility",
    "mapped",
    "tesseract_name",
    "with_missed",
    "without_dirt",
]
