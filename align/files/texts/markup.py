"""XML from outside, without what makes it dangerous: no entities, no external files, no network, bounded depth."""

from __future__ import annotations

from lxml import etree

from align.errors import TextError

_DEPTH = 200  # TEI in the wild stays under 40; a document made to break parsers goes deeper


def parse_markup(data: bytes, *, path: str) -> etree._Element:
    """The root element of an XML document that declares and uses no entities of its own.

    Raises:
        TextError: causes "entities", "malformed-xml", "too-deep".
    """
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        dtd_validation=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        if b"<!ENTITY" in data:
            raise _entities(path) from error  # the parser itself gives up on entities that grow without end
        what = " ".join(str(error).partition(" (<string>")[0].split())[:200]
        raise TextError(f"{path} is not well-formed XML ({what}); repair it there", cause="malformed-xml") from error
    dtd = root.getroottree().docinfo.internalDTD
    # lxml-stubs do not know DTD.entities()
    if dtd is not None and next(iter(dtd.entities()), None) is not None:  # type: ignore[union-attr]
        raise _entities(path)
    depth = 0
    for event, node in etree.iterwalk(root, events=("start", "end")):
        depth += 1 if event == "start" else -1
        if depth > _DEPTH:
            raise TextError(f"{path} nests elements more than {_DEPTH} deep; flatten it", cause="too-deep")
        if event == "start" and any(isinstance(child, etree._Entity) for child in node):
            raise _entities(path)
    return root


def _entities(path: str) -> TextError:
    return TextError(
        f"{path} uses entities, which are not read for safety; write the characters themselves", cause="entities"
    )


def name_of(element: etree._Element) -> str:
    """The element's name without its namespace; empty for a comment or a processing instruction."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def text_of(element: etree._Element) -> str:
    """All text inside the element, white space collapsed."""
    return " ".join("".join(map(str, element.itertext())).split())
