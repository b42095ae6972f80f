"""Where paragraphs, sections and pages of a Word document end once its tracked changes are accepted."""

from __future__ import annotations

from lxml import etree

from align.files.texts.markup import name_of
from align.files.texts.word.parts import W
from align.files.texts.word.styles import Styles, is_on, value_of

_PAGE_SECTIONS = ("nextPage", "oddPage", "evenPage")
_BETWEEN = ("", "bookmarkStart", "bookmarkEnd", "proofErr", "permStart", "permEnd")
_RANGES = ("RangeStart", "RangeEnd")  # of comments, moved text, inserted tags
_LISTS = ("table of contents",)


def section_pages(body: etree._Element) -> frozenset[etree._Element]:
    """The paragraphs after which a section begins on a new page. How it begins is stated at its own end."""
    ends = [
        (paragraph, section)
        for paragraph in body.iter(f"{W}p")
        if (section := paragraph.find(f"{W}pPr/{W}sectPr")) is not None and not _has_struck_end(paragraph)
    ]
    last = body.find(f"{W}sectPr")
    sections = [*(section for _, section in ends[1:]), last]
    return frozenset(
        paragraph
        for (paragraph, _), section in zip(ends, sections, strict=False)
        if value_of(None if section is None else section.find(f"{W}type"), "nextPage") in _PAGE_SECTIONS
    )


def runs_on(paragraph: etree._Element, styles: Styles) -> bool:
    """Whether the next paragraph goes on with the line of this one.

    It does where the mark between them is struck out, moved away or hidden, and after a capital set apart (drop cap).
    """
    after = paragraph.getnext()
    while after is not None and (name_of(after) in _BETWEEN or name_of(after).endswith(_RANGES)):
        after = after.getnext()
    if after is None or name_of(after) not in ("p", "ins", "moveTo", "sdt", "customXml"):
        return False
    frame = paragraph.find(f"{W}pPr/{W}framePr")
    is_capital = frame is not None and frame.get(f"{W}dropCap", "none") != "none"
    return is_capital or _has_struck_end(paragraph) or styles.has_hidden_end(paragraph)


def _has_struck_end(paragraph: etree._Element) -> bool:
    properties = paragraph.find(f"{W}pPr/{W}rPr")
    return properties is not None and any(properties.find(f"{W}{name}") is not None for name in ("del", "moveFrom"))


def is_absent(element: etree._Element, name: str) -> bool:
    """Whether a row or a cell is struck out or hidden, or a field for entries holds only the words that ask for one."""
    if name == "tr":
        return element.find(f"{W}trPr/{W}del") is not None or is_on(element.find(f"{W}trPr/{W}hidden")) is True
    if name == "tc":
        return element.find(f"{W}tcPr/{W}cellDel") is not None
    return name == "sdt" and is_on(element.find(f"{W}sdtPr/{W}showingPlcHdr")) is True


def is_list_of_contents(element: etree._Element) -> bool:
    """Whether a content control holds a list that a word processor made of the document."""
    gallery = element.find(f"{W}sdtPr/{W}docPartObj/{W}docPartGallery")
    return value_of(gallery).strip().lower() in _LISTS


def shown_branch(element: etree._Element) -> etree._Element | None:
    """The one rendering that counts of several of the same content (mc:AlternateContent): the first with text."""
    branches = [child for child in element if name_of(child) in ("Choice", "Fallback")]
    with_text = (branch for branch in branches if any(name_of(inner) == "t" for inner in branch.iter()))
    return next(with_text, branches[0] if branches else None)


def has_words(paragraph: etree._Element) -> bool:
    """Whether the paragraph has words of its own, beside those of boxes in it."""
    walk = etree.iterwalk(paragraph, events=("start",))
    for _, element in walk:
        if element is not paragraph and name_of(element) in ("txbxContent", "txBody", "del", "moveFrom"):
            walk.skip_subtree()
        elif name_of(element) == "t" and (element.text or "").strip():
            return True
    return False
