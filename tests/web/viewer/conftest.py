"""A real browser, and viewers built from the sample run and from invented volumes."""

from __future__ import annotations

import functools
import shutil
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page
from support.front_end import needs_front_end
from support.invented_volume import Entry, write_invented
from support.sample_run import COLLECTION, results_under
from support.served_pages import LONGEST_MS

from align.files.collection.opening import open_collection
from align.files.scans.fingerprints import RunScans
from align.files.store.result_store import ResultStore
from align.files.store.results import Results
from align.web.viewer.serve import served
from align.web.viewer.site import ASSETS, FOLDER, Built, Site
from align.workers.pools import SerialPool
from align.workers.progress import NullProgress


def build(collection: Path, out: Path, store: ResultStore | None = None) -> Built:
    """What came of building the viewer of these results."""
    chosen = store or ResultStore(out)
    opened, scans = open_collection(collection), RunScans(collection)
    results = Results.opened(out)
    return Site(opened, results, chosen, SerialPool(), NullProgress(), scans, results.version()).build()


@dataclass
class Watched:
    """A page of the browser, what it asked for, and what it complained about."""

    page: Page
    requests: list[str] = field(default_factory=list)
    said: list[str] = field(default_factory=list)

    @classmethod
    def opened(cls, browser: Browser, **context: object) -> Watched:
        options = {"viewport": {"width": 1500, "height": 950}, "locale": "en-GB", **context}
        page = browser.new_context(**options).new_page()
        page.set_default_timeout(LONGEST_MS)
        own = cls(page)
        page.on("request", lambda request: own.requests.append(request.url))
        page.on("console", lambda message: own.said.append(f"{message.type}: {message.text}"))
        page.on("pageerror", lambda error: own.said.append(f"error: {error}"))
        return own

    def go(self, address: str, ready: str) -> Page:
        """Open the address, and wait till this can be seen."""
        self.page.goto(address)
        self.page.wait_for_selector(ready)
        return self.page


@pytest.fixture
def watched(browser: Browser) -> Iterator[Callable[..., Watched]]:
    """A fresh page of the browser on each call; none of them may have said anything on the console."""
    opened: list[Watched] = []

    def open_page(**context: object) -> Watched:
        opened.append(Watched.opened(browser, **context))
        return opened[-1]

    yield open_page
    for own in opened:
        said = list(own.said)
        own.page.context.close()
        assert said == []


def at_rest(page: Page) -> None:
    """Wait till the image no longer moves: however busy the machine is, a while passes without a step."""
    page.wait_for_function(
        """() => new Promise((done) => {
          const place = () => document.querySelector(".overlay > g").getAttribute("transform");
          let [before, same] = [null, 0];
          const look = () => {
            same = place() === before ? same + 1 : 0;
            before = place();
            if (same > 12) done(true);
            else requestAnimationFrame(() => setTimeout(look, 25));
          };
          look();
        })"""
    )


def point(page: Page, place: Callable[[], tuple[float, float]], seen: str) -> None:
    """Move the pointer to a place till the page is as wanted; a busy browser may move the place, or lose a move."""
    at_rest(page)
    for step in range(LONGEST_MS // 25):
        left, top = place()
        page.mouse.move(left + step % 2, top)
        if page.evaluate(seen):
            return
        page.wait_for_timeout(25)
    raise AssertionError(f"never true while pointing at {place()}: {seen}")


@pytest.fixture(scope="session")
def sample_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The viewer of the sample run, in a folder of its own; its results stand beside it."""
    needs_front_end(*ASSETS)
    results = results_under(tmp_path_factory)
    out = tmp_path_factory.mktemp("sample") / "aligned"
    shutil.copytree(results.out, out, ignore=shutil.ignore_patterns("overlays", ".*"))
    build(COLLECTION, out)
    return out / FOLDER


RUSSIAN = [
    (
        "18 декабря 1934 г.",
        "О переговорах я узнал утром.",
        "Дети долго играли в саду.",
        "Ещё не было писем.",
        "Пришёл почтальонъ.",
    ),
    (
        "29 июля",
        "Весь день шёл дождь.",
        "Переговоры прерваны.",
        "Сад опустел.",
        "Писал брату о делах.",
        "Лёг поздно.",
        "Ночью гроза.",
    ),
    ("29 июля", "Год прошёл.", "Опять дождь, и опять переговоры.", "Соседи уехали.", "Читал старые письма."),
]
ENGLISH = [
    ("18 December 1934", "I heard of the negotiations in the morning.", "The children played in the garden for long.",
     "There were no letters yet.", "The postman came."),
    ("29 July", "It rained all day.", "The negotiations are broken off.", "The garden is empty.",
     "Wrote to my brother about business.", "To bed late.", "A storm at night."),
    None,
]  # fmt: skip
ENTRIES = [
    Entry(name, russian, english, details, {0: "heading"})
    for name, russian, english, details in zip(
        ("1934-12-18", "1934-07-29", "1935-07-29"), RUSSIAN, ENGLISH,
        ({"author": "Н. Н.", "repository": "ЦГА", "identifier": "ф. 1, д. 2"}, {}, {}), strict=True,
    )
] + [Entry("letter", None, ["Dear friend, all is well.", "Yours, N."], {"date": "1936"})]  # fmt: skip


@pytest.fixture(scope="session")
def invented(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An invented collection of four documents on two pages, with its results."""
    root = tmp_path_factory.mktemp("invented")
    write_invented(root, ENTRIES, title="An invented collection")
    return root


@pytest.fixture(scope="session")
def site(invented: Path) -> Path:
    """The viewer of the invented collection."""
    needs_front_end(*ASSETS)
    build(invented, invented / "aligned")
    return invented / "aligned" / FOLDER


@pytest.fixture(scope="session")
def address(site: Path) -> str:
    """The address of the invented collection's viewer, as opened from its folder."""
    return (site / "index.html").as_uri()


@contextmanager
def http(folder: Path) -> Iterator[str]:
    """The address of a server of this folder."""
    with served(folder, port=0) as server:
        thread = threading.Thread(target=functools.partial(server.serve_forever, 0.05), daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_address[1]}/"
        server.shutdown()
        thread.join()
