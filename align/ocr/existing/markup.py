"""Files of existing OCR as elements, parsed without the features of XML that are dangerous in untrusted files."""

from __future__ import annotations

import codecs
import re

from lxml import etree

from align.errors import ScanError
from align.markup_guard import MOST_LEVELS, fault_of, guarded_parser, has_entities, is_too_deep

# What the user can do about a bad file; it says that no engine reads the scan instead, which one might expect.
REMEDY = "export it again, or remove it to have the scan read by the OCR engine"

# A book of 500 pages has a million tags; a file with many more would take gigabytes of memory.
_MOST_TAGS = 4_000_000
_CHARSET = re.compile(rb"""charset\s*=\s*["']?([A-Za-z0-9_.:-]{1,40})""", re.IGNORECASE)
_HTML = re.compile(rb"<!doctype\s+html|<html|ocr_page", re.IGNORECASE)


def parsed(data: bytes, *, name: str) -> etree._Element:
    """The root element of an XML or HTML document; its entities and DTDs and the network are never read.

    Raises ScanError "ocr-unreadable" where the file is damaged, empty, too large, or declares entities.
    """
    if not data.strip():
        raise unreadable(name, "is empty")
    if data.count(b"<") > _MOST_TAGS:
        raise unreadable(name, f"has more than {_MOST_TAGS} tags, too many to be read at once")
    html = _HTML.search(data[:65536].replace(b"\0", b"")) is not None  # as UTF-16 too
    try:
        root = etree.fromstring(data, guarded_parser())
        if html and next(root.iter(etree.Entity), None) is not None:
            root = _from_html(data)  # &nbsp; and others that HTML defines without a DTD
    except (etree.XMLSyntaxError, ValueError) as error:
        if b"<!ENTITY" in data:
            raise _entities(name) from error
        if not html:
            raise unreadable(name, f"is not well-formed XML ({fault_of(error)})") from error
        root = _from_html(data)
    if root is None:
        raise unreadable(name, "holds no elements")
    if has_entities(root):
        raise _entities(name)
    if is_too_deep(root):
        raise unreadable(name, f"nests elements more than {MOST_LEVELS} deep")
    return root


def unreadable(name: str, what: str) -> ScanError:
    """The error for a file that cannot be read, as one sentence."""
    return ScanError(f"{name} {what}: {REMEDY}.", cause="ocr-unreadable")


def _entities(name: str) -> ScanError:
    return unreadable(name, "declares or uses entities, which are not read for safety")


def _from_html(data: bytes) -> etree._Element | None:
    """The root of HTML, parsed as browsers do, as UTF-8 where it states no encoding; None where there is nothing."""
    declared = _CHARSET.search(data[:4096])
    encoding = declared.group(1).decode("ascii") if declared else "utf-8"
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        encoding = "utf-16"
    try:
        parser = etree.HTMLParser(encoding=encoding, no_network=True, remove_comments=True, remove_pis=True)
    except LookupError:
        parser = etree.HTMLParser(encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True)
    try:
        root: etree._Element | None = etree.fromstring(data, parser)
    except (etree.LxmlError, ValueError):
        return None
    return root
