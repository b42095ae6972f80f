"""The reading that a finding proposes: what the text has, and what would stand there instead."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from align.linking.findings.catalogue.page_entries import LABEL_DISAGREES, LINE_NOT_IN_TEXT, WORDS_NOT_IN_TEXT
from align.linking.findings.catalogue.sentence_entries import LIKELY_MISPRINT
from align.linking.words.misprints import bare
from align.model import Finding
from align.web.report.differences import Piece, differences


class Proposal(NamedTuple):
    """What stands at the finding's place in the text, "" for nothing, and the reading that an editor may accept."""

    written: str
    reading: str


def proposal(finding: Finding, contents: Mapping[str, str]) -> Proposal | None:
    """The reading that this finding proposes; None where it proposes none. `contents`: the texts by their paths.

    Of a misprint and of a page marker the reading replaces the finding's span; missing words are added.
    """
    scan = finding.scan_text
    if not scan:
        return None
    if finding.code in (LINE_NOT_IN_TEXT.code, WORDS_NOT_IN_TEXT.code):
        return Proposal("", scan)
    content = contents.get(finding.text or "", "")
    written = content[slice(*finding.spans[0])] if finding.spans else ""
    source = finding.source_text
    if not written or not source:
        return None
    if finding.code == LABEL_DISAGREES.code:
        return Proposal(written, written.replace(source, scan, 1)) if written.count(source) == 1 else None
    if finding.code != LIKELY_MISPRINT.code or len(finding.spans) > 1:
        return None
    read, _ = (_differing(side) for side in differences(scan, source))
    reading = written.replace(bare(written), bare(read), 1)  # with the points and quotes that the text has
    return Proposal(written, reading) if read and reading != written else None


def _differing(pieces: tuple[Piece, ...]) -> str:
    """The words that differ, where they stand together; "" where they are strewn, and none of them is the one."""
    found = [piece.text.strip() for piece in pieces if piece.differs]
    return found[0] if len(found) == 1 else ""
