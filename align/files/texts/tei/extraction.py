"""TEI P5 to text: the words on the page become the content, and the markup around them becomes marks and details."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from lxml import etree

from align.errors import TextError
from align.files.texts.extract import Edges, Extract
from align.files.texts.marked_text import MarkedText
from align.files.texts.markup import Node, name_of, parse_markup
from align.files.texts.tei.alternatives import XML_ID, has_readings, is_unread, struck_spans, taken_reading
from align.files.texts.tei.corpora import included, is_tei, texts_beside, texts_of
from align.files.texts.tei.elements import (
    APART,
    LEFT_OUT,
    ONLY_MARKUP,
    goes_on,
    is_aside,
    is_block,
    is_running_zone,
    kind_of,
    note_kind,
    parent_name,
)
from align.files.texts.tei.header import details
from align.files.texts.tei.systems import Systems, is_line
from align.files.texts.tei.tokens import TOKENS, blanks_are_unwritten, clings_by_join, is_line_hyphen, is_rest_of_word
from align.model import Mark, MarkKind

_NUMBER = re.compile(r"[\W\d_]*|\w{1,3}[.)]")  # of an item in a list


def read_tei(data: bytes, *, path: str) -> MarkedText:
    """The extracted text of a TEI document, its marks, and the details of its header (unknown ones left out).

    The text of front, body and back comes in order; an empty line divides blocks. A note or a figure comes after the
    block that contains it. From a choice the word on the page is taken: sic, orig, abbr; from an apparatus the lemma,
    else the first reading. Deletions and running heads are left out; a gap is "[...]". A page break is a mark of no
    width. Verse lines are lines of one paragraph.

    Raises:
        TextError: causes of parse_markup, and "not-tei", "empty".
    """
    root = parse_markup(data, path=path)
    content, marks = extracted_tei(root, Extract(), path=path)
    return MarkedText(content, marks, details(root), elsewhere=included(root))


def extracted_tei(root: etree._Element, extract: Extract, *, path: str) -> tuple[str, tuple[Mark, ...]]:
    """The text of a TEI document, collected in `extract`, and its marks; words have a `Node` as their source.

    Raises:
        TextError: causes "not-tei", "empty".
    """
    if not is_tei(root):
        raise TextError(
            f"{path} is XML but no TEI document (its root is <{name_of(root)[:60]}>);"
            " save each text as a document of its own with the root <TEI>",
            cause="not-tei",
        )
    systems, beside = Systems.of(root), texts_beside(root, path)
    unwritten = blanks_are_unwritten(root)
    for text in texts_of(root):
        _Walk(extract, systems, unwritten, beside, struck=struck_spans(text)).over(text)
    content, marks = extract.finish()
    if not content and (names := included(root)):
        raise TextError(
            f"{path} takes its text from other files ({', '.join(names)}), which are not read; save it as one document"
            " that holds them",
            cause="empty",
        )
    if not content:
        raise TextError(f"{path} has no text in its <body>; put the text there or remove the file", cause="empty")
    return content, marks


@dataclass(slots=True)
class _Walk:
    """One walk over a text in document order, and what is open at each point of it."""

    extract: Extract
    systems: Systems
    unwritten: bool
    beside: frozenset[etree._Element]  # divisions that hold the text in another language
    kinds: list[MarkKind] = field(default_factory=lambda: ["paragraph"])
    wholes: list[object] = field(default_factory=lambda: [None])
    names: list[str] = field(default_factory=list)  # of the open elements; empty for one that is left out
    taken: list[etree._Element | None] = field(default_factory=list)  # of the open choices
    words: int = 0  # open elements w
    struck: dict[etree._Element, str] = field(default_factory=dict)
    struck_to: str = ""  # the id at which a deletion that began ends

    def over(self, top: etree._Element) -> None:
        """Feed the text of `top`; its depth was bounded by parse_markup."""
        walk = etree.iterwalk(top, events=("start", "end"))
        for event, element in walk:
            if event == "start":
                name = name_of(element)
                if self._is_left_out(element, name):
                    self.names.append("")
                    self._pages_in(element, name)
                    walk.skip_subtree()
                    continue
                self.names.append(name)
                self._start(element, name)
                self._words(element, name, tail=False)
            else:
                if name := self.names.pop():
                    self._end(element, name)
                if element is not top:
                    self._words(element, self.names[-1], tail=True)

    def _words(self, element: etree._Element, inside: str, *, tail: bool) -> None:
        """Feed the text at the beginning of an element or after it; `inside` is the element in which it stands."""
        text = element.tail if tail else element.text
        if not text or self.struck_to or (inside in ONLY_MARKUP and text.isspace()):
            return
        edges: Edges = "soft"
        if self.words:
            edges = "none"
        elif tail and name_of(element) == "pc":
            edges = "loose"
        elif tail and text.isspace() and "\n" in text and name_of(element) == "c" and _next_name(element) == "c":
            return
        self.extract.text(text, Node(element, tail=tail), edges=edges)

    def _is_left_out(self, element: etree._Element, name: str) -> bool:
        ends_here = bool(self.struck_to) and any(child.get(XML_ID) == self.struck_to for child in element.iter())
        if self.struck_to and not ends_here and not is_block(element, name) and name != "pb":
            return True
        left_out = (
            not name
            or name in LEFT_OUT
            or is_running_zone(element, name)
            or (name == "del" and parent_name(element) != "restore")
        )
        if not left_out and self.names and has_readings(self.names[-1]):
            left_out = is_unread(element, name, self.taken[-1])
        if ends_here and (left_out or element.get(XML_ID) == self.struck_to):
            self.struck_to = ""
        return left_out

    def _pages_in(self, element: etree._Element, name: str) -> None:
        """Mark the pages that begin in words that are struck out on them."""
        if name == "del":
            for child in element.iter(etree.Element):
                if self.systems.is_page(child, name_of(child)):
                    self.extract.page(_label(child))

    def _start(self, element: etree._Element, name: str) -> None:
        extract = self.extract
        if name in TOKENS:
            self._start_token(element, name)
        elif has_readings(name):
            self.taken.append(taken_reading(element))
        elif name == "note" or is_aside(element, name):
            extract.open_note(note_kind(element, self.kinds[-1]) if name == "note" else "note")
            self.kinds.append(self.kinds[-1])
            self.wholes.append(None)
        elif name in ("pb", "lb", "cb", "gb", "milestone", "line"):
            self._break(element, name)
        elif name == "gap":
            extract.text("[...]")
        elif name == "space":
            extract.text(" ")
        elif name == "delSpan":
            self.struck_to = self.struck_to or self.struck.get(element, "")
        elif name == "l":
            extract.hard_line()
        elif is_block(element, name):
            self._start_block(element, name)
        elif name in APART:
            extract.soften()
        elif name == "g" and is_line_hyphen(element):
            extract.join()

    def _start_block(self, element: etree._Element, name: str) -> None:
        if not (element.get("part") in ("M", "F") and self._resumes(element)) and not _is_numbered(element, name):
            self.extract.flush(self.kinds[-1], whole=self.wholes[-1])
        kind = kind_of(element, name, self.kinds[-1])
        self.kinds.append("commentary" if element in self.beside else kind)
        self.wholes.append(element)
        if self.systems.is_page(element, name):
            self.extract.page(_label(element))

    def _resumes(self, element: etree._Element) -> bool:
        """Whether the element goes on with one before it of its name."""
        before = next((one for one in element.itersiblings(preceding=True) if name_of(one) == name_of(element)), None)
        return before is not None and goes_on(before)

    def _start_token(self, element: etree._Element, name: str) -> None:
        if is_rest_of_word(element, name):
            self.extract.join()
        elif clings_by_join(element, "left"):
            self.extract.cling()
        # A blank that is written between two sentences stays; where there is none, readers see one.
        elif not self.words and (self.unwritten or name == ("pc" if self.extract.ends_in_blank() else "s")):
            self.extract.soften()
        self.words += name == "w"

    def _break(self, element: etree._Element, name: str) -> None:
        """A break of a page, a line or a column: white space, unless a word goes on over it."""
        extract = self.extract
        goes_on_here = element.get("break") == "no" or (self.words > 0 and element.get("break") != "yes")
        if self.systems.is_foreign(element, name):
            if element.get("break") == "no":
                extract.cling()
        elif self.systems.is_page(element, name):
            if goes_on_here:
                extract.join()
            elif extract.ends_in_broken_word():
                extract.line()
            extract.page(_label(element), inferred=_is_of_export(element))
        elif goes_on_here:
            extract.join()
        elif name != "milestone" or is_line(element):
            extract.line()

    def _end(self, element: etree._Element, name: str) -> None:
        if name in TOKENS:
            self.words -= name == "w"
            if clings_by_join(element, "right"):
                self.extract.cling()
        elif has_readings(name):
            self.taken.pop()
        elif name == "note" or is_aside(element, name):
            self.kinds.pop()
            self.wholes.pop()
            self.extract.close_note()
        elif name == "l":
            self.extract.hard_line()
        elif is_block(element, name):
            kind, whole = self.kinds.pop(), self.wholes.pop()
            if goes_on(element):
                self.extract.line()
            elif _is_number(element, name):
                self.extract.soften()
            else:
                self.extract.flush(kind, whole=whole)
        elif name in APART:
            self.extract.soften()


def _is_of_export(element: etree._Element) -> bool:
    """Whether `align export` put the element in."""
    return any(pointer.endswith("align.program") for pointer in element.get("resp", "").split())


def _label(element: etree._Element) -> str | None:
    return " ".join(element.get("n", "").split()) or None


def _next_name(element: etree._Element) -> str:
    after = element.getnext()
    return "" if after is None else name_of(after)


def _is_number(element: etree._Element, name: str) -> bool:
    """Whether the element is the number of an item, which the item goes on from."""
    if name != "label" or parent_name(element) != "list" or _next_name(element) != "item":
        return False
    return len(element) == 0 and _NUMBER.fullmatch((element.text or "").strip()) is not None


def _is_numbered(element: etree._Element, name: str) -> bool:
    """Whether the element is an item whose number stands before it."""
    before = element.getprevious()
    return name == "item" and before is not None and _is_number(before, name_of(before))
