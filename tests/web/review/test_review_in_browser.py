"""The server's own pages in a real browser: forms come through, nothing is refused by the pages' own policy."""

from __future__ import annotations

import re
import threading

import pytest
import uvicorn
from argon2 import PasswordHasher
from support.axe import faults
from support.review_server import PASSWORD, Server
from support.sample_run import COLLECTION
from support.served_pages import LONGEST_MS

from align.database.accounts import Accounts
from align.web.review.access.guard import Site
from align.web.review.page_assets import NEEDED, UNBUILT, Assets
from align.web.review.serving import taken_port

WEB = COLLECTION / "align" / "web"
SERVED = {**dict.fromkeys(NEEDED, "theme.css"), **UNBUILT}


@pytest.fixture
def origin(tmp_path):
    """A server with accounts at a port of its own, into which Anna can come."""
    with taken_port("127.0.0.1", 0) as held:
        port = held.getsockname()[1]
        server = Server(tmp_path, site=Site.local(port))
        server.accounts = Accounts(server.database, hasher=PasswordHasher(time_cost=1, memory_cost=32))
        server.accounts.add("Anna", "chief", PASSWORD)
        server.assets = Assets({name: (WEB / path).read_bytes() for name, path in SERVED.items()})
        web = uvicorn.Server(uvicorn.Config(server.for_several(), log_config=None))
        thread = threading.Thread(target=web.run, kwargs={"sockets": [held]}, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{port}"
        # Pages that are still open hold their streams of news.
        web.should_exit = web.force_exit = True
        thread.join()


@pytest.mark.slow
def test_the_contents_renew_themselves(browser, origin):
    """What another editor decides appears without reloading; a state that was chosen and not set yet stays chosen."""
    pages = [browser.new_context(locale="en-GB").new_page() for _ in range(2)]
    for page in pages:
        page.set_default_timeout(LONGEST_MS)
        page.goto(f"{origin}/login")
        page.get_by_label("Name").fill("Anna")
        page.get_by_label("Password").fill(PASSWORD)
        page.get_by_role("button", name="Sign in").click()
        page.wait_for_url(f"{origin}/")
    one, other = pages
    diary = one.get_by_label("State of Title of 1934-12-18")
    diary.select_option("second-reader")
    other.get_by_label("State of Title of letter").select_option("done")
    other.get_by_role("row", name=re.compile("letter")).get_by_role("button").click()
    one.get_by_text(re.compile("^Anna, 2026-")).wait_for()
    assert diary.input_value() == "second-reader"
    assert one.get_by_label("State of Title of letter").input_value() == "done"


@pytest.mark.slow
def test_forms_work_in_a_browser(browser, origin):
    """A person signs in, adds another one, states a document and signs out; no page has a fault of accessibility."""
    page = browser.new_context(viewport={"width": 1280, "height": 800}, locale="en-GB").new_page()
    page.set_default_timeout(LONGEST_MS)
    said = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.goto(f"{origin}/log")
    assert page.url == f"{origin}/login"
    assert faults(page) == []
    page.get_by_label("Name").fill("anna")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url(f"{origin}/")
    assert faults(page) == []
    page.get_by_label("State of Title of letter").select_option("done")
    page.get_by_role("row", name=re.compile("letter")).get_by_role("button").click()
    page.get_by_text(re.compile("^Anna, 2026-")).wait_for()
    page.get_by_role("link", name="People").click()
    assert faults(page) == []
    form = page.locator("form.stacked")
    form.get_by_label("Name").fill("Борис <b>")
    form.get_by_label("Password", exact=True).fill(PASSWORD)
    form.get_by_label("Password, again").fill(PASSWORD)
    form.get_by_role("button").click()
    page.get_by_text("Борис <b> can sign in now.").wait_for()
    page.get_by_role("link", name="Who decided what").click()
    page.get_by_text("Title of letter").wait_for()
    assert faults(page) == []
    page.get_by_role("link", name="Русский").click()
    page.get_by_role("heading", name="Кто что решил").wait_for()
    page.set_viewport_size({"width": 390, "height": 800})
    for path in ("/", "/log", "/people"):
        page.goto(f"{origin}{path}")
        assert page.evaluate("document.documentElement.scrollWidth") <= 390
        for colours in ("light", "dark"):
            page.emulate_media(color_scheme=colours)
            assert faults(page) == []
    page.get_by_role("button", name="Выйти").click()
    page.wait_for_url(f"{origin}/login")
    page.go_back()
    page.reload()
    page.wait_for_url(f"{origin}/login")
    page.context.close()
    assert said == []
