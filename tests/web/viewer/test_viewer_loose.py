"""Pages that no document stands on, in a real browser: each has its own notes and its own address."""

from __future__ import annotations

import json
from pathlib import Path
from urllib.parse import urlsplit
from urllib.request import url2pathname

import pytest
from support.front_end import needs_front_end
from support.invented_volume import Entry, write_invented
from web.viewer.conftest import build, http

from align.web.viewer.site import ASSETS


def without_places_from(order, folder):
    """Nothing in these results stands on this page any more, nor on a later one."""
    for name in ("links", "documents"):
        file = folder / f"{name}.jsonl"
        rows = [json.loads(row) for row in file.read_text(encoding="utf-8").splitlines()]
        for row in rows:
            row["areas"] = [area for area in row["areas"] if area["page"] < order]
            if name == "links" and not row["areas"]:
                row.update(status="unlinked", score=0.0, reason="not-on-page", via=None)
        file.write_text("".join(f"{json.dumps(row, ensure_ascii=False)}\n" for row in rows), encoding="utf-8")


@pytest.fixture(scope="module")
def loose(tmp_path_factory):
    """The address of the viewer of a volume of five pages: a document on the first two, none on the others."""
    needs_front_end(*ASSETS)
    root = tmp_path_factory.mktemp("loose")
    out = write_invented(root, [Entry("d", [f"Дождь номер {n}." for n in range(12 * 4)], None)])
    without_places_from(3, out / "v")
    build(root, out)
    return (out / "viewer/index.html").as_uri()


@pytest.fixture
def contents(watched, loose):
    """The table of contents of that volume."""
    return watched(accept_downloads=True).go(loose, ".loose a")


def addresses(contents):
    return [own.get_attribute("href") for own in contents.locator(".loose a").all()]


def opened(page, address):
    page.evaluate("address => { location.hash = address; }", address)
    page.wait_for_function(
        """address => {
          const shown = document.querySelector('.strip [aria-current] .thumb-label')?.textContent;
          return location.hash === address && shown && document.querySelector('h1').textContent === `Page ${shown}`;
        }""",
        arg=address,
    )


def kept(page):
    """The addresses that the notes of this browser are about."""
    stored = page.evaluate("Object.entries(localStorage).find(([name]) => name.endsWith('.notes'))?.[1] ?? '[]'")
    return [own["target"][0]["source"] for own in json.loads(stored)]


def test_each_page_has_its_own_bookmark(contents):
    """A bookmark of one page without a document neither replaces nor removes that of another page."""
    pages = addresses(contents)
    assert len(pages) == 3
    for page in pages:
        opened(contents, page)
        contents.keyboard.press("b")
        assert contents.locator(".notice").inner_text().startswith("A bookmark was set")
    assert kept(contents) == pages
    opened(contents, pages[0])
    contents.keyboard.press("b")
    assert contents.locator(".notice").inner_text() == "The bookmark was removed."
    assert kept(contents) == pages[1:]


def test_each_page_has_its_own_note(contents):
    """A note on one page without a document begins empty though another page has one, and leaves that as it is."""
    pages = addresses(contents)[:2]
    for page, words in zip(pages, ("Blank?", "A map."), strict=True):
        opened(contents, page)
        contents.keyboard.press("e")
        assert contents.locator("dialog textarea").input_value() == ""
        contents.locator("dialog textarea").fill(words)
        contents.get_by_role("button", name="Keep").click()
        contents.wait_for_function("() => !document.querySelector('dialog')")
    assert kept(contents) == pages
    opened(contents, pages[0])
    contents.keyboard.press("e")
    assert contents.locator("dialog textarea").input_value() == "Blank?"


@pytest.fixture
def server(loose):
    """The same viewer on a server, where a citation ends with an address."""
    with http(Path(url2pathname(urlsplit(loose).path)).parent) as served:
        yield served


def test_a_page_is_cited_with_its_own_address(watched, server):
    """The citation of a page without a document ends with the address of that page, in all three forms."""
    page = watched().go(server, ".loose a")
    address = addresses(page)[1]
    opened(page, address)
    page.keyboard.press("q")
    plain, bibtex, ris = page.locator("dialog textarea").evaluate_all("areas => areas.map((area) => area.value)")
    assert plain == f"v, p. 56. {server}{address}"
    assert f"url = {{{server}{address}}}" in bibtex
    assert f"UR  - {server}{address}\n" in ris
    page.context.close()
