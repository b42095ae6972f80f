"""Engines behind one protocol: Tesseract, recordings; and their lines in scan pixels."""

from align.ocr.engine import Engine, RecordedEngine, image_digest, mapped
from align.ocr.judge import evidence, has_words, legibility, without_dirt
from align.ocr.tesseract import TesseractEngine, tesseract_name

__all__ = [
    "Engine",
    "RecordedEngine",
    "TesseractEngine",
    "evidence",
    "has_words",
    "image_digest",
    "legibility",
    "mapped",
    "tesseract_name",
    "without_dirt",
]
