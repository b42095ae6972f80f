"""A source text: as extracted from its file, and as sentences."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from itertools import accumulate
from typing import Literal

Role = Literal["body", "heading", "note", "commentary"]
ASIDE: tuple[Role, ...] = ("note", "commentary")
"""The roles of sentences that may be an editor's, and on no page at all."""
MarkKind = Literal["page", "paragraph", "heading", "note", "commentary"]
Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Mark:
    """A fact that a file's own markup states about a half-open range of its extracted text.

    A mark of kind "page" is a page break with its label; start == end, because none of it is in the text. A mark of any
    other kind covers the range of its paragraph, heading, note or commentary.
    `inferred`: `align export` put the page break in, because the scans have it; the text itself states none.
    """

    kind: MarkKind
    start: int
    end: int
    label: str | None = None
    inferred: bool = False

    def __post_init__(self) -> None:
        if not 0 <= self.start <= self.end:
            raise ValueError(f"a mark covers a range: {self.kind}, {self.start}, {self.end}")


@dataclass(frozen=True, slots=True)
class RawText:
    """One source text as extracted from its file; offsets are code points of `content`.

    For .txt, `content` is the decoded file without its byte-order mark, with its line ends. `marks` are then empty:
    markers, headings and notes are recognised in the text itself. A text in another language may stand `beside`
    this one in its file, in the other column of a table; where it has more than two `columns` of words, not all are
    text. `elsewhere` names other files from which the document takes text: they are not read.
    """

    path: str
    volume: str
    document: str
    language: str
    content: str
    encoding: str
    marks: tuple[Mark, ...] = ()
    details: dict[str, str] = field(default_factory=dict)
    beside: bool = False
    columns: int = 0
    elsewhere: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Marker:
    """A page marker: it says that the text after `end` is on the page with this label.

    The label is None for a form feed, which says only "next page". An `inferred` one is a `Mark` that is.
    """

    label: str | None
    start: int
    end: int
    inferred: bool = False


@dataclass(frozen=True, slots=True)
class Sentence:
    """A numbered unit of a source text.

    Its spans are half-open and in order. They leave out white space at either end, and markers and notes inside.
    """

    id: str
    key: str
    role: Role
    spans: tuple[Span, ...]
    content: str

    def __post_init__(self) -> None:
        if len(self.spans) == 1 and self.spans[0][0] < self.spans[0][1]:
            return
        flat = [v for span in self.spans for v in span]
        if not flat or any(a >= b for a, b in self.spans) or flat != sorted(flat):
            raise ValueError(f"spans are non-empty and in order: {self.id}, {self.spans}")


@dataclass(frozen=True)
class SourceText:
    """A source text as sentences in text order (by first span), its page markers and its paragraphs.

    `paragraphs` holds the index of the first sentence of each paragraph, ascending. `line_numbers` are ranges in which
    numbers of lines stand in a column of their own.
    """

    path: str
    volume: str
    document: str
    language: str
    content: str
    sentences: tuple[Sentence, ...]
    markers: tuple[Marker, ...] = ()
    paragraphs: tuple[int, ...] = ()
    details: dict[str, str] = field(default_factory=dict)
    line_numbers: tuple[Span, ...] = ()

    @cached_property
    def reached(self) -> tuple[int, ...]:
        """For each sentence, the offset that it and all sentences before it do not exceed; ascending."""
        return tuple(accumulate((sentence.spans[-1][1] for sentence in self.sentences), max))
