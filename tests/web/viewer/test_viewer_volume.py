"""The volume in a real browser: contents, ways between pages, search, languages, and addresses that lead nowhere."""

from __future__ import annotations

import json
import re
import shutil

import pytest
from support.front_end import needs_front_end
from support.invented_volume import Entry, write_invented
from web.viewer.conftest import ENTRIES, build, http

from align.records import SCHEMA_VERSION
from align.web.viewer.site import ASSETS


@pytest.fixture
def contents(watched, address):
    """The table of contents of the invented volume."""
    return watched().go(address, ".contents")


def test_every_document_stands_in_the_contents(contents):
    """Each document stands in the contents with title, translated title, date, pages and texts."""
    rows = [" ".join(row.split()) for row in contents.locator(".contents li").all_inner_texts()]
    assert rows == [
        "18 декабря 1934 г. 18 December 1934 Н. Н. p. 53 Transcription: Russian Translation: English",
        "29 июля 29 July 29 July 1934 pp. 53–54 Transcription: Russian Translation: English",
        "29 июля 29 July 1935 p. 54 Transcription: Russian No translation",
        "letter 1936 p. 54 No transcription Translation: English",
    ]
    contents.get_by_text("letter").click()
    contents.wait_for_selector(".translation .s")


def test_page_strip(contents):
    """The strip holds each page of the volume with its thumbnail and leads there; it says which page is shown."""
    contents.goto(f"{contents.url.split('#')[0]}#/v/d/1934-12-18")
    contents.wait_for_selector(".strip-row button")
    assert contents.locator(".strip-row .thumb-label").all_inner_texts() == ["53", "54"]
    contents.wait_for_function(
        """() => [...document.querySelectorAll(".strip-row img")].every((own) => own.complete && own.naturalWidth)"""
    )
    contents.get_by_role("button", name="Page 54").click()
    contents.wait_for_function("() => document.querySelector('.strip [aria-current]').dataset.order === '2'")
    assert contents.locator("h1").inner_text().startswith("29 июля")


def test_the_strip_goes_on(watched, tmp_path):
    """The strip shows as many pages after the page that is shown as before it, also near the first."""
    needs_front_end(*ASSETS)
    write_invented(tmp_path, [Entry("d", [f"Дождь номер {n}." for n in range(12 * 40)], None)])
    build(tmp_path, tmp_path / "aligned")
    page = watched().go(f"{(tmp_path / 'aligned/viewer/index.html').as_uri()}#/v/d/d", ".strip-row button")
    for shown, last in ((1, 25), (2, 26), (20, 41)):
        page.get_by_label("Go to a page").fill(f"#{shown}")
        page.get_by_label("Go to a page").press("Enter")
        page.wait_for_function(
            "shown => document.querySelector('.strip [aria-current]')?.dataset.order === shown", arg=str(shown)
        )
        orders = page.locator(".strip-row button").evaluate_all("all => all.map((own) => Number(own.dataset.order))")
        assert orders == list(range(1, last + 1))


@pytest.mark.parametrize(("asked", "order"), [("54", "2"), ("2", "2"), ("#1", "1"), ("53", "1")])
def test_go_to_a_page(contents, asked, order):
    """A page is found by its label, else by its place in the volume."""
    contents.goto(f"{contents.url.split('#')[0]}#/v/d/1934-07-29")
    field = contents.get_by_label("Go to a page")
    field.fill(asked)
    field.press("Enter")
    contents.wait_for_function(
        "order => document.querySelector('.strip [aria-current]')?.dataset.order === order", arg=order
    )
    field.fill("999")
    field.press("Enter")
    assert contents.locator(".strip-said").inner_text() == "There is no page 999."


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ("переговоры", 3), ("переговорам прерванный", 1), ("почтальон", 1), ("ЕЩЕ", 1), ("play", 1), ("negotiate", 2),
        ("gardens", 2), ("negot", 2), ("zebra", 0), ("дождь storm", 0),
    ],
)  # fmt: skip
def test_words_are_found_in_all_their_forms(contents, query, count):
    """Words are found in all their forms, in either language and spelling; all words must stand in one sentence."""
    contents.get_by_label("Search the texts").fill(query)
    contents.get_by_label("Search the texts").press("Enter")
    contents.wait_for_selector(".search-page")
    assert contents.locator(".hits li").count() == count
    assert contents.locator(".hits mark").count() >= count


def test_many_hits(watched, tmp_path):
    """Hits that fill several screens are all listed, in the order of the volume, more of them on request."""
    needs_front_end(*ASSETS)
    write_invented(tmp_path, [Entry("d", [f"Дождь номер {n}." for n in range(75)], None)])
    build(tmp_path, tmp_path / "aligned")
    address = (tmp_path / "aligned/viewer/index.html").as_uri()
    page = watched().go(f"{address}#/v/search/дождь", ".search-page")
    more = page.get_by_role("button", name="More")
    for many in (30, 60, 75):
        page.wait_for_function("many => document.querySelectorAll('.hits li').length === many", arg=many)
        assert more.is_visible() == (many < 75)
        if many < 75:
            more.click()
    said = page.locator(".hits .hit-words").all_inner_texts()
    assert said == [f"Дождь номер {n}." for n in range(75)]


def test_a_hit_leads_to_its_sentence(contents):
    """A hit opens its document with the sentence lit in both texts and on the image; back leads to the hits."""
    contents.goto(f"{contents.url.split('#')[0]}#/v/search/storm")
    contents.locator(".hits a").click()
    contents.wait_for_selector(".lit-areas.pinned polygon")
    assert contents.locator(".s.pinned").all_inner_texts() == ["Ночью гроза.", "A storm at night."]
    contents.go_back()
    contents.wait_for_selector(".hits")
    assert contents.get_by_label("Search the texts").input_value() == "storm"


def held_back(page, pattern, begin):
    """The requests for such files that were made since `begin` was called, on their way until the test lets them go."""
    held = []
    page.route(pattern, lambda route: held.append(route))
    begin()
    while not held:
        page.wait_for_timeout(20)
    return held


def search_and_leave(page):
    """The held requests of a search during which a document was opened; it is shown."""
    shards = re.compile(r"/data/v1/s\d+-\w+\.js")
    held = held_back(page, shards, lambda: page.evaluate("location.hash = '#/v/search/storm'"))
    page.evaluate("location.hash = '#/v/d/1934-12-18'")
    page.wait_for_selector(".text .s")
    return held


def test_a_slow_search_replaces_nothing(watched, site):
    """What was opened while a search was under way stays, with its address, when the search has its answer."""
    with http(site) as served:
        page = watched().go(f"{served}#/v", ".contents")
        held = search_and_leave(page)
        page.get_by_label("Search the texts").focus()
        for own in held:
            own.continue_()
        page.wait_for_function("() => performance.getEntriesByName('align-search').length")
        page.wait_for_timeout(100)
        assert page.evaluate("location.hash") == "#/v/d/1934-12-18"
        assert page.locator(".search-page").count() == 0
        assert page.locator(".document .text .s").count() > 0
        assert page.locator("h1").inner_text().startswith("18 декабря")
        assert page.evaluate("document.activeElement.type") == "search"
        page.context.close()


def test_a_failed_search_replaces_nothing(watched, site):
    """What was opened while a search was under way stays when the search fails."""
    with http(site) as served:
        own = watched()
        page = own.go(f"{served}#/v", ".contents")
        held = search_and_leave(page)
        with page.expect_event("requestfailed"):
            for route in held:
                route.abort()
        page.wait_for_timeout(100)
        assert page.locator(".document .text .s").count() > 0
        own.said.clear()  # the browser tells of the request that failed
        page.context.close()


def test_a_slow_document_leaves_the_search_its_address(watched, site):
    """A document whose texts come after the reader went on to search changes neither the address nor what is said."""
    with http(site) as served:
        page = watched().go(f"{served}#/v/search/storm", ".hits a")
        sentence = page.locator(".hits a").get_attribute("href")
        held = held_back(page, "**/data/v1/d2-*.js", page.locator(".hits a").click)
        page.evaluate("location.hash = '#/v/search/letters'")
        page.wait_for_function("() => document.querySelector('.search-page')?.textContent.includes('letters')")
        with page.expect_response("**/data/v1/d2-*.js"):
            for own in held:
                own.continue_()
        page.wait_for_timeout(200)
        assert page.evaluate("location.hash") == "#/v/search/letters" != sentence
        assert page.locator(".notice").inner_text() == ""
        page.context.close()


def test_details_name_what_is_known_of_a_document(contents):
    """Details name what is known of a document, and leave out what is not."""
    contents.goto(f"{contents.url.split('#')[0]}#/v/d/1934-12-18")
    contents.locator("[data-tool=details]").click()
    assert contents.locator("dialog dt").all_inner_texts() == [
        "Title",
        "Translated title",
        "Date",
        "Author",
        "Repository",
        "Identifier",
        "Pages",
        "Texts",
        "Volume",
    ]
    assert "ф. 1, д. 2" in contents.locator("dialog dd").all_inner_texts()
    contents.keyboard.press("Escape")
    contents.wait_for_function("() => !document.querySelector('dialog')")


def test_the_interface_follows_the_browser_s_language(watched, address):
    """The interface follows the browser's language, can be switched, and keeps what was chosen; dates are in words."""
    page = watched(locale="ru-RU").go(f"{address}#/v/d/1934-12-18", ".text .s")
    assert page.evaluate("document.documentElement.lang") == "ru"
    assert page.locator("[data-tool]").all_inner_texts() == [
        "Сведения", "Цитировать", "Поделиться", "Сохранить", "Печать",
    ]  # fmt: skip
    page.get_by_role("button", name="Содержание").click()
    page.wait_for_selector(".contents")
    assert "29 июля 1935 г." in page.locator(".contents").inner_text()
    page.get_by_role("button", name="English").click()
    assert "29 July 1935" in page.locator(".contents").inner_text()
    page.reload()
    page.wait_for_selector(".contents")
    assert page.evaluate("document.documentElement.lang") == "en"


@pytest.mark.parametrize(
    ("part", "words"),
    [
        ("#/nowhere", "no such volume"),
        ("#/v/d/nothing", "no document of that name"),
        ("#/v/p/0000", "no such page"),
        ("#/%E0%A4%A", "Contents"),
        ("#/v/d/%3Cscript%3E", "no document of that name"),
    ],
)
def test_addresses_that_lead_nowhere(watched, address, part, words):
    """An address that names what is not there says so and leads on."""
    page = watched().go(f"{address}{part}", "main")
    assert words in page.locator("body").inner_text()
    assert page.locator("main a").count() > 0


def test_a_page_by_its_address(watched, address, site):
    """The address of a page opens the document that begins on it, at that page."""
    (volume,) = (site / "data/v1").glob("volume-*.js")
    data = volume.read_text(encoding="utf-8")
    key = data.split('"key":"')[2][:16]
    page = watched().go(f"{address}#/v/p/{key}", ".text .s")
    page.wait_for_function("() => document.querySelector('.strip [aria-current]')?.dataset.order === '2'")


def test_two_volumes(watched, tmp_path):
    """With several volumes the first page lists them; each has its contents, and their notes do not mix."""
    needs_front_end(*ASSETS)
    write_invented(tmp_path, ENTRIES)
    out = tmp_path / "aligned"
    shutil.copytree(out / "v", out / "w 2")
    shutil.copytree(tmp_path / "images" / "v", tmp_path / "images" / "w 2")
    run = {"schema_version": SCHEMA_VERSION, "volumes": {"v": {}, "w 2": {}}}
    (out / "run.json").write_text(json.dumps(run), encoding="utf-8")
    build(tmp_path, out)
    page = watched().go((out / "viewer" / "index.html").as_uri(), ".volumes")
    assert page.locator(".volumes a").all_inner_texts() == ["v", "w 2"]
    page.get_by_role("link", name="w 2").click()
    page.wait_for_selector(".contents")
    page.locator(".contents a").first.click()
    page.wait_for_selector(".text .s")
    assert page.evaluate("location.hash") == "#/w%202/d/1934-12-18"
    page.keyboard.press("b")
    page.keyboard.press("c")
    page.wait_for_selector(".contents")
    assert "1 note" in page.locator(".contents li").first.inner_text()
    page.goto(f"{page.url.split('#')[0]}#/v")
    page.wait_for_function("() => document.querySelector('h1').textContent === 'v'")
    assert "1 note" not in page.locator(".contents li").first.inner_text()


def test_no_request_leaves_the_folder(watched, address, site):
    """Everything that is loaded stands in the viewer's folder, through all of its pages."""
    own = watched()
    for part in ("", "#/v/d/1934-12-18", "#/v/d/letter", "#/v/search/дождь"):
        own.go(f"{address}{part}", "h1")
        own.page.wait_for_timeout(300)
    while len(own.requests) <= 8:
        own.page.wait_for_timeout(25)
    assert [r for r in own.requests if not r.startswith((site.as_uri(), "data:", "blob:"))] == []
