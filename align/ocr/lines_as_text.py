"""The lines of existing OCR as a text: of pages that people transcribed line by line, and wrote no text beside."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby

from align.ocr.existing.stated import StatedPage

# The mark between two pages of a plain text.
PAGE_BREAK = "\f"


def lines_as_text(pages: Iterable[StatedPage]) -> str:
    """The lines of the pages in reading order, with an empty line between regions and a form feed between pages."""
    return PAGE_BREAK.join(_page(page) for page in pages) + "\n"


def _page(page: StatedPage) -> str:
    regions = groupby((stated.line for stated in page.lines), key=lambda line: line.region)
    return "\n\n".join("\n".join(line.text for line in lines) for _, lines in regions)
