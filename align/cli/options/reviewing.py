"""What `align review` and `align serve` share: the options, the store of decisions, the results that are shown."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeVar

import click

from align.cli.options.decisions_option import decisions_option, kept_decisions
from align.cli.output import tell
from align.cli.progress import shown_progress
from align.database.database import Database
from align.database.decision_store import DecisionStore
from align.database.one_server import only_server
from align.database.opening import address_of, opened
from align.errors import OutputError
from align.files.collection.opening import Collection, open_collection
from align.files.store.result_store import ResultStore
from align.files.store.results import Results
from align.files.store.written import RUN, refuse_other_collection
from align.web.review.access.guard import Site
from align.web.review.access.sessions import Cookies
from align.web.review.access.users import Door
from align.web.review.app import Entries, Review
from align.web.review.built_pages import PageBuilder, title_of
from align.web.review.deciding.shown_results import ShownResults, shown_results
from align.web.review.page_assets import Assets
from align.web.review.results_watch import ResultsWatch, Stamp
from align.workers.limits import Limits
from align.workers.pools import ProcessPool, usable_cores

F = TypeVar("F", bound=Callable[..., Any])


def review_options(command: F) -> F:
    """The command with the options that say which results and which decisions are meant."""
    out = click.option(
        "--out", type=click.Path(path_type=Path), help="Folder of the results.  [default: COLLECTION/aligned]"
    )
    return out(decisions_option(command))


@dataclass(frozen=True, slots=True)
class Reviewed:
    """A collection that is open for review."""

    database: Database
    watch: ResultsWatch
    out: Path
    assets: Assets

    def review(
        self,
        *,
        door: Door,
        site: Site,
        cookies: Cookies,
        entrance: str,
        entries: Entries,
        accounts: bool,
    ) -> Review:
        """The server of this collection, with this door."""
        return Review(
            store=DecisionStore(self.database),
            watch=self.watch,
            now=now,
            out=self.out,
            assets=self.assets,
            door=door,
            site=site,
            cookies=cookies,
            entrance=entrance,
            entries=entries,
            accounts=accounts,
        )


@contextmanager
def opened_review(collection: Path, out: Path | None, decisions: str | None, limits: Limits) -> Iterator[Reviewed]:
    """The collection, open for review while the block runs; report and viewer are made where they are out of date.

    Raises an AlignError of one sentence: no results, older ones, a store that cannot be used, a front end that was not
    built.
    """
    assets = Assets.packaged()
    found = open_collection(collection)
    store = ResultStore(out or found.root / "aligned", collection=found.root)
    Results.opened(store.out)
    refuse_other_collection(store, found.root)
    with closing(opened(address_of(found.root, decisions))) as database, _known_as_server(database):
        yield Reviewed(database, _watch(found, store.out, decisions, limits), store.out, assets)


@contextmanager
def _known_as_server(database: Database) -> Iterator[None]:
    """A block in which other servers learn of this one. With another one there both work, and this is said."""
    with ExitStack() as stack:
        try:
            stack.enter_context(only_server(database))
        except OutputError as error:
            if error.cause != "served":
                raise
            tell("Another server is open on these decisions: what is decided there appears here within a second.")
        yield


def opened_store(collection: Path, decisions: str | None) -> AbstractContextManager[Database]:
    """The store of decisions of a collection, which is closed after the block."""
    return closing(opened(address_of(open_collection(collection).root, decisions)))


def _watch(collection: Collection, out: Path, decisions: str | None, limits: Limits) -> ResultsWatch:
    builder = PageBuilder(
        collection,
        pool=lambda module: ProcessPool(usable_cores(), preload=module, limits=limits),
        progress=lambda: shown_progress(tell),
        told=tell,
        decided=lambda: kept_decisions(collection.root, decisions),
    )

    def read() -> ShownResults:
        results = Results.opened(out)
        builder.renew(results)
        return shown_results(results, title=title_of(collection))

    return ResultsWatch(read, lambda: _stamp(out / RUN), tell)


def _stamp(run: Path) -> Stamp:
    """What changes when a run ends: it puts a new run.json in the place of the old one. None while there is none."""
    try:
        status = run.stat()
    except OSError:
        return None
    return status.st_ino, status.st_size, status.st_mtime_ns


def now() -> str:
    """The time as events have it: UTC, in milliseconds."""
    return datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
