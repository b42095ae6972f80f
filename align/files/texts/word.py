"""Word documents (.docx) to text, read from the parts of the archive themselves.

python-docx does not read footnotes, and opens every part, even pictures. A text needs only five small XML parts.
"""

from __future__ import annotations

import lzma
import re
import struct
import zlib
from io import BytesIO
from zipfile import BadZipFile, ZipFile

from lxml import etree

from align.errors import TextError
from align.files.texts.extract import Extract
from align.files.texts.markup import Node, name_of, parse_markup, text_of
from align.model import Mark, MarkKind

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_STRICT_W = b"http://purl.oclc.org/ooxml/wordprocessingml/main"
_PART_BYTES = 64 << 20  # the text of 10,000 pages with its markup; a bomb unpacks to more
_ENTRIES = 10_000
_HEADING_STYLE = re.compile(r"(?:heading|title|subtitle|заголовок|название|подзаголовок)\b", re.IGNORECASE)
# The properties that are kept. Author, date and comment of the file are not kept: they are not about the letter.
_CORE = frozenset({"title", "identifier"})
_NOTE_KINDS = {"footnoteReference": "footnotes", "endnoteReference": "endnotes"}
TEXT_PARTS = ("word/document.xml", "word/footnotes.xml", "word/endnotes.xml")
"""The parts that hold text, the running text first."""
_OTHER_PARTS = ("word/styles.xml", "docProps/core.xml")
# Deleted text, moved-away text, field codes, the second rendering of one drawing, and properties.
_LEFT_OUT = frozenset(
    [
        "del",
        "moveFrom",
        "delText",
        "instrText",
        "delInstrText",
        "Fallback",
        "pPr",
        "rPr",
        "tblPr",
        "tcPr",
        "trPr",
        "sectPr",
    ]
)


def read_word(data: bytes, *, path: str) -> tuple[str, tuple[Mark, ...], dict[str, str]]:
    """The extracted text of a .docx, its marks and its core properties as details.

    An empty line divides paragraphs; those in a heading style are marked. Footnotes and endnotes come after the
    paragraph that contains them. A page break that a writer set is a mark without a label; page ends that Word found
    when it last drew the document are ignored. Tracked changes are read as accepted.

    Raises:
        TextError: causes "not-docx", "encrypted", "too-large", "empty" and those of parse_markup.
    """
    parts = word_parts(data, path=path)
    content, marks = extracted_word(parts, Extract(), path=path)
    return content, marks, _details(parts.get("docProps/core.xml"))


def word_parts(data: bytes, *, path: str) -> dict[str, etree._Element]:
    """The roots of the parts of a .docx that say something about its text, by their names in the archive.

    Raises:
        TextError: causes "not-docx", "encrypted", "too-large" and those of parse_markup.
    """
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        raise TextError(
            f"{path} is password-protected or an old .doc; save it as .docx without a password", cause="encrypted"
        )
    try:
        with ZipFile(BytesIO(data)) as archive:
            found = {name: _part(archive, name, path) for name in (*TEXT_PARTS, *_OTHER_PARTS)}
    except (BadZipFile, zlib.error, lzma.LZMAError, struct.error, EOFError, OSError, ValueError, RuntimeError) as error:
        raise _not_docx(path) from error
    if found[TEXT_PARTS[0]] is None:
        raise _not_docx(path)
    return {name: root for name, root in found.items() if root is not None}


def extracted_word(parts: dict[str, etree._Element], extract: Extract, *, path: str) -> tuple[str, tuple[Mark, ...]]:
    """The text of these parts, collected in `extract`, and its marks; words have a `Node` as their source.

    Raises:
        TextError: causes "not-docx", "empty".
    """
    body = parts[TEXT_PARTS[0]].find(f"{_W}body")
    if body is None:
        raise _not_docx(path)
    notes = {kind: _notes(parts.get(f"word/{kind}.xml")) for kind in _NOTE_KINDS.values()}
    _walk(body, extract, _heading_styles(parts.get("word/styles.xml")), notes)
    content, marks = extract.finish()
    if not content:
        raise TextError(f"{path} has no text in it; put the text there or remove the file", cause="empty")
    return content, tuple(m for m in marks if m.kind != "paragraph")


def _not_docx(path: str) -> TextError:
    return TextError(
        f"{path} is not a readable Word document; open it in a word processor and save it again as .docx",
        cause="not-docx",
    )


def _part(archive: ZipFile, name: str, path: str) -> etree._Element | None:
    if len(archive.filelist) > _ENTRIES:
        raise TextError(f"{path} has {len(archive.filelist)} parts inside; save the text alone", cause="too-large")
    try:
        info = archive.getinfo(name)
    except KeyError:
        return None
    if info.flag_bits & 1:
        raise TextError(f"{path} is password-protected; save it without a password", cause="encrypted")
    with archive.open(info) as part:
        data = part.read(_PART_BYTES + 1)  # the size that the archive claims may be a lie
    if len(data) > _PART_BYTES:
        raise TextError(f"{path} unpacks to more than {_PART_BYTES >> 20} MB of text; divide it", cause="too-large")
    if name == "word/document.xml":
        data = data.replace(_STRICT_W, _W[1:-1].encode())
    return parse_markup(data, path=f"{path} ({name})")


def _heading_styles(styles: etree._Element | None) -> frozenset[str]:
    """Ids of the paragraph styles that are headings by name, by outline level, or by the style they are based on."""
    heading_ids: set[str] = set()
    based: dict[str, str] = {}
    for style in styles.findall(f"{_W}style") if styles is not None else ():
        style_id = style.get(f"{_W}styleId", "")
        name = style.find(f"{_W}name")
        base = style.find(f"{_W}basedOn")
        if base is not None:
            based[style_id] = base.get(f"{_W}val", "")
        if (name is not None and _HEADING_STYLE.match(name.get(f"{_W}val", ""))) or style.find(
            f"{_W}pPr/{_W}outlineLvl"
        ) is not None:
            heading_ids.add(style_id)
    for style_id in based:
        visited, at = {style_id}, based[style_id]
        while at not in visited and at not in heading_ids and at in based:
            visited.add(at)
            at = based[at]
        if at in heading_ids:
            heading_ids |= visited
    return frozenset(heading_ids)


def _notes(part: etree._Element | None) -> dict[str, etree._Element]:
    """The notes by id, without the separators that Word keeps among them."""
    return {
        note.get(f"{_W}id", ""): note
        for note in (part if part is not None else ())
        if name_of(note) in ("footnote", "endnote") and note.get(f"{_W}type", "normal") == "normal"
    }


def _details(core: etree._Element | None) -> dict[str, str]:
    found = {}
    for child in core if core is not None else ():
        text = text_of(child)[:1000]
        if text and name_of(child) in _CORE:
            found[name_of(child)] = text
    return found


def _walk(
    top: etree._Element,
    extract: Extract,
    styles: frozenset[str],
    notes: dict[str, dict[str, etree._Element]],
) -> None:
    walk = etree.iterwalk(top, events=("start", "end"))
    for event, element in walk:
        name = name_of(element)
        if event == "start":
            if name in _LEFT_OUT or (name == "r" and element.find(f"{_W}rPr/{_W}vanish") is not None):
                walk.skip_subtree()
            elif name == "p":
                extract.flush("paragraph")
                if element.find(f"{_W}pPr/{_W}pageBreakBefore") is not None:
                    extract.page(None)
            else:
                _inline(element, name, extract, styles, notes)
        elif name == "p":
            extract.flush(_paragraph_kind(element, styles))
            section = element.find(f"{_W}pPr/{_W}sectPr")
            if section is not None:
                kind = section.find(f"{_W}type")
                if kind is None or kind.get(f"{_W}val") in ("nextPage", "oddPage", "evenPage"):
                    extract.page(None)


def _paragraph_kind(paragraph: etree._Element, styles: frozenset[str]) -> MarkKind:
    style = paragraph.find(f"{_W}pPr/{_W}pStyle")
    return "heading" if style is not None and style.get(f"{_W}val", "") in styles else "paragraph"


def _inline(
    element: etree._Element,
    name: str,
    extract: Extract,
    styles: frozenset[str],
    notes: dict[str, dict[str, etree._Element]],
) -> None:
    if name == "t":
        extract.text(element.text or "", Node(element, tail=False))
    elif name == "tab":
        extract.text(" ")
    elif name == "br" and element.get(f"{_W}type") == "page":
        extract.page(None)
    elif name in ("br", "cr"):
        extract.hard_line()
    elif name == "noBreakHyphen":
        extract.text("\u2011")
    elif name == "softHyphen":
        extract.text("\u00ad")
    elif name in _NOTE_KINDS:
        # Each note is taken out and read once, so that notes that refer to each other end.
        note = notes[_NOTE_KINDS[name]].pop(element.get(f"{_W}id", ""), None)
        if note is not None:
            extract.open_note("note")
            _walk(note, extract, styles, notes)
            extract.close_note()
