"""Answers of OCR services, in JSON: Google Cloud Vision and Document AI, Azure, Amazon Textract."""

from align.ocr.existing.services.answers import is_json, read_answer

__all__ = ["is_json", "read_answer"]
