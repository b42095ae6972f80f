"""What was decided of a volume: what linking obeys, and what its rows say of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from align.model.geometry import Box

LinkChoice = Literal["right", "wrong", "placed", "not-on-scan"]
DecisionStanding = Literal["stands", "changed"]
DocumentStage = Literal["to-do", "in-work", "second-reader", "done"]

Places = tuple[tuple[int, tuple[Box, ...]], ...]
"""Boxes page by page: the order of the page, and the boxes on it."""


@dataclass(frozen=True, slots=True)
class DecidedLink:
    """What was decided of a link.

    `places` are the boxes that show the sentence (right, placed) or do not show it (wrong); there are none for
    "not-on-scan".
    """

    choice: LinkChoice
    places: Places = ()


@dataclass(frozen=True, slots=True)
class DecidedPair:
    """Sentences (ids) of a transcription and of a translation that are a pair, or, if `parted`, are none."""

    transcription: tuple[str, ...]
    translation: tuple[str, ...]
    parted: bool = False


@dataclass(frozen=True, slots=True)
class Decided:
    """What linking obeys: links by the ids of their sentences, pairs, and pages by their order.

    `labels` holds None for a page that bears no label. `copies` gives for a page the one that it is a copy of.
    """

    links: Mapping[str, DecidedLink] = field(default_factory=dict)
    pairs: tuple[DecidedPair, ...] = ()
    labels: Mapping[int, str | None] = field(default_factory=dict)
    copies: Mapping[int, int] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.links or self.pairs or self.labels or self.copies)


NOTHING_DECIDED = Decided()


@dataclass(frozen=True, slots=True)
class FindingDecision:
    """What an editor decided of a finding, or of an earlier one that it took the place of ("changed").

    `decision` is None where the editor only commented or asked for a second reader (`flag`). `value` is sorted by name.
    """

    decision: str | None
    value: Mapping[str, object] | None = field(hash=False)
    comment: str
    flag: bool
    by: str
    time: str
    event: str
    standing: DecisionStanding = "stands"

    @property
    def settles(self) -> bool:
        """Whether the finding is decided: it no longer counts."""
        return self.decision is not None and self.standing == "stands"


@dataclass(frozen=True, slots=True)
class DocumentState:
    """How far an editor is with a document, since when and who said so."""

    state: DocumentStage
    by: str
    time: str
