"""Word documents: paragraphs, headings, notes and page breaks, from files that python-docx writes."""

from __future__ import annotations

import zipfile
from contextlib import suppress
from io import BytesIO

import docx
import pytest
from docx.enum.text import WD_BREAK

from align.errors import TextError
from align.files.texts.loading import read_source
from align.model import RawText

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def read(data: bytes) -> RawText:
    return read_source(data, path="v/d.ru.docx", volume="v", document="d", language="ru")


def saved(document: object) -> bytes:
    out = BytesIO()
    document.save(out)  # type: ignore[attr-defined]
    return out.getvalue()


def archive(**parts: str | bytes) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        for name, data in parts.items():
            file.writestr(f"word/{name}.xml", data)
    return out.getvalue()


def test_paragraphs_headings_tables_and_page_breaks() -> None:
    """A document from a word processor gives its paragraphs in order, headings marked, set page breaks as marks."""
    document = docx.Document()
    document.core_properties.title = "Дневник"
    document.core_properties.author = "typist"
    document.add_heading("18 декабря", level=1)
    paragraph = document.add_paragraph("Первое ")
    paragraph.add_run("слово").bold = True
    paragraph.add_run().add_break(WD_BREAK.PAGE)
    paragraph.add_run("второе.\tТретье.")
    document.add_table(rows=1, cols=2).cell(0, 1).text = "в таблице"
    document.add_paragraph("стр. 54")
    raw = read(saved(document))
    assert raw.content == "18 декабря\n\nПервое слово второе.\tТретье.\n\nв таблице\n\nстр. 54"
    assert [(m.kind, raw.content[m.start : m.end] or raw.content[m.start :][:6]) for m in raw.marks] == [
        ("heading", "18 декабря"),
        ("page", "второе"),
    ]
    assert raw.details == {"title": "Дневник"}
    assert raw.encoding == "docx"


def test_notes_follow_their_paragraph() -> None:
    """Footnotes and endnotes are blocks of their own after the paragraph that refers to them, separators left out."""
    body = (
        f"<w:document {W}><w:body><w:p><w:r><w:t>До</w:t></w:r><w:r><w:footnoteReference w:id='2'/></w:r>"
        "<w:r><w:t xml:space='preserve'> после.</w:t></w:r><w:r><w:endnoteReference w:id='1'/></w:r></w:p>"
        "<w:p><w:r><w:t>Дальше.</w:t></w:r></w:p></w:body></w:document>"
    )
    foot = (
        f"<w:footnotes {W}><w:footnote w:type='separator' w:id='0'><w:p><w:r><w:t>---</w:t></w:r></w:p></w:footnote>"
        "<w:footnote w:id='2'><w:p><w:r><w:t>Сноска.</w:t></w:r></w:p></w:footnote></w:footnotes>"
    )
    end = f"<w:endnotes {W}><w:endnote w:id='1'><w:p><w:r><w:t>Конец.</w:t></w:r></w:p></w:endnote></w:endnotes>"
    raw = read(archive(document=body, footnotes=foot, endnotes=end))
    assert raw.content == "До после.\n\nСноска.\n\nКонец.\n\nДальше."
    assert [(m.kind, raw.content[m.start : m.end]) for m in raw.marks] == [("note", "Сноска."), ("note", "Конец.")]


def test_changes_are_read_as_accepted() -> None:
    """Deleted, hidden and field text is left out; inserted text, soft and fixed hyphens are kept."""
    body = (
        f"<w:document {W}><w:body><w:p><w:del><w:r><w:delText>нет</w:delText></w:r></w:del><w:ins><w:r><w:t>да</w:t>"
        "</w:r></w:ins><w:r><w:rPr><w:vanish/></w:rPr><w:t>тайно</w:t></w:r><w:r><w:instrText>PAGE</w:instrText></w:r>"
        "<w:r><w:t>кое</w:t><w:noBreakHyphen/><w:t>кто</w:t><w:br/><w:t>ниже</w:t></w:r></w:p></w:body></w:document>"
    )
    assert read(archive(document=body)).content == "дакое\u2011кто\nниже"


@pytest.mark.parametrize(
    ("data", "cause"),
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600, "encrypted"),
        (b"PK\x03\x04 and no more", "not-docx"),
        (archive(other="<a/>"), "not-docx"),
        (archive(document="<a/>"), "not-docx"),
        (archive(document="<a>"), "malformed-xml"),
        (archive(document="<!DOCTYPE a [<!ENTITY x 'y'>]><a>&x;</a>"), "entities"),
        (archive(document=f"<w:document {W}><w:body/></w:document>"), "empty"),
        (archive(document=b" " * (65 << 20)), "too-large"),
    ],
    ids=["encrypted", "truncated", "no-document", "no-body", "malformed", "entities", "empty", "bomb"],
)
def test_what_is_no_word_document_is_refused(data: bytes, cause: str) -> None:
    """Encrypted, truncated and foreign archives, entities and zip bombs each give one sentence with the file."""
    with pytest.raises(TextError) as caught:
        read(data)
    assert (caught.value.cause, "v/d.ru.docx" in caught.value.message) == (cause, True)


def test_damaged_bytes_never_escape_as_another_error() -> None:
    """A document with any one byte flipped is read or refused by TextError."""
    body = f"<w:document {W}><w:body><w:p><w:r><w:t>Текст письма.</w:t></w:r></w:p></w:body></w:document>"
    data = bytearray(archive(document=body, styles=f"<w:styles {W}/>"))
    for at in range(len(data)):
        data[at] ^= 0x55
        with suppress(TextError):
            read(bytes(data))
        data[at] ^= 0x55
