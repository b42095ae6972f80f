"""What holds of any readings, wherever in a text they are put."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st
from support.drawn_texts import tei, word
from support.word_changes import read, rejected

from align.files.texts.corrected.putting import CorrectedText, Replacement, corrected_text
from align.files.texts.source_map import source_map

WORDS = st.text("абв г<&я\u0301-", max_size=6).map(lambda text: " ".join(text.split()))


def put(data: bytes, path: str, draws: st.DataObject) -> CorrectedText:
    """The file with up to four drawn readings."""
    content = source_map(data, path=path).content
    made: list[Replacement] = []
    at = 0
    while at < len(content) and len(made) < 4:
        start = draws.draw(st.integers(at, len(content)))
        end = draws.draw(st.integers(start, min(len(content), start + 6)))
        new = draws.draw(WORDS)
        if start == end and not new:
            break
        made.append(Replacement(start, end, new, "Анна & Ко", "2026-11-28T09:20:00.000Z"))
        at = end + 1
    return corrected_text(data, made, path=path)


def markup_of(data: bytes) -> list[str]:
    return re.findall(r"<!--.*?-->|<\?.*?\?>|<[^!?][^<]*?>", data.decode())


@given(tei(), st.data())
def test_tei_keeps_all_markup(data: bytes, draws: st.DataObject) -> None:
    """Any readings leave every tag and comment of a TEI document as it is, and the file reads as it should."""
    corrected = put(data, "t.xml", draws)
    assert read(corrected.data, "t.xml") == corrected.content
    if b"CDATA" not in data:
        assert markup_of(corrected.data) == markup_of(data)


@given(word(), st.data())
def test_rejected_changes_leave_the_old_text(data: bytes, draws: st.DataObject) -> None:
    """Any readings of a Word document can be accepted and rejected: the new text and the old one."""
    corrected = put(data, "d.docx", draws)
    assert read(corrected.data, "d.docx") == corrected.content
    assert rejected(corrected.data) == read(data, "d.docx")
