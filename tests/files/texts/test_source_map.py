"""Where each character of a source text stands in its file."""

from __future__ import annotations

import zipfile
from io import BytesIO
from xml.sax.saxutils import escape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from align.errors import TextError
from align.files.texts.loading import read_source
from align.files.texts.markup_source import TextSource
from align.files.texts.source_map import SourceMap, SourcePart, source_map

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
LETTERS = st.text("аб яЁ\u0301\U0001f600&<>\"'-\u00ad\n\r\t]", max_size=12)


def words(source: SourceMap) -> str:
    """The content as the pieces say it is written, with what no piece has left as it is."""
    parts, at = [], 0
    for piece, part, _ in source.pieces:
        assert at <= piece.start < piece.end, "pieces are in order and do not overlap"
        parts.append(source.content[at : piece.start])
        own = source.parts[part].text[piece.at : piece.to]
        read = TextSource()
        read.add(own, 0, len(own), quoted=piece.quoted)
        text = own if not source.parts[part].elements else read.text
        is_markup = bool(source.parts[part].elements)
        spaces = piece.is_whole and not text.strip(" \t\r\n")
        parts.append(" " if spaces else text.translate(dict.fromkeys(map(ord, "\t\r\n"), " ")) if is_markup else text)
        at = piece.end
    return "".join(parts) + source.content[at:]


def unsaid(source: SourceMap) -> str:
    """What no piece has."""
    covered = {n for piece, *_ in source.pieces for n in range(piece.start, piece.end)}
    return "".join(c for n, c in enumerate(source.content) if n not in covered)


@st.composite
def tei(draw: st.DrawFn) -> bytes:
    """A small TEI document of every markup that stands in words."""
    inline = st.one_of(
        LETTERS.map(escape),
        st.sampled_from(
            [
                "<lb/>",
                '<lb break="no"/>',
                '<pb n="5"/>',
                "<!-- x < & -->",
                "<?p x?>",
                "&#x43A;",
                "&amp;",
                "<gap/>",
                "<![CDATA[a&b<]]>",
                "</p><p>",
                "\r\n  ",
            ]
        ),
        LETTERS.map(lambda t: f"<hi rend='>'>{escape(t)}</hi>"),
        LETTERS.map(lambda t: f"<note>{escape(t)}</note>"),
    )
    body = "".join(draw(st.lists(inline, max_size=12)))
    return f"<?xml version='1.0'?><!-- c --><TEI a='>'><text><body><p>z{body}</p></body></text></TEI>".encode()


@st.composite
def word(draw: st.DrawFn) -> bytes:
    """A small Word document of runs, breaks, tabs and earlier tracked changes."""
    run = st.one_of(
        LETTERS.map(lambda t: f"<w:r><w:t>{escape(t)}</w:t></w:r>"),
        LETTERS.map(lambda t: f'<w:ins w:id="7" w:author="A"><w:r><w:t>{escape(t)}</w:t></w:r></w:ins>'),
        LETTERS.map(lambda t: f"<w:del><w:r><w:delText>{escape(t)}</w:delText></w:r></w:del>"),
        st.sampled_from(["<w:r><w:t>a</w:t><w:tab/><w:br/><w:softHyphen/><w:t>b</w:t></w:r>", "</w:p><w:p>"]),
    )
    body = "".join(draw(st.lists(run, max_size=10)))
    first = "<w:r><w:t>z</w:t></w:r>"
    xml = f'<w:document xmlns:w="{W}"><w:body><w:p>{first}{body}</w:p></w:body></w:document>'
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", xml)
    return out.getvalue()


@given(st.text("аbЁ\u0301\U0001f600\r\n .-", min_size=1), st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-32"]))
def test_pieces_reproduce_plain_text(text: str, encoding: str) -> None:
    """The pieces of a plain text are its content, and its bytes are written again as they were."""
    data = f"z{text}".encode(encoding)
    source = source_map(data, path="t.txt")
    assert words(source) == source.content == f"z{text}"
    assert source.parts[""].written(source.parts[""].text) == data


@given(tei())
def test_pieces_reproduce_tei(data: bytes) -> None:
    """The pieces of a TEI document are the content that is read from it; what none has stands for markup."""
    source = source_map(data, path="t.xml")
    assert source.content == read_source(data, path="t.xml", volume="v", document="d", language="ru").content
    assert words(source) == source.content
    assert unsaid(source).replace("[...]", "").strip(" \n") == ""


@given(word())
def test_pieces_reproduce_word(data: bytes) -> None:
    """The pieces of a Word document are the content that is read from it; what none has stands for markup."""
    source = source_map(data, path="t.docx")
    assert source.content == read_source(data, path="t.docx", volume="v", document="d", language="ru").content
    assert words(source) == source.content
    assert unsaid(source).strip(" \n\u00ad") == ""


@pytest.mark.parametrize("encoding", ["cp1251", "koi8_r", "cp866"])
def test_encodings_of_one_byte(encoding: str) -> None:
    """A text of an older encoding is decoded with the very encoding that was found."""
    text = "Сегодня был у наркома, говорили о погоде и о лесе. " * 5
    source = source_map(text.encode(encoding), path="t.txt")
    assert (source.content, source.parts[""].codec) == (text, encoding)


def test_a_declared_type_is_passed_over() -> None:
    """What a document type declares, with quotes and brackets in it, is no text."""
    declared = b"""<!DOCTYPE TEI [ <!-- ' ]> " --> <!ELEMENT p (#PCDATA)> <!ATTLIST p n CDATA "]>"> ]>"""
    data = declared + b"<TEI><text><body><p>x</p></body></text></TEI>"
    assert words(source_map(data, path="t.xml")) == "x"


@pytest.mark.parametrize("codec", ["ascii", "no-such-encoding"])
def test_an_encoding_that_cannot_be_written_is_told(codec: str) -> None:
    """A file whose bytes would change if it were written again is refused by name."""
    with pytest.raises(TextError) as error:
        SourcePart.of(b"caf\xe9", codec, path="t.xml")
    assert error.value.cause == "encoding-not-written"
