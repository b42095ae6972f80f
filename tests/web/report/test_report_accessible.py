"""The report for who sees little, or uses no mouse: axe-core finds no serious fault, and names are there."""

from __future__ import annotations

import pytest
from support.axe import faults
from support.report_browser import opened, shown, write
from support.report_collection import hostile_volume, report_volume, write_collection
from support.served_pages import until


@pytest.fixture(scope="module")
def folder(request, tmp_path_factory):
    """A usual report beside an earlier run, or one full of texts that mean harm."""
    kind = getattr(request, "param", "usual")
    root = tmp_path_factory.mktemp(kind)
    write_collection(root / "now", report_volume() if kind == "usual" else hostile_volume())
    write_collection(root / "then", report_volume())
    return write(root / "now", against=root / "then")


@pytest.mark.parametrize(
    ("folder", "wide", "colours"),
    [
        ("usual", 360, "light"),
        ("usual", 360, "dark"),
        ("usual", 1280, "light"),
        ("usual", 1280, "dark"),
        ("hostile", 1280, "dark"),
    ],
    indirect=["folder"],
)
def test_axe_finds_nothing_serious(browser, folder, colours, wide):
    """The whole report, with all its findings, has no serious or critical fault, light and dark, narrow and wide."""
    with opened(browser, folder, wide=wide, color_scheme=colours, address="#severity=error+warning+note") as page:
        shown(page)
        assert faults(page) == []


@pytest.mark.parametrize("colours", ["light", "dark"])
def test_axe_finds_nothing_serious_in_dialogs(browser, folder, colours):
    """Nor has the whole page, or the list of keys."""
    with opened(browser, folder, color_scheme=colours) as page:
        shown(page)
        page.keyboard.press("?")
        assert faults(page) == []
        page.keyboard.press("Escape")
        page.locator("article figure button").first.click()
        until(page, "document.querySelector('#page').open")
        assert faults(page) == []


def test_everything_is_reached_by_tab(browser, folder):
    """Every link, button and field is reached by Tab, in the order in which they stand, each with a visible focus."""
    with opened(browser, folder) as page:
        shown(page)
        wanted = page.evaluate(
            "[...document.querySelectorAll('a, button, input, select, summary, [tabindex=\"0\"]')]"
            ".filter((e) => e.checkVisibility() && !e.disabled && !e.closest('dialog')).length"
        )
        seen = []
        for _ in range(wanted + 30):
            page.keyboard.press("Tab")
            here = page.evaluate(
                "(() => { const e = document.activeElement; if (!e || e === document.body) return null;"
                " window.numbers ??= new Map(); if (!numbers.has(e)) numbers.set(e, numbers.size);"
                " return [numbers.get(e), getComputedStyle(e).outlineStyle, e.outerHTML.slice(0, 80)]; })()"
            )
            if here is None or (seen and here[0] == 0):
                break
            seen.append(here)
        assert [number for number, _, _ in seen] == list(range(len(seen)))
        assert len(seen) >= wanted
        assert [html for _, outline, html in seen if outline == "none"] == []


def test_a_finding_is_named(browser, folder):
    """A finding that has the focus is named by its heading, and says which it is of how many."""
    with opened(browser, folder) as page:
        shown(page)
        page.keyboard.press("j")
        until(page, "document.activeElement.tagName === 'ARTICLE'")
        first = page.locator("article").first
        title = first.get_attribute("aria-labelledby")
        assert page.locator(f"#{title}").text_content().startswith(("Error: ", "Warning: "))
        assert first.get_attribute("aria-posinset") == "1"
        assert int(first.get_attribute("aria-setsize")) == len(shown(page))
        assert page.get_attribute("#count", "role") == "status"


def test_state_is_told_without_colour(browser, folder):
    """Each page's field has a sign and a name that says its state, and each bar its numbers."""
    with opened(browser, folder) as page:
        cells = page.locator(".cell")
        signs = {}
        for i in range(cells.count()):
            state = cells.nth(i).get_attribute("class").split("s-")[1]
            signs.setdefault(state, set()).add(
                cells.nth(i).evaluate("(e) => getComputedStyle(e, '::before').maskImage")
            )
            assert ": " in cells.nth(i).get_attribute("aria-label")
        assert all(len(own) == 1 for own in signs.values())
        assert len(set.union(*signs.values())) == len(signs)
        assert "unlinked" in page.locator(".bar").first.get_attribute("aria-label")
