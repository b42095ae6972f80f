"""Where in its file each character of a source text stands: a second look at a file that was read, for corrections."""

from __future__ import annotations

import codecs
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import PurePosixPath
from typing import NamedTuple
from zipfile import ZipFile

from lxml import etree

from align.errors import TextError
from align.files.paths import file_of
from align.files.texts.decoding import decode
from align.files.texts.extract import Extract
from align.files.texts.level import Origin
from align.files.texts.markup import Node, parse_markup
from align.files.texts.markup_source import ElementSource, element_sources
from align.files.texts.pieces import Piece, composed
from align.files.texts.tei.extraction import extracted_tei
from align.files.texts.word.parts import TEXT_PARTS, word_parts
from align.files.texts.word.reading import extracted_word

_MARKS = (
    codecs.BOM_UTF8,
    codecs.BOM_UTF32_LE,
    codecs.BOM_UTF32_BE,
    codecs.BOM_UTF16_LE,
    codecs.BOM_UTF16_BE,
)
# Names by which the readers call an encoding, and those of Python's codecs where they differ.
_CODECS = {"windows-1251": "cp1251", "windows-1252": "cp1252", "koi8-r": "koi8_r"}


@dataclass(frozen=True, slots=True)
class SourcePart:
    """A file, or a part of one, as it is written: its characters, their encoding and the byte-order mark before them.

    `elements` are the elements of XML, each with its place; empty for plain text.
    """

    text: str
    codec: str
    mark: bytes = b""
    elements: Mapping[etree._Element, ElementSource] = field(default_factory=dict, repr=False)

    @classmethod
    def of(cls, data: bytes, codec: str, *, path: str) -> SourcePart:
        """The part that these bytes hold; TextError ("encoding-not-written") where other bytes would be written."""
        mark = next((mark for mark in _MARKS if data.startswith(mark)), b"")
        try:
            part = cls(data[len(mark) :].decode(codec), codec, mark)
            same = part.written(part.text) == data
        except (LookupError, UnicodeError):
            same = False
        if not same:
            raise TextError(
                f"{path} is in an encoding that cannot be written again as it is ({codec}); save it as UTF-8",
                cause="encoding-not-written",
            )
        return part

    def written(self, text: str) -> bytes:
        """The bytes of this text in the part's encoding, behind its mark."""
        return self.mark + text.encode(self.codec)


class Placed(NamedTuple):
    """A piece of the content, the name of the part from which it comes, and the text of the XML there."""

    piece: Piece
    part: str
    node: Node | None


@dataclass(frozen=True, slots=True)
class SourceMap:
    """The content of a source text, and the pieces in which it comes from the parts of its file.

    What no piece has was written by nobody: line ends between blocks, and what stands for markup, as "[...]" for a gap.
    """

    content: str
    parts: Mapping[str, SourcePart]
    pieces: tuple[Placed, ...]


def source_map(data: bytes, *, path: str) -> SourceMap:
    """Where each character of a source text stands in its file, which `read_source` has read.

    Raises:
        TextError: "encoding-not-written", "not-traced", and those of `read_source`.
    """
    suffix = PurePosixPath(file_of(path)).suffix.lower()
    if suffix == ".txt":
        content, encoding = decode(data, path=path)
        name = encoding.removesuffix("-sig")
        part = SourcePart.of(data, _CODECS.get(name, name), path=path)
        return SourceMap(content, {"": part}, (Placed(Piece(0, len(content), 0, len(content)), "", None),))
    extract = Extract(traced=True)
    if suffix == ".xml":
        root = parse_markup(data, path=path)
        content, _ = extracted_tei(root, extract, path=path)
        parts = {"": _markup_part(data, root, path)}
    else:
        word = word_parts(data, path=path)
        content, _ = extracted_word(word.roots, extract, path=path)
        held = [(word.names[usual], word.roots[usual]) for usual in TEXT_PARTS if usual in word.roots]
        with ZipFile(BytesIO(data)) as archive:
            parts = {name: _markup_part(archive.read(name), root, path) for name, root in held}
    return SourceMap(content, parts, tuple(_placed(extract.origins(), parts, path)))


def _markup_part(data: bytes, root: etree._Element, path: str) -> SourcePart:
    part = SourcePart.of(data, _codec(data, root), path=path)
    elements = dict(zip(root.iter(), element_sources(part.text), strict=False))
    return SourcePart(part.text, part.codec, part.mark, elements)


def _codec(data: bytes, root: etree._Element) -> str:
    """The encoding that the parser used; one of two bytes a character is told by its first bytes."""
    if data.startswith((codecs.BOM_UTF16_LE, b"<\0")):
        return "utf-16-le"
    if data.startswith((codecs.BOM_UTF16_BE, b"\0<")):
        return "utf-16-be"
    if data.startswith(codecs.BOM_UTF8):
        return "utf-8"
    return root.getroottree().docinfo.encoding or "utf-8"


def _placed(origins: Iterable[Origin], parts: Mapping[str, SourcePart], path: str) -> Iterator[Placed]:
    held = {element: name for name, part in parts.items() for element in part.elements}
    for origin in origins:
        node = origin.words.source
        assert isinstance(node, Node)
        name = held.get(node.element)
        source = None if name is None else parts[name].elements[node.element]
        text = None if source is None else source.tail if node.tail else source.first
        if name is None or text is None or text.text != origin.words.text:
            raise TextError(
                f"{path} holds markup whose places cannot be told; save it anew with an XML editor or a word processor",
                cause="not-traced",
            )
        for piece in composed(origin.pieces(), text.pieces):
            yield Placed(piece, name, node)
