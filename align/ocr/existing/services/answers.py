"""Which service an answer is from, by its content, and its pages."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from align.ocr.existing.services.azure import azure_pages
from align.ocr.existing.services.document_ai import document_ai_pages
from align.ocr.existing.services.google_vision import vision_pages
from align.ocr.existing.services.json_values import field, parsed_json
from align.ocr.existing.services.textract import textract_pages
from align.ocr.existing.stated import StatedPage


class Answer(NamedTuple):
    """The format of an answer, as a short name, and its pages."""

    format_name: str
    pages: tuple[StatedPage, ...]


# The first reader that knows the answer reads it: each gives None for an answer of another service.
_READERS: dict[str, Callable[[object], tuple[StatedPage, ...] | None]] = {
    "google-vision": vision_pages,
    "document-ai": document_ai_pages,
    "azure": azure_pages,
    "textract": textract_pages,
}
# How deep an answer may lie in what programs put around it, such as {"result": {"document": ...}}.
_WRAPPERS = ("document", "result", "body", "data", "response")


def is_json(data: bytes) -> bool:
    """Whether the content of a file is JSON: it begins with a brace or a bracket, in UTF-8 or UTF-16."""
    return data[:64].replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")[:1] in (b"{", b"[")


def read_answer(*parts: bytes, name: str) -> Answer | None:
    """The pages of an answer, None where it is of no service known here; ScanError where a file of it is damaged.

    Of several parts, a line may be in one and its words in the next.
    """
    values = [parsed_json(data, name=name) for data in parts]
    value = values[0] if len(values) == 1 else values
    for inner in (value, *(field(value, wrapper) for wrapper in _WRAPPERS)):
        for format_name, read in _READERS.items():
            pages = read(inner)
            if pages is not None:
                return Answer(format_name, pages)
    return None
