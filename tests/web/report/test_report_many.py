"""Five thousand findings stay fluid: they open at once, scroll without gaps, and are searched and printed whole."""

from __future__ import annotations

from support.many_findings import MANY
from support.report_browser import opened
from support.served_pages import until

IN_SIGHT = """(() => {
  const seen = (e) => { const box = e.getBoundingClientRect(); return box.bottom > 0 && box.top < innerHeight; };
  const blocks = [...document.querySelectorAll('.block')].filter(seen);
  const cards = [...document.querySelectorAll('article')].filter(seen);
  return blocks.length > 0 && cards.length > 0 && blocks.every((b) => b.children.length) &&
    cards.every((c) => c.querySelector('image, .unseen') !== null);
})()"""


def test_they_open_soon(browser, many):
    """The first findings are there, and only a few of all are in the page, so that it opens soon."""
    with opened(browser, many) as page:
        until(page, "document.querySelector('article') !== null")
        assert page.text_content("#count") == f"{MANY} findings shown."
        assert page.locator("article").count() <= 100


def test_no_crop_is_missing_wherever_one_scrolls(browser, many):
    """Step by step and by leaps, what comes in sight has its crop; what is far is taken out again."""
    with opened(browser, many) as page:
        until(page, IN_SIGHT)
        for _ in range(12):
            page.mouse.wheel(0, 700)
            until(page, IN_SIGHT)
        for share in (0.5, 1.0, 0.2, 0.75, 0.0):
            page.evaluate(f"scrollTo(0, document.documentElement.scrollHeight * {share})")
            until(page, IN_SIGHT)
        assert page.locator("article").count() <= 200


def test_the_keys_go_to_the_end(browser, many):
    """A hundred steps with j pass a hundred findings, one after another, each in sight."""
    with opened(browser, many) as page:
        until(page, IN_SIGHT)
        for at in range(1, 101):
            page.keyboard.press("j")
            if at % 20 == 0:
                until(page, f"document.activeElement.getAttribute('aria-posinset') === '{at}'")
                assert page.evaluate("document.activeElement.getBoundingClientRect().top") < 900


def test_search_finds_one_of_many(browser, many):
    """A word of one finding finds it, whichever script it is in."""
    with opened(browser, many, address="#q=number+4321.") as page:
        until(page, "document.querySelectorAll('article').length === 1")
        assert page.text_content("#count") == "1 finding shown."
        assert "4321" in page.locator("article .reason").text_content()
