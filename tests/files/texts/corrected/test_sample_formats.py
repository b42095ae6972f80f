"""The texts of the sample collection as plain text, TEI and Word documents, each with thirty readings put in."""

from __future__ import annotations

import re
import zipfile
from collections import Counter
from io import BytesIO
from pathlib import Path
from xml.sax.saxutils import escape

import docx
import pytest
from docx.oxml.ns import qn
from support.word_changes import parts, read, rejected

from align.files.texts.corrected.putting import CorrectedText, Replacement, corrected_text

SAMPLE = Path(__file__).parents[4] / "transcripts/dnevnik"
TEXT = "\n\n".join(path.read_text("utf-8").strip() for path in sorted(SAMPLE.glob("*.ru.txt"))[:6])
READINGS = 30


def readings(content: str) -> dict[str, str]:
    """Thirty words that stand once in the text, even as parts of words, and the words to put in their places."""
    counted = Counter(re.findall(r"[а-яё]{7,}", content))
    once = [word for word in counted if content.count(word) == 1]
    return {word: word[:3] + "ъ" + word[4:] for word in once[:: len(once) // READINGS][:READINGS]}


def put(data: bytes, path: str, wanted: dict[str, str]) -> CorrectedText:
    content = read(data, path)
    made = [
        Replacement(content.index(old), content.index(old) + len(old), new, "Анна & Ко", "2026-11-28T09:20:00.000Z")
        for old, new in wanted.items()
    ]
    assert len(made) == READINGS
    corrected = corrected_text(data, made, path=path)
    assert corrected.refused == {}
    assert read(corrected.data, path) == corrected.content == replaced(content, wanted)
    return corrected


def replaced(text: str, wanted: dict[str, str]) -> str:
    for old, new in wanted.items():
        text = text.replace(old, new)
    return text


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_plain_text(encoding: str) -> None:
    """A plain text differs in the corrected places alone."""
    wanted, text = readings(TEXT), TEXT.replace("\n", "\r\n")
    assert put(text.encode(encoding), "t.txt", wanted).data == replaced(text, wanted).encode(encoding)


@pytest.mark.parametrize("encoding", ["UTF-8", "windows-1251"])
def test_tei(encoding: str) -> None:
    """A TEI document, indented and with markup within words, differs in the corrected places alone."""
    lines = [
        f"      <p rend = 'x'  n=\"1\">{escape(line)}</p>\r\n" for line in TEXT.replace("№", "N").split("\n") if line
    ]
    body = "".join(lines).replace(". ", ".<lb/>\r\n        ").replace("«", "<q><!-- « -->").replace("»", "</q>")
    xml = f"<?xml version='1.0' encoding='{encoding}'?><TEI><text><body>\r\n{body}</body></text></TEI>\r\n"
    data = xml.encode(encoding, "xmlcharrefreplace")
    wanted = readings(xml)
    assert put(data, "t.xml", wanted).data.decode(encoding) == replaced(data.decode(encoding), wanted)


def word_document() -> bytes:
    document = docx.Document()
    for line in TEXT.split("\n"):
        paragraph = document.add_paragraph()
        for n, part in enumerate(re.findall(r".{1,17}", line)):  # runs end within words
            paragraph.add_run(part).bold = bool(n % 2)
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def test_word() -> None:
    """A Word document differs in word/document.xml alone; rejected, its changes are the old text, accepted the new."""
    data = word_document()
    wanted = readings(TEXT)
    corrected = put(data, "t.docx", wanted)
    before, after = parts(data), parts(corrected.data)
    assert [name for name in before if before[name] != after[name]] == ["word/document.xml"]
    assert rejected(corrected.data) == read(data, "t.docx")
    paragraphs = docx.Document(BytesIO(corrected.data)).element.body.iter(qn("w:p"))
    lines = ["".join(text.text for text in paragraph.iter(qn("w:t"))) for paragraph in paragraphs]
    assert lines == replaced(TEXT, wanted).split("\n")
    whole = zipfile.ZipFile(BytesIO(corrected.data))
    assert [(i.filename, i.date_time, i.compress_type) for i in whole.infolist()] == [
        (i.filename, i.date_time, i.compress_type) for i in zipfile.ZipFile(BytesIO(data)).infolist()
    ]
