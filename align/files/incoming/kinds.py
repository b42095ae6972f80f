"""What a file of an export is, by its first bytes: its name only tells plain text and documents apart."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from typing import Literal

from lxml import etree

from align.files.collection.names import split_suffix

Kind = Literal["scan", "pdf", "page", "alto", "abbyy", "hocr", "json", "mets", "details", "tei", "docx", "txt", "other"]

# Kinds of existing OCR, the one that is taken first: in PAGE people correct lines, and other formats are made from it.
OCR_KINDS: tuple[Kind, ...] = ("page", "alto", "abbyy", "hocr", "json")
# Kinds of texts, the one that is taken first: TEI says most of a text.
TEXT_KINDS: tuple[Kind, ...] = ("tei", "docx", "txt")
USEFUL_KINDS: tuple[Kind, ...] = ("scan", "pdf", *OCR_KINDS, *TEXT_KINDS)

_IMAGES = (
    b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"II*\0", b"MM\0*", b"II+\0", b"MM\0+", b"\0\0\0\x0cjP  ",
    b"\xff\x4f\xff\x51",
)  # fmt: skip
_ROOTS: dict[str, Kind] = {
    "alto": "alto", "PcGts": "page", "mets": "mets", "TEI": "tei", "TEI.2": "tei", "teiCorpus": "tei",
    "trpDocMetadata": "details",
}  # fmt: skip


def kind_of(head: bytes, name: str) -> Kind:
    """What the file is whose first bytes these are."""
    suffix = split_suffix(name)[1].lower()
    if head.startswith(_IMAGES) or (head[:4] == b"RIFF" and head[8:12] == b"WEBP"):
        return "scan"
    if b"%PDF-" in head[:1024]:
        return "pdf"
    if head[:4] == b"PK\x03\x04":
        return "docx" if suffix == ".docx" else "other"
    root = root_name(head)
    if root is not None:
        name_of_root, namespace = root
        if name_of_root == "document" and "FineReader_xml" in namespace:
            return "abbyy"
        if name_of_root.lower() == "html":
            return "hocr" if b"ocr_page" in head or suffix == ".hocr" else "other"
        return _ROOTS.get(name_of_root, "other")
    if suffix in (".hocr", ".html", ".htm") and b"ocr_page" in head:
        return "hocr"
    if suffix == ".json":
        return "json"
    return "txt" if suffix == ".txt" else "other"


def root_name(head: bytes) -> tuple[str, str] | None:
    """The name and the namespace of the outermost element; None where the bytes do not begin as XML."""
    for _, element in _events(head):
        namespace, _, name = str(element.tag).rpartition("}")
        return name, namespace
    return None


def image_named(head: bytes) -> str | None:
    """The name of the image that PAGE or ALTO states as its own, without folders; None where it states none."""
    for event, element in _events(head):
        name = str(element.tag).rpartition("}")[2]
        if name == "Page" and event == "start" and element.get("imageFilename"):
            return _basename(element.get("imageFilename") or "")
        if name == "fileName" and event == "end" and element.text:
            return _basename(element.text)
    return None


def _basename(path: str) -> str | None:
    return path.strip().replace("\\", "/").rpartition("/")[2] or None


def _events(head: bytes) -> Iterator[tuple[str, etree._Element]]:
    """The elements that begin and end in these bytes, as far as these are well formed."""
    parser = etree.XMLPullParser(
        events=("start", "end"), resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False
    )
    with suppress(etree.XMLSyntaxError):
        parser.feed(head)
    with suppress(etree.XMLSyntaxError):
        for event, element in parser.read_events():
            if isinstance(element, etree._Element) and isinstance(element.tag, str):
                yield event, element
