"""The review server as one application: who asks is checked first, then the routes answer."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp

from align.errors import AlignError
from align.web.review.access.guard import TOO_LONG, Guard, Site
from align.web.review.access.sessions import Admission, Cookies
from align.web.review.access.users import Door
from align.web.review.api import Api
from align.web.review.deciding.changed import Changed
from align.web.review.deciding.desk import Desk
from align.web.review.deciding.history import Decisions, History
from align.web.review.own_pages import OwnPages
from align.web.review.page_assets import Assets, with_tools
from align.web.review.rendering import Rendering
from align.web.review.results_watch import ResultsWatch
from align.web.review.served_files import asset_route, folder_routes
from align.web.review.stream import Hub

# Bytes of a request's body: a decision with the longest comment and reading has a tenth.
LONGEST_BODY = 1 << 20
# Makes the routes by which people come in.
Entries = Callable[[Rendering], Sequence[Route]]
_SAID = {404: "There is nothing at this address.", 405: "This is not done here.", 413: TOO_LONG}
log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Served:
    """An application, and what ends its open streams."""

    app: ASGIApp
    close: Callable[[], None]


@dataclass(frozen=True, slots=True)
class Review:
    """What a review server is made of. `entrance` is the path that leads in, `entries` makes the routes there."""

    store: Decisions
    watch: ResultsWatch
    now: Callable[[], str]
    out: Path
    assets: Assets
    door: Door
    site: Site
    cookies: Cookies
    entrance: str
    entries: Entries
    accounts: bool

    def served(self) -> Served:
        """The application. AlignError where the store cannot be read."""
        history = History(self.store)
        hub = Hub(history, self.watch)
        desk = Desk(self.store, history, self.watch.results, self.now)
        changed = Changed(history, self.watch.results)
        title = self.watch.results().title
        rendering = Rendering.of(title, self.assets.addresses(), self.cookies, accounts=self.accounts)
        routes = [
            *self.entries(rendering),
            *OwnPages(desk, changed, rendering, hub.wake).routes(),
            *Api(desk, changed, hub, self.door, lambda: _index(self.out)).routes(),
            *folder_routes("report", self.out / "report"),
            *folder_routes("viewer", self.out / "viewer", with_tools(self.assets.addresses())),
            asset_route(self.assets),
        ]

        @asynccontextmanager
        async def lifespan(_: Starlette) -> AsyncIterator[None]:
            looking = asyncio.create_task(hub.look(_told_once()))
            try:
                yield
            finally:
                hub.close()
                looking.cancel()
                with suppress(asyncio.CancelledError):
                    await looking

        inner = Starlette(
            routes=routes,
            lifespan=lifespan,
            max_body_size=LONGEST_BODY,
            exception_handlers={HTTPException: _refused(rendering), AlignError: _failing(rendering)},
        )
        # A redirect of its own would name the host and the scheme as the proxy does, and not as people do.
        inner.router.redirect_slashes = False
        admission = Admission(inner, self.door, self.cookies, entrance=self.entrance)
        return Served(Guard(admission, self.site, longest_body=LONGEST_BODY), hub.close)


def _index(out: Path) -> str | None:
    """The address of the report's list of findings; None where there is no report."""
    names = sorted(path.name for path in (out / "report" / "data").glob("index-*.js"))
    return f"/report/data/{names[-1]}" if names else None


def _refused(rendering: Rendering) -> Callable[[Request, Exception], Response]:
    """What is answered where no route fits, or one refuses: JSON under /api/, else a page."""

    def handler(request: Request, error: Exception) -> Response:
        assert isinstance(error, HTTPException)
        if request.url.path.startswith("/api/"):
            why = _SAID.get(error.status_code, error.detail)
            return JSONResponse({"why": why}, error.status_code, dict(error.headers or {}))
        return rendering.sentence(request, "no-page", status=error.status_code)

    return handler


def _failing(rendering: Rendering) -> Callable[[Request, Exception], Response]:
    """What is answered where the store fails while a page is made or a form is read; the log has its sentence."""

    def handler(request: Request, error: Exception) -> Response:
        log.error("%s", error)
        if request.url.path.startswith("/api/"):
            return JSONResponse({"why": str(error)}, 503)
        return rendering.sentence(request, "store-fails", status=503)

    return handler


def _told_once() -> Callable[[Exception], None]:
    """Logs each fault of the look at store and results once, till another one comes; a bug with its traceback."""
    last: list[str] = []

    def told(error: Exception) -> None:
        if last != [str(error)]:
            last[:] = [str(error)]
            log.error("%s", error, exc_info=not isinstance(error, AlignError))

    return told
