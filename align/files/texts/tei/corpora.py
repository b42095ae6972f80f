"""Where the text of a TEI document is: in its texts, those of the documents in it, or line by line in its facsimile."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from align.files.texts.marked_text import names_of_files
from align.files.texts.markup import name_of

_DOCUMENTS = ("TEI", "TEI.2", "teiCorpus", "teiCorpus.2")
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


def included(root: etree._Element) -> tuple[str, ...]:
    """The files that the document says belong into its text; no other file is ever read."""
    outside = (element for element in root.iter(_INCLUDE) if not any(map(_is_header, element.iterancestors())))
    return names_of_files([href for element in outside if (href := element.get("href", "").strip())])


def _is_header(element: etree._Element) -> bool:
    return name_of(element) == "teiHeader"
