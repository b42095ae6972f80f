"""TEI P5 to text: the words on the page become the content, and the markup around them becomes marks and details."""

from __future__ import annotations

from itertools import islice

from lxml import etree

from align.errors import TextError
from align.files.texts.extract import Extract
from align.files.texts.markup import Node, name_of, parse_markup, text_of
from align.model import Mark, MarkKind

# Elements that are not running text on the page, or not text at all.
_LEFT_OUT = frozenset(
    [
        "teiHeader",
        "facsimile",
        "sourceDoc",
        "standOff",
        "fw",
        "del",
        "figDesc",
        "index",
        "interp",
        "interpGrp",
        "certainty",
        "respons",
        "metamark",
        "graphic",
        "media",
        "formula",
        "listAnnotation",
        "desc",
    ]
)
_HEADINGS = frozenset(
    ["head", "opener", "dateline", "byline", "docTitle", "titlePart", "docAuthor", "docDate", "docImprint", "trailer"]
)
_PARAGRAPHS = frozenset(
    [
        "p",
        "ab",
        "salute",
        "closer",
        "signed",
        "postscript",
        "item",
        "l",
        "lg",
        "list",
        "quote",
        "cit",
        "row",
        "cell",
        "table",
        "sp",
        "speaker",
        "stage",
        "div",
        "div1",
        "div2",
        "div3",
        "div4",
        "div5",
        "div6",
        "div7",
        "body",
        "front",
        "back",
        "text",
        "group",
        "floatingText",
        "titlePage",
        "epigraph",
        "figure",
        "argument",
        "label",
        "said",
        "address",
        "addrLine",
        "listBibl",
        "bibl",
        "castList",
        "castItem",
    ]
)
_INLINE_TOO = frozenset(
    ["quote", "said", "cit", "label", "stage", "bibl", "address", "addrLine", "figure", "floatingText"]
)
_EDITORIAL = frozenset(
    ["commentary", "comment", "editorial", "editor", "ed", "annotation", "apparatus", "translator", "notes"]
)
_PREFERRED = {"sic": "corr", "orig": "reg", "abbr": "expan"}  # the first is the word on the page, which is kept

# Readings. A choice with more of them is not treated as one: a hostile file would cost n * n.
_ALTERNATIVES = 20


def read_tei(data: bytes, *, path: str) -> tuple[str, tuple[Mark, ...], dict[str, str]]:
    """The extracted text of a TEI document, its marks, and the details of its header (unknown ones left out).

    The text of front, body and back comes in order; an empty line divides blocks. A note comes after the block that
    contains it. From a choice the word on the page is taken: sic, orig, abbr. Deletions and running heads are left out;
    a gap is "[...]". A page break is a mark of no width.

    Raises:
        TextError: causes of parse_markup, and "not-tei", "empty".
    """
    root = parse_markup(data, path=path)
    content, marks = extracted_tei(root, Extract(), path=path)
    return content, marks, _details(root)


def extracted_tei(root: etree._Element, extract: Extract, *, path: str) -> tuple[str, tuple[Mark, ...]]:
    """The text of a TEI document, collected in `extract`, and its marks; words have a `Node` as their source.

    Raises:
        TextError: causes "not-tei", "empty".
    """
    if name_of(root) not in ("TEI", "TEI.2"):
        raise TextError(
            f"{path} is XML but not one TEI document (its root is <{name_of(root)[:60]}>);"
            " save each text as a document of its own with the root <TEI>",
            cause="not-tei",
        )
    for child in root:
        if name_of(child) == "text":
            _walk(child, extract)
    content, marks = extract.finish()
    if not content:
        raise TextError(f"{path} has no text in its <body>; put the text there or remove the file", cause="empty")
    return content, marks


def _walk(top: etree._Element, extract: Extract) -> None:
    """Feed the text of `top`, in document order; depth was bounded by parse_markup."""
    kinds: list[MarkKind] = ["paragraph"]
    names: list[str] = []  # of the elements that are open; empty for one that is left out
    walk = etree.iterwalk(top, events=("start", "end"))
    for event, element in walk:
        if event == "start":
            name = name_of(element)
            left_out = name in _LEFT_OUT or not name or (names[-1:] == ["choice"] and _is_second(element, name))
            names.append("" if left_out else name)
            if left_out:
                walk.skip_subtree()
                continue
            _start(element, name, extract, kinds)
            if element.text:
                extract.text(element.text, Node(element, tail=False))
        else:
            if name := names.pop():
                _end(element, name, extract, kinds)
            if element is not top and element.tail:
                extract.text(element.tail, Node(element, tail=True))


def _is_second(element: etree._Element, name: str) -> bool:
    """Whether the element of a choice is another reading than the one on the page."""
    parent = element.getparent()
    siblings = [name_of(child) for child in islice(parent if parent is not None else (), _ALTERNATIVES + 1)]
    if len(siblings) > _ALTERNATIVES:
        return False
    if any(name == second and first in siblings for first, second in _PREFERRED.items()):
        return True
    # Of two readings of one kind (unclear, unclear) the first is taken.
    return name not in _PREFERRED and siblings.count(name) > 1 and element.getprevious() is not None


def _is_block(element: etree._Element, name: str) -> bool:
    if name in _INLINE_TOO:
        # A quotation in a sentence is not a block; one that holds paragraphs or lines is.
        return any(name_of(child) in _PARAGRAPHS for child in element) or _parent_name(element) in (
            "div",
            "body",
            "front",
            "back",
            "titlePage",
            "opener",
            "closer",
            "list",
        )
    return name in _PARAGRAPHS or name in _HEADINGS


def _parent_name(element: etree._Element) -> str:
    parent = element.getparent()
    return name_of(parent) if parent is not None else ""


def _kind(element: etree._Element, name: str, outer: MarkKind) -> MarkKind:
    if outer == "commentary" or (name.startswith("div") and _types(element) & _EDITORIAL):
        return "commentary"
    return "heading" if name in _HEADINGS else "paragraph"


def _types(element: etree._Element) -> set[str]:
    return {element.get("type", "").lower(), element.get("subtype", "").lower()}


def _start(element: etree._Element, name: str, extract: Extract, kinds: list[MarkKind]) -> None:
    if name == "note":
        editorial = kinds[-1] == "commentary" or bool(_types(element) & _EDITORIAL)
        extract.open_note("commentary" if editorial else "note")
        kinds.append(kinds[-1])
    elif name == "pb":
        _page(element, extract)
    elif name in ("lb", "cb", "gb", "milestone"):
        if element.get("break") == "no":
            extract.join()
        elif name != "milestone":
            extract.line()
    elif name == "gap":
        extract.text("[...]")
    elif name == "space":
        extract.text(" ")
    elif _is_block(element, name):
        extract.flush(kinds[-1])
        kinds.append(_kind(element, name, kinds[-1]))


def _end(element: etree._Element, name: str, extract: Extract, kinds: list[MarkKind]) -> None:
    if name == "note":
        extract.close_note()
        kinds.pop()
    elif _is_block(element, name):
        extract.flush(kinds.pop())


def _page(element: etree._Element, extract: Extract) -> None:
    label = " ".join(element.get("n", "").split()) or None
    if element.get("break") == "no":
        extract.join()
    elif element.tail and element.tail[0].isupper() and extract.after_sentence():
        extract.text(" ")  # "end.<pb/>Begin" is two words
    extract.page(label)


def _details(root: etree._Element) -> dict[str, str]:
    header = next((child for child in root if name_of(child) == "teiHeader"), None)
    if header is None:
        return {}
    sent = _local("correspAction[@type='sent']")
    received = _local("correspAction[@type='received']")
    wanted = {
        "title": (_local("titleStmt/title[@type='main']"), _local("titleStmt/title")),
        "author": (_local("titleStmt/author"), f"{sent}{_names()}"),
        "date": (
            f"{sent}{_local('date/@when')}",
            f"{sent}{_local('date')}",
            _local("creation/date/@when"),
            _local("creation/date"),
            _local("origDate/@when"),
            _local("origDate"),
        ),
        "recipient": (f"{received}{_names()}",),
        "repository": (_local("msIdentifier/repository"),),
        "identifier": (_local("msIdentifier/idno"), _local("publicationStmt/idno")),
        "description": (_local("profileDesc/abstract"),),
    }
    details = {key: _first(header, paths) for key, paths in wanted.items()}
    return {key: value for key, value in details.items() if value}


def _first(header: etree._Element, paths: tuple[str, ...]) -> str | None:
    for path in paths:
        found = header.xpath(path)
        for node in found if isinstance(found, list) else ():
            text = text_of(node) if isinstance(node, etree._Element) else str(node)
            if text := " ".join(text.split())[:1000]:
                return text
    return None


def _names() -> str:
    return "//*[local-name()='persName' or local-name()='orgName' or local-name()='name']"


def _local(path: str) -> str:
    """The XPath that finds each element by its local name, in any namespace."""
    steps = []
    for step in path.split("/"):
        name, bracket, test = step.partition("[")
        steps.append(step if step.startswith("@") else f"*[local-name()='{name}']{bracket}{test}")
    return "//" + "/".join(steps)
