"""What editors decide: events, one for each decision, and the decision that stands for a subject now."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Literal, NamedTuple, get_args

from align.model.ids import key

SubjectKind = Literal["finding", "link", "pair", "page", "document"]
Json = None | bool | int | float | str | list["Json"] | dict[str, "Json"]

CHOICES: Mapping[SubjectKind, tuple[str, ...]] = MappingProxyType(
    {
        # mend: right, and to be mended; value {"reading": str} has the accepted reading.
        # leave: right, and left as it is, since the page says so.
        "finding": ("mend", "leave", "false-alarm", "cannot-tell"),
        # placed: value {"areas": [{"page": key of the page, "boxes": [[x, y, width, height], ...]}, ...]}, scan pixels.
        "link": ("right", "wrong", "placed", "not-on-scan"),
        # paired: value {"transcription": [keys of sentences], "translation": [keys of sentences]}.
        "pair": ("right", "wrong", "paired"),
        # stated: value with any of "label" (str or null), "after" (key of a page; null is the beginning of the
        # volume), "copy_of" (key of a page) and "blank" (true).
        "page": ("stated",),
        "document": ("to-do", "in-work", "second-reader", "done"),
    }
)
"""What can be decided of each kind of subject."""

UNDONE = "undone"
"""The decision of an event that takes back the latest one of its subject, which its `based_on` names."""


class Subject(NamedTuple):
    """What a decision is about: its kind, and the key that it keeps from run to run."""

    kind: SubjectKind
    key: str


def document_key(volume: str, document: str) -> str:
    """The key of a document: it is the same as long as the names of its volume and its files are."""
    return key("document", volume, document)


def pair_key(transcription: tuple[str, ...], translation: tuple[str, ...]) -> str:
    """The key of a pair of sentences, made from the keys of the sentences on both sides, in text order."""
    return key("pair", *transcription, "/", *translation)


@dataclass(frozen=True, slots=True)
class Where:
    """Where a subject stood when it was decided on: hints for finding what became of it; any may be None.

    `sentence` is an id, `page` an order, `code` the code of a finding, `score` its score; `near` are digests of the
    sentences before and after, and `twins` how many sentences of the text have the same words.
    """

    volume: str | None = None
    document: str | None = None
    text: str | None = None
    sentence: str | None = None
    page: int | None = None
    code: str | None = None
    score: float | None = None
    near: str | None = None
    twins: int | None = None


@dataclass(frozen=True, slots=True)
class Event:
    """One act of an editor. Events are only ever added; what stands now is computed from them, in their order.

    - `event`: a name that is used once, 32 hex digits; the same event that arrives twice is taken once.
    - `time`: UTC, ISO 8601 with milliseconds and "Z"; `by`: the editor's name.
    - `decision`: one of CHOICES of its kind, or UNDONE, or None where the editor only commented or flagged.
    - `value`: more about the decision, as CHOICES says; `flag`: a second reader is asked for.
    - `based_on`: the event that stood for the subject when the editor decided; None for the first.
    - `batch`: the same name for all events of one act on many subjects; None for a single one.
    - `texts`: the SHA-256, in hex, of each source text that was decided on, by path.
    - `content`: what the editor saw of the subject: its words, as `align.decisions.subjects` writes them.
    """

    event: str
    time: str
    by: str
    subject: Subject
    decision: str | None = None
    value: Mapping[str, Json] | None = None
    comment: str = ""
    flag: bool = False
    based_on: str | None = None
    batch: str | None = None
    texts: Mapping[str, str] = field(default_factory=dict)
    content: str = ""
    where: Where = Where()

    def __post_init__(self) -> None:
        kinds = get_args(SubjectKind)
        if self.subject.kind not in kinds:
            raise ValueError(f"a subject is one of {', '.join(kinds)}: {self.subject.kind!r}")
        if self.decision not in (None, UNDONE, *CHOICES[self.subject.kind]):
            raise ValueError(f"not a decision about a {self.subject.kind}: {self.decision!r}")
        if self.decision == UNDONE and self.based_on is None:
            raise ValueError(f"an undone event names what it takes back: {self.event}")
