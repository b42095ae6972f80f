"""Search from the list of volumes: all volumes, one after another, by volume."""

from __future__ import annotations

import json
import shutil

import pytest
from support.front_end import needs_front_end
from support.invented_volume import Entry, write_invented
from web.viewer.conftest import build

from align.web.viewer.site import ASSETS

TEXTS = {"a": ["Дождь шёл.", "Снег шёл."], "b": ["London was cold.", *(f"Rain {n}, дождь." for n in range(9))]}


@pytest.fixture(scope="module")
def address(tmp_path_factory):
    """The viewer of two volumes; London is named only in the second."""
    needs_front_end(*ASSETS)
    root = tmp_path_factory.mktemp("volumes")
    for name, sentences in TEXTS.items():
        part = root / f"part-{name}"
        out = write_invented(part, [Entry(f"d-{name}", sentences, None)])
        shutil.copytree(out / "v", root / "aligned" / name)
        shutil.copytree(part / "images" / "v", root / "images" / "v", dirs_exist_ok=True)
        run = json.loads((out / "run.json").read_bytes())
        shutil.copy(out / "findings.jsonl", root / "aligned")
        shutil.rmtree(part)
    (root / "aligned/run.json").write_text(json.dumps({**run, "volumes": {"a": {}, "b": {}}}), encoding="utf-8")
    build(root, root / "aligned")
    return (root / "aligned/viewer/index.html").as_uri()


def asked(page, query):
    page.get_by_label("Search the texts").fill(query)
    page.get_by_label("Search the texts").press("Enter")
    page.wait_for_function(
        "query => document.querySelector('.search-page')?.textContent.includes(`“${query}”`)", arg=query
    )


def test_all_volumes_are_searched(watched, address):
    """A word of the second volume alone is found from the list of volumes; hits stand under their volume's name."""
    page = watched().go(address, ".volumes")
    asked(page, "London")
    assert page.locator(".search-page [role=status]").inner_text() == "1 sentence with “London” in any form"
    assert page.locator(".groups h2").all_inner_texts() == ["b"]
    assert page.get_by_label("Search the texts").input_value() == "London"
    page.locator(".hits a").click()
    page.wait_for_selector(".text .s.pinned")
    assert page.evaluate("location.hash").startswith("#/b/d/d-b/s/")
    page.go_back()
    page.wait_for_selector(".groups .hits")
    page.get_by_role("button", name="Contents").click()
    page.wait_for_selector(".volumes")


def test_hits_are_grouped_and_lead_on(watched, address):
    """Each volume shows its first hits and leads to all of them; from there a link leads back to all volumes."""
    page = watched().go(address, ".volumes")
    asked(page, "дождь")
    assert page.locator(".search-page [role=status]").inner_text() == "10 sentences with “дождь” in any form"
    assert page.locator(".groups section").count() == 2
    assert page.locator(".hits li").count() == 1 + 5
    page.get_by_role("link", name="All 9 sentences of this volume").click()
    page.wait_for_function("() => document.querySelectorAll('.hits li').length === 9")
    page.get_by_role("link", name="Search in all volumes").click()
    page.wait_for_selector(".groups section:nth-child(2)")


def test_nothing_is_said_to_be_nothing(watched, address):
    """What stands in no volume is said to be in none."""
    page = watched(locale="ru-RU").go(f"{address}#//search/zebra", ".search-page")
    page.get_by_text("Ничего не найдено").wait_for()
    assert page.locator(".groups section").count() == 0


def test_a_volume_is_searched_by_itself(watched, address):
    """From within a volume the search is of that volume."""
    page = watched().go(f"{address}#/a", ".contents")
    asked(page, "London")
    assert page.locator(".hits").count() == 0
    assert page.evaluate("location.hash") == "#/a/search/London"
