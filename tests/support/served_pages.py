"""Folders served to a headless Chromium, as browsers and web servers are in use."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from playwright.sync_api import Browser, Error, Page

# Longer than a loaded machine takes for anything that a test waits for; what never comes is told of all the same.
LONGEST_MS = 60_000


class _Handler(SimpleHTTPRequestHandler):
    """Lets pages of other origins read, as a server of IIIF must."""

    def end_headers(self) -> None:
        self.send_header("Access-Control-Allow-Origin", "*")
        super().end_headers()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - its name in the base class
        pass


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """The address of the folder while the block runs, on this machine alone."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Handler, directory=str(folder)))
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def until(page: Page, expression: str) -> None:
    """Wait till an expression is true in the page, which looks by itself: a question each time would cost far more.

    Playwright's own way to wait evaluates text in the page, which a content security policy forbids.
    """
    looks = f"""async () => {{
      for (let looks = 0; looks < 80; looks += 1) {{
        if ({expression}) return true;
        await new Promise((done) => setTimeout(done, 25));
      }}
      return false;
    }}"""
    last = time.monotonic() + LONGEST_MS / 1000
    while time.monotonic() < last:
        try:
            if page.evaluate(looks):
                return
        except Error as error:
            # The page went on to another one while it looked.
            if "context was destroyed" not in error.message:
                raise
    raise AssertionError(f"never true: {expression}; now {page.evaluate('document.body.innerText')!r}")


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


@contextmanager
def browser_page(browser: Browser, *, width: int, height: int) -> Iterator[tuple[Page, list[str]]]:
    """A page of its own in the browser, and what went wrong in it so far."""
    context = browser.new_context(viewport={"width": width, "height": height})
    context.set_default_timeout(LONGEST_MS)
    page = context.new_page()
    wrong: list[str] = []
    page.on("console", lambda message: wrong.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("requestfailed", lambda request: wrong.append(f"failed: {request.url}"))
    page.on("response", lambda own: wrong.append(f"{own.status}: {own.url}") if own.status >= 400 else None)
    page.on(
        "request",
        lambda request: (
            None
            if request.url.startswith(("http://127.0.0.1:", "data:", "blob:"))
            else wrong.append(f"asked outside: {request.url}")
        ),
    )
    try:
        yield page, wrong
    finally:
        context.close()
