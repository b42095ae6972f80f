"""Notes, tags and bookmarks in a real browser: kept, shown, written out as W3C annotations and read back."""

from __future__ import annotations

import json

import pytest


@pytest.fixture
def page(watched, address):
    """The first document with its second sentence kept."""
    page = watched(accept_downloads=True).go(f"{address}#/v/d/1934-12-18", ".text .s")
    page.locator('.transcription [data-s="1"]').click()
    return page


def annotate(page, comment, tags=""):
    page.get_by_role("button", name="Note", exact=True).click()
    page.locator("dialog textarea").fill(comment)
    page.locator("dialog input").fill(tags)
    page.get_by_role("button", name="Keep").click()
    page.wait_for_function("() => !document.querySelector('dialog')")


def exported(page):
    page.get_by_role("button", name="Notes", exact=True).click()
    with page.expect_download() as download:
        page.get_by_role("button", name="Export").click()
    page.keyboard.press("Escape")
    return download.value.path().read_text(encoding="utf-8")


def test_a_note_stays(page):
    """A note marks its sentence, is there after a reload, and can be changed and deleted."""
    annotate(page, "Which talks?", "talks, 1934")
    assert page.locator(".s.noted").all_inner_texts() == ["О переговорах я узнал утром."]
    page.reload()
    page.wait_for_selector(".s.noted")
    assert page.locator(".s.noted").get_attribute("title") == "Which talks?"
    annotate(page, "Timber.")
    assert page.locator(".s.noted").get_attribute("title") == "Timber."
    page.get_by_role("button", name="Note", exact=True).click()
    page.get_by_role("button", name="Delete").click()
    page.wait_for_function("() => !document.querySelector('.noted')")


def test_export_is_web_annotations(page):
    """The export is an AnnotationPage: bodies with purposes, the quote, and the region on the scan."""
    annotate(page, "Which talks?", "talks, 1934")
    data = json.loads(exported(page))
    assert data["@context"] == "http://www.w3.org/ns/anno.jsonld"
    assert data["type"] == "AnnotationPage"
    (item,) = data["items"]
    assert item["type"] == "Annotation"
    assert item["motivation"] == "commenting"
    assert [(b["type"], b["purpose"], b["value"]) for b in item["body"]] == [
        ("TextualBody", "commenting", "Which talks?"),
        ("TextualBody", "tagging", "talks"),
        ("TextualBody", "tagging", "1934"),
    ]
    text, region = item["target"]
    assert text["source"].startswith("urn:align:")
    assert "#/v/d/1934-12-18/s/" in text["source"]
    assert text["selector"] == {"type": "TextQuoteSelector", "exact": "О переговорах я узнал утром."}
    assert region["source"] == "images/v/00001.jpg"
    assert region["selector"]["value"] == "xywh=90,171,720,51"
    assert item["created"] <= item["modified"]


def test_import_brings_all_back(page, watched, address, tmp_path):
    """What was exported gives the same notes in another browser, and reading it twice adds nothing."""
    annotate(page, "Which talks?", "talks")
    page.get_by_role("button", name="Bookmark").click()
    text = exported(page)
    file = tmp_path / "notes.json"
    file.write_text(text, encoding="utf-8")
    other = watched(accept_downloads=True).go(f"{address}#/v/d/1934-12-18", ".text .s")
    assert other.locator(".noted").count() == 0
    for _ in range(2):
        other.get_by_role("button", name="Notes", exact=True).click()
        other.locator("dialog input[type=file]").set_input_files(file)
        other.wait_for_function("() => document.querySelector('dialog [role=status]').textContent.includes('2 notes')")
        assert other.locator(".note-list li").count() == 2
        other.keyboard.press("Escape")
    other.wait_for_selector(".noted")
    again = json.loads(exported(other))
    assert sorted(again["items"], key=lambda i: i["id"]) == sorted(json.loads(text)["items"], key=lambda i: i["id"])


def test_a_note_leads_to_its_sentence(page):
    """The list of notes leads to the place of each, and the contents count them."""
    annotate(page, "Which talks?")
    page.get_by_role("button", name="Next").click()
    page.wait_for_function("() => document.querySelector('h1').textContent.startsWith('29')")
    page.get_by_role("button", name="Notes", exact=True).click()
    page.locator(".note-list button").first.click()
    page.wait_for_selector(".s.pinned.noted")
    page.get_by_role("button", name="Contents").click()
    page.wait_for_selector(".contents")
    assert "1 note" in page.locator(".contents li").first.inner_text()


@pytest.mark.parametrize("text", ["", "{", "[]x", '{"type":"Manifest","items":5}', "null", "7"])
def test_files_that_hold_no_annotations(page, tmp_path, text):
    """A file without annotations is refused in words, and nothing is lost."""
    annotate(page, "Stays.")
    file = tmp_path / "other.json"
    file.write_text(text, encoding="utf-8")
    page.get_by_role("button", name="Notes", exact=True).click()
    page.locator("dialog input[type=file]").set_input_files(file)
    page.wait_for_function("() => document.querySelector('dialog [role=status]').textContent.includes('no W3C')")
    assert page.locator(".note-list li").count() == 1


def test_hostile_annotations_are_text(page, tmp_path):
    """Markup and odd shapes in an imported file are shown as text or left out; nothing of them runs."""
    address = page.evaluate("location.hash")
    items = [
        {"type": "Annotation", "body": {"value": "<img src=x onerror='globalThis.hacked=1'>"}, "target": f"http://elsewhere/{address}"},
        {"type": "Annotation", "body": ["<b>two</b>", None, 5, {"value": 7}],
         "target": [{"source": {"id": address}}, None, 3]},
        {"type": "Annotation", "target": "javascript:alert(1)"},
        {"type": "Annotation", "target": "#/"},
        "text", None, 5, {"type": "Annotation"},
    ]  # fmt: skip
    file = tmp_path / "hostile.json"
    file.write_text(json.dumps(items), encoding="utf-8")
    page.get_by_role("button", name="Notes", exact=True).click()
    page.locator("dialog input[type=file]").set_input_files(file)
    page.wait_for_function("() => document.querySelector('dialog [role=status]').textContent.includes('2 notes')")
    assert page.locator(".note-list li").count() == 2
    assert "<img src=x" in page.locator(".note-list").inner_text()
    assert page.locator(".note-list img").count() == 0
    assert page.evaluate("globalThis.hacked") is None


def test_a_browser_that_keeps_nothing(watched, address):
    """Where the browser refuses to keep things, notes work until the page is closed, and the reader is told."""
    own = watched()
    own.page.add_init_script(
        """Object.defineProperty(globalThis, "localStorage",
        { get() { throw new DOMException("no", "SecurityError"); } })"""
    )
    page = own.go(f"{address}#/v/d/1934-12-18", ".text .s")
    page.locator('.transcription [data-s="1"]').click()
    page.get_by_role("button", name="Note", exact=True).click()
    page.locator("dialog textarea").fill("Fleeting.")
    page.get_by_role("button", name="Keep").click()
    assert "keeps nothing" in page.locator("dialog [role=status]").inner_text()
    page.keyboard.press("Escape")
    assert page.locator(".s.noted").count() == 1


@pytest.mark.parametrize(
    ("scan", "source"),
    [
        ("images/v/f. 1 #2?.jpg", "images/v/f.%201%20%232%3F.jpg"),
        ("images/v/50 %.jpg", "images/v/50%20%25.jpg"),
        ("images/v/л. 1.jpg", "images/v/%D0%BB.%201.jpg"),
        ("images/v/\udcff.jpg", "images/v/%EF%BF%BD.jpg"),
    ],
)
def test_any_name_of_a_scan(watched, address, site, scan, source):
    """A bookmark names the file of its scan as an address does, whatever signs stand in its name."""
    own = watched(accept_downloads=True)
    (volume,) = (site / "data/v1").glob("volume-*.js")
    text = volume.read_text(encoding="utf-8").replace('"images/v/00001.jpg"', json.dumps(scan))
    own.page.route(f"**/data/v1/{volume.name}", lambda route: route.fulfill(body=text, content_type="text/javascript"))
    opened = own.go(f"{address}#/v/d/1934-12-18", ".text .s")
    opened.locator('.transcription [data-s="1"]').click()
    opened.keyboard.press("b")
    (item,) = json.loads(exported(opened))["items"]
    assert [target["source"] for target in item["target"]][1:] == [source]
