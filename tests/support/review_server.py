"""A review server over invented results: no run, no pictures, a real store, and visitors that keep cookies."""

from __future__ import annotations

import asyncio
import json
import re
import secrets
from collections.abc import Coroutine, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from itertools import count
from pathlib import Path
from typing import TypeVar

import httpx
from starlette.types import ASGIApp

from align.database.accounts import Accounts
from align.database.decision_store import DecisionStore
from align.database.opening import opened
from align.decisions.subjects import SubjectAt
from align.model import key
from align.model.decision import Event, Subject, Where, document_key
from align.web.review.access.attempts import Attempts
from align.web.review.access.entering import ENTRANCE, Entering
from align.web.review.access.guard import Site
from align.web.review.access.one_person import OnePerson
from align.web.review.access.people import People
from align.web.review.access.sessions import Cookies
from align.web.review.access.signing_in import ENTRANCE as LOGIN
from align.web.review.access.signing_in import AccountsDoor, SigningIn
from align.web.review.app import Review
from align.web.review.deciding.history import Decisions
from align.web.review.deciding.shown_results import DocumentAt, FoundAt, ShownResults
from align.web.review.page_assets import NEEDED, UNBUILT, Assets
from align.web.review.results_watch import ResultsWatch

T = TypeVar("T")
PORT = 8123
ORIGIN = f"http://127.0.0.1:{PORT}"
WRITES = {"X-Align": "1", "Origin": ORIGIN, "Content-Type": "application/json"}
PASSWORD = "a long password"
DOCUMENTS = ("1934-12-18", "letter")
PAGES = tuple(key("page", str(n)) for n in range(3))
LINK = key("link", "1")
SIZE = (1200, 1600)


def finding_key(number: int) -> str:
    """The key of a finding."""
    return key("finding", str(number))


def invented_results(findings: int = 6, *, version: str = "1", words: Mapping[int, str] = {}) -> ShownResults:
    """Results with so many findings: misprints, by turns in two documents; every third one says the same.

    `words` are the words of some findings, by number, where a text was edited.
    """
    found, subjects = [], []
    for n in range(findings):
        name = DOCUMENTS[n % 2]
        alike = n % 3 if n % 3 == 0 else n
        found.append(FoundAt(finding_key(n), "likely-misprint", "warning", "v", name, ("likely-misprint", str(alike))))
        where = Where(volume="v", document=name, page=1, code="likely-misprint")
        subjects.append(SubjectAt(Subject("finding", finding_key(n)), words.get(n, f"words {alike}"), where))
    documents = [
        DocumentAt("v", name, f"Title of {name}", document_key("v", name),
                   tuple(Subject("finding", own.key) for own in found if own.document == name)) for name in DOCUMENTS
    ]  # fmt: skip
    subjects += [SubjectAt(Subject("document", own.key), "", Where("v", own.document)) for own in documents]
    subjects += [SubjectAt(Subject("page", own), "", Where("v", page=n)) for n, own in enumerate(PAGES, 1)]
    subjects.append(SubjectAt(Subject("link", LINK), "A sentence.", Where("v", DOCUMENTS[0], "t", "s1", 1)))
    by_subject = {at.subject: at for at in subjects}
    return ShownResults(
        version, "An invented diary", tuple(documents), {own.key: own for own in found}, by_subject, tuple(subjects),
        dict.fromkeys(PAGES, SIZE),
    )  # fmt: skip


def awaited(work: Coroutine[None, None, T]) -> T:
    """What comes of this work, in a thread of its own: where a browser was used, this thread has a loop that runs."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, work).result()


@dataclass
class Visitor:
    """A browser: it keeps cookies, and says where its requests come from."""

    app: ASGIApp
    origin: str = ORIGIN
    address: str = "127.0.0.1"
    cookies: dict[str, str] = field(default_factory=dict)

    def ask(self, method: str, path: str, **more: object) -> httpx.Response:
        """The answer to a request; no redirect is followed."""
        return awaited(self._ask(method, path, **more))

    async def _ask(self, method: str, path: str, **more: object) -> httpx.Response:
        transport = httpx.ASGITransport(self.app, client=(self.address, 40000))
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        more["headers"] = {**(headers if self.cookies else {}), **more.get("headers", {})}
        async with httpx.AsyncClient(transport=transport, base_url=self.origin) as client:
            answer = await client.request(method, path, **more)
        for own in answer.headers.get_list("set-cookie"):
            for name, cookie in SimpleCookie(own).items():
                self.cookies[name] = cookie.value
                if cookie["max-age"] == "0":
                    del self.cookies[name]
        return answer

    def get(self, path: str, **headers: str) -> httpx.Response:
        """The answer to a GET."""
        return self.ask("GET", path, headers=headers)

    def send(self, path: str, body: object, *, method: str = "POST", **headers: str | None) -> httpx.Response:
        """The answer to JSON; a header that is None is left out."""
        sent = {
            name: value for name, value in {**WRITES, "Origin": self.origin, **headers}.items() if value is not None
        }
        return self.ask(method, path, content=json.dumps(body), headers=sent)

    def decide(self, key: str, seen: str | None = None, *, kind: str = "finding", **body: object) -> httpx.Response:
        """The answer to a decision that was made when the event `seen` stood."""
        wish = {"event": secrets.token_hex(16), "decision": "mend", **body}
        return self.send(f"/api/subjects/{kind}/{key}", wish, method="PUT", **{"If-Match": f'"{seen or "none"}"'})

    def submit(self, path: str, *, page: str | None = None, **fields: str) -> httpx.Response:
        """The answer to a form that stands on this page (by default at the same path)."""
        token = re.search(r'name="token" value="([0-9a-f]+)"', self.get(page or path).text)
        data = {"token": token[1] if token else "", **fields}
        return self.ask("POST", path, data=data, headers={"Origin": self.origin})

    def sign_in(self, name: str, password: str = PASSWORD) -> httpx.Response:
        """The answer to name and password."""
        return self.submit("/login", name=name, password=password)


@dataclass
class Server:
    """A server, its store, and the results that it shows, which a test may replace as a run does."""

    folder: Path
    results: ShownResults = field(default_factory=invented_results)
    store: Decisions | None = None
    site: Site = field(default_factory=lambda: Site.local(PORT))
    told: list[str] = field(default_factory=list)
    assets: Assets = field(default_factory=lambda: Assets(dict.fromkeys((*NEEDED, *UNBUILT), b"")))

    def __post_init__(self) -> None:
        self.database = opened(self.folder / "decisions.sqlite")
        self.store = self.store or DecisionStore(self.database)
        self.ticks = count()
        self.watch = ResultsWatch(lambda: self.results, lambda: (int(self.results.version),), self.told.append)
        self.accounts = Accounts(self.database)
        self.attempts_at = 0.0

    def now(self) -> str:
        """A time that passes: ten seconds from decision to decision."""
        minutes, seconds = divmod(10 * next(self.ticks), 60)
        return f"2026-11-28T{8 + minutes // 60:02}:{minutes % 60:02}:{seconds:02}.000Z"

    def _review(self, **more: object) -> Review:
        (self.folder / "aligned").mkdir(exist_ok=True)
        return Review(
            store=self.store, watch=self.watch, now=self.now, out=self.folder / "aligned", assets=self.assets,
            site=self.site, cookies=Cookies(PORT, encrypted=self.site.encrypted), **more,
        )  # fmt: skip

    def for_one(self) -> tuple[ASGIApp, OnePerson]:
        """The application of `align review`, and its door."""
        door = OnePerson("Anna", self.told.append)
        review = self._review(
            door=door, entrance=ENTRANCE, entries=lambda own: Entering(door, own).routes(), accounts=False
        )
        return review.served().app, door

    def entered(self) -> Visitor:
        """The one person, inside."""
        app, door = self.for_one()
        visitor = Visitor(app)
        assert visitor.get(f"/enter?secret={door.secret}").status_code == 303
        return visitor

    def for_several(self) -> ASGIApp:
        """The application of `align serve`."""
        attempts = Attempts(lambda: self.attempts_at)
        return (
            self._review(
                door=AccountsDoor(self.accounts), entrance=LOGIN, accounts=True,
                entries=lambda own: [*SigningIn(self.accounts, attempts, own).routes(),
                                     *People(self.accounts, own).routes()],
            )
            .served().app
        )  # fmt: skip


@dataclass
class FullStore:
    """A store that keeps nothing more: it raises this error at each write."""

    error: Exception
    kept: Iterable[tuple[int, Event]] = ()

    def record(self, event: Event) -> int:
        raise self.error

    def record_all(self, events: Iterable[Event]) -> list[int]:
        raise self.error

    def events(self, after: int = 0) -> Iterable[tuple[int, Event]]:
        return iter([own for own in self.kept if own[0] > after])
