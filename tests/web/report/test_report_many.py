"""Five thousand findings stay fluid: they open at once, scroll without gaps, and are searched and printed whole."""

from __future__ import annotations

from dataclasses import replace

import pytest
from support.report_browser import opened, until, write
from support.report_collection import report_volume, write_collection

MANY = 5_000
IN_SIGHT = """(() => {
  const seen = (e) => { const box = e.getBoundingClientRect(); return box.bottom > 0 && box.top < innerHeight; };
  const blocks = [...document.querySelectorAll('.block')].filter(seen);
  const cards = [...document.querySelectorAll('article')].filter(seen);
  return blocks.length > 0 && cards.length > 0 && blocks.every((b) => b.children.length) &&
    cards.every((c) => c.querySelector('image, .unseen') !== null);
})()"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A report of many findings, each with its own text."""
    root = tmp_path_factory.mktemp("many")
    volume = report_volume()
    line, _, doubtful, *_ = volume.findings
    many = tuple(
        replace(own, id=f"v.f{n:05d}", key=f"{n:016x}", score=1 - n / 10_000, message=f"Matter number {n}.",
                scan_text=f"Эту строку пропустили {n}", source_text=f"Эту строчку пропустили {n}")
        for n in range(MANY) for own in [(line, doubtful)[n % 2]]
    )  # fmt: skip
    write_collection(root, replace(volume, findings=many))
    return write(root)


def test_they_open_soon(browser, folder):
    """The first findings are there, and only a few of all are in the page, so that it opens soon."""
    with opened(browser, folder) as page:
        until(page, "document.querySelector('article') !== null")
        assert page.text_content("#count") == f"{MANY} findings shown."
        assert page.locator("article").count() <= 100


def test_no_crop_is_missing_wherever_one_scrolls(browser, folder):
    """Step by step and by leaps, what comes in sight has its crop; what is far is taken out again."""
    with opened(browser, folder) as page:
        until(page, IN_SIGHT)
        for _ in range(12):
            page.mouse.wheel(0, 700)
            until(page, IN_SIGHT)
        for share in (0.5, 1.0, 0.2, 0.75, 0.0):
            page.evaluate(f"scrollTo(0, document.documentElement.scrollHeight * {share})")
            until(page, IN_SIGHT)
        assert page.locator("article").count() <= 200


def test_the_keys_go_to_the_end(browser, folder):
    """A hundred steps with j pass a hundred findings, one after another, each in sight."""
    with opened(browser, folder) as page:
        until(page, IN_SIGHT)
        for at in range(1, 101):
            page.keyboard.press("j")
            if at % 20 == 0:
                until(page, f"document.activeElement.getAttribute('aria-posinset') === '{at}'")
                assert page.evaluate("document.activeElement.getBoundingClientRect().top") < 900


def test_search_finds_one_of_many(browser, folder):
    """A word of one finding finds it, whichever script it is in."""
    with opened(browser, folder, address="#q=number+4321.") as page:
        until(page, "document.querySelectorAll('article').length === 1")
        assert page.text_content("#count") == "1 finding shown."
        assert "4321" in page.locator("article .reason").text_content()
