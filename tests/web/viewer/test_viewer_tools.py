"""Cite, share, save and print in a real browser: what a reader takes away."""

from __future__ import annotations

import contextlib
import re
from io import BytesIO

import pypdfium2
import pytest
from PIL import Image
from web.viewer.conftest import ENGLISH, RUSSIAN, http


@pytest.fixture
def sentence(watched, address):
    """The first document with its second sentence kept."""
    page = watched(accept_downloads=True).go(f"{address}#/v/d/1934-12-18", ".text .s")
    page.locator('.transcription [data-s="1"]').click()
    return page


def fields(page):
    return page.locator("dialog textarea").evaluate_all("areas => areas.map((area) => area.value)")


def test_cite_a_sentence(sentence):
    """A citation names author, title, date, page, archive, identifier and the region on the scan, in three forms."""
    sentence.locator("[data-tool=cite]").click()
    plain, bibtex, ris = fields(sentence)
    assert plain == (
        "Н. Н. “18 декабря 1934 г.” v, p. 53. ЦГА, ф. 1, д. 2. Region: images/v/00001.jpg#xywh=90,171,720,51."
    )
    assert re.fullmatch(r"@misc\{1934-12-18-[0-9a-f]{6},\n(?:  \w+ = \{.*\},?\n)+\}\n", bibtex)
    assert "  pages = {53}," in bibtex
    assert "xywh=90,171,720,51" in bibtex
    rows = [row.split("  - ", 1) for row in ris.splitlines()]
    assert rows[0] == ["TY", "MANSCPT"]
    assert rows[-1][0] == "ER"
    assert dict(rows)["AU"] == "Н. Н."
    assert dict(rows)["DA"] == "1934/12/18"
    assert dict(rows)["SP"] == "53"


def test_a_citation_names_the_address_on_the_web(site, watched):
    """Over HTTP a citation ends with the address; that of a folder on somebody's disk is nobody's address."""
    with http(site) as served:
        page = watched().go(f"{served}#/v/d/1934-12-18", ".text .s")
        page.locator("[data-tool=cite]").click()
        plain, bibtex, ris = fields(page)
        assert plain.endswith(f" {served}#/v/d/1934-12-18")
        assert f"url = {{{served}#/v/d/1934-12-18}}" in bibtex
        assert f"UR  - {served}#/v/d/1934-12-18\n" in ris
        page.context.close()


def test_cite_a_document(watched, address):
    """Without a sentence the document is cited with all its pages."""
    page = watched().go(f"{address}#/v/d/1934-07-29", ".text .s")
    page.locator("[data-tool=cite]").click()
    plain, bibtex, ris = fields(page)
    assert plain == "“29 июля”. 29 July 1934. v, pp. 53–54."
    assert "pages = {53--54}" in bibtex
    assert "SP  - 53\n" in ris
    assert "EP  - 54\n" in ris
    assert "xywh" not in plain


def test_a_citation_in_russian(watched, address):
    """Under a Russian interface the plain citation has Russian quotation marks, date and abbreviations."""
    page = watched(locale="ru-RU").go(f"{address}#/v/d/1934-07-29", ".text .s")
    page.locator('.transcription [data-s="1"]').click()
    page.locator("[data-tool=cite]").click()
    assert fields(page)[0].startswith("«29 июля». 29 июля 1934 г. v, с. 53. Область: images/v/00001.jpg#xywh=")


def test_shared_addresses_lead_to_sentence_page_and_document(sentence, watched):
    """The addresses that are given lead to the sentence, to the page and to the document."""
    sentence.locator("[data-tool=share]").click()
    own, page, document = fields(sentence)
    assert watched().go(own, ".s.pinned").locator(".s.pinned").first.inner_text() == "О переговорах я узнал утром."
    for address in (page, document):
        assert watched().go(address, ".text .s").locator("h1").inner_text() == "18 декабря 1934 г."


def test_the_button_beside_a_citation_copies_it(sentence):
    """The button beside a citation copies it."""
    sentence.context.grant_permissions(["clipboard-read", "clipboard-write"])
    sentence.locator("[data-tool=cite]").click()
    sentence.get_by_role("button", name="Copy").first.click()
    sentence.get_by_role("button", name="Copied").wait_for()


@pytest.mark.parametrize("way", ["file", "http"])
def test_image_texts_and_pdf_are_saved(site, watched, way):
    """The image of a sentence, the texts and the page as PDF are saved, from a folder as over HTTP."""
    with http(site) as served:
        base = served if way == "http" else (site / "index.html").as_uri()
        page = watched(accept_downloads=True).go(f"{base}#/v/d/1934-12-18", ".areas .area")
        page.wait_for_function("() => document.querySelector('.strip [aria-current]')")
        page.locator('.transcription [data-s="1"]').click()
        page.locator("[data-tool=save]").click()
        saved = {}
        for name in ("Image of the sentence (PNG)", "Texts of this document (TXT)", "Page 53 (PDF)"):
            with page.expect_download() as download:
                page.get_by_role("button", name=name).click()
            saved[download.value.suggested_filename] = download.value.path().read_bytes()
        page.context.close()
    crop, text, pdf = saved.values()
    assert [re.sub(r"[0-9a-f]{16}", "KEY", name) for name in saved] == [
        "1934-12-18-KEY.png",
        "1934-12-18.txt",
        "1934-12-18-53.pdf",
    ]
    image = Image.open(BytesIO(crop)).convert("L")
    assert image.size == (720 + 24, 51 + 24)
    assert image.getextrema()[0] < 90
    assert text.decode().splitlines()[0] == "Title: 18 декабря 1934 г."
    assert "О переговорах я узнал утром." in text.decode()
    document = pypdfium2.PdfDocument(pdf)
    assert [round(v) for v in document[0].get_size()] == [216, 288]
    assert document.get_metadata_dict()["Title"] == "18 декабря 1934 г., Page 53"
    shown = document[0].render(scale=1).to_pil().convert("L")
    assert shown.getextrema()[0] < 200 < shown.getextrema()[1]


def test_a_run_of_pages_is_printed_with_its_documents(watched, address):
    """A chosen run of pages is printed, each image with what stands on that page, document by document."""
    page = watched().go(f"{address}#/v/d/1934-07-29", ".text .s")
    page.evaluate("() => { globalThis.print = () => { globalThis.printed = true; }; }")
    page.locator("[data-tool=print]").click()
    page.locator("dialog button[type=submit]").click()
    page.wait_for_function("() => globalThis.printed")
    page.emulate_media(media="print")
    sheets = page.locator(".print-sheet")
    assert sheets.count() == 2
    assert not page.locator(".site").is_visible()
    first, second = sheets.all_inner_texts()
    assert "О переговорах я узнал утром." in first
    assert "A storm at night." in first
    assert "Год прошёл." not in first
    assert "Год прошёл." in second
    assert "Dear friend" in second
    data = page.pdf(prefer_css_page_size=True)
    document = pypdfium2.PdfDocument(data)
    assert len(document) == 2
    assert "переговорах" in document[0].get_textpage().get_text_bounded()
    page.evaluate("() => dispatchEvent(new Event('afterprint'))")
    page.emulate_media(media="screen")
    assert page.locator(".print").count() == 0
    assert page.locator(".site").is_visible()


def test_print_a_single_page_without_translations(watched, address):
    """One page alone can be printed, and texts can be left out; a run that ends before it begins is refused."""
    page = watched().go(f"{address}#/v/d/1934-07-29", ".text .s")
    page.evaluate("() => { globalThis.print = () => { globalThis.printed = true; }; }")
    page.locator("[data-tool=print]").click()
    page.locator("dialog select").first.select_option("2")
    page.locator("dialog select").last.select_option("1")
    page.locator("dialog button[type=submit]").click()
    assert "before the first" in page.locator("dialog [role=status]").inner_text()
    page.locator("dialog select").last.select_option("2")
    page.locator("dialog input[name=translation]").uncheck()
    page.locator("dialog button[type=submit]").click()
    page.wait_for_function("() => globalThis.printed")
    page.emulate_media(media="print")
    assert page.locator(".print-sheet").count() == 1
    assert "Dear friend" not in page.locator(".print").inner_text()


def test_the_browsers_own_print(watched, address):
    """Printed by the browser's own command, without choosing, a document is its title and all its texts, no buttons."""
    page = watched(viewport={"width": 1000, "height": 420}).go(f"{address}#/v/d/1934-07-29", ".text .s")
    with contextlib.closing(pypdfium2.PdfDocument(page.pdf(prefer_css_page_size=True))) as paper:
        words = " ".join(" ".join(sheet.get_textpage().get_text_range().split()) for sheet in paper)
    assert all(said in words for said in (*RUSSIAN[1], *ENGLISH[1]))
    assert not [name for name in ("Contents", "Cite", "Bookmark", "Go") if name in words.split()]


def test_a_notice_moves_nothing(sentence):
    """What is told in passing lies over the panes, which stay where they are, and goes away by a click."""
    before = sentence.locator(".panes").bounding_box()
    sentence.keyboard.press("b")
    assert "bookmark" in sentence.locator(".notice").inner_text()
    assert sentence.locator(".panes").bounding_box() == before
    sentence.locator(".notice").click()
    assert not sentence.locator(".notice").is_visible()
