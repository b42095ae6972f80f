"""The parts of a Word document that say something about its text, read from the archive within limits."""

from __future__ import annotations

import lzma
import struct
import zlib
from io import BytesIO
from zipfile import BadZipFile, ZipFile

from lxml import etree

from align.errors import TextError
from align.files.texts.markup import parse_markup

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_STRICT_W = b"http://purl.oclc.org/ooxml/wordprocessingml/main"
_PART_BYTES = 64 << 20  # the text of 10,000 pages with its markup; a bomb unpacks to more
_ENTRIES = 10_000
TEXT_PARTS = ("word/document.xml", "word/footnotes.xml", "word/endnotes.xml")
"""The parts that hold text, the running text first."""
_OTHER_PARTS = ("word/styles.xml", "docProps/core.xml")


def word_parts(data: bytes, *, path: str) -> dict[str, etree._Element]:
    """The roots of the parts of a .docx that say something about its text, by their names in the archive.

    Raises:
        TextError: causes "not-docx", "encrypted", "too-large" and those of parse_markup.
    """
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        raise TextError(
            f"{path} is password-protected or an old .doc; save it as .docx without a password", cause="encrypted"
        )
    try:
        with ZipFile(BytesIO(data)) as archive:
            found = {name: _part(archive, name, path) for name in (*TEXT_PARTS, *_OTHER_PARTS)}
    except (BadZipFile, zlib.error, lzma.LZMAError, struct.error, EOFError, OSError, ValueError, RuntimeError) as error:
        raise not_docx(path) from error
    if found[TEXT_PARTS[0]] is None:
        raise not_docx(path)
    return {name: root for name, root in found.items() if root is not None}


def not_docx(path: str) -> TextError:
    """The error of a file that is no Word document."""
    return TextError(
        f"{path} is not a readable Word document; open it in a word processor and save it again as .docx",
        cause="not-docx",
    )


def _part(archive: ZipFile, name: str, path: str) -> etree._Element | None:
    if len(archive.filelist) > _ENTRIES:
        raise TextError(f"{path} has {len(archive.filelist)} parts inside; save the text alone", cause="too-large")
    try:
        info = archive.getinfo(name)
    except KeyError:
        return None
    if info.flag_bits & 1:
        raise TextError(f"{path} is password-protected; save it without a password", cause="encrypted")
    with archive.open(info) as part:
        data = part.read(_PART_BYTES + 1)  # the size that the archive claims may be a lie
    if len(data) > _PART_BYTES:
        raise TextError(f"{path} unpacks to more than {_PART_BYTES >> 20} MB of text; divide it", cause="too-large")
    if name.startswith("word/"):
        data = data.replace(_STRICT_W, W[1:-1].encode())
    return parse_markup(data, path=f"{path} ({name})")
