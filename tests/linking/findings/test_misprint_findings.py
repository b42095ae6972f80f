"""Likely misprints as rows: what is told, and what is one note because the text always has it so."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from support.linked_volumes import make_pages, make_text, paged, prose

from align.linking.findings.misprint_findings import (
    misprint_findings,
)
from align.linking.findings.numbering import numbered
from align.linking.places.placed_texts import PlacedTexts
from align.linking.words.collation import collations
from align.linking.words.trust import trusted
from align.model import Finding, Page
from align.tuning.linking_parts.linking_findings import FINDINGS

PROSE = [s for s in prose("ru") if len(s) >= 16 and re.fullmatch(r"[А-ЯЁ][^.!?«»\"“”—()\dѣіA-Za-z]*[^ъ]\.", s)][:40]


def findings_of(read: list[str], written: list[str], *, confidence: float | None = 0.95) -> list[Finding]:
    """What is told of a text with these sentences, between others, where the pages read these."""
    content = "\n\n".join(between(written))
    known = trusted(scans(read, confidence), [content])
    collated = collations(known.pages, PlacedTexts.of(known.pages, [make_text(content)]), ())
    return list(numbered("v", misprint_findings(known.pages, collated, guessed=known.guessed)))


def between(sentences: list[str]) -> list[str]:
    return [part for n, own in enumerate(PROSE) for part in (own, *sentences[n : n + 1])]


def scans(read: list[str], confidence: float | None) -> list[Page]:
    pages = make_pages(paged(" ".join(between(read)), width=60, lines=8))
    return [
        replace(
            page,
            lines=tuple(
                replace(line, words=tuple(replace(w, confidence=confidence) for w in line.words)) for line in page.lines
            ),
        )
        for page in pages
    ]


def test_another_word_is_one_row_with_its_place_and_a_score():
    """The row names both words, the text's range and the box on its page; the score is no less than what is told."""
    (own,) = findings_of(["Приехал Карпов вечером."], ["Приехал Куропат вечером."])
    assert (own.code, own.severity, len(own.spans), len(own.areas)) == ("likely-misprint", "warning", 1, 1)
    assert "“Куропат”" in own.message
    assert "“Карпов”" in own.message
    assert FINDINGS.reported_probability <= own.score <= 1


def test_what_was_read_with_doubt_is_told_less_surely():
    """The same words have a lower score where they were read with less confidence, until nothing is told."""
    scores = [
        next(
            (own.score for own in findings_of(["Приехал Карпов вечером."], ["Приехал Корчев вечером."], confidence=c)),
            0.0,
        )
        for c in (0.97, 0.8, 0.65, 0.05)
    ]
    assert scores == sorted(scores, reverse=True)
    assert scores[0] > FINDINGS.reported_probability > scores[-1]


def test_a_misprint_that_no_confidence_supports_is_a_note():
    """Where the OCR states no confidence, a word that stands nowhere else is a note: the engine may have misread it."""
    (own,) = findings_of(["Приехал Карлов вечером."], ["Приехал Карпов вечером."], confidence=None)
    assert (own.code, own.severity) == ("likely-misprint", "note")
    assert own.score < FINDINGS.reported_probability


def test_a_misprint_whose_word_stands_elsewhere_needs_no_confidence():
    """It is a warning where the word that was read stands elsewhere in the texts."""
    read = ["Приехал Карпов вечером.", "Уехал Карпов утром."]
    (own,) = findings_of(read, [read[0].replace("Карпов", "Корчев"), read[1]], confidence=None)
    assert (own.code, own.severity) == ("likely-misprint", "warning")


@pytest.mark.parametrize("confidence", [0.95, None])
@pytest.mark.parametrize("times", [FINDINGS.spelling_places + more for more in (-1, 0, 2)])
def test_a_word_that_always_reads_as_one_other_is_spelled_so(times, confidence):
    """From so many places on a word that is nowhere spelled as the pages have it is one note with all of them."""
    places = [f"Тогда {when} приехал Каржавин." for when in ("утром", "днем", "вечером", "ночью", "летом")[:times]]
    found = findings_of(places, [place.replace("Каржавин", "Коржавин") for place in places], confidence=confidence)
    if times < FINDINGS.spelling_places:
        assert {d.code for d in found} <= {"likely-misprint"}
    else:
        assert [(d.code, d.severity, len(d.spans)) for d in found] == [("spelling-differs", "note", times)]


# Words that a text may spell in an older way throughout; the letters beside the one that differs are in few others.
NEWER = ["цирковой", "циферблат", "циновками", "цирюльник", "станциями", "революция", "милиция"]


def test_letters_that_differ_in_many_words_are_a_rule_of_spelling():
    """One letter for one other in many words is one note, whose examples are some of these words."""
    read = [f"Тут было слово {word} одно." for word in NEWER]
    once = [f"Потом опять стояло {word} рядом." for word in NEWER]
    (note,) = findings_of(read + once, [row.replace("ци", "цы") for row in read] + once, confidence=0.98)
    assert (note.code, note.severity) == ("spelling-differs", "note")
    assert len(note.spans) >= FINDINGS.spelling_words
    assert re.search("“([а-я]*)цы([а-я]+)” for “\\1ци\\2”", note.message)


def test_misprints_that_are_strewn_are_no_rule():
    """The same letter lost here and there, where its like are written as they are read, is told in each place."""
    words = ["столовой", "молодой", "хороводы", "голосами", "дорогами", "которого"]
    plain = [f"Тут {word}, {word[:-1]}, опять {word[:-2]} и {word}." for word in words]
    read = [f"Тут было слово {word} одно." for word in words]
    found = findings_of([*read, *plain], [*(row.replace("оло", "ло").replace("оро", "ро") for row in read), *plain])
    assert "spelling-differs" not in {d.code for d in found}
    assert len(found) >= FINDINGS.spelling_words


def test_numbers_are_never_a_spelling():
    """A number that reads as the same other one in many places is told in each."""
    read = [f"Тут было {what} ровно 1470 штук." for what in ("ящиков", "мешков", "бочек", "корзин")]
    found = findings_of(read, [row.replace("1470", "1740") for row in read])
    assert "spelling-differs" not in {d.code for d in found}


def test_nothing_is_told_of_an_empty_volume():
    """Without texts there are no misprints."""
    assert misprint_findings([], []) == []
