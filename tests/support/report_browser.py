"""A report opened from its folder in a real headless Chromium, watched for messages, dialogs and requests."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import Browser, Page

from align.decisions.taking import NOTHING_DECIDED
from align.files.scans.fingerprints import RunScans
from align.files.store.result_store import ResultStore
from align.files.store.results import Results
from align.web.report import gathered, write_report
from align.workers.pools import SerialPool
from align.workers.progress import NullProgress
from support.front_end import needs_front_end
from support.served_pages import LONGEST_MS, until


def write(root: Path, *, against: Path | None = None, title: str = "Дневник") -> Path:
    """The folder of the report of a collection that has results."""
    needs_front_end("report.js")
    store = ResultStore(root / "aligned", collection=root)
    other = Results.opened(against / "aligned") if against else None
    report = gathered(
        Results.opened(store.out), title=title, against=other, against_name="an earlier run" if against else None
    )
    with store.opened():
        write_report(
            report,
            scans=RunScans(root),
            store=store,
            pool=SerialPool(),
            progress=NullProgress(),
            decided=NOTHING_DECIDED,
        )
    return store.out / "report"


@dataclass
class Watched:
    """What a page did that a report must not do."""

    folder: Path
    faults: list[str] = field(default_factory=list)

    def watch(self, page: Page) -> None:
        inside = self.folder.resolve().as_uri() + "/"
        page.on("console", lambda message: self.faults.append(f"console {message.type}: {message.text}"))
        page.on("pageerror", lambda error: self.faults.append(f"error: {error}"))
        page.on("requestfailed", lambda request: self.faults.append(f"failed: {request.url}"))

        def dialog(found) -> None:
            self.faults.append(f"dialog: {found.message}")
            found.dismiss()

        def request(found) -> None:
            if not found.url.startswith((inside, "data:")):
                self.faults.append(f"request: {found.url}")

        page.on("dialog", dialog)
        page.on("request", request)


@contextmanager
def opened(browser: Browser, folder: Path, *, wide: int = 1280, high: int = 900, address: str = "", **context):
    """The report in a page of that size, its first findings there; at the end it must have done nothing amiss."""
    watched = Watched(folder)
    own = browser.new_context(viewport={"width": wide, "height": high}, **context)
    own.set_default_timeout(LONGEST_MS)
    try:
        page = own.new_page()
        watched.watch(page)
        page.goto(f"{(folder / 'index.html').resolve().as_uri()}{address}")
        until(page, "document.querySelector('#count').textContent !== ''")
        yield page
        page.wait_for_timeout(50)
    finally:
        own.close()
    assert not watched.faults, watched.faults


def shown(page: Page) -> list[str]:
    """The ids of all findings that the filters let through, in order; those far below are put there as for print."""
    filled = "[...document.querySelectorAll('.block')].every((block) => block.children.length)"
    until(page, f"dispatchEvent(new Event('beforeprint')) && {filled}")
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    return [text.split(" · ")[0] for text in page.locator("article .foot").all_text_contents()]
