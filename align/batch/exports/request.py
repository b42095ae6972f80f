"""The request for an export, and its outcome."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from align.errors import ExitCode, UsageError
from align.files.collection.opening import Collection
from align.files.paths import shown
from align.files.store.result_store import ResultStore
from align.files.store.results import Results
from align.workers.calls import Pool
from align.workers.progress import Progress


@dataclass(frozen=True, slots=True)
class ExportRequest:
    """The results to export and the opened store to write to. A format ignores the fields that it does not need.

    The workers of `pool` open the scans.

    `base_url` is the address at which the exported files will be served. With `tiles`, images of every size are cut
    into tiles. With `lines`, the lines of the pages are written too, not only the sentences.
    """

    collection: Collection
    results: Results
    store: ResultStore
    volumes: tuple[str, ...]
    progress: Progress
    pool: Pool
    base_url: str
    tiles: bool = False
    lines: bool = False


@dataclass(frozen=True, slots=True)
class Exported:
    """The outcome of an export: sentences for the user, and a sentence for each page that failed."""

    summary: tuple[str, ...]
    failures: tuple[str, ...]

    @property
    def exit_code(self) -> ExitCode:
        """The exit code of the command."""
        return ExitCode.PAGES_FAILED if self.failures else ExitCode.DONE


def chosen_results(volumes: Sequence[str], wanted: str | None) -> tuple[str, ...]:
    """The names of the chosen volumes, all of them for None; UsageError where there is no such volume."""
    if wanted is None:
        return tuple(volumes)
    if wanted not in volumes:
        names = ", ".join(shown(name) for name in volumes[:10]) or "none"
        raise UsageError(
            f"There are no results of a volume “{shown(wanted)}”: run align run first, or give one that has some "
            f"({names})."
        )
    return (wanted,)
