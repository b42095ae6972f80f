"""What an export is asked for, and what came of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from align.errors import ExitCode, UsageError
from align.files.collection.opening import Collection
from align.files.paths import shown
from align.files.store.result_store import ResultStore
from align.files.store.results import Results
from align.work.progress import Progress


@dataclass(frozen=True, slots=True)
class ExportRequest:
    """Which results to export, and where to: `store` is opened. What a format has no use for it passes over.

    `base_url` is where the exported files will be served; `tiles` asks for tiles whatever the size of an image, `lines`
    for the lines of the pages beside the sentences.
    """

    collection: Collection
    results: Results
    store: ResultStore
    volumes: tuple[str, ...]
    progress: Progress
    base_url: str
    tiles: bool = False
    lines: bool = False


@dataclass(frozen=True, slots=True)
class Exported:
    """What came of an export: sentences for the user, and why pages failed, a sentence each."""

    summary: tuple[str, ...]
    failures: tuple[str, ...]

    @property
    def exit_code(self) -> ExitCode:
        """How the command ends."""
        return ExitCode.PAGES_FAILED if self.failures else ExitCode.DONE


def chosen_results(volumes: Sequence[str], wanted: str | None) -> tuple[str, ...]:
    """The volumes of the results that are asked for; UsageError where there is no such volume."""
    if wanted is None:
        return tuple(volumes)
    if wanted not in volumes:
        names = ", ".join(shown(name) for name in volumes[:10]) or "none"
        raise UsageError(
            f"There are no results of a volume “{shown(wanted)}”: run align run first, or give one that has some "
            f"({names})."
        )
    return (wanted,)
