"""One real browser for every test of the web."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Playwright, sync_playwright
from support.many_findings import write_many
from support.served_pages import LONGEST_MS

# What makes a headless browser of a container: no sandbox for root, nothing that calls home.
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run",
             "--disable-component-update"]  # fmt: skip


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    """Playwright, once a process: while its event loop runs it refuses to begin a second one."""
    with sync_playwright() as found:
        yield found


@dataclass
class Launched:
    """Debian's Chromium, started when it is asked for, and again where it has died."""

    playwright: Playwright
    browser: Browser | None = None

    def living(self) -> Browser:
        """The browser, which lives."""
        if self.browser is None or not self.browser.is_connected():
            # To watch a test: a browser that is seen, and as many milliseconds between two acts.
            watched = os.environ.get("ALIGN_WATCH", "")
            self.browser = self.playwright.chromium.launch(
                executable_path=shutil.which("chromium"),
                args=ARGUMENTS,
                timeout=LONGEST_MS,
                headless=not watched,
                slow_mo=float(watched or 0),
            )
        return self.browser


@pytest.fixture(scope="session")
def launched(playwright: Playwright) -> Iterator[Launched]:
    """What starts the browser."""
    if shutil.which("chromium") is None:
        pytest.skip("chromium is not installed")
    found = Launched(playwright)
    yield found
    if found.browser is not None:
        found.browser.close()


@pytest.fixture
def browser(launched: Launched) -> Iterator[Browser]:
    """The browser of all tests; one that dies takes no other test along, and no test leaves a page in it."""
    chromium = launched.living()
    yield chromium
    for context in chromium.contexts:
        context.close()


@pytest.fixture(scope="session")
def many(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a report of five thousand findings; tests only read it."""
    return write_many(tmp_path_factory.mktemp("many"))
