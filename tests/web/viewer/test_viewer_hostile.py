"""What comes from outside is text in the viewer: markup, script ends, direction marks, endless words, odd names."""

from __future__ import annotations

import json

import pytest
from support.front_end import needs_front_end
from support.invented_volume import Entry, write_invented
from web.viewer.conftest import build

from align.files.store.results import Results
from align.web.viewer.site import ASSETS

HOSTILE = [
    "</script><script>globalThis.hacked = 1</script>",
    '<img src=x onerror="globalThis.hacked = 2"> <b>bold</b> &lt;amp &amp; \'quoted\' "double"',
    "\u2028\u2029 line separators <!-- and <!--<script> comments",
    "\u202eright to left override\u202c and \u2066isolate\u2069",
    "\u0001control\u0008characters\u001f",
    "ы" * 100_000,
    "=cmd|' /C calc'!A0 {{7*7}} ${globalThis.hacked=3} javascript:alert(1)",
    "😀 вне основной плоскости 𝔘𝔫𝔦𝔠𝔬𝔡𝔢 за́мок",
]


@pytest.fixture(scope="module")
def hostile(tmp_path_factory):
    """A viewer of a collection whose every text is hostile."""
    needs_front_end(*ASSETS)
    root = tmp_path_factory.mktemp("hostile")
    details = {
        name: f'{name} <script>globalThis.hacked = 4</script> }}\\end " \u202e'
        for name in ("title", "author", "repository", "identifier", "description", "date", "recipient")
    }
    entries = [Entry("odd", HOSTILE, [f"EN {text}" for text in HOSTILE], details), Entry("plain", ["Слово."], None)]
    write_invented(root, entries, title="</title><script>globalThis.hacked = 5</script>")
    build(root, root / "aligned")
    return root / "aligned" / "viewer"


def test_everything_is_shown_as_text(hostile, watched):
    """Every hostile text stands on the page letter by letter, and nothing of it runs."""
    page = watched().go(f"{(hostile / 'index.html').as_uri()}#/v/d/odd", ".text .s")
    shown = page.evaluate("() => [...document.querySelectorAll('.transcription .s')].map((s) => s.textContent)")
    assert shown == [text.replace("\u2028", "\n").replace("\u2029", "\n") for text in HOSTILE]
    assert page.evaluate("globalThis.hacked") is None
    assert page.locator(".text img, .text script, .text b").count() == 0
    assert page.evaluate("document.documentElement.scrollWidth") <= 1500
    for key in ("d", "q", "s", "w"):
        page.keyboard.press(key)
        page.wait_for_selector("dialog[open]")
        page.keyboard.press("Escape")
        page.wait_for_function("() => !document.querySelector('dialog')")
    page.keyboard.press("c")
    page.wait_for_selector(".contents")
    assert page.evaluate("globalThis.hacked") is None
    assert "<script>" in page.locator(".contents").inner_text()


def test_citations_of_hostile_details(hostile, watched):
    """In a citation no detail ends a field of BibTeX or a line of RIS."""
    page = watched().go(f"{(hostile / 'index.html').as_uri()}#/v/d/odd", ".text .s")
    page.keyboard.press("q")
    _, bibtex, ris = page.locator("dialog textarea").evaluate_all("areas => areas.map((area) => area.value)")
    depth = 0
    for before, sign in zip(" " + bibtex, bibtex, strict=False):
        depth += {"{": 1, "}": -1}.get(sign, 0) if before != "\\" else 0
        assert depth >= 0
    assert depth == 0
    assert all(len(row) >= 5 and row[4] == "-" for row in ris.splitlines())


@pytest.mark.parametrize(
    "query", ["<script>globalThis.hacked=6</script>", "constructor", "__proto__", "%", "'\"", "ы" * 5000, "\u202e", "*"]
)
def test_hostile_questions(hostile, watched, query):
    """Any question gets an answer in words, and nothing of it runs."""
    page = watched().go(f"{(hostile / 'index.html').as_uri()}#/v/d/plain", ".text .s")
    page.get_by_label("Search the texts").fill(query)
    page.get_by_label("Search the texts").press("Enter")
    page.wait_for_selector(".search-page")
    assert page.evaluate("globalThis.hacked") is None


def test_data_are_scripts_that_end_where_they_end(hostile):
    """No script of data holds the end of a script, a comment or a line separator, and each is one JSON value."""
    files = list((hostile / "data").rglob("*.js"))
    assert len(files) > 5
    for file in files:
        text = file.read_text(encoding="utf-8")
        assert not any(part in text for part in ("</", "<!--", "\u2028", "\u2029"))
        assert text.startswith("align.add(")
        json.loads("[" + text[len("align.add(") : -3] + "]")


def test_names_in_the_page_itself(hostile):
    """The collection's title cannot end the page's own title."""
    page = (hostile / "index.html").read_text(encoding="utf-8")
    assert page.count("<script") == 1
    assert "&lt;/title&gt;" in page
    assert Results.opened(hostile.parent).volumes == ("v",)
