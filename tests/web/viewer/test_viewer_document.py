"""The document page in a real browser: what lights up with what, where it stands, and what is not there."""

from __future__ import annotations

import pytest
from support.front_end import needs_front_end
from support.invented_volume import Entry, write_invented
from web.viewer.conftest import at_rest, build, point

from align.web.viewer.site import ASSETS

SENTENCES = "() => [...document.querySelectorAll('.s.lit')].map((s) => s.textContent)"
LIT_PAGES = "() => [...document.querySelectorAll('.lit-areas g')].map((g) => Number(g.dataset.page))"


@pytest.fixture
def first(watched, address):
    """The first document of the invented volume, opened from a folder."""
    page = watched().go(f"{address}#/v/d/1934-12-18", ".text .s")
    page.wait_for_function("() => document.querySelector('.areas .area')")
    return page


def at(page, number):
    """The middle of a sentence's first area, as the browser has it."""
    box = page.locator(f'.areas [data-sentence="{number}"] polygon').first.bounding_box()
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def lit(count):
    """That so many sentences are lit."""
    return f"() => document.querySelectorAll('.s.lit').length === {count}"


def test_a_text_lights_the_image_and_the_other_text(first):
    """Pointing at a sentence lights it, its counterpart and its area; nothing is lit when the pointer leaves."""
    first.hover('.transcription [data-s="1"]')
    assert first.evaluate(SENTENCES) == ["О переговорах я узнал утром.", "I heard of the negotiations in the morning."]
    assert first.evaluate(LIT_PAGES) == [1]
    first.hover('.translation [data-s="7"]')
    assert first.evaluate(SENTENCES) == ["Дети долго играли в саду.", "The children played in the garden for long."]
    first.hover("h1")
    assert first.evaluate(SENTENCES) == []
    assert first.evaluate(LIT_PAGES) == []


def test_the_image_lights_the_texts(first):
    """Pointing at an area lights its sentence in both texts; beside all areas nothing is lit."""
    for number, words in ((1, "О переговорах я узнал утром."), (3, "Ещё не было писем.")):
        point(first, lambda own=number: at(first, own), f"() => ({SENTENCES})()[0] === {words!r}")
        assert len(first.evaluate(SENTENCES)) == 2
    box = first.locator(".osd").bounding_box()
    point(first, lambda: (box["x"] + 3, box["y"] + box["height"] / 2), lit(0))


def test_a_click_brings_all_panes(watched, address):
    """A click in a text keeps the sentence lit, brings image and translation to it, and names it in the address."""
    page = watched(viewport={"width": 1200, "height": 420}).go(f"{address}#/v/d/1934-07-29", ".text .s")
    page.locator('.transcription [data-s="6"]').click()
    page.wait_for_selector(".lit-areas.pinned polygon")
    at_rest(page)
    page.hover("h1")
    assert page.evaluate(SENTENCES)[0] == "Ночью гроза."
    view = page.locator(".osd").bounding_box()
    area = page.locator(".lit-areas polygon").first.bounding_box()
    assert view["y"] <= area["y"] <= view["y"] + view["height"] - area["height"]
    pane = page.locator(".translation .scroll").bounding_box()
    other = page.locator(".translation .s.pinned").bounding_box()
    assert pane["y"] <= other["y"] <= pane["y"] + pane["height"]
    assert "/s/" in page.evaluate("location.hash")


def test_a_click_on_the_image_brings_the_texts(watched, address):
    """A click on an area keeps its sentence lit in both texts and scrolls them there."""
    page = watched(viewport={"width": 1200, "height": 500}).go(f"{address}#/v/d/1934-07-29", ".areas .area")
    page.evaluate("() => document.querySelectorAll('.scroll').forEach((pane) => { pane.scrollTop = 9999; })")
    at_rest(page)
    page.mouse.click(*at(page, 1))
    page.wait_for_selector(".translation .s.pinned")
    for kind in ("transcription", "translation"):
        pane, lit = page.locator(f".{kind} .scroll").bounding_box(), page.locator(f".{kind} .s.pinned").bounding_box()
        assert pane["y"] <= lit["y"] <= pane["y"] + pane["height"]


def test_a_sentence_over_two_pages_shows_on_both(watched, address):
    """A sentence that runs over a page end lights an area on each page, both of them in view once it is kept."""
    page = watched().go(f"{address}#/v/d/1934-07-29", ".text .s")
    page.locator('.transcription [data-s="6"]').click()
    at_rest(page)
    assert page.evaluate(LIT_PAGES) == [1, 2]
    view = page.locator(".osd").bounding_box()
    for area in page.locator(".lit-areas polygon").all():
        box = area.bounding_box()
        assert view["y"] <= box["y"]
        assert box["y"] + box["height"] <= view["y"] + view["height"] + 1


def test_areas_lie_over_the_image(first):
    """The areas move and grow with the image: their places agree with OpenSeadragon's own, after zooming too."""
    for _ in range(2):
        canvas = first.locator(".osd").bounding_box()
        box = first.locator('.areas [data-sentence="0"] polygon').bounding_box()
        page = first.evaluate(
            "() => { const g = document.querySelector('.areas g[data-page]').getCTM(); return [g.a, g.e, g.f]; }"
        )
        # The heading's line begins at a tenth of a page of 900 pixels.
        assert box["x"] - canvas["x"] == pytest.approx(90 * page[0] + page[1], abs=1.5)
        assert box["width"] == pytest.approx(720 * page[0], abs=1.5)
        first.get_by_role("button", name="Zoom in").click()
        at_rest(first)


def test_panes_can_be_hidden(first):
    """Each pane can be hidden and shown again, and the last one cannot be hidden; a reload keeps that."""
    for kind in ("Image", "Transcription"):
        first.get_by_role("button", name=kind, exact=True).click()
    assert first.locator(".pane:visible").count() == 1
    first.get_by_role("button", name="Translation", exact=True).click()
    assert first.locator(".pane.translation").is_visible()
    first.reload()
    first.wait_for_selector(".translation .text .s")
    assert first.locator(".pane:visible").count() == 1
    first.get_by_role("button", name="Image", exact=True).click()
    first.wait_for_function("() => document.querySelector('.pane.image').offsetWidth > 300")


@pytest.mark.parametrize(
    ("document", "pane", "words"),
    [("1935-07-29", "translation", "no translation"), ("letter", "transcription", "no transcription")],
)
def test_a_text_that_is_not_there(watched, address, document, pane, words):
    """A document without one of its texts says so quietly, and its other text lights up as any."""
    page = watched().go(f"{address}#/v/d/{document}", ".text .s")
    assert words in page.locator(f".{pane} .absent").inner_text()
    page.locator('.s[data-s="1"]').hover()
    assert len(page.evaluate(LIT_PAGES)) == 1
    point(page, lambda: at(page, 0), lit(1))


def test_previous_and_next(first):
    """Previous and next lead through the documents in order and end at the first and the last; back leads back."""
    assert first.get_by_role("button", name="Previous").is_disabled()
    titles = [first.locator("h1").inner_text()]
    for _ in range(3):
        first.get_by_role("button", name="Next").click()
        first.wait_for_function("title => document.querySelector('h1').textContent !== title", arg=titles[-1])
        titles.append(first.locator("h1").inner_text())
    assert titles == [
        "18 декабря 1934 г.",
        "29 июля (29 July 1934, pp. 53–54)",
        "29 июля (29 July 1935, p. 54)",
        "letter (1936, p. 54)",
    ]
    assert first.get_by_role("button", name="Next").is_disabled()
    first.go_back()
    first.wait_for_function("title => document.querySelector('h1').textContent === title", arg=titles[2])


def test_quick_steps(first):
    """Steps that are taken faster than texts load end at the last one, with its own texts."""
    for key in "nnppnnnpp":
        first.keyboard.press(key)
    first.wait_for_function("""() => document.querySelector('h1').textContent.startsWith('29 июля (29 July 1934')
        && document.querySelector('[data-document="1934-07-29"] .transcription .s')""")
    first.wait_for_timeout(300)
    assert first.locator("h1").inner_text().startswith("29 июля (29 July 1934")
    assert first.locator(".transcription .s").nth(1).inner_text() == "Весь день шёл дождь."


def test_another_document_on_the_page(first):
    """What stands on the page of another document is veiled, says whose it is, and leads there."""

    def veiled():
        veil = first.locator(".areas .foreign").first.bounding_box()
        return veil["x"] + veil["width"] / 2, veil["y"] + veil["height"] - 4

    said = "Opens 29 июля (29 July 1934, pp. 53–54)"
    point(first, veiled, f"() => document.querySelector('.osd').title === {said!r}")
    first.mouse.click(*veiled())
    first.wait_for_function("() => document.querySelector('h1').textContent.startsWith('29 июля')")


def test_status_is_said(first):
    """The bar names the sentence that is kept, its page and its status, and offers what can be done with it."""
    first.locator('.transcription [data-s="1"]').click()
    said = first.locator(".status-words").inner_text()
    assert all(part in said for part in ("Sentence 2", "Russian", "Page 53", "linked", "score 0.97"))
    assert first.locator(".status-actions button").all_inner_texts() == ["Cite", "Share", "Save", "Note", "Bookmark"]


def test_a_sentence_by_its_address(watched, address):
    """The address of a sentence opens its document with the sentence lit; one that is gone says so and opens it too."""
    own = watched()
    page = own.go(f"{address}#/v/d/1934-12-18", ".text .s")
    page.locator('.transcription [data-s="2"]').click()
    kept = page.url
    again = watched().go(kept, ".s.pinned")
    assert again.evaluate(SENTENCES)[0] == "Дети долго играли в саду."
    gone = watched().go(f"{address}#/v/d/1934-12-18/s/0123456789abcdef", ".notice:not(:empty)")
    assert "changed" in gone.locator(".notice").inner_text()
    assert gone.locator(".text .s").count() > 0


def test_two_translations(watched, tmp_path):
    """Of several translations one is chosen, lights up with the others' sentences, and its own address opens it."""
    needs_front_end(*ASSETS)
    entry = Entry("d", ["Один.", "Два."], ["One.", "Two."], second=["The first.", "The second."])
    write_invented(tmp_path, [entry])
    build(tmp_path, tmp_path / "aligned")
    address = (tmp_path / "aligned/viewer/index.html").as_uri()
    page = watched().go(f"{address}#/v/d/d", ".text .s")
    assert page.locator(".translation .s").all_inner_texts() == ["One.", "Two."]
    page.get_by_label("Which text").select_option(index=1)
    assert page.locator(".translation .s").all_inner_texts() == ["The first.", "The second."]
    page.locator('.transcription [data-s="1"]').click()
    assert page.evaluate(SENTENCES) == ["Два.", "The second."]
    page.locator(".translation .s").first.click()
    again = watched().go(page.url, ".s.pinned")
    assert again.evaluate(SENTENCES) == ["Один.", "The first."]


def test_a_tap_keeps_the_sentence_lit(watched, address):
    """A tap on the image keeps the sentence there lit."""
    page = watched(has_touch=True, viewport={"width": 800, "height": 900}).go(
        f"{address}#/v/d/1934-12-18", ".areas .area"
    )
    at_rest(page)
    page.touchscreen.tap(*at(page, 2))
    page.wait_for_selector(".lit-areas.pinned polygon")
    assert page.evaluate(SENTENCES)[0] == "Дети долго играли в саду."
