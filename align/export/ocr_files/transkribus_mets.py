"""The METS of a document as Transkribus writes and reads it: which image and which PAGE file are which page."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from lxml import etree

from align.export.ocr_files.elements import add, root_element, serialized
from align.export.ocr_files.origin import SOFTWARE, Origin
from align.export.xml_characters import legal

_METS = "http://www.loc.gov/METS/"
_XLINK = "http://www.w3.org/1999/xlink"
# By this profile Transkribus knows its own METS.
_PROFILE = "TRP_V1"
_MIME = {".jpg": "image/jpeg", ".jpeg": "image/jpeg", ".png": "image/png", ".tif": "image/tiff", ".tiff": "image/tiff"}


class PageFiles(NamedTuple):
    """The paths of a page's image and PAGE file, and the page's label."""

    image: str
    page: str
    label: str | None


def transkribus_mets(title: str, pages: Sequence[PageFiles], origin: Origin) -> bytes:
    """The METS of a document with this title and these pages, in order."""
    root = root_element("mets", _METS, "http://www.loc.gov/standards/mets/mets.xsd")
    root.set("LABEL", legal(title))
    root.set("PROFILE", _PROFILE)
    header = add(root, "metsHdr", {"CREATEDATE": origin.time, "LASTMODDATE": origin.time, "RECORDSTATUS": "SUBMITTED"})
    agent = add(header, "agent", {"ROLE": "CREATOR", "TYPE": "OTHER", "OTHERTYPE": "SOFTWARE"})
    add(agent, "name", text=f"{SOFTWARE} {origin.version}")
    add(agent, "note", text=origin.contents)
    _describe(root, title, len(pages))
    master = add(add(root, "fileSec"), "fileGrp", {"ID": "MASTER"})
    images, texts = (add(master, "fileGrp", {"ID": name}) for name in ("IMG", "PAGEXML"))
    document = add(add(root, "structMap", {"ID": "TRP_STRUCTMAP", "TYPE": "MANUSCRIPT"}), "div", {"ID": "TRP_DOC_DIV"})
    document.set("ADMID", "MD_ORIG")
    for number, page in enumerate(pages, 1):
        about = {"ID": f"PAGE_{number}", "TYPE": "SINGLE_PAGE", "ORDER": number, "ORDERLABEL": page.label}
        div = add(document, "div", about)
        suffix = "." + page.image.rpartition(".")[2].lower()
        for group, own_id, path, mime in (
            (images, f"IMG_{number}", page.image, _MIME.get(suffix, "application/octet-stream")),
            (texts, f"PAGEXML_{number}", page.page, "application/xml"),
        ):
            file = add(group, "file", {"ID": own_id, "SEQ": number, "MIMETYPE": mime})
            place = add(file, "FLocat", {"LOCTYPE": "OTHER", "OTHERLOCTYPE": "FILE"})
            place.set(f"{{{_XLINK}}}href", legal(path))
            add(add(div, "fptr"), "area", {"FILEID": own_id})
    return serialized(root)


def _describe(root: etree._Element, title: str, pages: int) -> None:
    """The document as Transkribus describes it, in an element without a namespace."""
    source = add(add(root, "amdSec", {"ID": "SOURCE"}), "sourceMD", {"ID": "MD_ORIG"})
    data = add(add(source, "mdWrap", {"ID": "TRP_DOC_MD", "MDTYPE": "OTHER"}), "xmlData")
    described = etree.SubElement(data, "trpDocMetadata")
    for name, value in (("docId", "-1"), ("title", legal(title)), ("nrOfPages", str(pages))):
        etree.SubElement(described, name).text = value
