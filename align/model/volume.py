"""A linked volume: the one value that is written, read back, shown and exported."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from align.model.document import Document
from align.model.finding import Finding
from align.model.link import Bead, Link, LinkEvidence, Match
from align.model.page import Page

Text = TypeVar("Text")


# Without slots: with them Python 3.11 cannot make a `PairedTexts[SourceText](...)`.
@dataclass(frozen=True)
class PairedTexts(Generic[Text]):
    """A transcription and a translation of it, with the beads between them by sentence index (left: transcription).

    Linking has both as whole texts, `PairedTexts[SourceText]`; a result names them by their paths, `PairedTexts[str]`.
    """

    transcription: Text
    translation: Text
    beads: tuple[Bead, ...]


@dataclass(frozen=True, slots=True)
class PlainText:
    """The plain content of a source text; all spans count its code points."""

    path: str
    document: str
    language: str
    content: str


@dataclass(frozen=True, slots=True)
class VolumeResult:
    """All that is known about a linked volume.

    - `matches` has a mapping for each page, from the 0-based index of a line to its matches; a line without matches is
      not in it.
    - `links` come text by text, and within a text in the order of its sentences.
    - `evidence` has, by sentence id, the evidence from which the scores of the transcriptions' links are made. It is
      not written, so it is empty in a result that was read back.
    """

    volume: str
    pages: tuple[Page, ...] = ()
    matches: tuple[Mapping[int, tuple[Match, ...]], ...] = ()
    documents: tuple[Document, ...] = ()
    links: tuple[Link, ...] = ()
    pairs: tuple[PairedTexts[str], ...] = ()
    findings: tuple[Finding, ...] = ()
    texts: tuple[PlainText, ...] = ()
    evidence: Mapping[str, LinkEvidence] = field(default_factory=dict, repr=False)

    def __post_init__(self) -> None:
        if len(self.pages) != len(self.matches):
            raise ValueError(f"one mapping of matches to a page: {len(self.pages)}, {len(self.matches)}")

    @property
    def contents(self) -> dict[str, str]:
        """The plain contents of the texts by their paths."""
        return {text.path: text.content for text in self.texts}
