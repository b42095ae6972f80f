"""The sentence pairs of a document as units of translation: both texts, what they are called, and where they stand."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from align.model import Link, Status, VolumeResult
from align.records import NamedBead, NamedPair, named_pairs

# From the best to the worst: a pair is only as sure as the worst of its sentences.
_STATUSES: tuple[Status, ...] = ("linked", "partial", "doubtful", "apart", "unlinked")


@dataclass(frozen=True, slots=True)
class Unit:
    """A bead with its sentences, those of one side joined by a space; the side without a sentence is empty."""

    bead: NamedBead
    pages: tuple[int, ...]
    labels: tuple[str, ...]

    @property
    def source(self) -> str:
        """The words of the transcription."""
        return joined(self.bead.transcription)

    @property
    def target(self) -> str:
        """The words of the translation."""
        return joined(self.bead.translation)

    @property
    def sentences(self) -> tuple[Link, ...]:
        """The sentences whose places say where the unit stands: of the transcription, or else of the translation."""
        return self.bead.transcription or self.bead.translation

    @property
    def status(self) -> Status:
        """How well its sentences are placed: the worst of their statuses."""
        return max((link.status for link in self.sentences), key=_STATUSES.index)

    @property
    def place_score(self) -> float:
        """How sure the places of its sentences are: the lowest of their scores."""
        return min(link.score for link in self.sentences)

    def facts(self) -> Iterator[tuple[str, str]]:
        """What is known of the unit beside its words, by name: scores, status, pages, and the ids of its sentences."""
        yield "score", number(self.bead.score)
        yield "place-score", number(self.place_score)
        yield "status", self.status
        yield "document", self.sentences[0].document
        if self.pages:
            yield "pages", " ".join(map(str, self.pages))
        if any(self.labels):
            yield "page-labels", ", ".join(filter(None, self.labels))
        if self.bead.transcription:
            yield "transcription", ids(self.bead.transcription)
        if self.bead.translation:
            yield "translation", ids(self.bead.translation)


def units_of(volume: VolumeResult) -> Iterator[tuple[NamedPair, tuple[Unit, ...]]]:
    """The units of each pair of texts of a document, in the order of the texts."""
    for pair in named_pairs(volume):
        yield pair, tuple(unit_of(volume, bead) for bead in pair.beads)


def unit_of(volume: VolumeResult, bead: NamedBead) -> Unit:
    """The unit of a bead, with the pages of the document on which its sentences stand."""
    orders = {area.page for link in bead.transcription or bead.translation for area in link.areas}
    pages = [page for page in volume.pages if page.order in orders]
    return Unit(bead, tuple(page.order for page in pages), tuple(page.label or "" for page in pages))


def joined(links: Iterable[Link]) -> str:
    """The words of the sentences, one after the other."""
    return " ".join(link.content for link in links)


def ids(links: Iterable[Link]) -> str:
    """The ids of the sentences, with spaces between them."""
    return " ".join(link.sentence for link in links)


def number(value: float) -> str:
    """A score with four decimals at most: "0.91"."""
    return f"{round(value, 4):g}"
