"""Readings put into the bytes of source texts."""

from __future__ import annotations

import zipfile
from io import BytesIO

import docx
import pytest
from lxml import etree
from support.text_cases import table
from support.text_cases import word as word_of
from support.word_changes import W, parts, read, rejected

from align.files.texts.corrected.putting import CorrectedText, Replacement, corrected_text
from align.files.texts.source_map import source_map

RUSSIAN = "Сегодня был у наркома.\r\nГоворили с Багрицовым о погоде\r\nи о лесе. Потом пили чай. " * 3


def put(data: bytes, path: str, *pairs: tuple[str, str]) -> CorrectedText:
    """The file with each first word of a pair, where it stands first, replaced by the second one."""
    content = source_map(data, path=path).content
    found = [(content.index(old), old, new) for old, new in pairs]
    made = [Replacement(at, at + len(old), new, "Анна & Ко", "2026-11-28T09:20:00.123Z") for at, old, new in found]
    return corrected_text(data, made, path=path)


def tei(body: str, encoding: str = "UTF-8") -> bytes:
    text = f"<TEI b=\"2\"  a='1'><text><body><p>{body}</p></body></text></TEI>"
    return f'<?xml version="1.0" encoding="{encoding}"?>\n{text}'.encode(encoding)


def word(*runs: str) -> bytes:
    """A Word document of one paragraph with these runs, with a picture's part and a footnote's beside it."""
    out = BytesIO()
    document = docx.Document()
    document.add_paragraph("zz")
    document.save(out)
    archive = zipfile.ZipFile(out)
    copy = BytesIO()
    with zipfile.ZipFile(copy, "w", zipfile.ZIP_DEFLATED) as new:
        for name in archive.namelist():
            data = archive.read(name)
            if name == "word/document.xml":
                data = data.replace(b"<w:r><w:t>zz</w:t></w:r>", "".join(runs).encode())
            new.writestr(name, data)
        new.writestr("word/media/x.png", b"\x89PNG" + bytes(range(256)), zipfile.ZIP_STORED)
    return copy.getvalue()


def run(text: str, properties: str = "") -> str:
    return f'<w:r w:rsidR="00AB">{properties}<w:t xml:space="preserve">{text}</w:t></w:r>'


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1251", "koi8_r"])
def test_plain_text_keeps_encoding_mark_and_line_ends(encoding: str) -> None:
    """Only the bytes of the corrected words differ, in every encoding."""
    data = RUSSIAN.encode(encoding)
    corrected = put(data, "t.txt", ("Багрицовым о погоде\r\nи", "Багрецовым о погоде и"), ("чай", "кофий"))
    assert corrected.refused == {}
    assert corrected.data == RUSSIAN.replace("Багриц", "Багрец", 1).replace("чай", "кофий", 1).encode(encoding)


def test_an_encoding_that_lacks_a_letter_is_named() -> None:
    """A reading that the file's encoding cannot hold is refused, and the others are put in."""
    corrected = put(RUSSIAN.encode("cp1251"), "t.txt", ("лесе", "лѣсе"), ("чай", "чаи"))
    assert corrected.data == RUSSIAN.replace("чай", "чаи", 1).encode("cp1251")
    assert corrected.refused == {0: "the file is in Windows-1251, which has no “ѣ”; save the text as UTF-8 first"}


@pytest.mark.parametrize(
    ("body", "old", "new", "expected"),
    [
        ("a Баг<lb break='no'/>рицов b", "Багрицов", "Багрецов", "a Баг<lb break='no'/>рецов b"),
        ("a <hi>Б</hi>агрицов b", "Багрицов", "Вагрицова", "a <hi>В</hi>агрицова b"),
        ("a Баг<!-- - -->рицов b", "Багрицов", "Бугрецов", "a Буг<!-- - -->рецов b"),
        ("сло-<lb/>во b", "сло-\nво", "слава", "сла-<lb/>ва b"),
        ("Смит &amp; Ко, b", "Смит & Ко", "Смит и Ко", "Смит и Ко, b"),
        ("Смит &amp; Ко, b", "Смит & Ко", "Смит & Кº<", "Смит &amp; Кº&lt;, b"),
        ("&#x421;мит b", "Смит", "Смут", "&#x421;мут b"),
        ("<![CDATA[a<b]]> c", "a<b", "a<d]]>", "<![CDATA[a<d]]]]><![CDATA[>]]> c"),
        ("один\r\n    два три", "один два", "один двое", "один\r\n    двое три"),
        ("один<note>см. том</note> два", "см. том", "см. дом", "один<note>см. дом</note> два"),
        ("\U0001d4d0 и\u0306од b", "\U0001d4d0 и\u0306од", "\U0001d4d0 йод", "\U0001d4d0 и\u0306од b"),
    ],
)
def test_tei_keeps_its_markup(body: str, old: str, new: str, expected: str) -> None:
    """A reading is put between markup, entities and comments, which stay as they are written."""
    corrected = put(tei(body), "t.xml", (old, new))
    assert corrected.refused == {}
    assert corrected.data.decode() == tei(expected).decode()
    assert read(corrected.data, "t.xml") == corrected.content


def test_tei_in_an_older_encoding() -> None:
    """A letter that the declared encoding lacks is written by its number."""
    corrected = put(tei("был лесе", "windows-1251"), "t.xml", ("лесе", "лѣсе"))
    assert corrected.data == tei("был л&#1123;се", "windows-1251")


def test_what_markup_stands_for_cannot_be_replaced() -> None:
    """A reading in the place of a gap is refused by name, and the text stays."""
    data = tei("один <gap/> два три")
    corrected = put(data, "t.xml", ("[...]", "полтора"), ("три", "четыре"))
    assert corrected.data == tei("один <gap/> два четыре")
    assert corrected.refused == {
        0: "a line end or a sign that the markup stands for is in the place of its letters",
    }


def test_words_are_put_outside_of_markup() -> None:
    """Missing words come to stand beside the element whose words they follow."""
    data = tei("он <hi>пришёл</hi> поздно")
    corrected = corrected_text(data, [Replacement(9, 9, " домой")], path="t.xml")
    assert corrected.data == tei("он <hi>пришёл</hi> домой поздно")


BOLD = "<w:rPr><w:b/></w:rPr>"
TRACKED = '<w:ins w:id="1" w:author="Other" w:date="2020-01-01T00:00:00Z">{}</w:ins>'


@pytest.mark.parametrize(
    ("runs", "old", "new"),
    [
        ([run("с нашей Багрицов, он")], "Багрицов", "Багрецов"),
        ([run("Баг", BOLD), run("рицов, он")], "Багрицов", "Бугрецов"),
        ([run("он "), TRACKED.format(run("и Багрицов пришли")), run(" оба")], "Багрицов", "Багрецов"),
        ([run("он "), TRACKED.format(run("Багрицов"))], "Багрицов", "Багрецов"),
        (
            ["<w:r><w:t>Баг</w:t><w:softHyphen/><w:t>рицов</w:t><w:br/><w:t>он</w:t></w:r>"],
            "Баг\u00adрицов",
            "Багрецов",
        ),
        (
            ['<w:del w:id="3" w:author="Other"><w:r><w:delText>x</w:delText></w:r></w:del>', run("Смит &amp; Ко")],
            "Смит & Ко",
            "Смит < Ко",
        ),
        ([run("один два три")], " два", ""),
        ([run("один два три")], "один два три", "четыре"),
    ],
)
def test_word_documents_get_tracked_changes(runs: list[str], old: str, new: str) -> None:
    """Accepted, the changes are the corrected text, rejected the old one; all other parts keep their bytes."""
    data = word(*runs)
    corrected = put(data, "d.docx", (old, new))
    assert corrected.refused == {}
    before, after = parts(data), parts(corrected.data)
    assert list(before) == list(after)
    assert [name for name in before if before[name] != after[name]] == ["word/document.xml"]
    assert read(corrected.data, "d.docx") == corrected.content != read(data, "d.docx")
    assert rejected(corrected.data) == read(data, "d.docx")
    root = etree.fromstring(after["word/document.xml"])
    ids = [change.get(f"{W}id") for change in root.iter(f"{W}ins", f"{W}del") if change.get(f"{W}author") != "Other"]
    assert ids
    assert len(set(ids)) == len(ids)
    assert "2026-11-28T09:20:00Z" in after["word/document.xml"].decode()


def test_runs_keep_their_properties() -> None:
    """What is struck out and what is put in looks as the words did; a run is divided at whole words."""
    xml = parts(put(word(run("с нашей Багрицов, он", BOLD)), "d.docx", ("Багрицов", "Багрецов")).data)[
        "word/document.xml"
    ]
    head = f'<w:r w:rsidR="00AB">{BOLD}'
    who = 'w:author="Анна &amp; Ко" w:date="2026-11-28T09:20:00Z"'
    assert (
        f'{head}<w:t xml:space="preserve">с нашей </w:t></w:r>'
        f'<w:del w:id="1" {who}>{head}<w:delText xml:space="preserve">Багрицов,</w:delText></w:r></w:del>'
        f'<w:ins w:id="2" {who}>{head}<w:t xml:space="preserve">Багрецов,</w:t></w:r></w:ins>'
        f'{head}<w:t xml:space="preserve"> он</w:t></w:r>'
    ) in xml.decode()


def test_a_note_of_a_word_document_is_corrected_in_its_part() -> None:
    """A reading in a footnote changes the part of the notes alone."""
    out, ns = BytesIO(), f'xmlns:w="{W[1:-1]}"'
    reference = '<w:r><w:t>слово</w:t><w:footnoteReference w:id="2"/></w:r>'
    note = '<w:footnote w:id="2"><w:p><w:r><w:t>см. том</w:t></w:r></w:p></w:footnote>'
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("word/document.xml", f"<w:document {ns}><w:body><w:p>{reference}</w:p></w:body></w:document>")
        archive.writestr("word/footnotes.xml", f"<w:footnotes {ns}>{note}</w:footnotes>")
    corrected = put(out.getvalue(), "d.docx", ("том", "дом"))
    assert corrected.content == "слово\n\nсм. дом"
    before, after = parts(out.getvalue()), parts(corrected.data)
    assert [name for name in before if before[name] != after[name]] == ["word/footnotes.xml"]


def test_each_column_of_a_table_is_corrected_for_itself() -> None:
    """Readings in two texts side by side in a table go into one file, one after the other."""
    english = "We came down the hill, and nobody had lit the lamps of the harbour."
    russian = "Мы спустились с холма, и никто в гавани не зажёг ещё огней на причале."
    data = word_of(table((english, russian)))
    first = put(data, "v/d.en.docx", ("hill", "hills"))
    both = put(first.data, "v/d.en.docx#d.ru.docx", ("огней", "огня"))
    assert (both.refused, both.content) == ({}, russian.replace("огней", "огня"))
    assert read(both.data, "v/d.en.docx") == english.replace("hill", "hills")
    assert read(both.data, "v/d.en.docx#d.ru.docx") == both.content
