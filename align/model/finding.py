"""A finding, which is something that does not fit, and the values that its message is made from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from align.model.decided import FindingDecision
from align.model.link import Area
from align.model.page import Page
from align.model.source import Span

Severity = Literal["error", "warning", "note"]


class PageName(NamedTuple):
    """What names a page to a reader: its label if it has one, its place in order, its file and the image in the file.

    The image counts from 1; it is None where the file holds one image.
    """

    label: str | None
    order: int
    scan_file: str
    image: int | None = None

    @classmethod
    def of(cls, page: Page) -> PageName:
        """The names of a page."""
        index = page.scan.index
        return cls(page.label, page.order, page.scan.path.rsplit("/", 1)[-1], None if index is None else index + 1)

    @property
    def short(self) -> str:
        """The label, or the place in order in brackets: "53", "[3]"."""
        return self.label or f"[{self.order}]"

    @property
    def file(self) -> str:
        """The name of the scan's file, and which image of it: "0003.jpg", "0003.tif, image 2"."""
        return self.scan_file if self.image is None else f"{self.scan_file}, image {self.image}"

    @property
    def spoken(self) -> str:
        """The name in a sentence: "page 53", or "page 3 in order" where there is no label."""
        return f"page {self.label}" if self.label else f"page {self.order} in order"


class Around(NamedTuple):
    """What comes before and after a place, pages or words; None where nothing does."""

    before: PageName | str | None
    after: PageName | str | None


class Spellings(NamedTuple):
    """Words that a text spells otherwise than the pages, each as (written, read)."""

    pairs: tuple[tuple[str, str], ...]


Value = str | int | PageName | tuple[PageName, ...] | Around | Spellings


class Wording(NamedTuple):
    """What a finding says in one language: its message, and what to do, if anything."""

    message: str
    suggestion: str | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that does not fit, with its places; the catalogue of findings says what its code means.

    A finding is born without id, key and message: it states its code, the `case` of its message, the `values` that the
    message names, and its `subjects`, which are the keys of what it is about. Numbering adds the rest. These three
    are not compared, because results do not hold them. `translations` is the wording by language, beside the English.
    `decision` is what an editor decided of it. `calibrated` is the chance that it is right, by decisions on its kind;
    None where there are too few of them.
    """

    id: str = ""
    key: str = ""
    code: str = ""
    severity: Severity = "warning"
    message: str = ""
    document: str | None = None
    text: str | None = None
    pages: tuple[int, ...] = ()
    lines: tuple[str, ...] = ()
    sentences: tuple[str, ...] = ()
    spans: tuple[Span, ...] = ()
    areas: tuple[Area, ...] = ()
    score: float = 1.0
    scan_text: str | None = None
    source_text: str | None = None
    suggestion: str | None = None
    decision: FindingDecision | None = None
    calibrated: float | None = None
    case: str = field(default="", compare=False, repr=False)
    values: Mapping[str, Value] = field(default_factory=dict, compare=False, repr=False)
    subjects: tuple[str, ...] = field(default=(), compare=False, repr=False)
    translations: Mapping[str, Wording] = field(default_factory=dict, hash=False, repr=False)

    def __post_init__(self) -> None:
        if not self.code:
            raise ValueError(f"a finding needs a code: {self.id!r}, {self.message!r}")

    @property
    def decided(self) -> bool:
        """Whether an editor has decided it, so that it no longer counts."""
        return self.decision is not None and self.decision.settles

    def wording(self, language: str) -> Wording:
        """The message and suggestion in a language ("en", "ru"); in English where there is no translation."""
        return self.translations.get(language) or Wording(self.message, self.suggestion)
