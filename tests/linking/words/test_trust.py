"""Words that state no confidence are trusted if the texts have them."""

from __future__ import annotations

from dataclasses import replace

from support.linked_volumes import make_page

from align.linking.words.trust import trusted
from align.model import Page
from align.tuning.linking import LINKING

KNOWN, STRANGE = LINKING.words.guess_known, LINKING.words.guess_strange


def unstated(page: Page) -> Page:
    """The page as existing OCR that states no confidence."""
    lines = (replace(line, words=tuple(replace(w, confidence=None) for w in line.words)) for line in page.lines)
    return replace(page, lines=tuple(lines))


def guesses(page: Page, *contents: str) -> list[list[float | None]]:
    return [[word.confidence for word in line.words] for line in trusted([page], contents).pages[0].lines]


def test_pages_that_state_it_are_the_same():
    """Pages whose words all state a confidence stay as they are, and nothing is a guess."""
    page = make_page(["He came late."])
    found = trusted([page], ["He came late."])
    assert found.pages == (page,)
    assert not found.guessed


def test_words_of_the_texts_are_trusted():
    """A word that stands in any text is trusted, whatever stands beside it; one that does not is doubted."""
    assert guesses(unstated(make_page(["He carne late."])), "He came", "Late it was") == [[KNOWN, STRANGE, KNOWN]]


def test_words_divided_at_a_line_end():
    """Both halves of a word of the texts are trusted."""
    page = unstated(make_page(["He was com-", "manded to go"]))
    assert guesses(page, "He was commanded to go") == [[KNOWN] * 3, [KNOWN] * 3]
    assert guesses(page, "He was to go") == [[KNOWN, KNOWN, STRANGE], [STRANGE, KNOWN, KNOWN]]


def test_stated_words_keep_their_confidence():
    """A word that states its confidence keeps it, 0 included, beside words that state none."""
    page = make_page(["He came late."])
    line = page.lines[0]
    words = (replace(line.words[0], confidence=0.0), replace(line.words[1], confidence=None), line.words[2])
    page = replace(page, lines=(replace(line, words=words),))
    found = trusted([page], ["came"])
    assert [w.confidence for w in found.pages[0].lines[0].words] == [0.0, KNOWN, line.words[2].confidence]
    assert found.guessed == {(0, 0, 1)}
