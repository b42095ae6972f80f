from __future__ import annotations

from pathlib import Path

import pytest

from align.batch.texts import TextJob, read_text
from align.files.collection.sources import TextFile
from align.linking.findings.catalogue import wordings

WORDS = "Утром приехал Петров из Ленинграда и привёз три письма от старых друзей. Мы долго говорили о книгах."


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
