"""The guard that XML from outside passes: no entities, no external files, no network, bounded depth."""

from __future__ import annotations

from lxml import etree

# TEI in the wild has fewer than 40 levels, ALTO and PAGE fewer than 20; a document made to break parsers has more.
MOST_LEVELS = 200


def guarded_parser() -> etree.XMLParser:
    """A parser that loads nothing, expands no entities and keeps no comments; a parser serves one document."""
    return etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        dtd_validation=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )


def has_entities(root: etree._Element) -> bool:
    """Whether the document declares entities of its own, or uses some."""
    dtd = root.getroottree().docinfo.internalDTD
    # lxml-stubs do not know DTD.entities()
    if dtd is not None and next(iter(dtd.entities()), None) is not None:  # type: ignore[attr-defined]
        return True
    return next(root.iter(etree.Entity), None) is not None


def is_too_deep(root: etree._Element) -> bool:
    """Whether elements are nested in more than MOST_LEVELS levels."""
    level = 0
    for event, _ in etree.iterwalk(root, events=("start", "end")):
        level += 1 if event == "start" else -1
        if level > MOST_LEVELS:
            return True
    return False


def fault_of(error: Exception) -> str:
    """What the parser says is wrong, in one line of at most 200 characters."""
    return " ".join(str(error).partition(" (<string>")[0].split())[:200]
