"""The values that linking makes: matches of lines, beads, areas and links."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from align.model.decided import LinkChoice
from align.model.geometry import Box, Polygon
from align.model.source import Role, Sentence, SourceText, Span

Status = Literal["linked", "partial", "doubtful", "unlinked", "apart"]
Reason = Literal["not-scanned", "page-failed", "not-on-page", "no-counterpart", "weak", "copy"]
Via = Literal["ocr", "transcription", "ocr-bead", "editor"]
WITHOUT_PLACE: tuple[Status, ...] = ("unlinked", "apart")
"""The statuses of sentences without areas: one that should have a place, and one that rightly has none."""


@dataclass(frozen=True, slots=True)
class Match:
    """The match of a line: a span of a source text that is similar to it; similarity 0..1."""

    text: str
    span: Span
    similarity: float


@dataclass(frozen=True, slots=True)
class Bead:
    """Consecutive sentences of one text that say the same as consecutive sentences of the other, by index; score 0..1.

    `alone` has the probability that a sentence has no counterpart, for each sentence, the left ones first. It is empty
    where the aligner was not asked for it. Either side may be empty: Bead((3,), (), 0.6) is a sentence left alone.
    """

    left: tuple[int, ...]
    right: tuple[int, ...]
    score: float
    alone: tuple[float, ...] = ()

    def __post_init__(self) -> None:
        if not (self.left or self.right) or not 0 <= self.score <= 1:
            raise ValueError(f"a bead has sentences and a score in 0..1: {self.left}, {self.right}, {self.score}")


@dataclass(frozen=True, slots=True)
class Area:
    """A place on one page (by order): a box and a polygon for each line fragment, and the spans shown there.

    `lines` are 0-based indices of the page's lines, one for each box: the line that the box is a part of. It is None
    for a box that an editor drew where no line was read. `spans` is None where the words of the sentence cannot be
    divided among its areas, as in a translation.
    """

    page: int
    boxes: tuple[Box, ...]
    polygons: tuple[Polygon, ...]
    lines: tuple[int | None, ...]
    spans: tuple[Span, ...] | None

    @property
    def lines_read(self) -> tuple[int, ...]:
        """The lines, without the boxes where none was read."""
        return tuple(line for line in self.lines if line is not None)

    def __post_init__(self) -> None:
        if not len(self.boxes) == len(self.polygons) == len(self.lines) > 0:
            raise ValueError(
                f"one polygon and one line to a box: {len(self.boxes)}, {len(self.polygons)}, {len(self.lines)}"
            )


@dataclass(frozen=True, slots=True)
class Link:
    """One sentence with its areas; the score is the probability that the link is right.

    The status is "apart" for a note or commentary that is rightly on no page. `decided` is what an editor said of it.
    """

    sentence: str
    key: str
    document: str
    text: str
    kind: Literal["transcription", "translation"]
    language: str
    role: Role
    spans: tuple[Span, ...]
    content: str
    status: Status
    score: float
    reason: Reason | None = None
    via: Via | None = None
    counterparts: tuple[str, ...] = ()
    areas: tuple[Area, ...] = ()
    decided: LinkChoice | None = None

    @classmethod
    def of(
        cls,
        text: SourceText,
        sentence: Sentence,
        *,
        kind: Literal["transcription", "translation"],
        status: Status,
        score: float,
        reason: Reason | None = None,
        via: Via | None = None,
        counterparts: tuple[str, ...] = (),
        areas: tuple[Area, ...] = (),
    ) -> Link:
        """The link of a sentence of this text, with what linking found."""
        return cls(
            sentence=sentence.id,
            key=sentence.key,
            document=text.document,
            text=text.path,
            kind=kind,
            language=text.language,
            role=sentence.role,
            spans=sentence.spans,
            content=sentence.content,
            status=status,
            score=score,
            reason=reason,
            via=via,
            counterparts=counterparts,
            areas=areas,
        )

    def __post_init__(self) -> None:
        if not 0 <= self.score <= 1:
            raise ValueError(f"a score is in 0..1: {self.sentence}, {self.score}")
        if (self.status in WITHOUT_PLACE) != (not self.areas):
            raise ValueError(
                f"unlinked and apart mean no areas: {self.sentence}, {self.status}, {len(self.areas)} areas"
            )


@dataclass(frozen=True, slots=True)
class LinkEvidence:
    """The evidence for a link, counted in letters.

    - `letters`: letters of the sentence; `placed`: those of them that some line shows.
    - `same`: placed letters that were read as they are in the sentence; `read`: letters read in its places.
    - `steady`: the share of its fragments that continue their neighbour both on the page and in the text.
    """

    letters: int
    placed: int
    same: int
    read: float
    steady: float

    @property
    def coverage(self) -> float:
        """The share of the sentence's letters that some line shows, 0..1."""
        return min(1.0, self.placed / self.letters) if self.letters else 0.0

    @property
    def similarity(self) -> float:
        """The share of letters that the sentence's places and the sentence have in common, 0..1."""
        return self.same / max(self.placed, self.read, 1)


@dataclass(frozen=True, slots=True)
class Reread:
    """A page (by order) that linking asks to have read again, or a box of it in scan pixels, and why."""

    page: int
    box: Box | None
    reason: Literal["missed", "misread"]
