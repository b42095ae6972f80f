"""Where each character of a source text stands in its file."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.drawn_texts import tei, word

from align.errors import TextError
from align.files.texts.loading import read_source
from align.files.texts.markup_source import TextSource
from align.files.texts.source_map import SourceMap, SourcePart, source_map


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
