"""The review page in a real headless Chromium, over a server that keeps its decisions in memory."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, Page

from support.fake_review import FakeReview, reviewed
from support.served_pages import LONGEST_MS, until

# What a browser says by itself of an answer that is no success; the page has its own sentence for it.
BROWSERS_OWN = ("Failed to load resource", "net::ERR")


@contextmanager
def opened(browser: Browser, review: FakeReview, *, wide: int = 1280, high: int = 900, address: str = "",
           **context: object) -> Iterator[Page]:  # fmt: skip
    """The page with its first finding open; at the end it must have said nothing on the console."""
    said: list[str] = []
    own = browser.new_context(**{"viewport": {"width": wide, "height": high}, "locale": "en-GB", **context})
    own.set_default_timeout(LONGEST_MS)
    with reviewed(review) as server:
        try:
            page = own.new_page()
            page.on("console", lambda m: said.append(m.text) if not any(o in m.text for o in BROWSERS_OWN) else None)
            page.on("pageerror", lambda error: said.append(str(error)))
            page.goto(f"{server}review/{address}")
            page.wait_for_selector("article, #empty")
            yield page
        finally:
            own.close()
    assert said == []


def wait_for(page: Page, there: Callable[[], object]) -> None:
    """Wait till this call is true here, while the page goes on."""
    for _ in range(LONGEST_MS // 25):
        if there():
            return
        page.wait_for_timeout(25)
    raise AssertionError("never true")


def key_of(page: Page) -> str:
    """The key of the finding that is open."""
    return str(page.text_content("article .foot")).rpartition(" ")[2]


def press(page: Page, key: str) -> None:
    """Press a key, and wait till the next finding is there."""
    before = key_of(page)
    page.keyboard.press(key)
    until(page, f"!document.querySelector('article .foot')?.textContent.endsWith('{before}')")
