"""The source of an XML document beside its elements: where each tag and each text stands, character by character."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from align.files.texts.pieces import Piece
from align.model import Span

# The document was parsed before, so that each of these ends; quantifiers that give nothing back keep this linear.
_DOCTYPE = re.compile(
    r"""<!DOCTYPE(?:[^"'\[>]++|"[^"]*+"|'[^']*+')*+"""
    r"""(?:\[(?:[^\]"'<]++|"[^"]*+"|'[^']*+'|<!--.*?-->|<\?.*?\?>|<)*+\]\s*+)?>""",
    re.DOTALL,
)
_MARKUP = re.compile(
    r"""<!--.*?-->|<\?.*?\?>|<!\[CDATA\[(?P<quoted>.*?)\]\]>"""
    r"""|<(?P<end>/)?[^\s/>"']++(?:[^"'>]++|"[^"]*+"|'[^']*+')*+>""",
    re.DOTALL,
)
_CHARACTER = re.compile(r"&(?:#x(?P<hex>[0-9A-Fa-f]+)|#(?P<decimal>[0-9]+)|(?P<name>amp|lt|gt|quot|apos));|\r\n?")
_LINE_END = re.compile(r"\r\n?")
_NAMED = {"amp": "&", "lt": "<", "gt": ">", "quot": '"', "apos": "'"}


@dataclass(slots=True)
class TextSource:
    """A text of a document: what a parser reads there, and from which ranges of the source."""

    pieces: list[Piece] = field(default_factory=list)
    _parts: list[str] = field(default_factory=list)
    _length: int = 0

    @property
    def text(self) -> str:
        """The text as a parser reads it."""
        return "".join(self._parts)

    def add(self, source: str, start: int, end: int, *, quoted: bool) -> None:
        """Add a stretch of the source that has no markup in it."""
        at = start
        for found in (_LINE_END if quoted else _CHARACTER).finditer(source, start, end):
            self._push(source[at : found.start()], at, found.start(), quoted)
            self._push("\n" if quoted else _character(found), found.start(), found.end(), quoted)
            at = found.end()
        self._push(source[at:end], at, end, quoted)

    def _push(self, text: str, at: int, to: int, quoted: bool) -> None:
        if text:
            self.pieces.append(Piece(self._length, self._length + len(text), at, to, quoted))
            self._parts.append(text)
            self._length += len(text)


@dataclass(slots=True)
class ElementSource:
    """An element: the ranges of its two tags (one and the same where it is empty), its first text and its tail."""

    start_tag: Span
    end_tag: Span
    first: TextSource = field(default_factory=TextSource)
    tail: TextSource = field(default_factory=TextSource)


def element_sources(source: str) -> list[ElementSource]:
    """The elements of a well-formed document without entities of its own, in the order of their start tags."""
    elements: list[ElementSource] = []
    open_elements: list[ElementSource] = []
    here: TextSource | None = None  # the text that goes on here; none outside the root
    for start, end, markup in _tokens(source):
        if markup is None or markup["quoted"] is not None:
            if here is not None:
                here.add(
                    source, *((start, end) if markup is None else markup.span("quoted")), quoted=markup is not None
                )
        elif source.startswith(("<!", "<?"), start):
            continue
        elif markup["end"]:
            element = open_elements.pop()
            element.end_tag = start, end
            here = element.tail if open_elements else None
        else:
            element = ElementSource((start, end), (start, end))
            elements.append(element)
            if source[end - 2] != "/":
                open_elements.append(element)
                here = element.first
            else:
                here = element.tail if open_elements else None
    return elements


def _tokens(source: str) -> Iterator[tuple[int, int, re.Match[str] | None]]:
    """The stretches of text (None) and of markup of a document, in order."""
    at = 0
    while (start := source.find("<", at)) >= 0:
        if at < start:
            yield at, start, None
        if source.startswith("<!DOCTYPE", start):
            doctype = _DOCTYPE.match(source, start)
            at = doctype.end() if doctype else len(source)
            continue
        markup = _MARKUP.match(source, start)
        if markup is None:
            return
        yield start, markup.end(), markup
        at = markup.end()


def _character(found: re.Match[str]) -> str:
    if found["hex"]:
        return chr(int(found["hex"], 16))
    if found["decimal"]:
        return chr(int(found["decimal"]))
    return _NAMED[found["name"]] if found["name"] else "\n"
