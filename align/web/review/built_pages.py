"""The report and the viewer of the results, made where they are absent or older than the last run."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass

from align.decisions.taking import Decided
from align.files.collection.opening import Collection
from align.files.scans.fingerprints import RunScans
from align.files.store.result_store import ResultStore
from align.files.store.results import Results
from align.web.freshness import PAGES, mark_newest, results_shown
from align.web.report import gathered, write_report
from align.web.viewer.site import Site
from align.workers.calls import Pool
from align.workers.progress import Progress


@dataclass(frozen=True, slots=True)
class PageBuilder:
    """Makes both for a collection; `pool` gives the pool of a module, `progress` a block in which progress is shown.

    `decided` is what is decided at that moment, with which the tables of the report are filled in.
    """

    collection: Collection
    pool: Callable[[str], Pool]
    progress: Callable[[], AbstractContextManager[Progress]]
    told: Callable[[str], object]
    decided: Callable[[], Decided]

    def renew(self, results: Results) -> None:
        """Make what is absent or older than these results.

        Raises OutputError ("locked" while a run writes, "unkept-decisions" ...), MissingDependencyError where the front
        end was not built.
        """
        store = ResultStore(results.store.out, collection=self.collection.root)
        version = results.version()
        if not self._wanted(store, version.digest):
            return
        results.require_whole()
        with store.opened(), self.progress() as progress:
            mark_newest(store, version.digest)
            for page in self._wanted(store, version.digest):
                self.told(f"Making the {page} of the results of {version}.")
                for problem in self._made(page, results, store, progress):
                    self.told(f"Not shown: {problem}")
            mark_newest(store, version.digest)

    def _made(self, page: str, results: Results, store: ResultStore, progress: Progress) -> tuple[str, ...]:
        scans = RunScans(self.collection.root)
        if page == "viewer":
            pool = self.pool("align.web.viewer.images")
            return Site(self.collection, results, store, pool, progress, scans, results.version()).build().failures
        report = gathered(results, title=title_of(self.collection), against=None, against_name=None)
        pool = self.pool("align.web.report.crops")
        return write_report(report, scans=scans, store=store, pool=pool, progress=progress, decided=self.decided())

    def _wanted(self, store: ResultStore, digest: str) -> tuple[str, ...]:
        return tuple(page for page in PAGES if results_shown(store, page) != digest)


def title_of(collection: Collection) -> str:
    """The title of a collection, or else the name of its folder."""
    return collection.title or collection.root.name
