"""The catalogue of findings: each code once, with its severity, title and meaning, and all that its findings say.

Detectors name an entry, a case and values; no sentence is built outside this package. `GROUPS` has the entries in the
order of docs/findings.md, which is made from them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from align.linking.findings.catalogue.document_entries import DOCUMENT_ENTRIES
from align.linking.findings.catalogue.entry import Case, Cost, Entry, Words
from align.linking.findings.catalogue.file_entries import FILE_ENTRIES
from align.linking.findings.catalogue.link_entries import LINK_DOUBTFUL, LINK_ENTRIES
from align.linking.findings.catalogue.ocr_entries import OCR_ENTRIES
from align.linking.findings.catalogue.page_entries import LINE_NOT_IN_TEXT, PAGE_ENTRIES, WORDS_NOT_IN_TEXT
from align.linking.findings.catalogue.sentence_entries import (
    LIKELY_MISPRINT,
    SENTENCE_ENTRIES,
    TEXT_OUT_OF_ORDER,
    WORDS_NOT_ON_SCAN,
)
from align.linking.findings.catalogue.text_entries import TEXT_ENTRIES, TEXT_NAME_ENTRIES
from align.linking.findings.catalogue.wording import LANGUAGES, Language
from align.model import Finding, Wording


class Group(NamedTuple):
    """Entries about one subject, in the order in which they are documented."""

    title: Words
    entries: tuple[Entry, ...]


GROUPS = (
    Group(Words("Sentences and words", "Предложения и слова"), (*SENTENCE_ENTRIES, *LINK_ENTRIES)),
    Group(Words("Lines and pages", "Строки и страницы"), (*PAGE_ENTRIES, *OCR_ENTRIES)),
    Group(Words("Documents", "Документы"), DOCUMENT_ENTRIES),
    Group(Words("Texts", "Тексты"), TEXT_ENTRIES),
    Group(Words("Files and folders", "Файлы и папки"), (*TEXT_NAME_ENTRIES, *FILE_ENTRIES)),
)
CATALOGUE: Mapping[str, Entry] = {entry.code: entry for group in GROUPS for entry in group.entries}
MISSING_WORDS = frozenset(entry.code for entry in (LINE_NOT_IN_TEXT, WORDS_NOT_IN_TEXT))
"""Codes of findings about words that are on the pages and in no text."""
_WORD_DOUBTS = frozenset(
    entry.code for entry in (LIKELY_MISPRINT, WORDS_NOT_IN_TEXT, WORDS_NOT_ON_SCAN, LINK_DOUBTFUL, TEXT_OUT_OF_ORDER)
)


def wordings(finding: Finding) -> Mapping[Language, Wording]:
    """What a finding says, by language, from its code, case and values."""
    return CATALOGUE[finding.code].wordings(finding.case, finding.values)


__all__ = ["CATALOGUE", "GROUPS", "LANGUAGES", "Case", "Cost", "Entry", "Group", "Language", "Words", "wordings"]


def word_doubts(findings: Iterable[Finding]) -> list[Finding]:
    """Those that say: words of this line are not those of the text, or it is not known whether they are."""
    return [finding for finding in findings if finding.code in _WORD_DOUBTS]
