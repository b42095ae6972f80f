"""Text files: encodings told from the bytes, and what is no text refused in one sentence."""

from __future__ import annotations

import random
import zipfile
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from align.errors import TextError
from align.files.texts.decoding import decode
from align.files.texts.loading import MAX_BYTES, read_source
from align.model import RawText

RUSSIAN = (
    "18 декабря 1934 г.\r\n\r\nСегодня был у наркома. Он сказал: «Переговоры идут — медленно, но верно».\r\n\r\n"
    "ПИСЬМО М. М. ЛИТВИНОВУ\r\n\r\nЩука, ёж, подъезд, объявление, эхо…\r\n"
)
SHORT = ["29 июля", "Сегодня был у наркома.", "ГЛАВА ПЕРВАЯ", "Москва, 1934 год.", "— Нет, не был."]
# What each encoding writes in front of a text that has its byte-order mark.
FORMS = [
    ("utf-8", "utf-8", b""),
    ("utf-8-sig", "utf-8", b"\xef\xbb\xbf"),
    ("utf-16-le", "utf-16-le", b""),
    ("utf-16-be", "utf-16-be", b""),
    ("utf-16-le-sig", "utf-16-le", b"\xff\xfe"),
    ("utf-16-be-sig", "utf-16-be", b"\xfe\xff"),
    ("windows-1251", "cp1251", b""),
    ("koi8-r", "koi8_r", b""),
    ("cp866", "cp866", b""),
]


def read(data: bytes, path: str = "transcripts/v/d.ru.txt") -> RawText:
    return read_source(data, path=path, volume="v", document="d", language="ru")


def refused(data: bytes, path: str = "transcripts/v/d.ru.txt") -> TextError:
    with pytest.raises(TextError) as caught:
        read(data, path)
    message = caught.value.message
    assert path in message
    assert "\n" not in message
    assert len(message) < 400
    return caught.value


@pytest.mark.parametrize(("name", "codec", "mark"), FORMS)
def test_an_encoding_is_named_and_nothing_is_changed(name: str, codec: str, mark: bytes) -> None:
    """A Russian text comes back with its line ends and without its mark, whatever it was encoded in."""
    text = RUSSIAN if codec != "koi8_r" else RUSSIAN.translate(str.maketrans("«»—…", '""-.'))
    text = text if codec != "cp866" else RUSSIAN.translate(str.maketrans("«»—…", '""-.'))
    raw = read(mark + text.encode(codec))
    assert (raw.content, raw.encoding, raw.marks) == (text, name, ())


@pytest.mark.parametrize("codec", ["cp1251", "koi8_r", "cp866", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("text", SHORT)
def test_a_short_text_is_enough(text: str, codec: str) -> None:
    """A line of a few words is read rightly in every encoding that can write it."""
    try:
        data = text.encode(codec)
    except UnicodeEncodeError:
        pytest.skip("this encoding has no dash")
    assert decode(data, path="x")[0] == text


@pytest.mark.parametrize(
    "text", ["It cost £5 – no more – and he said “no”.", "Café, naïve, Straße", "Vienna’s ‘Anschluss’, a café"]
)
def test_western_letters_are_not_taken_for_russian(text: str) -> None:
    """An English or German text in Windows-1252 keeps its accents and pound signs."""
    assert decode(text.encode("cp1252"), path="x")[0] == text


@given(st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs")), min_size=1))
def test_utf8_round_trip(text: str) -> None:
    """What is encoded in UTF-8 with a byte-order mark is read back as it was."""
    if text.strip() and not text.startswith("\ufeff"):
        assert decode(b"\xef\xbb\xbf" + text.encode(), path="x") == (text, "utf-8-sig")


@given(st.binary(max_size=200))
def test_any_bytes_are_text_or_one_sentence(data: bytes) -> None:
    """Every input is decoded without NULs or refused by TextError; nothing else comes out."""
    try:
        text, _ = decode(data, path="x.txt")
    except TextError:
        return
    assert text.strip()
    assert "\x00" not in text


def test_a_few_bad_bytes_in_utf8_are_told_with_their_place() -> None:
    """A damaged UTF-8 text is refused with byte and line, never read with letters lost."""
    data = RUSSIAN.encode()
    at = data.index("Щука".encode())
    error = refused(data[:at] + b"\xff" + data[at:])
    assert error.cause == "damaged-text"
    assert f"byte {at + 1} " in error.message
    assert "line 7" in error.message


@pytest.mark.parametrize(
    ("data", "cause"),
    [
        (b"", "empty"),
        (b"\xef\xbb\xbf", "empty"),
        (b" \r\n\t", "empty"),
        (b"\x00" * 100, "not-text"),
        (b"text\x00text", "not-text"),
        (bytes(range(1, 32)) * 3, "not-text"),
        (b"\x89PNG\r\n\x1a\n" + b"\x00" * 50, "not-text"),
        (b"%PDF-1.4\n", "not-text"),
        (b"{\\rtf1 text}", "not-text"),
        (b"PK\x03\x04abc", "not-text"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1abc", "not-text"),
        (b"\xff\xfe" + "нет".encode("utf-16-le") + b"\x00", "damaged-text"),
        (b"\xff\xfea\xd8b\x00", "damaged-text"),
        (b"<?xml version='1.0'?><TEI/>", "wrong-suffix"),
        (random.Random(1).randbytes(4000), "not-text"),
        (bytes(128 | b for b in random.Random(2).randbytes(4000)), "unknown-encoding"),
    ],
)
def test_what_is_no_text_is_refused(data: bytes, cause: str) -> None:
    """Empty, binary, damaged and mislabelled files are refused with a sentence that names the file."""
    assert refused(data).cause == cause


@pytest.mark.parametrize("path", ["v/d.ru.doc", "v/d.ru", "v/d.ru.pdf"])
def test_an_unknown_suffix_is_refused(path: str) -> None:
    """A file that is named as none of the three forms is refused."""
    assert refused(b"text", path).cause == "wrong-suffix"


def test_a_swapped_suffix_is_named() -> None:
    """A Word document named .xml, and a text named .docx, are refused with what to rename them to."""
    archive = BytesIO()
    with zipfile.ZipFile(archive, "w") as file:
        file.writestr("word/document.xml", "<a/>")
    assert ".docx" in refused(archive.getvalue(), "v/d.ru.xml").message
    assert refused(b"plain text", "v/d.ru.docx").cause == "wrong-suffix"


def test_a_huge_file_is_refused_before_it_is_read() -> None:
    """A file over the limit is refused by its size."""
    assert refused(b"a" * (MAX_BYTES + 1)).cause == "too-large"


def test_control_characters_in_small_number_are_kept() -> None:
    """A stray control character stays in the content, so that offsets agree with the file."""
    text = RUSSIAN + "\x07\u200f\x0c"
    assert read(text.encode()).content == text
