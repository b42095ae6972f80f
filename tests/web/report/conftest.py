"""What all tests of the report in a browser share."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser
from web.report.report_browser import chromium


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Chromium, once for all tests of a module: Playwright's event loop must not outlive it."""
    with chromium() as found:
        yield found
