"""Elements of an XML document in the making; what XML cannot hold of names and texts from outside is replaced."""

from __future__ import annotations

from collections.abc import Mapping

from lxml import etree

from align.export.xml_characters import legal

_SCHEMA_INSTANCE = "http://www.w3.org/2001/XMLSchema-instance"


def root_element(name: str, namespace: str, schema: str) -> etree._Element:
    """The outermost element of a document in this namespace, with the address of its schema."""
    names: dict[str | None, str] = {None: namespace, "xsi": _SCHEMA_INSTANCE}
    # The stubs of lxml know no default namespace.
    root = etree.Element(f"{{{namespace}}}{name}", nsmap=names)  # type: ignore[arg-type]
    root.set(f"{{{_SCHEMA_INSTANCE}}}schemaLocation", f"{namespace} {schema}")
    return root


def add(
    parent: etree._Element, name: str, attributes: Mapping[str, object] | None = None, text: str | None = None
) -> etree._Element:
    """A new element at the end of another, in its namespace; attributes that are None are left out."""
    stated = {key: legal(str(value)) for key, value in (attributes or {}).items() if value is not None}
    element = etree.SubElement(parent, f"{{{etree.QName(parent).namespace}}}{name}", stated)
    element.text = None if text is None else legal(text)
    return element


def serialized(root: etree._Element) -> bytes:
    """The document as UTF-8, an element a line."""
    etree.indent(root)
    return etree.tostring(root, encoding="utf-8", xml_declaration=True) + b"\n"
