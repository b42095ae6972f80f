"""The report in English and Russian: who chooses, what is said in each, and what is said in English alone."""

from __future__ import annotations

import json
import re

import pytest
from support.report_browser import opened, write
from support.report_collection import finding, report_volume, write_collection
from support.served_pages import until

from align.errors import MissingDependencyError
from align.web.assets import built_file

RUSSIAN = re.compile("[А-Яа-я]")
# All words that the page shows or says, without the findings: those of the elements, and the names of elements.
WORDS = """() => [...document.querySelectorAll(
    "[data-t], [data-t-aria-label], .cell, option, #count, #theme, .severity, figcaption, h4")]
  .map((element) => [element.textContent, element.getAttribute("aria-label"), element.title])"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A report that is compared with an earlier one, once for all tests."""
    root, then = (tmp_path_factory.mktemp(name) for name in ("report", "then"))
    write_collection(root, report_volume(), loose=(finding(90, "unknown-type"),))
    write_collection(then, report_volume())
    return write(root, against=then)


def test_the_browser_chooses_the_language_at_first(browser, folder):
    """A Russian browser is shown the interface in Russian, with the forms of number of that language."""
    with opened(browser, folder, locale="ru-RU") as page:
        assert page.get_attribute("html", "lang") == "ru"
        assert page.text_content("#count") == "Показано 9 сообщений. Скрыто: 2 замечания."
        assert page.locator("article h3 .severity").first.text_content() == "Ошибка: "
        assert page.locator("article .rank").first.text_content().startswith("оценка 1,00")
        assert page.locator(".cell").first.get_attribute("aria-label").startswith("страница 53 (")
        for element in page.locator("[data-t]").all():
            assert RUSSIAN.search(element.text_content()), element.get_attribute("data-t")
        assert page.title() == "Дневник: в чём расходятся сканы и тексты"


def test_the_button_switches_and_the_choice_stays(browser, folder):
    """The button switches to the language that it names; filters and focus stay; the next visit is in that language."""
    with opened(browser, folder, address="#code=link-doubtful", locale="en-GB") as page:
        assert page.text_content("#language") == "Русский"
        page.click("#language")
        assert page.text_content("#language") == "English"
        assert page.evaluate("document.activeElement.id") == "language"
        assert page.text_content("#count") == "Показано 1 сообщение."
        assert page.url.endswith("#code=link-doubtful")
        page.reload()
        until(page, "document.querySelector('#count').textContent !== ''")
        assert page.get_attribute("html", "lang") == "ru"
        assert page.evaluate("localStorage.getItem('align.language')") == '"ru"'


def test_the_script_says_in_english_what_the_page_says(browser, folder):
    """Switched to Russian and back the page has the words that it was written with."""
    filled = "document.querySelectorAll('article').length >= 10"  # the findings near the window
    with opened(browser, folder, address="#severity=error+warning+note", locale="en-GB") as page:
        until(page, "document.querySelectorAll('[name=page] option').length > 1")
        until(page, filled)
        before = page.evaluate(WORDS)
        page.click("#language")
        assert page.evaluate(WORDS) != before
        page.click("#language")
        until(page, filled)
        assert page.evaluate(WORDS) == before


def test_a_field_may_stand_in_both_languages(browser, tmp_path):
    """A field of the data in two languages is shown in the reader's; one in English alone is marked as English."""
    write_collection(tmp_path, report_volume())
    folder = write(tmp_path)
    (details,) = (folder / "data").glob("00000-*.js")
    call, text = details.read_text(encoding="utf-8").split("(", 1)[0], details.read_text(encoding="utf-8")
    rows = json.loads(re.search(r"add\((.*)\);", text, re.DOTALL)[1])
    rows[0]["reason"] = {"en": "It is upside down.", "ru": "Лист перевёрнут."}
    details.write_text(f"{call}(0).add({json.dumps(rows)});\n", encoding="utf-8")
    with opened(browser, folder, locale="ru-RU") as page:
        reasons = page.locator("article .reason p")
        assert reasons.first.text_content() == "Лист перевёрнут."
        assert reasons.first.get_attribute("lang") is None
        assert reasons.nth(1).get_attribute("lang") == "en"
        page.fill("[name=q]", "upside")
        until(page, "document.querySelectorAll('article').length === 1")
        page.click("#language")
        assert reasons.first.text_content() == "It is upside down."


def test_keys_work_on_a_russian_keyboard(browser, folder):
    """The key that bears a j and a Russian о goes to the next finding on both keyboards."""
    with opened(browser, folder, locale="ru-RU") as page:
        page.evaluate("""document.body.dispatchEvent(
            new KeyboardEvent("keydown", {key: "о", code: "KeyJ", bubbles: true, cancelable: true}))""")
        until(page, "document.activeElement.matches('article')")


def test_a_report_without_its_front_end_is_one_sentence():
    """Where the front end was not built the sentence says what to run."""
    with pytest.raises(MissingDependencyError, match="scripts/setup") as error:
        built_file("never-built.js", part="report")
    assert error.value.cause == "report-assets"
