"""The report in a real browser, from a folder: all of it there, by mouse and by keys, on paper, and nothing amiss."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace

import pytest
from support.report_browser import opened, shown, write
from support.report_collection import HOSTILE, finding, hostile_volume, report_volume, write_collection
from support.served_pages import until

from align.model import FindingDecision

ALL = "#severity=error+warning+note"


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A report, once for all tests."""
    root = tmp_path_factory.mktemp("report")
    write_collection(root, report_volume(), loose=(finding(90, "unknown-type"),))
    return write(root)


def focused(page) -> str:
    return page.evaluate("document.activeElement.id")


# What is there


def test_errors_and_warnings_are_shown_and_notes_are_counted(browser, folder):
    """At first the errors and warnings are there, the gravest first; notes are hidden and one click away."""
    with opened(browser, folder) as page:
        found = shown(page)
        assert len(found) == 9
        assert page.text_content("#count") == "9 findings shown. 2 notes hidden."
        assert page.locator("article").first.get_attribute("class") == "finding s-error"
        page.click("#count-all")
        until(page, "document.querySelector('#count').textContent === '11 findings shown.'")
        assert set(shown(page)) == {f.id for f in report_volume().findings} | {"v.f0090"}


def test_decided_findings_are_shown_on_demand(browser, tmp_path):
    """What an editor decided is not there at first; a filter shows it, with who decided what; the address keeps it."""
    volume = report_volume()
    said = FindingDecision("false-alarm", None, "wie S. 3", False, "Anna", "2026-11-28T08:00:00.000Z", "0" * 32)
    earlier = replace(said, standing="changed")
    findings = (replace(volume.findings[0], decision=said), replace(volume.findings[1], decision=earlier))
    write_collection(tmp_path, replace(volume, findings=(*findings, *volume.findings[2:])))
    with opened(browser, write(tmp_path), address=ALL) as page:
        assert volume.findings[0].id not in shown(page)
        assert "On an earlier text: False alarm (Anna, 2026-11-28)" in page.text_content("#list")
        page.select_option("select[name=decided]", "decided")
        until(page, "document.querySelectorAll('article').length === 1")
        assert shown(page) == [volume.findings[0].id]
        assert page.locator(".decision").text_content() == "False alarm (Anna, 2026-11-28) “wie S. 3”"
        assert "decided=decided" in page.evaluate("location.hash")


def test_a_finding_has_its_crop_and_its_texts(browser, folder):
    """A finding shows its reason, its picture with the lines outlined, both texts with the differing words marked."""
    with opened(browser, folder, address="#code=link-doubtful") as page:
        article = page.locator("article")
        assert article.count() == 1
        assert article.locator("h3").text_content() == "Warning: Doubtful link"
        assert article.locator("mark").all_text_contents() == ["нисал.", "писал."]
        assert article.locator("blockquote").nth(1).get_attribute("lang") == "ru"
        assert article.locator("polygon.o-lines").count() == 1
        href = article.locator("image").get_attribute("href")
        size = page.evaluate(
            "(href) => { const i = new Image(); i.src = href; return i.decode().then(() => [i.width, i.height]); }",
            href,
        )
        assert size == [1000, 700]
        box = article.locator("svg[viewBox]:not(.icon)").bounding_box()
        assert box["width"] > 500
        assert box["height"] > 60


def test_a_scan_that_cannot_be_read_is_told_of(browser, folder):
    """The finding on a damaged scan is there without a picture, with the reason, and the head of the page says so."""
    with opened(browser, folder, address="#code=page-doubled") as page:
        assert page.locator("article figure").count() == 1
        assert "last.pdf" in page.locator("article .unseen").text_content()
        assert "1 scan could not be shown" in page.text_content("main")


def test_without_scripts_the_tables_are_named(browser, folder):
    """Where scripts are off the page still shows pages and documents, and says where the findings are."""
    own = browser.new_context(java_script_enabled=False)
    page = own.new_page()
    page.goto((folder / "index.html").as_uri())
    for language in ("en", "ru"):
        assert page.locator(f"noscript [lang={language}] a").first.is_visible()
    assert page.locator(".cell").count() == 5
    own.close()


def test_a_part_that_was_not_copied_is_named(browser, tmp_path):
    """Where a file of the data is missing, the findings in it say so."""
    write_collection(tmp_path, report_volume())
    folder = write(tmp_path)
    (details,) = (folder / "data").glob("00000-*.js")
    details.unlink()
    with pytest.raises(AssertionError, match="failed"), opened(browser, folder) as page:
        assert f"data/{details.name} is missing" in page.locator("article .reason").first.text_content()


# Filters


@pytest.mark.parametrize(
    ("address", "ids"),
    [
        ("#severity=error", ["v.f0006", "v.f0010"]),
        ("#severity=note", ["v.f0008", "v.f0009"]),
        ("#code=line-not-in-text", ["v.f0001"]),
        (f"{ALL}&document=letter", ["v.f0005", "v.f0008"]),
        (f"{ALL}&page=v.p0005", ["v.f0007", "v.f0009"]),
        ("#q=%D0%BD%D0%B8%D1%81%D0%B0%D0%BB", ["v.f0003"]),
        ("#q=nothing+of+that+kind", []),
        ("#page=unknown&code=unknown", None),
    ],
)
def test_an_address_brings_its_list(browser, folder, address, ids):
    """What stands after # in the address is what is shown; what it does not know it ignores."""
    with opened(browser, folder, address=address) as page:
        assert sorted(shown(page)) == ids if ids is not None else len(shown(page)) == 9


def test_filters_change_list_and_address(browser, folder):
    """Each filter narrows the list, the address follows, and Clear brings everything back."""
    with opened(browser, folder) as page:
        page.select_option("[name=code]", label="Doubtful link (1)")
        assert shown(page) == ["v.f0003"]
        assert page.url.endswith("#code=link-doubtful")
        page.click("[type=reset]")
        until(page, "document.querySelector('#count').textContent.startsWith('9 ')")
        page.uncheck("[name=severity][value=warning]")
        assert sorted(shown(page)) == ["v.f0006", "v.f0010"]
        page.click("[type=reset]")
        page.fill("[name=q]", "ПЕТРОВА нисал")
        until(page, "document.querySelector('#count').textContent.startsWith('No ')")
        page.fill("[name=q]", "ДЕТЕЙ жена")
        page.fill("[name=q]", "unwell ЗДОРОВ")
        until(page, "document.querySelector('#count').textContent.startsWith('1 ')")
        assert shown(page) == ["v.f0002"]


def test_what_is_typed_meanwhile_stays(browser, folder):
    """The address follows the filters without an event that would set the filters to an earlier address again."""
    with opened(browser, folder) as page:
        page.evaluate("() => { window.heard = 0; addEventListener('hashchange', () => { window.heard += 1; }); }")
        page.fill("[name=q]", "unwell ЗДОРОВ")
        until(page, "location.hash.includes('unwell')")
        page.fill("[name=q]", "ПЕТРОВА нисал")
        until(page, "document.querySelector('#count').textContent.startsWith('No ')")
        assert page.evaluate("window.heard") == 0


def test_the_strip_and_the_documents_filter(browser, folder):
    """A page of the strip shows its findings alone, notes too where it has no others; a second time shows all again."""
    with opened(browser, folder) as page:
        page.click(".cell[data-page='2']")
        until(page, "document.querySelector('#count').textContent.startsWith('1 ')")
        assert shown(page) == ["v.f0005"]
        assert page.get_attribute(".cell[data-page='2']", "aria-current") == "true"
        page.click(".cell[data-page='2']")
        until(page, "document.querySelector('#count').textContent.startsWith('9 ')")
        page.click("a[data-document='1']")
        until(page, "document.querySelector('#count').textContent.startsWith('1 ')")
        assert shown(page) == ["v.f0005"]


def test_page_order(browser, folder):
    """In the order of pages the findings of the first page come first, and those of no page last."""
    with opened(browser, folder, address="#order=page") as page:
        found = shown(page)
        assert set(found[:4]) == {"v.f0001", "v.f0002", "v.f0003", "v.f0004"}
        assert set(found[-2:]) == {"v.f0010", "v.f0090"}


def test_two_runs(browser, tmp_path):
    """Against an earlier run each finding says that it is new, and a filter shows those that are gone."""
    volume = report_volume()
    write_collection(
        tmp_path / "then",
        replace(volume, findings=(*volume.findings[:2], finding(77, "link-doubtful", source_text="старое"))),
    )
    write_collection(tmp_path / "now", volume)
    folder = write(tmp_path / "now", against=tmp_path / "then")
    with opened(browser, folder) as page:
        assert "an earlier run" in page.text_content("header.top")
        assert page.locator("article .change").all_text_contents() == ["new"] * 6 + ["gone"]
        page.select_option("[name=change]", "gone")
        assert shown(page) == ["v.f0077"]
        assert "старое" in page.locator("article").text_content()


def test_two_volumes(browser, tmp_path):
    """Of several volumes each has its strip, and a finding says in which volume its page is."""
    write_collection(tmp_path, report_volume())
    out = tmp_path / "aligned"
    shutil.copytree(out / "v", out / "w")
    for rows in (out / "w").glob("*.jsonl"):
        rows.write_text(rows.read_text(encoding="utf-8").replace('"v.', '"w.'), encoding="utf-8", newline="")
    run = json.loads((out / "run.json").read_text(encoding="utf-8"))
    run["volumes"]["w"] = run["volumes"]["v"]
    (out / "run.json").write_text(json.dumps(run), encoding="utf-8")
    with opened(browser, write(tmp_path)) as page:
        assert len(shown(page)) == 16
        assert page.locator(".strip").count() == 2
        places = page.locator(".place").all_text_contents()
        assert {place.rsplit(" of ", 1)[1] for place in places if " of " in place} == {"v", "w"}
        page.click(".strip >> nth=1 >> .cell >> nth=2")
        until(page, "document.querySelector('#count').textContent.startsWith('1 ')")
        assert "of w" in page.locator(".place").text_content()


# Keys


def test_the_keyboard_path(browser, folder):
    """The keys j and k go from finding to finding, Enter opens the page with its place outlined, Esc goes back."""
    with opened(browser, folder) as page:
        shown(page)
        order = page.evaluate("[...document.querySelectorAll('article')].map((a) => a.id)")
        for key, at in (("j", 0), ("j", 1), ("j", 2), ("j", 3), ("k", 2), ("k", 1), ("k", 0), ("k", 0)):
            page.keyboard.press(key)
            until(page, f"document.activeElement.id === '{order[at]}'")
        page.fill("[name=q]", "нисал")
        until(page, "document.querySelector('#count').textContent.startsWith('1 ')")
        page.keyboard.press("Enter")
        until(page, "document.activeElement.tagName === 'ARTICLE'")
        page.keyboard.press("Enter")
        page.wait_for_selector("dialog#page[open]")
        assert page.locator("#page-sheet polygon.o-lines").count() == 1
        assert page.text_content("#page-title") == "page 53 (стр. 1#a.jpg)"
        before = page.locator("#page-sheet svg").bounding_box()["width"]
        page.keyboard.press("+")
        assert page.locator("#page-sheet svg").bounding_box()["width"] > before
        page.keyboard.press("Escape")
        until(page, "document.activeElement.tagName === 'ARTICLE' && !document.querySelector('dialog[open]')")
        page.keyboard.press("?")
        assert page.locator("dialog#keys").is_visible()
        page.keyboard.press("Escape")
        page.keyboard.press("/")
        assert page.evaluate("document.activeElement.name") == "q"
        page.keyboard.press("Escape")
        until(page, "document.querySelector('#count').textContent.startsWith('9 ')")
        page.keyboard.press("n")
        until(page, "document.querySelector('#count').textContent.startsWith('11 ')")


def test_pages_of_a_finding_are_turned(browser, folder):
    """A finding on two pages opens the first, and the arrow keys turn to the other, whose scan cannot be read."""
    with opened(browser, folder, address="#code=page-doubled") as page:
        shown(page)
        page.keyboard.press("j")
        until(page, "document.activeElement.tagName === 'ARTICLE'")
        page.keyboard.press("Enter")
        page.wait_for_selector("dialog#page[open] svg")
        assert "0002.tif, image 4" in page.text_content("#page-title")
        page.keyboard.press("ArrowRight")
        assert "last.pdf" in page.text_content("#page-title")
        assert page.locator("#page-sheet svg").count() == 0
        page.keyboard.press("ArrowRight")
        page.keyboard.press("ArrowLeft")
        assert "0002.tif, image 4" in page.text_content("#page-title")


def test_letters_typed_into_the_search_are_letters(browser, folder):
    """j, k, n, ? and / in the search field are typed, and do nothing else."""
    with opened(browser, folder) as page:
        page.focus("[name=q]")
        page.keyboard.type("jkn?/")
        assert page.input_value("[name=q]") == "jkn?/"
        assert page.locator("dialog[open]").count() == 0


def test_letters_can_be_turned_off(browser, folder):
    """Who speaks to the machine can turn single letters off in the list of keys; Enter and Esc still work."""
    with opened(browser, folder) as page:
        shown(page)
        page.click("#keys-open")
        page.uncheck("#keys-on")
        page.click("#keys-close")
        page.keyboard.press("j")
        page.keyboard.press("n")
        assert page.text_content("#count").startswith("9 ")
        assert page.evaluate("document.activeElement.tagName") != "ARTICLE"


def test_the_focus_stays_with_its_finding(browser, folder):
    """When notes are shown and hidden the focus stays on the finding that had it."""
    with opened(browser, folder) as page:
        shown(page)
        page.keyboard.press("j")
        page.keyboard.press("j")
        until(page, "document.activeElement.getAttribute('aria-posinset') === '2'")
        at = focused(page)
        page.keyboard.press("n")
        until(page, "document.querySelector('#count').textContent === '11 findings shown.'")
        until(page, f"document.activeElement.id === '{at}'")


# Paper, sizes, colours


def test_on_paper_all_findings_stand_with_their_pictures(browser, folder):
    """On paper all shown findings are there with their pictures, and nothing that can only be clicked."""
    with opened(browser, folder) as page:
        page.emulate_media(media="print")
        page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
        assert page.locator("article").count() == 9
        for hidden in (".filters", ".tools", "dialog", "footer"):
            assert not page.locator(hidden).first.is_visible()
        assert page.evaluate("getComputedStyle(document.body).color") == "rgb(0, 0, 0)"
        assert page.pdf(format="A4").startswith(b"%PDF")


@pytest.mark.parametrize("wide", [360, 768, 1280, 1920])
def test_nothing_sticks_out(browser, folder, wide):
    """On a phone and on a wide screen nothing is wider than the window."""
    with opened(browser, folder, wide=wide, address=ALL) as page:
        shown(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= wide


def test_light_and_dark(browser, folder):
    """The colours follow the system, and the button changes them."""
    with opened(browser, folder, color_scheme="dark") as page:
        colour = "getComputedStyle(document.body).backgroundColor"
        dark = page.evaluate(colour)
        page.click("#theme")
        assert page.evaluate(colour) != dark
        page.click("#theme")
        assert page.evaluate(colour) == dark


# Texts that mean harm


@pytest.fixture(scope="module")
def hostile(tmp_path_factory):
    """A report in which every field holds a text that means harm."""
    root = tmp_path_factory.mktemp("hostile")
    write_collection(root, hostile_volume())
    return write(root, title=HOSTILE["script"])


def test_hostile_texts_are_texts(browser, hostile):
    """Markup, scripts, templates, line ends, turned and endless words stand in the page as they are."""
    with opened(browser, hostile) as page:
        assert len(shown(page)) == len(HOSTILE)
        for name, wanted in HOSTILE.items():
            found = page.locator("article").filter(has_text=f"{name}: ")
            assert found.locator(".suggestion").text_content() == wanted
            assert found.locator("blockquote").first.text_content() == wanted
            assert wanted[:200] in found.locator(".place").text_content()
            assert found.locator("img, script, b, a[href^=http]").count() == 0
        assert page.evaluate("document.documentElement.scrollWidth") <= 1280
        assert page.text_content("h1") == HOSTILE["script"]
        assert page.locator(".cell").first.text_content() == HOSTILE["markup"]


def test_turned_text_turns_nothing_else(browser, hostile):
    """A text from right to left is set so, and what stands beside it is not."""
    with opened(browser, hostile, address="#q=hebrew:") as page:
        shown(page)
        assert page.evaluate("getComputedStyle(document.querySelector('article .suggestion p')).direction") == "rtl"
        assert page.evaluate("getComputedStyle(document.querySelector('article')).direction") == "ltr"


def test_endless_words_on_a_phone(browser, hostile):
    """A word of 100,000 letters breaks no layout on a phone, and a long passage does not bury what follows."""
    with opened(browser, hostile, wide=360, address="#q=word:") as page:
        shown(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= 360
        assert page.locator("blockquote").first.bounding_box()["height"] < 400
