"""The parts of a Word document that say something about its text, read from the archive within limits."""

from __future__ import annotations

import lzma
import struct
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO
from posixpath import basename, dirname, join, normpath
from zipfile import BadZipFile, ZipFile

from lxml import etree

from align.errors import TextError
from align.files.texts.marked_text import names_of_files
from align.files.texts.markup import parse_markup

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_STRICT_W = b"http://purl.oclc.org/ooxml/wordprocessingml/main"
_PART_BYTES = 64 << 20  # the text of 10,000 pages with its markup; a bomb unpacks to more
_ENTRIES = 10_000
_INSERTED = ("aFChunk", "subDocument")  # documents in the document
_MAIN, _STYLES, _CORE = "word/document.xml", "word/styles.xml", "docProps/core.xml"
TEXT_PARTS = (_MAIN, "word/footnotes.xml", "word/endnotes.xml")
"""The parts that hold text, the running text first, by their usual names."""


@dataclass(frozen=True, slots=True)
class WordParts:
    """The parts of a document that say something about its text, by their usual names.

    `names` are those that they have in the archive: Word Online calls the running text `word/document2.xml`.
    `elsewhere` names other documents from which it takes text; only a word processor puts that in.
    """

    roots: Mapping[str, etree._Element]
    names: Mapping[str, str]
    elsewhere: tuple[str, ...] = ()


def word_parts(data: bytes, *, path: str) -> WordParts:
    """The parts of a .docx that say something about its text.

    Raises:
        TextError: causes "not-docx", "encrypted", "too-large" and those of parse_markup.
    """
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        raise TextError(
            f"{path} is password-protected or an old .doc; save it as .docx without a password", cause="encrypted"
        )
    try:
        with ZipFile(BytesIO(data)) as archive:
            main = _main(archive, path)
            links = _links(archive, main, path)
            names = _names(archive, main, links)
            found = {usual: _part(archive, name, path) for usual, name in names.items()}
    except (BadZipFile, zlib.error, lzma.LZMAError, struct.error, EOFError, OSError, ValueError, RuntimeError) as error:
        raise not_docx(path) from error
    if found[_MAIN] is None:
        raise not_docx(path)
    elsewhere = names_of_files([basename(target) for kind, target in links if kind in _INSERTED])
    return WordParts({usual: root for usual, root in found.items() if root is not None}, names, elsewhere)


def _main(archive: ZipFile, path: str) -> str:
    """The name of the part that holds the running text: the archive itself says it."""
    links = _links(archive, "", path)
    return next((target for kind, target in links if kind == "officeDocument" and _has(archive, target)), _MAIN)


def _names(archive: ZipFile, main: str, links: Sequence[tuple[str, str]]) -> dict[str, str]:
    """The names of the parts in the archive, by their usual names."""
    names = {_MAIN: main}
    for usual in (*TEXT_PARTS[1:], _STYLES):
        kind = basename(usual).removesuffix(".xml")
        linked = (target for what, target in links if what == kind and _has(archive, target))
        names[usual] = next(linked, join(dirname(main), f"{kind}.xml"))
    return {**names, _CORE: _CORE}


def _has(archive: ZipFile, name: str) -> bool:
    return name in archive.NameToInfo


def _links(archive: ZipFile, name: str, path: str) -> list[tuple[str, str]]:
    """What a part leads to, or the archive itself if it has no name: what each is to it, and its name."""
    try:
        root = _part(archive, join(dirname(name), "_rels", f"{basename(name)}.rels"), path)
    except TextError:
        return []  # damaged: the parts have their usual names
    return [
        (basename(link.get("Type", "")), normpath(join("/", dirname(name), link.get("Target", ""))).lstrip("/"))
        for link in (root if root is not None else ())
    ]


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
    if name != _CORE:
        data = data.replace(_STRICT_W, W[1:-1].encode())
    return parse_markup(data, path=f"{path} ({name})")
