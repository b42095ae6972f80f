"""TMX 1.4b: a translation memory of the sentence pairs.

A unit without one of its sides is left out, because a memory has nothing to say of it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from lxml import etree

from align.export.bitexts.units import Unit, ids, units_of
from align.export.xml_characters import legal
from align.model import Link, VolumeResult

_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
# A property of a program's own begins with "x-", by section 3.5 of the standard.
_PREFIX = "x-align-"
# What a program reads as "each unit says its own": section 3.1.13, srclang.
ANY_LANGUAGE = "*all*"


def tmx_bytes(documents: Iterable[VolumeResult], *, version: str, source_language: str | None) -> Iterator[bytes]:
    """The parts of the file, one after the other: the beginning, each unit, the end.

    `source_language` is that of all transcriptions; None where they differ.
    """
    header = etree.Element(
        "header",
        {
            "creationtool": "align",
            "creationtoolversion": version,
            "segtype": "sentence",
            "o-tmf": "align",
            "adminlang": "en",
            "srclang": source_language or ANY_LANGUAGE,
            "datatype": "plaintext",
        },
    )
    yield b'<?xml version="1.0" encoding="UTF-8"?>\n<tmx version="1.4">\n'
    yield etree.tostring(header, encoding="utf-8") + b"\n<body>\n"
    for document in documents:
        for pair, units in units_of(document):
            for unit in units:
                if unit.source.strip() and unit.target.strip():
                    yield etree.tostring(_element(unit, pair.languages), encoding="utf-8") + b"\n"
    yield b"</body>\n</tmx>\n"


def _element(unit: Unit, languages: tuple[str, str]) -> etree._Element:
    attributes = {"tuid": unit.bead.id, "srclang": languages[0]}
    if len(unit.bead.transcription) > 1 or len(unit.bead.translation) > 1:
        # Several sentences that no program may take for one: "block" says nothing of what the text is.
        attributes["segtype"] = "block"
    element = etree.Element("tu", attributes)
    for name, value in unit.facts():
        if name not in ("transcription", "translation"):
            _property(element, name, value)
    sides = ((unit.bead.transcription, unit.source), (unit.bead.translation, unit.target))
    for language, (links, words) in zip(languages, sides, strict=True):
        element.append(_variant(language, links, words))
    return element


def _variant(language: str, links: tuple[Link, ...], words: str) -> etree._Element:
    variant = etree.Element("tuv", {_LANGUAGE: language})
    _property(variant, "sentences", ids(links))
    _property(variant, "keys", " ".join(link.key for link in links))
    etree.SubElement(variant, "seg").text = legal(words)
    return variant


def _property(parent: etree._Element, name: str, value: str) -> None:
    etree.SubElement(parent, "prop", {"type": f"{_PREFIX}{name}"}).text = legal(value)
