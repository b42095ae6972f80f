"""The viewer for everyone: axe-core, keys alone, screen readers, narrow windows, light and dark, reduced motion."""

from __future__ import annotations

import pytest
from support.axe import faults
from web.viewer.conftest import at_rest

PLACES = {
    "contents": ("", ".contents"),
    "document": ("#/v/d/1934-12-18", ".text .s"),
    "no translation": ("#/v/d/1935-07-29", ".text .s"),
    "search": ("#/v/search/дождь", ".search-page"),
    "not found": ("#/v/d/none", "main"),
}


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("place", PLACES)
def test_axe_finds_no_serious_fault(watched, address, place, scheme):
    """axe-core finds no serious or critical fault, with a sentence lit and with each dialog open."""
    own = watched(color_scheme=scheme)
    part, ready = PLACES[place]
    page = own.go(f"{address}{part}", ready)
    assert faults(page) == []
    if place != "document":
        return
    page.locator('.transcription [data-s="1"]').click()
    assert faults(page) == []
    for key in ("?", "d", "q", "s", "w", "r", "l", "e"):
        page.keyboard.press(key)
        page.wait_for_selector("dialog[open]")
        assert faults(page) == [], key
        page.keyboard.press("Escape")
        page.wait_for_function("() => !document.querySelector('dialog')")


def test_keys_alone_do_all_that_a_pointer_does(watched, address):
    """All that a pointer can do can be done by keys: sentences, documents, pages, panes, search, dialogs, way back."""
    page = watched().go(address, ".contents")

    def tab_to(selector):
        for _ in range(60):
            page.keyboard.press("Tab")
            if page.evaluate("s => document.activeElement.matches(s)", selector):
                return
        raise AssertionError(f"Tab never reached {selector}")

    tab_to(".contents a")
    page.keyboard.press("Enter")
    page.wait_for_selector(".transcription .s")
    tab_to(".transcription .s")
    page.keyboard.press("ArrowDown")
    assert page.evaluate("document.activeElement.textContent") == "О переговорах я узнал утром."
    assert page.locator(".s.lit").count() == 2
    assert page.locator(".lit-areas polygon").count() == 1
    page.keyboard.press("Enter")
    assert page.locator(".s.pinned").count() == 2
    tab_to(".translation .s")
    assert page.evaluate("document.activeElement.textContent") == "I heard of the negotiations in the morning."
    for key, words in (("j", "Дети"), ("j", "Ещё"), ("k", "Дети")):
        page.keyboard.press(key)
        assert page.locator(".transcription .s.pinned").inner_text().startswith(words)
    page.keyboard.press("Escape")
    assert page.locator(".s.pinned").count() == 0
    page.keyboard.press("3")
    assert not page.locator(".pane.translation").is_visible()
    page.keyboard.press("3")
    page.keyboard.press("a")
    assert page.locator(".osd.all-areas").count() == 1
    page.keyboard.press("]")
    page.wait_for_function("() => document.querySelector('.strip [aria-current]').dataset.order === '2'")
    page.keyboard.press("n")
    page.wait_for_function("() => document.querySelector('h1').textContent.includes('1935')")
    page.keyboard.press("p")
    page.wait_for_function("() => document.querySelector('h1').textContent.includes('1934')")
    page.keyboard.press("/")
    page.keyboard.type("дождя")
    page.keyboard.press("Enter")
    page.wait_for_selector(".hits")
    tab_to(".hits a")
    page.keyboard.press("Enter")
    page.wait_for_selector(".s.pinned")
    page.keyboard.press("?")
    page.wait_for_selector("dialog[open] kbd")
    page.keyboard.press("Escape")
    page.keyboard.press("c")
    page.wait_for_selector(".contents")


def test_keys_on_a_russian_keyboard(watched, address):
    """Letter keys work by their place where the keyboard types Cyrillic."""
    page = watched().go(f"{address}#/v/d/1934-12-18", ".text .s")
    page.evaluate("() => document.dispatchEvent(new KeyboardEvent('keydown', {key: 'о', code: 'KeyJ', bubbles: true}))")
    assert page.locator(".s.pinned").first.inner_text() == "18 декабря 1934 г."


def test_the_list_of_keys_is_whole(watched, address):
    """The list under ? names every key, and letters typed into a field are no keys."""
    page = watched().go(f"{address}#/v/d/1934-12-18", ".text .s")
    page.keyboard.press("?")
    keys = page.locator("dialog kbd").all_inner_texts()
    assert keys == [*"jknpxz][123a+-c/gdqswrleb", "Esc", "?", "↑", "↓", "Enter"]
    page.keyboard.press("Escape")
    page.get_by_label("Search the texts").fill("")
    page.get_by_label("Search the texts").press("n")
    assert page.locator("h1").inner_text() == "18 декабря 1934 г."


def test_screen_readers_hear_the_sentence(watched, address):
    """The sentence that is reached is named in a live region, with its page and its counterpart; panes have names."""
    page = watched().go(f"{address}#/v/d/1934-12-18", ".text .s")
    page.locator('.transcription [data-s="1"]').focus()
    said = page.locator(".status [aria-live]").inner_text()
    assert "Sentence 2" in said
    assert "Page 53" in said
    assert "negotiations" in said
    assert page.locator("section[aria-label]").evaluate_all("all => all.map((one) => one.ariaLabel)") == [
        "Image",
        "Transcription",
        "Translation",
        "Current sentence",
    ]
    assert (
        page.locator(".openseadragon-canvas")
        .get_attribute("aria-label")
        .startswith("Scanned pages of 18 декабря 1934 г.")
    )
    assert page.locator(".transcription .text").get_attribute("lang") == "ru"


@pytest.mark.parametrize("width", [360, 768, 1024, 2560])
@pytest.mark.parametrize("place", ["contents", "document", "search"])
def test_nothing_runs_out_of_the_window(watched, address, place, width):
    """From a phone of 360 pixels to a wide screen nothing runs out of the window, and panes keep room to read."""
    part, ready = PLACES[place]
    page = watched(viewport={"width": width, "height": 740}).go(f"{address}{part}", ready)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    if place == "document":
        for pane in page.locator(".pane:visible").all():
            box = pane.bounding_box()
            assert box["width"] >= 240
            assert box["height"] >= 150


def test_reduced_motion(watched, address):
    """Where the reader wants no motion the image stands at its place at once."""
    page = watched(reduced_motion="reduce").go(f"{address}#/v/d/1934-12-18", ".areas .area")
    at_rest(page)
    page.evaluate("""() => { const before = document.querySelector('.overlay g').getAttribute('transform');
      document.querySelector('[aria-label="Zoom in"]').click(); globalThis.before = before; }""")
    page.wait_for_function("() => document.querySelector('.overlay g').getAttribute('transform') !== globalThis.before")
    one = page.evaluate("() => document.querySelector('.overlay g').getAttribute('transform')")
    page.wait_for_timeout(300)
    assert page.evaluate("() => document.querySelector('.overlay g').getAttribute('transform')") == one


def test_colours_can_be_chosen(watched, address):
    """Light and dark can be chosen against the system, and stay chosen."""
    page = watched(color_scheme="light").go(address, ".contents")
    ground = "getComputedStyle(document.body).backgroundColor"
    light = page.evaluate(ground)
    page.locator(".theme").click()
    page.locator(".theme").click()
    assert page.evaluate(ground) != light
    page.reload()
    page.wait_for_selector(".contents")
    assert page.evaluate(ground) != light
