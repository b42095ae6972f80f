"""Where the text of a TEI document is: in its texts, those of the documents in it, or line by line in its facsimile."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePosixPath

from lxml import etree

from align.files.paths import file_of
from align.files.texts.marked_text import names_of_files
from align.files.texts.markup import name_of

_DOCUMENTS = ("TEI", "TEI.2", "teiCorpus", "teiCorpus.2")
_DIVISIONS = ("div", "div1", "text", "ab", "lg")
# Types of divisions: those of EpiDoc, and what others call them.
_TRANSLATIONS = ("translation", "übersetzung", "перевод")
_ORIGINALS = ("edition", "original", "transcription", "transcript", "diplomatic", "source", "оригинал")
_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
_INCLUDE = "{http://www.w3.org/2001/XInclude}include"


def is_tei(root: etree._Element) -> bool:
    """Whether this is the root of a TEI document, or of a corpus of such documents."""
    return name_of(root) in _DOCUMENTS


def texts_of(root: etree._Element) -> list[etree._Element]:
    """The texts of a document in order; where it has none, the surfaces that are transcribed line by line."""
    return list(_parts(root, "text")) or [surface for source in _parts(root, "sourceDoc") for surface in source]


def _parts(document: etree._Element, name: str) -> Iterator[etree._Element]:
    for child in document:
        if name_of(child) == name:
            yield child
        elif is_tei(child):
            yield from _parts(child, name)


def texts_beside(root: etree._Element, path: str) -> frozenset[etree._Element]:
    """The divisions with the text in another language, where original and translation stand in divisions of one file.

    The text of the file is that in the language of its name; the original, if no division states that language.
    """
    sides: dict[bool, list[etree._Element]] = {True: [], False: []}
    for element in root.iter(etree.Element):
        kind = element.get("type", "").lower() if name_of(element) in _DIVISIONS else ""
        if kind in _TRANSLATIONS or kind in _ORIGINALS:
            sides[kind in _TRANSLATIONS].append(element)
    if not (sides[True] and sides[False]):
        return frozenset()
    language = PurePosixPath(file_of(path)).stem.rpartition(".")[2].partition("-")[0].lower()
    translated = any(_language(element) == language for element in sides[True])
    return frozenset(element for element in sides[not translated] if _language(element) != language)


def _language(element: etree._Element) -> str:
    return element.get(_LANGUAGE, "").partition("-")[0].lower()


def included(root: etree._Element) -> tuple[str, ...]:
    """The files that the document says belong into its text; no other file is ever read."""
    outside = (element for element in root.iter(_INCLUDE) if not any(map(_is_header, element.iterancestors())))
    return names_of_files([href for element in outside if (href := element.get("href", "").strip())])


def _is_header(element: etree._Element) -> bool:
    return name_of(element) == "teiHeader"
