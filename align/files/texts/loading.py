"""Source texts from bytes: .txt, TEI .xml and .docx, each as plain text with the marks of its markup."""

from __future__ import annotations

from pathlib import PurePosixPath

from align.errors import TextError
from align.files.paths import file_of
from align.files.texts.decoding import decode
from align.files.texts.marked_text import MarkedText
from align.files.texts.tei.extraction import read_tei
from align.files.texts.word.reading import read_word
from align.model import RawText

TEXT_SUFFIXES = (".txt", ".xml", ".docx")
MAX_BYTES = 64 << 20  # 10,000 typed pages take 20 MB; a larger file is not a typed text


def read_source(data: bytes, *, path: str, volume: str, document: str, language: str) -> RawText:
    """One source text as its file holds it; offsets are code points of `content`, line ends are kept.

    The suffix of the path decides the format. A file of another format is refused, with the format in the message.

    Raises:
        TextError: causes "empty", "too-large", "wrong-suffix", "not-text", "damaged-text", "unknown-encoding",
            "malformed-xml", "entities", "too-deep", "not-tei", "not-docx", "encrypted".
    """
    suffix = PurePosixPath(file_of(path)).suffix.lower()
    if not data:
        raise TextError(f"{path} is empty; put the text into it or remove it", cause="empty")
    if len(data) > MAX_BYTES:
        raise TextError(
            f"{path} has {len(data) >> 20} MB, more than the {MAX_BYTES >> 20} MB a text may have; divide it",
            cause="too-large",
        )
    if suffix == ".xml":
        _refuse_archive(data, path, "xml")
        text, encoding = read_tei(data, path=path), "tei"
    elif suffix == ".docx":
        if not data.startswith((b"PK", b"\xd0\xcf\x11\xe0")):
            raise TextError(
                f"{path} is not a Word document inside; give it the ending of what it is (.txt or .xml)",
                cause="wrong-suffix",
            )
        text, encoding = read_word(data, path=path), "docx"
    elif suffix == ".txt":
        content, encoding = decode(data, path=path)
        if content.lstrip()[:5] == "<?xml":
            raise TextError(f"{path} is XML inside; rename it to .xml if it is TEI", cause="wrong-suffix")
        text = MarkedText(content, (), {})
    else:
        raise TextError(f"{path} is no source text; name it .txt, .xml (TEI) or .docx", cause="wrong-suffix")
    return RawText(
        path=path,
        volume=volume,
        document=document,
        language=language,
        content=text.content,
        encoding=encoding,
        marks=text.marks,
        details=text.details,
        beside=text.beside,
        columns=text.columns,
        elsewhere=text.elsewhere,
    )


def _refuse_archive(data: bytes, path: str, wanted: str) -> None:
    if data.startswith(b"PK\x03\x04"):
        raise TextError(
            f"{path} is a Word document or an archive inside, not {wanted}; rename it to .docx", cause="wrong-suffix"
        )
