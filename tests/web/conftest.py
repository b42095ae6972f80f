"""One real browser for every test of the web."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
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


@pytest.fixture(scope="module")
def browser(playwright: Playwright) -> Iterator[Browser]:
    """Debian's Chromium, a fresh one for each module, so that one that dies takes no other module's tests along."""
    executable = shutil.which("chromium")
    if executable is None:
        pytest.skip("chromium is not installed")
    # To watch a test: a browser that is seen, and as many milliseconds between two acts.
    watched = os.environ.get("ALIGN_WATCH", "")
    chromium = playwright.chromium.launch(
        executable_path=executable,
        args=ARGUMENTS,
        timeout=LONGEST_MS,
        headless=not watched,
        slow_mo=float(watched or 0),
    )
    yield chromium
    chromium.close()


@pytest.fixture(scope="session")
def many(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a report of five thousand findings; tests only read it."""
    return write_many(tmp_path_factory.mktemp("many"))
