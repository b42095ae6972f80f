"""Links of an earlier export taken out of a TEI file, so that a new one does not stand beside them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from align.errors import TextError
from align.files.texts.corrected.edits import Edit, spliced
from align.files.texts.linked.insertions import ATTRIBUTE, XML_ID
from align.files.texts.loading import read_source
from align.files.texts.markup import name_of
from align.files.texts.source_map import SourcePart, source_map

_PROGRAM = "align.program"
_BLOCKS = ("align.encoding", "align.facsimile", "align.standOff")
_KEY = r"s\.[0-9a-f]{16}(?:\.\d+)?"


def without_links(data: bytes, *, path: str) -> bytes:
    """The file without the elements and attributes that `align export` put in; it reads as before.

    TextError: those of `source_map`.
    """
    source = source_map(data, path=path)
    part = source.parts[""]
    stems = [
        (element.get(XML_ID) or "").removesuffix(_PROGRAM)
        for element in part.elements
        if name_of(element) == "application" and (element.get(XML_ID) or "").endswith(_PROGRAM)
    ]
    if not stems:
        return data
    edits = sorted({edit for stem in stems for edit in _edits(part, stem)})
    cleared = part.written(spliced(part.text, _apart(edits)))
    try:
        read = read_source(cleared, path=path, volume="", document="", language="und")
    except TextError:
        return data
    return cleared if read.content == source.content else data


def _edits(part: SourcePart, stem: str) -> Iterator[Edit]:
    """What is taken away of the links whose ids begin with `stem`."""
    blocks = [element for element in part.elements if (element.get(XML_ID) or "") in {stem + own for own in _BLOCKS}]
    places = {name for block in blocks for element in block.iter() if (name := element.get(XML_ID))}
    for block in blocks:
        (start, _), (_, end) = part.elements[block].start_tag, part.elements[block].end_tag
        yield Edit(start - 1 if part.text[start - 1] == "\n" else start, end, "")
    ours = re.compile(rf"(?:[^#\s]*#)?{re.escape(stem)}(?:{_KEY}|align\.\S+)")
    for element, source in part.elements.items():
        if f"#{stem}{_PROGRAM}" in (element.get("resp") or "").split():
            if name_of(element) in ("s", "seg", "pb", "lb"):
                for start, end in dict.fromkeys((source.start_tag, source.end_tag)):
                    quoted = part.text[start - 3 : start] == "]]>" and part.text.startswith("<![CDATA[", end)
                    yield Edit(start - 3, end + 9, "") if quoted else Edit(start, end, "")
        elif element.attrib:
            yield from _attributes(part, element, places, ours)


def _attributes(part: SourcePart, element: etree._Element, places: set[str], ours: re.Pattern[str]) -> Iterator[Edit]:
    """What is taken away of an element of the file itself: pointers of ours, ids of ours, and marks of a part."""
    start, end = part.elements[element].start_tag
    in_parts = any(ours.fullmatch(element.get(name) or "") for name in ("next", "prev"))
    for found in ATTRIBUTE.finditer(part.text[start:end]):
        name, value = found[1], found[2][1:-1]
        tokens = value.split()
        kept = [
            token
            for token in tokens
            if not (name in ("facs", "corresp", "ana", "next", "prev") and _is_ours(token, places, ours))
        ]
        at = start + found.start()
        named = name == "xml:id" and (ours.fullmatch(value) or value.removesuffix(".pb") in places)
        if named or (name == "part" and in_parts) or (tokens and not kept):
            yield Edit(at, start + found.end(), "")
        elif len(kept) < len(tokens):
            first = start + found.start(2) + 1
            yield Edit(first, first + len(value), " ".join(kept))


def _is_ours(token: str, places: set[str], ours: re.Pattern[str]) -> bool:
    return token.removeprefix("#") in places or ours.fullmatch(token) is not None


def _apart(edits: list[Edit]) -> Iterator[Edit]:
    """The edits without those that lie within another one."""
    end = 0
    for edit in edits:
        if edit.start >= end:
            yield edit
            end = edit.end
