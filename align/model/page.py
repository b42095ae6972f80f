"""A page and the words that were read on it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Literal

from align.model.geometry import Box, Polygon

LineRole = Literal["body", "heading", "running-head", "page-number", "catchword", "note", "margin", "stamp", "other"]
LabelSource = Literal["printed", "marker", "assigned"]
PageStatus = Literal["ok", "blank", "failed"]
Rotation = Literal[0, 90, 180, 270]


@dataclass(frozen=True, slots=True)
class Word:
    """One word as an engine read it, in scan pixels; confidence 0..1, None where existing OCR states none."""

    text: str
    box: Box
    polygon: Polygon
    confidence: float | None

    def __post_init__(self) -> None:
        if not self.text or not (self.confidence is None or 0 <= self.confidence <= 1):
            raise ValueError(f"a word needs text and a confidence in 0..1: {self.text!r}, {self.confidence}")


def mean_confidence(words: Iterable[Word], letters: Callable[[str], int] = len) -> float | None:
    """The mean confidence, 0..1, of the words that state one, weighted by their letters; None where none states one.

    `letters` counts the letters of a text; words without letters have no weight.
    """
    weights = [(letters(w.text), w.confidence) for w in words if w.confidence is not None]
    total = sum(n for n, _ in weights)
    return sum(n * confidence for n, confidence in weights) / total if total else None


@dataclass(frozen=True, slots=True)
class Line:
    """One line as an engine read it, words in reading order; its text is its words joined by single spaces.

    `outlines` are where the line has ink: one for each stretch of its words, no white paper between them, none for a
    speck. They are None where `polygon` alone is drawn, as before linking.
    """

    words: tuple[Word, ...]
    polygon: Polygon
    region: int = 0
    role: LineRole = "body"
    outlines: tuple[Polygon, ...] | None = None

    def __post_init__(self) -> None:
        if not self.words:
            raise ValueError("a line needs a word")

    @property
    def text(self) -> str:
        """The words, joined by single spaces."""
        return " ".join(w.text for w in self.words)

    @property
    def drawn(self) -> tuple[Polygon, ...]:
        """The outlines in which the line is drawn."""
        return (self.polygon,) if self.outlines is None else self.outlines

    @property
    def box(self) -> Box:
        """The box around all words."""
        return Box.union(w.box for w in self.words)

    @property
    def confidence(self) -> float | None:
        """The mean confidence of the words that state one, by their letters, 0..1; None where none states one."""
        return mean_confidence(self.words)


@dataclass(frozen=True, slots=True)
class WordsOfLine:
    """Neighbouring words of a line: the line, and the half-open range of the indices of its words."""

    line: Line
    first: int
    end: int

    @property
    def box(self) -> Box:
        """The box around these words."""
        return Box.union(word.box for word in self.line.words[self.first : self.end])


WordsInDoubt = tuple[WordsOfLine, ...]
"""Words of one page that may be misread: those of one line, or of two if a word is divided at a line end."""


@dataclass(frozen=True, slots=True)
class ScanInfo:
    """One image: its file (relative to the collection, with forward slashes), page of a PDF or TIFF, size and digest.

    The digest is sha256 of the file's bytes, in hex. Width and height are 0 where the image could not be opened.
    """

    path: str
    index: int | None
    width: int
    height: int
    dpi: float | None
    digest: str

    def __post_init__(self) -> None:
        if self.width < 0 or self.height < 0 or (self.width == 0) != (self.height == 0):
            raise ValueError(f"a scan has a size or none: {self.path}, {self.width} x {self.height}")


@dataclass(frozen=True, slots=True)
class Frame:
    """The place of one written side on its scan, and the clockwise turn in degrees that makes it upright."""

    box: Box
    rotation: Rotation = 0

    def __post_init__(self) -> None:
        if self.rotation not in (0, 90, 180, 270):
            raise ValueError(f"a frame turns by quarters: {self.rotation}")


@dataclass(frozen=True, slots=True)
class Reading:
    """The reading of one written side by an engine: lines in reading order, all places in scan pixels.

    `misplaced` are the words to which existing OCR gives no place that can be used; `estimated` are its texts that are
    in no line and were put where there is room, `unused` those for which there is none; `ocr_file` is its file.
    """

    frame: Frame
    status: PageStatus
    language: str | None
    lines: tuple[Line, ...]
    preparation: str
    engine: str
    misplaced: tuple[str, ...] = field(default=(), kw_only=True)
    estimated: tuple[str, ...] = field(default=(), kw_only=True)
    unused: tuple[str, ...] = field(default=(), kw_only=True)
    ocr_file: str = field(default="", kw_only=True)


@dataclass(frozen=True, slots=True)
class Page:
    """One written side in its volume, with what was read on it; no frame where the scan could not be opened.

    `misplaced`, `estimated`, `unused` and `ocr_file` are those of its reading; result files do not keep them.
    """

    order: int
    id: str
    key: str
    scan: ScanInfo
    frame: Frame | None
    status: PageStatus
    lines: tuple[Line, ...] = ()
    language: str | None = None
    label: str | None = None
    label_source: LabelSource | None = None
    duplicate_of: int | None = None
    misplaced: tuple[str, ...] = ()
    estimated: tuple[str, ...] = ()
    unused: tuple[str, ...] = ()
    ocr_file: str = ""

    def __post_init__(self) -> None:
        if self.order < 1:
            raise ValueError(f"order is 1-based: {self.order}")
        if (self.label is None) != (self.label_source is None):
            raise ValueError(f"a label has a source: {self.label!r}, {self.label_source!r}")

    def line_id(self, index: int) -> str:
        """The id of the line with this 0-based index, such as maisky.p0012.l007 for index 6."""
        return f"{self.id}.l{index + 1:03d}"
