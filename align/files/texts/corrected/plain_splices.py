"""Edits written into plain text and into the texts of XML: all characters around them stay."""

from __future__ import annotations

from collections.abc import Iterable

from align.files.texts.corrected.edits import Edit, spliced
from align.files.texts.corrected.places import NotPut, SourceEdit
from align.files.texts.decoding import encoding_name
from align.files.texts.source_map import SourcePart

_NAMES = {"cp1251": "windows-1251", "cp1252": "windows-1252", "koi8_r": "koi8-r"}
_ENTITIES = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}


def written_plainly(part: SourcePart, edits: Iterable[SourceEdit]) -> bytes:
    """The bytes of a plain text with these edits, in order; NotPut where its encoding lacks a character."""
    return part.written(spliced(part.text, [Edit(e.start, e.end, _encodable(e.edit.new, part)) for e in edits]))


def written_as_markup(part: SourcePart, edits: Iterable[SourceEdit]) -> bytes:
    """The bytes of an XML document with these edits, in order; NotPut where it cannot hold a character."""
    return part.written(spliced(part.text, [Edit(e.start, e.end, _marked_up(e, part)) for e in edits]))


def escaped(text: str, part: SourcePart) -> str:
    """The text as XML writes it: entities for its signs, and numbers for characters that the encoding lacks."""
    plain = "".join(_ENTITIES.get(char, char) for char in text)
    return plain.encode(part.codec, "xmlcharrefreplace").decode(part.codec)


def _marked_up(edit: SourceEdit, part: SourcePart) -> str:
    new = edit.edit.new
    if not edit.placed.piece.quoted:
        return escaped(new, part)
    # "]]>" would end the quotation: its signs are then divided between two.
    return _encodable(new, part).replace("]]>", "]]]]><![CDATA[>")


def _encodable(text: str, part: SourcePart) -> str:
    try:
        text.encode(part.codec)
    except UnicodeEncodeError as error:
        name = encoding_name(_NAMES.get(part.codec, part.codec))
        raise NotPut(
            f"the file is in {name}, which has no “{text[error.start]}”; save the text as UTF-8 first"
        ) from error
    return text
