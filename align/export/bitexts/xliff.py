"""XLIFF 2.1: the sentence pairs of two languages, one file element for each pair of texts.

A sentence without a translation is a unit without a target, for a translator to fill. A sentence of the translation
that says what no sentence of the transcription says has no source, and is left out.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import cast

from lxml import etree

from align.export.bitexts.units import Unit, units_of
from align.export.xml_characters import legal, pieces
from align.model import VolumeResult, ncname

_CORE = "urn:oasis:names:tc:xliff:document:2.0"
_METADATA = "urn:oasis:names:tc:xliff:metadata:2.0"
# The stubs of lxml know no default namespace, which is None.
_NAMES = cast("dict[str, str]", {None: _CORE, "mda": _METADATA})
_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
CATEGORY = "align"


def languages_of(volume: VolumeResult) -> list[tuple[str, str]]:
    """The pairs of languages of a document, each once: a file of XLIFF has one. Pairs without a source are none."""
    return list(dict.fromkeys(pair.languages for pair, units in units_of(volume) if any(map(_has_source, units))))


def xliff_bytes(documents: Iterable[VolumeResult], languages: tuple[str, str]) -> Iterator[bytes]:
    """The parts of the file, one after the other: the beginning, each pair of texts, the end."""
    root = etree.Element(_tag("xliff"), {"version": "2.1", "srcLang": languages[0], "trgLang": languages[1]}, _NAMES)
    root.text = "\n"
    head, end = etree.tostring(root, encoding="utf-8").split(b"\n")
    yield b'<?xml version="1.0" encoding="UTF-8"?>\n' + head + b"\n"
    for document in documents:
        for pair, units in units_of(document):
            held = [unit for unit in units if _has_source(unit)]
            if pair.languages == languages and held:
                element = _file(document, pair.transcription, held, languages)
                yield etree.tostring(element, encoding="utf-8") + b"\n"
    yield end + b"\n"


def _has_source(unit: Unit) -> bool:
    return bool(unit.bead.transcription)


def _file(
    volume: VolumeResult, transcription: str, units: Iterable[Unit], languages: tuple[str, str]
) -> etree._Element:
    (document,) = volume.documents
    name = ncname(f"{volume.volume}.{document.document}.{languages[0]}-{languages[1]}")
    element = etree.Element(_tag("file"), {"id": name, "original": legal(transcription)}, _NAMES)
    known = {"title": document.title, "date": document.date, "author": document.author}
    stated = [(field, value) for field, value in known.items() if value]
    _metadata(element, [("volume", volume.volume), ("document", document.document), *stated])
    for unit in units:
        element.append(_unit(unit, languages))
    return element


def _unit(unit: Unit, languages: tuple[str, str]) -> etree._Element:
    element = etree.Element(_tag("unit"), {"id": unit.bead.id})
    _metadata(element, unit.facts())
    translated = bool(unit.bead.translation)
    segment = etree.SubElement(element, _tag("segment"), {"state": "translated" if translated else "initial"})
    _words(segment, "source", unit.source, languages[0])
    if translated:
        _words(segment, "target", unit.target, languages[1])
    return element


def _metadata(parent: etree._Element, facts: Iterable[tuple[str, str]]) -> None:
    group = etree.SubElement(
        etree.SubElement(parent, f"{{{_METADATA}}}metadata"), f"{{{_METADATA}}}metaGroup", {"category": CATEGORY}
    )
    for name, value in facts:
        etree.SubElement(group, f"{{{_METADATA}}}meta", {"type": name}).text = legal(value)


def _words(segment: etree._Element, name: str, words: str, language: str) -> None:
    """Add the text of one side; a character that XML cannot hold becomes the element `cp` with its number."""
    side = etree.SubElement(segment, _tag(name), {_LANGUAGE: language})
    last: etree._Element | None = None
    for piece in pieces(words):
        if isinstance(piece, int):
            last = etree.SubElement(side, _tag("cp"), {"hex": f"{piece:04X}"})
        elif last is None:
            side.text = (side.text or "") + piece
        else:
            last.tail = (last.tail or "") + piece


def _tag(name: str) -> str:
    return f"{{{_CORE}}}{name}"
