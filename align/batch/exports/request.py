"""The request for an export, and its outcome."""

from __future__ import annotations

from dataclasses import dataclass

from align.errors import ExitCode
from align.export import QUALITY, TextChoice
from align.files.collection.opening import Collection
from align.files.store.result_store import ResultStore
from align.files.store.results import Results
from align.workers.calls import Pool
from align.workers.progress import Progress


@dataclass(frozen=True, slots=True)
class ExportRequest:
    """The results to export and the opened store to write to. A format ignores the fields that it does not need.

    The workers of `pool` open the scans.

    `base_url` is the address at which the exported files will be served; None: on this machine. With `tiles`, images of
    every size are cut into tiles. With `lines`, the lines of the pages are written too, not only the sentences.
    With `flat`, IIIF annotations are for viewers that know places only as plain texts. `text` is which text stands on
    the lines of pages: the human one, the same where it is sure, or what was read. `documents` are the only ones to
    write; without any, volumes are written whole. `quality`, 1 to 100, is that of scans that must be encoded anew.
    """

    collection: Collection
    results: Results
    store: ResultStore
    volumes: tuple[str, ...]
    progress: Progress
    pool: Pool
    base_url: str | None = None
    tiles: bool = False
    lines: bool = False
    flat: bool = False
    documents: tuple[str, ...] = ()
    quality: int = QUALITY
    text: TextChoice = "human"


@dataclass(frozen=True, slots=True)
class Exported:
    """The outcome of an export: sentences for the user, and a sentence for each page or volume that failed."""

    summary: tuple[str, ...] = ()
    failures: tuple[str, ...] = ()

    def and_of(self, other: Exported) -> Exported:
        """The outcome of both; what failed in both is said once."""
        return Exported(self.summary + other.summary, tuple(dict.fromkeys(self.failures + other.failures)))

    @property
    def exit_code(self) -> ExitCode:
        """The exit code of the command."""
        return ExitCode.PAGES_FAILED if self.failures else ExitCode.DONE
