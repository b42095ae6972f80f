"""Who made a file, when, and out of what; and language tags as XML has them."""

from __future__ import annotations

import re
from dataclasses import dataclass

from align.export.ocr_files.ocr_page import TextChoice

SOFTWARE = "facsimile-align"
_LANGUAGE = re.compile(r"[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*\Z")
_CONTENTS: dict[TextChoice, str] = {
    "human": "The words of the transcriptions on the lines of the scans. Marked are lines that may show other words "
    "(unsure), and lines that no transcription has, with the words that were read (read).",
    "sure": "The words of the transcriptions on the lines of the scans, where it is sure; other lines have no text.",
    "ocr": "The words as they were read.",
}


@dataclass(frozen=True, slots=True)
class Origin:
    """The version of this program, the time of the results ("2026-11-28T04:10:00Z"), and which text was chosen."""

    version: str
    time: str
    choice: TextChoice

    @property
    def contents(self) -> str:
        """What the text of the file is, as a sentence."""
        return _CONTENTS[self.choice]


def language_tag(language: str | None) -> str | None:
    """The language if it is a tag as xs:language has them, else None."""
    return language if language is not None and _LANGUAGE.match(language) else None
