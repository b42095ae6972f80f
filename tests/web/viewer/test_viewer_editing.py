"""The tools that decide, in the viewer of a review server: links, pairs and pages; the viewer on a disk has none."""

from __future__ import annotations

from urllib.parse import quote

import pytest
from support.axe import faults
from support.fake_review import FakeReview, reviewed
from support.front_end import needs_front_end
from support.invented_volume import VOLUME
from support.review_browser import BROWSERS_OWN, wait_for
from support.served_pages import until

pytestmark = pytest.mark.slow
DOCUMENT = "1934-07-29"


@pytest.fixture
def review(site):
    """A server of the invented viewer, without decisions."""
    needs_front_end("editor.js", "editor.css")
    return FakeReview(site.parent)


@pytest.fixture
def page(review, watched):
    """The viewer of that server, with one sentence chosen."""
    with reviewed(review) as server:
        own = watched()
        page = own.go(f"{server}viewer/#/{quote(VOLUME)}/d/{DOCUMENT}", ".s")
        page.locator(".transcription .s").nth(2).click()
        page.wait_for_selector("#editor-tools [data-kind=link]")
        yield page
        # What a browser says by itself of an answer that is no success; the tools have their own sentence for it.
        own.said[:] = [words for words in own.said if not any(part in words for part in BROWSERS_OWN)]


def test_a_link_is_right_and_that_is_taken_back(page, review):
    """What is decided of a link is kept and shown, and one click takes it back."""
    page.click("[data-kind=link] [data-decision=right]")
    wait_for(page, lambda: [own["decision"] for own in review.events] == ["right"])
    page.wait_for_selector("[data-kind=link] [data-decision=right][aria-pressed=true]")
    page.click("[data-kind=link] [data-decision=undo]")
    wait_for(page, lambda: review.standing() == {})


def test_boxes_are_drawn_and_kept(page, review):
    """The boxes of a sentence are there to be corrected; one more is drawn; they are kept in pixels of the scan."""
    page.click("[data-kind=link] [data-decision=placed]")
    page.wait_for_selector(".drawn rect")
    before = page.locator(".drawn rect").count()
    frame = page.locator(".drawn").bounding_box()
    page.mouse.move(frame["x"] + 150, frame["y"] + frame["height"] - 60)
    page.mouse.down()
    page.mouse.move(frame["x"] + 300, frame["y"] + frame["height"] - 30, steps=4)
    page.mouse.up()
    assert page.locator(".drawn rect").count() == before + 1
    page.click(".drawing button:has-text('Keep')")
    page.wait_for_selector(".drawn", state="detached")
    wait_for(page, lambda: len(review.events) == 1)
    boxes = [box for area in review.events[0]["value"]["areas"] for box in area["boxes"]]
    assert len(boxes) == before + 1
    assert all(isinstance(n, int) and n >= 0 for box in boxes for n in box)


def test_nothing_is_kept_where_drawing_is_given_up(page, review):
    """Cancel leaves no box on the page, and nothing is decided."""
    page.click("[data-kind=link] [data-decision=placed]")
    page.click(".drawing button:has-text('Cancel')")
    page.wait_for_selector("#editor-tools [data-kind=link]")
    assert page.locator(".drawn").count() == 0
    assert review.events == []


def test_a_pair_is_joined_otherwise(page, review):
    """Sentences that belong together are chosen by clicks in both texts."""
    page.click("[data-kind=pair] [data-decision=paired]")
    page.locator(".translation .s").nth(3).click()
    page.click(".pairing button:has-text('Keep')")
    wait_for(page, lambda: len(review.events) == 1)
    value = review.events[0]["value"]
    assert (len(value["transcription"]), len(value["translation"])) == (1, 2)


def test_a_page_has_another_label(page, review):
    """The label of a page is stated in a window; a page that is not there is told of."""
    page.click("[data-kind=page] button")
    page.fill("dialog [name=copy]", "nowhere")
    page.click("dialog [type=submit]")
    assert page.text_content("dialog [role=status]") == "There is no such page."
    page.fill("dialog [name=copy]", "")
    page.fill("dialog [name=label]", "12 об.")
    page.click("dialog [type=submit]")
    wait_for(page, lambda: len(review.events) == 1)
    assert review.events[0]["value"] == {"label": "12 об."}


def test_a_page_has_another_place_by_keys(page, review):
    """By keys alone a page is stated to come after another one; what was stated before stays with it."""
    page.keyboard.press("t")
    page.fill("dialog [name=label]", "12 об.")
    page.keyboard.press("Enter")
    wait_for(page, lambda: len(review.events) == 1)
    page.wait_for_selector("dialog", state="detached")
    page.keyboard.press("t")
    page.locator("dialog [name=after]").focus()
    page.keyboard.press("End")
    chosen = page.locator("dialog [name=after]").input_value()
    page.locator("dialog [type=submit]").focus()
    page.keyboard.press("Enter")
    wait_for(page, lambda: len(review.events) == 2)
    assert review.events[1]["value"] == {"label": "12 об.", "after": chosen}
    page.keyboard.press("t")
    assert page.locator("dialog [name=after]").input_value() == chosen
    page.select_option("dialog [name=after]", "first")
    page.check("dialog [name=blank]")
    page.fill("dialog [name=copy]", "2")
    page.click("dialog [type=submit]")
    assert "choose one of both" in page.text_content("dialog [role=status]")
    page.fill("dialog [name=copy]", "")
    page.click("dialog [type=submit]")
    wait_for(page, lambda: len(review.events) == 3)
    assert review.events[2]["value"] == {"label": "12 об.", "after": None, "blank": True}


def test_boxes_are_drawn_by_keys(page, review):
    """By keys alone a box is put, moved and made larger; it stays on its page, and is there when it is drawn again."""
    page.keyboard.press("h")
    page.wait_for_selector(".drawn:focus")
    page.keyboard.press("Delete")
    until(page, "document.querySelectorAll('.drawn rect').length === 0")
    page.keyboard.press("n")
    for key in ("ArrowRight", "ArrowDown", "Shift+ArrowRight"):
        page.keyboard.press(key)
    for _ in range(150):
        page.keyboard.press("ArrowLeft")
    page.click(".drawing button:has-text('Keep')")
    wait_for(page, lambda: len(review.events) == 1)
    [area] = review.events[0]["value"]["areas"]
    [[left, _, width, _]] = area["boxes"]
    assert (left, width > 20) == (0, True)
    page.wait_for_selector("[data-decision=placed][aria-pressed=true]")
    page.keyboard.press("h")
    page.click(".drawing button:has-text('Keep')")
    wait_for(page, lambda: len(review.events) == 2)
    assert review.events[1]["value"]["areas"] == [area]


@pytest.mark.parametrize("mood", ["silent", "503"])
def test_what_is_not_acknowledged_is_kept_and_sent_again(page, review, mood):
    """A decision that the server did not acknowledge waits in this browser, is said to, and is sent after a reload."""
    review.mood = mood
    page.keyboard.press("f")
    page.keyboard.press("t")
    page.fill("dialog [name=label]", "12 об.")
    page.keyboard.press("Enter")
    until(
        page, "document.querySelector('.editor-trouble').textContent.includes('2 decisions are kept in this browser')"
    )
    page.wait_for_selector("[data-kind=link] [data-decision=wrong][aria-pressed=true]")
    assert "not sent yet" in page.text_content("[data-kind=link]")
    review.mood = "well"
    page.reload()
    wait_for(page, lambda: [own["decision"] for own in review.events] == ["wrong", "stated"])
    until(page, "document.querySelector('.editor-trouble').textContent === ''")
    until(page, "Object.keys(localStorage).filter((own) => own.includes('.out.')).length === 0")


def test_a_conflict_is_asked_and_nothing_is_lost(page, review):
    """Where somebody else decided meanwhile both are shown, also from another sentence, till the editor chooses."""
    key = page.evaluate("location.hash.split('/').pop()")
    review.late = True
    body = {"event": "4" * 32, "decision": "right", "value": None, "comment": "", "flag": False}
    review.decide("link", key, body, None, by="Борис")
    page.keyboard.press("f")
    page.wait_for_selector("[data-kind=link] .asked")
    assert "Борис" in page.text_content("[data-kind=link] .asked")
    page.locator(".transcription .s").nth(1).click()
    page.wait_for_selector("[data-kind=link] .asked", state="detached")
    page.click("[data-decision=conflicts]")
    page.click("dialog .asked button:has-text('Keep mine')")
    wait_for(page, lambda: [own["decision"] for own in review.events] == ["right", "wrong"])
    assert review.events[1]["based_on"] == "4" * 32
    page.wait_for_selector("[data-decision=conflicts]", state="detached")


def test_what_cannot_be_taken_back_holds_nothing_up(page, review):
    """Where somebody decided over what is taken back, that is said, and later decisions are sent all the same."""
    page.keyboard.press("y")
    wait_for(page, lambda: len(review.events) == 1)
    page.wait_for_selector("[data-kind=link] [data-decision=right][aria-pressed=true]")
    review.late = True
    subject, first = review.events[0]["subject"], review.events[0]["event"]
    body = {"event": "4" * 32, "decision": "wrong", "value": None, "comment": "", "flag": False}
    review.decide("link", subject["key"], body, first, by="Борис")
    page.keyboard.press("u")
    until(page, "document.querySelector('.editor-said').textContent.includes('decided anew by Борис')")
    page.keyboard.press("o")
    wait_for(page, lambda: [own["decision"] for own in review.events] == ["right", "wrong", "not-on-scan"])


def test_another_decision_meanwhile_is_said(page, review):
    """Where somebody else decided meanwhile, nothing is put over it before the editor was told."""
    kind, key = "link", page.evaluate("location.hash.split('/').pop()")
    body = {"event": "4" * 32, "decision": "wrong", "value": None, "comment": "", "flag": False}
    review.decide(kind, key, body, None, by="Борис")
    page.wait_for_selector("[data-kind=link] [data-decision=wrong][aria-pressed=true]")
    assert "Борис" in page.text_content("[data-kind=link]")


def test_axe_finds_nothing_serious_in_the_tools(page):
    """The tools and their windows have no serious or critical fault, wide and narrow, in light and in dark."""
    for width, colours in ((1600, "light"), (1280, "dark"), (390, "light"), (390, "dark")):
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(color_scheme=colours)
        assert faults(page) == []
        page.keyboard.press("t")
        page.wait_for_selector("dialog[open]")
        assert faults(page) == []
        page.keyboard.press("Escape")
        page.keyboard.press("h")
        page.wait_for_selector(".drawn")
        assert faults(page) == []
        page.click(".drawing button:has-text('Cancel')")
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_a_viewer_on_a_disk_has_no_tools(address, watched):
    """The viewer that is opened from its folder loads no tools and asks nobody."""
    own = watched()
    page = own.go(f"{address}#/{quote(VOLUME)}/d/{DOCUMENT}", ".s")
    page.locator(".transcription .s").nth(2).click()
    assert page.locator("#editor-tools").count() == 0
    assert all(request.startswith(("file:", "data:", "blob:")) for request in own.requests)
