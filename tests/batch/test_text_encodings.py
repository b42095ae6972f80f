from __future__ import annotations

from pathlib import Path

import pytest
from support.text_cases import renamed, word

from align.batch.texts import TextJob, read_text
from align.files.collection.sources import TextFile
from align.linking.findings.catalogue import wordings

WORDS = "Утром приехал Петров из Ленинграда и привёз три письма от старых друзей. Мы долго говорили о книгах."

ENGLISH = "In the morning Petrov came from Leningrad and brought three letters from old friends."


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (WORDS.encode(), None),
        (WORDS.encode("utf-8-sig"), None),
        (WORDS.encode("utf-16"), None),
        (b"\xfe\xff" + WORDS.encode("utf-16-be"), None),
        (WORDS.encode("utf-32"), None),
        (WORDS.encode("utf-16-le"), "it was read as UTF-16"),
        (WORDS.encode("cp1251"), "is not in Unicode; it was read as Windows-1251"),
        (WORDS.encode("koi8-r"), "is not in Unicode; it was read as KOI8-R"),
    ],
)
def test_an_encoding_is_told_as_what_it_is(tmp_path: Path, data: bytes, said: str | None):
    """UTF-16 and UTF-32 with their mark need no finding; without it they are named, never told as not in Unicode."""
    (tmp_path / "d.ru.txt").write_bytes(data)
    findings = read_text(TextJob(tmp_path, TextFile("d.ru.txt", "v", "d", "ru", ".txt"), None)).findings
    messages = [wordings(finding)["en"].message for finding in findings]
    assert len(messages) == (said is not None)
    assert all(said in message and "-le" not in message for message in messages)


def test_what_of_a_file_is_not_its_text_is_told(tmp_path: Path):
    """Files that a document takes text from, and columns that are not its text, are named."""
    inside = "".join(
        f"<w:tc><w:p><w:r><w:t>{words}</w:t></w:r></w:p></w:tc>" for words in (WORDS, ENGLISH, "Проверить.")
    )
    (tmp_path / "d.ru.docx").write_bytes(renamed(word(f"<w:tbl><w:tr>{inside}</w:tr></w:tbl>"), 2))
    findings = read_text(TextJob(tmp_path, TextFile("d.ru.docx", "v", "d", "ru", ".docx"), None)).findings
    messages = " ".join(wordings(finding)[language].message for finding in findings for language in ("en", "ru"))
    assert {finding.code for finding in findings} == {"text-columns", "text-elsewhere"}
    assert all(said in messages for said in ("3 columns", "всего их 3", "not read: old.mht.", "не читаются: old.mht."))
