"""Word documents (.docx) to text, read from the parts of the archive themselves.

python-docx does not read footnotes, and opens every part, even pictures. A text needs only five small XML parts.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from lxml import etree

from align.errors import TextError
from align.files.paths import file_of
from align.files.texts.extract import Extract
from align.files.texts.marked_text import MarkedText
from align.files.texts.markup import Node, name_of, text_of
from align.files.texts.word.bilingual_tables import Columns
from align.files.texts.word.fields import Fields
from align.files.texts.word.paragraphs import (
    has_words,
    is_absent,
    is_list_of_contents,
    runs_on,
    section_pages,
    shown_branch,
)
from align.files.texts.word.parts import TEXT_PARTS, W, not_docx, word_parts
from align.files.texts.word.styles import Styles
from align.files.texts.word.symbols import symbol_of
from align.model import Mark, MarkKind

# The properties that are kept. Author, date and comment of the file are not kept: they are not about the letter.
_CORE = frozenset({"title", "identifier"})
_NOTE_KINDS = {"footnoteReference": "footnotes", "endnoteReference": "endnotes"}
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
# Deleted text, moved-away text, field codes, what stands above letters to say how they sound, and properties.
_LEFT_OUT = frozenset(
    ["del", "moveFrom", "delText", "instrText", "delInstrText", "rt", "pPr", "rPr", "tblPr", "tcPr", "trPr", "sectPr",
     "sdtPr", "sdtEndPr", "smartTagPr", "customXmlPr", "tblGrid", "ffData", "fldData"]
)  # fmt: skip
_BOXES = ("txbxContent", "txBody")


def read_word(data: bytes, *, path: str) -> MarkedText:
    """The extracted text of a .docx, its marks, and its core properties as details.

    Of a table with texts in two scripts it takes the column of the language that the file's name states. If the path
    names another text in the file, it takes the other columns, and nothing else.

    An empty line divides paragraphs; those in a heading style are marked. Footnotes, endnotes and text boxes come after
    the paragraph that contains them; a box among words is a note. A page break that a writer set is a mark without a
    label; page ends that Word found when it last drew the document are ignored. Tracked changes are read as accepted,
    hidden text is left out.

    Raises:
        TextError: causes "not-docx", "encrypted", "too-large", "empty" and those of parse_markup.
    """
    parts = word_parts(data, path=path)
    content, marks = extracted_word(parts.roots, Extract(), path=path)
    columns = Columns.of(_body(parts.roots, path), path=path)
    return MarkedText(
        content,
        marks,
        _details(parts.roots.get("docProps/core.xml")),
        beside=file_of(path) == path and bool(columns.others),
        columns=columns.mixed,
        elsewhere=parts.elsewhere,
    )


def extracted_word(parts: Mapping[str, etree._Element], extract: Extract, *, path: str) -> tuple[str, tuple[Mark, ...]]:
    """The text of these parts, collected in `extract`, and its marks; words have a `Node` as their source.

    Raises:
        TextError: causes "not-docx", "empty".
    """
    body = _body(parts, path)
    columns = Columns.of(body, path=path)
    is_whole = file_of(path) == path
    walk = _Walk(
        extract,
        Styles(parts.get("word/styles.xml")),
        Fields(parts[name] for name in TEXT_PARTS if name in parts),
        {kind: _notes(parts.get(f"word/{kind}.xml")) for kind in _NOTE_KINDS.values()},
        section_pages(body),
        columns.numbers.union(columns.others if is_whole else columns.own),
        columns.heads,
    )
    for top in (body,) if is_whole else columns.others:
        walk.over(top)
    content, marks = extract.finish()
    if not content:
        raise TextError(f"{path} has no text in it; put the text there or remove the file", cause="empty")
    return content, marks


def _body(parts: Mapping[str, etree._Element], path: str) -> etree._Element:
    body = parts[TEXT_PARTS[0]].find(f"{W}body")
    if body is None:
        raise not_docx(path)
    return body


def _notes(part: etree._Element | None) -> dict[str, etree._Element]:
    """The notes by id, without the separators that Word keeps among them."""
    return {
        note.get(f"{W}id", ""): note
        for note in (part if part is not None else ())
        if name_of(note) in ("footnote", "endnote") and note.get(f"{W}type", "normal") == "normal"
    }


def _details(core: etree._Element | None) -> dict[str, str]:
    found = {}
    for child in core if core is not None else ():
        text = text_of(child)[:1000]
        if text and name_of(child) in _CORE:
            found[name_of(child)] = text
    return found


@dataclass(slots=True)
class _Walk:
    """One walk over the text of a document, and what is open at each point of it."""

    extract: Extract
    styles: Styles
    fields: Fields
    notes: Mapping[str, dict[str, etree._Element]]
    section_pages: frozenset[etree._Element]
    left_out: frozenset[etree._Element]  # cells that belong to another text
    heads: frozenset[etree._Element]  # cells that name what stands under them
    paragraphs: list[etree._Element] = field(default_factory=list)  # those that are open: in a box they nest
    running: list[bool] = field(default_factory=lambda: [False])  # of the text and each box: whether a line goes on
    shown: dict[etree._Element, etree._Element | None] = field(default_factory=dict)
    worded: dict[etree._Element, bool] = field(default_factory=dict)
    in_head: bool = False
    contents: int = 0  # open controls around a table of contents
    begun_in_list: bool = False  # of the paragraph: a list of contents goes on from the one before
    begun: bool = False  # whether a paragraph came before

    def over(self, top: etree._Element) -> None:
        """Feed the text of `top`; its depth was bounded by parse_markup."""
        walk = etree.iterwalk(top, events=("start", "end"))
        for event, element in walk:
            name = name_of(element)
            if event == "end":
                self._end(element, name)
            elif self._is_left_out(element, name):
                walk.skip_subtree()
            elif name == "p":
                self._start_paragraph(element)
            elif name == "tc":
                self.in_head = element in self.heads
            elif name == "sdt":
                self.contents += is_list_of_contents(element)
            elif name in _BOXES:
                beside_words = bool(self.paragraphs) and self._has_words(self.paragraphs[-1])
                self.extract.open_note("note" if beside_words else None)
                self.running.append(False)
            elif not self.fields.in_code or name == "fldChar":
                self._inline(element, name)

    def _is_left_out(self, element: etree._Element, name: str) -> bool:
        if name in _LEFT_OUT or element in self.left_out or is_absent(element, name):
            return True
        if name in ("Choice", "Fallback"):
            parent = element.getparent()
            return parent is not None and self._shown(parent) is not element
        return name == "r" and self.styles.is_hidden(element, self.paragraphs[-1] if self.paragraphs else None)

    def _shown(self, alternatives: etree._Element) -> etree._Element | None:
        """The rendering that counts, looked for once."""
        if alternatives not in self.shown:
            self.shown[alternatives] = shown_branch(alternatives)
        return self.shown[alternatives]

    def _has_words(self, paragraph: etree._Element) -> bool:
        """Whether the paragraph has words of its own, looked for once."""
        if paragraph not in self.worded:
            self.worded[paragraph] = has_words(paragraph)
        return self.worded[paragraph]

    def _start_paragraph(self, element: etree._Element) -> None:
        self.paragraphs.append(element)
        self.begun_in_list = self.fields.in_list
        if not self.running[-1]:
            self.extract.flush(self._kind(None))
        if self.begun and len(self.running) == 1 and self.styles.begins_page(element):
            self.extract.page(None)
        self.begun = True

    def _end(self, element: etree._Element, name: str) -> None:
        if name == "p":
            self.paragraphs.pop()
            self.running[-1] = runs_on(element, self.styles)
            if not self.running[-1]:
                self.extract.flush(self._kind(element))
            if element in self.section_pages:
                self.extract.page(None)
        elif name == "tc":
            self.in_head = False
        elif name == "sdt":
            self.contents -= not is_absent(element, name) and is_list_of_contents(element)
        elif name in _BOXES:
            self.extract.close_note(self._kind(None))
            self.running.pop()

    def _kind(self, paragraph: etree._Element | None) -> MarkKind | None:
        """The kind that the markup states of a paragraph: none outside of boxes, where its words tell more."""
        if self.in_head or self.begun_in_list or self.fields.in_list or self.contents:
            return "commentary"
        if paragraph is not None and self.styles.is_heading(paragraph):
            return "heading"
        return "paragraph" if len(self.running) > 1 else None

    def _inline(self, element: etree._Element, name: str) -> None:
        extract = self.extract
        if name == "t":
            kept = element.get(_SPACE) == "preserve"
            extract.text(element.text or "", Node(element, tail=False), edges="kept" if kept else "none")
        elif name == "fldChar":
            self.fields.meet(element)
            self.begun_in_list &= self.fields.in_list or not extract.is_empty()
        elif name in ("tab", "ptab"):
            extract.tab()
        elif name == "br" and element.get(f"{W}type") == "page":
            extract.line()
            if len(self.running) == 1:  # in a box or a note it begins no page of the text
                extract.page(None)
        elif name in ("br", "cr"):
            extract.hard_line()
        elif name == "noBreakHyphen":
            extract.text("\u2011")
        elif name == "softHyphen":
            extract.text("\u00ad")
        elif name == "sym":
            extract.text(symbol_of(element))
        elif name in _NOTE_KINDS:
            # Each note is taken out and read once, so that notes that refer to each other end.
            note = self.notes[_NOTE_KINDS[name]].pop(element.get(f"{W}id", ""), None)
            if note is not None:
                extract.open_note("note")
                self.running.append(False)
                self.over(note)
                self.running.pop()
                extract.close_note()
