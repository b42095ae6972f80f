"""What was read, as running text: dirt, dashes and paragraphs."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.linked_volumes import every_line, make_line, make_page, make_pages, make_text, prose, turned

from align.bitext import shipped_lexicon
from align.linking import link_volume
from align.linking.findings.document_findings import lexicon_findings
from align.linking.findings.numbering import numbered
from align.linking.lines.unclaimed_paragraphs import plain_reading, read_paragraphs
from align.linking.links.without_transcription import read_from_pages
from align.model import Bead, Page

FULL = "слово слово слово слово слово слово слово слово слово"


@pytest.mark.parametrize(("text", "plain"), [
    ("что же вы молчите? |", "что же вы молчите?"),
    ("за дверью. ;", "за дверью."),
    ("` - Может быть.", "- Может быть."),
    ("= Вы не хотите", "— Вы не хотите"),
    ("сказал он, -", "сказал он, -"),
    ("сказал он. = Да.", "сказал он. — Да."),
    ("... и ушёл !", "... и ушёл !"),
    ("« Да »", "« Да »"),
    ("| ' :", ""),
])  # fmt: skip
def test_dirt_goes_and_signs_stay(text, plain):
    """Specks at the edges of a line go; dashes, quotes and sentence ends stay, whatever a dash was taken for."""
    assert plain_reading(text) == plain


@given(st.text(st.sampled_from("аБ1 |`=—-.,!«")))
def test_no_letter_is_lost(text):
    """A plain reading has all letters and digits of the line, and is its own plain reading."""
    plain = plain_reading(text)
    assert [c for c in plain if c.isalnum()] == [c for c in text if c.isalnum()]
    assert plain_reading(plain) == plain


def starts(pages: Sequence[Page]) -> list[tuple[int, int]]:
    found = read_paragraphs(pages, every_line(pages))
    return [paragraph[0] for paragraph in found]


def page_of(lines: Sequence[tuple[str, int]], *, order: int = 1, angle: float = 0.0) -> Page:
    """A page of lines with so many letters of indentation, at an angle."""
    turn = turned(angle, (700, 1000))
    return make_page(
        [make_line(text, 100 + 20 * indent, 100 + 60 * n, turn=turn) for n, (text, indent) in enumerate(lines)],
        order=order,
    )


@pytest.mark.parametrize("angle", [0.0, 2.0, -2.0])
def test_an_indented_line_begins_a_paragraph(angle):
    """Indented lines begin paragraphs on skewed pages too, though the lines before them are full."""
    lines = [("А " + FULL, 5) if n % 6 == 2 else (FULL, 0) for n in range(24)]
    assert starts([page_of(lines, angle=angle)]) == [(0, 0), *((0, n) for n in range(2, 24, 6))]


def test_a_lost_first_word_is_no_indentation():
    """A line that begins further right in the middle of a sentence has lost a word and runs on."""
    assert starts([page_of([(FULL, 0), (FULL, 0), ("слово " + FULL, 8), (FULL, 0)])]) == [(0, 0)]


def test_dirt_on_the_margin_ends_no_line():
    """A mark far right of the column makes no other line a short one."""
    lines = [(FULL, 0)] * 8
    lines[4] = (FULL + " слово слово слово сл", 0)
    assert starts([page_of(lines)]) == [(0, 0)]


@pytest.mark.parametrize(("last", "first", "apart"), [
    ((FULL, 0), (FULL, 0), False), (("слово.", 0), (FULL, 0), True), ((FULL, 0), ("Слово " + FULL, 5), True),
])  # fmt: skip
def test_a_paragraph_runs_over_the_end_of_a_page(last, first, apart):
    """The last line of a page runs on unless it is short or the next page begins with an indented line."""
    pages = [page_of([(FULL, 0)] * 6 + [last]), page_of([first] + [(FULL, 0)] * 6, order=2)]
    assert starts(pages) == [(0, 0), (1, 0)] if apart else [(0, 0)]


def test_a_speck_hides_no_sentence_end():
    """A speech that begins a line is a sentence of its own though dirt stands before it."""
    page = page_of(
        [("слово слово. Евгений Васильич, что же вы молчите? |", 0), ("= Да что мне вам сказать? О людях жалеть", 0)]
    )
    english = make_text("Yes, he said that it was so.", document="o", language="en")
    seen: list[list[str]] = []

    def spy(left: Sequence[str], right: Sequence[str], **_: object) -> list[Bead]:
        seen.append(list(left))
        return [*(Bead((i,), (), 0.5) for i in range(len(left))), *(Bead((), (j,), 0.5) for j in range(len(right)))]

    read_from_pages([page], every_line([page]), [english], spy)
    assert seen == [
        ["слово слово.", "Евгений Васильич, что же вы молчите?", "— Да что мне вам сказать?", "О людях жалеть"]
    ]


def test_languages_without_a_word_list_are_a_note():
    """One note a pair of languages, none where there is a lexicon, for one language, or where none could be told."""
    asked = [("ru", "fr"), ("fr-CA", "ru"), ("ru", "en-x-garnett"), ("en", "ru"), ("de", "de-AT"), ("und", "fr")]
    (found,) = numbered("v", lexicon_findings(asked, shipped_lexicon))
    assert (found.code, found.severity) == ("no-lexicon", "note")
    assert found.message == (
        "There is no word list for fr and ru: their sentences were aligned by length, numbers and names."
    )


@pytest.mark.parametrize(("language", "codes"), [("fr", ["no-lexicon"]), ("en", [])])
def test_a_volume_says_that_a_lexicon_is_missing(language, codes):
    """A translation into a language without a lexicon brings the note, one into English does not."""
    sentences = prose("ru")[:6]
    other = make_text(" ".join(prose("en")[:6]), language=language)
    linked = link_volume("v", make_pages([sentences]), [make_text(" ".join(sentences)), other])
    assert [f.code for f in linked.findings if f.code == "no-lexicon"] == codes
