"""What the elements of TEI are to a reader: left out, blocks, headings, or words in a line."""

from __future__ import annotations

import re

from lxml import etree

from align.files.texts.markup import name_of
from align.model import MarkKind

# Elements that are not running text on the page, or not text at all.
LEFT_OUT = frozenset(
    ["teiHeader", "facsimile", "sourceDoc", "standOff", "fw", "figDesc", "index", "interp", "interpGrp", "certainty",
     "precision", "respons", "metamark", "graphic", "media", "formula", "listAnnotation", "desc", "witDetail", "wit",
     "listApp", "listWit", "rt", "xenoData", "substJoin", "alt", "altGrp", "join", "joinGrp", "link", "linkGrp",
     "spanGrp", "fs", "fsdDecl", "binaryObject"]
)  # fmt: skip
_HEADINGS = frozenset(
    ["head", "opener", "dateline", "byline", "docTitle", "titlePart", "docAuthor", "docDate", "docImprint",
     "trailer", "headLabel", "headItem"]
)  # fmt: skip
_PARAGRAPHS = frozenset(
    ["p", "ab", "salute", "closer", "signed", "postscript", "item", "lg", "list", "quote", "cit", "row", "cell",
     "table", "sp", "speaker", "stage", "div", "div1", "div2", "div3", "div4", "div5", "div6", "div7", "body",
     "front", "back", "text", "group", "floatingText", "titlePage", "epigraph", "figure", "argument", "label",
     "said", "q", "u", "address", "addrLine", "listBibl", "bibl", "castList", "castItem", "listPerson", "listPlace",
     "listOrg", "listEvent", "listObject", "person", "place", "org", "event", "imprimatur", "surfaceGrp", "surface"]
)  # fmt: skip
# These hold no words of their own: what stands in them stands on lines of its own.
_HOLDERS = frozenset(
    ["div", "div1", "div2", "div3", "div4", "div5", "div6", "div7", "body", "front", "back", "text", "group",
     "titlePage", "docTitle", "opener", "closer", "list", "sp", "lg", "castList", "table", "row", "figure",
     "floatingText", "cit", "epigraph", "argument", "postscript", "address", "listBibl", "listPerson", "listPlace",
     "listOrg", "listEvent", "listObject"]
)  # fmt: skip
# Blocks in a holder; among words they are words.
_INLINE_TOO = frozenset(
    ["quote", "said", "q", "cit", "label", "stage", "bibl", "address", "addrLine", "salute", "signed", "dateline",
     "byline", "docDate", "docAuthor", "speaker", "list", "item", "person", "place", "org", "event"]
)  # fmt: skip
# Types of regions: by SegmOnto, and by PAGE.
_RUNNING_ZONES = frozenset(
    ["numberingzone", "runningtitlezone", "quiremarkszone", "pagenumber", "header", "footer", "catchword",
     "signaturemark"]
)  # fmt: skip
_EDITORIAL = frozenset(
    ["commentary", "comment", "editorial", "editor", "ed", "annotation", "apparatus", "translator", "notes",
     "critical", "textual", "transcriber", "crit_app"]
)  # fmt: skip
# Lists that editors add at the end.
_EDITORS_LISTS = frozenset(["listPerson", "listPlace", "listOrg", "listEvent", "listObject"])
_WORD = re.compile(r"[^\W_]+")
_EDITORS = frozenset(
    ["ed", "eds", "editor", "editors", "translator", "transcriber", "ред", "редактор", "редакция"]
)  # fmt: skip
APART = frozenset(["item", "label", "addrLine", "bibl"])
"""Elements that stand apart from the words around them, also in a line."""
ONLY_MARKUP = frozenset(
    ["choice", "app", "rdgGrp", "subst", "list", "table", "row", "lg", "sp"]
)  # fmt: skip
"""Elements whose own white space lays out their markup."""


def is_block(element: etree._Element, name: str) -> bool:
    """Whether the element stands on lines of its own. A quotation in a sentence does not; one with paragraphs does."""
    if name in _INLINE_TOO:
        if name in ("list", "item"):
            return not _is_inline_list(element if name == "list" else element.getparent())
        if _is_held(element):
            return True
        return any(name_of(child) in _PARAGRAPHS and name_of(child) not in _INLINE_TOO for child in element)
    if name == "zone":  # a region; zones in it are its lines
        return parent_name(element) != "zone"
    return name in _PARAGRAPHS or name in _HEADINGS


def _is_held(element: etree._Element) -> bool:
    """Whether the element stands in one that holds no words of its own, and that does not stand among words."""
    parent = element.getparent()
    name = "" if parent is None else name_of(parent)
    if parent is None or name not in _HOLDERS or (name == "list" and _is_inline_list(parent)):
        return False
    return name not in ("cit", "address") or parent_name(parent) in _HOLDERS


def is_running_zone(element: etree._Element, name: str) -> bool:
    """Whether the element is a region of a page that holds its number or a running head, as `fw` does."""
    return name == "zone" and element.get("type", "").lower().replace("-", "") in _RUNNING_ZONES


def _is_inline_list(element: etree._Element | None) -> bool:
    return element is not None and bool({element.get("rend"), element.get("type"), element.get("style")} & {"inline"})


def is_aside(element: etree._Element, name: str) -> bool:
    """Whether the element floats beside a paragraph: a figure among its words, which its sentences pass by."""
    return name in ("figure", "floatingText") and parent_name(element) not in _HOLDERS


def kind_of(element: etree._Element, name: str, outer: MarkKind) -> MarkKind:
    """The kind of a block in a block of another kind."""
    if outer == "commentary" or name in _EDITORS_LISTS or (name.startswith("div") and _types(element) & _EDITORIAL):
        return "commentary"
    return "heading" if name in _HEADINGS else "paragraph"


def note_kind(element: etree._Element, outer: MarkKind) -> MarkKind:
    """Whether a note is one of the text or an editor's: its type says so, who is responsible, or where it stands."""
    responsible = set(_WORD.findall(element.get("resp", "").lower().replace("_", " ")))
    editors = bool(_types(element) & _EDITORIAL) or not _EDITORS.isdisjoint(responsible)
    apparatus = parent_name(element) in ("app", "rdgGrp", "choice", "listApp")
    return "commentary" if outer == "commentary" or editors or apparatus else "note"


def _types(element: etree._Element) -> set[str]:
    return {element.get("type", "").lower(), element.get("subtype", "").lower()}


def parent_name(element: etree._Element) -> str:
    """The name of the element that holds this one; empty for the root."""
    parent = element.getparent()
    return name_of(parent) if parent is not None else ""


def goes_on(element: etree._Element) -> bool:
    """Whether the element is a first part, and the next one goes on with it over a page break or the like."""
    if element.get("part") not in ("I", "M") or (element.tail or "").strip():
        return False
    name = name_of(element)
    for after in element.itersiblings():
        if name_of(after) == name:
            return after.get("part") in ("M", "F")
        if (
            name_of(after) not in ("", "pb", "cb", "gb", "fw", "milestone", "anchor", "lb")
            or (after.tail or "").strip()
        ):
            return False
    return False
