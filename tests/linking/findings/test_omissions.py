"""Omissions: what the pages have and no text, as one row a run, and a note where it may be no words at all."""

from __future__ import annotations

from dataclasses import replace

import pytest
from support.linked_volumes import make_line, make_pages, make_text, paged, prose
from support.linked_volumes import placed as place

from align.linking.findings.omissions import Omission, omission_findings, omissions
from align.linking.places.placed_texts import PlacedTexts
from align.linking.places.running_text import running_text_of
from align.linking.words.collation import Collation, collations
from align.linking.words.differences import differences
from align.linking.words.passages import passages
from align.model import Line, Page

PROSE = [s for s in prose("ru") if len(s) >= 16][:40]
CONTENT = " ".join(PROSE)
ROWS = paged(CONTENT, width=60, lines=8)
STRAY = "Отметка дежурного офицера о приеме бумаг"


def with_line(line: str | Line, *, at: int = 3) -> list[Page]:
    """Pages of the text with a line more on the second."""
    own = make_line(line, 100, 100 + 60 * at) if isinstance(line, str) else line
    return make_pages([ROWS[0], [*ROWS[1][:at], own, *ROWS[1][at:]], *ROWS[2:]])


def found(pages: list[Page], content: str = CONTENT) -> tuple[list[Omission], PlacedTexts]:
    placed = PlacedTexts.of(pages, [make_text(content)])
    free = {(p, i) for p, page in enumerate(pages) for i in range(len(page.lines)) if i not in placed.matches[p]}
    return omissions(pages, collations(pages, placed, free), free), placed


def told(pages: list[Page], content: str = CONTENT) -> list[tuple[str, str, str]]:
    own, placed = found(pages, content)
    return [(d.code, d.severity, d.scan_text or "") for d in omission_findings(pages, own, placed.matches)]


def test_what_a_text_has_is_no_omission():
    """Pages that show the text alone leave nothing out."""
    assert found(make_pages(ROWS))[0] == []


def test_a_line_within_the_text_is_one_omission_with_its_place():
    """A line between two of the text is a warning with its words, its line and the text going on around it."""
    (own,), _ = found(with_line(STRAY))
    assert (own.text, own.lines, own.inside) == (STRAY, ((1, 3),), True)
    assert own.places == tuple((1, 3, k) for k in range(len(STRAY.split())))
    assert told(with_line(STRAY)) == [("line-not-in-text", "warning", STRAY)]


@pytest.mark.parametrize(
    ("text", "confidence", "severity"),
    [(STRAY, 0.95, "warning"), (STRAY, 0.55, "note")],
)
def test_what_was_read_badly_is_a_note(text, confidence, severity):
    """A line that was read worse than the text around it may be a stamp."""
    line = make_line(text, 100, 280)
    line = replace(line, words=tuple(replace(word, confidence=confidence) for word in line.words))
    assert [row[:2] for row in told(with_line(line))] == [("line-not-in-text", severity)]


def test_dirt_within_a_line_is_no_finding():
    """Specks beside words of a line, read as letters with doubt, are told by nothing."""
    line = make_line(ROWS[1][3], 100, 280)
    speck = make_line("ц,", 100 + 20 * (len(ROWS[1][3]) + 1), 280, confidence=0.3)
    pages = make_pages(
        [ROWS[0], [*ROWS[1][:3], replace(line, words=line.words + speck.words), *ROWS[1][4:]], *ROWS[2:]]
    )
    assert told(pages) == []


def test_lines_that_nothing_of_the_text_parts_are_one_omission():
    """Neighbours before the first line of a text are one row; a line of the text between makes two."""
    pages = make_pages([[STRAY, STRAY[::-1]], *ROWS])
    placed = PlacedTexts.of(pages, [make_text(CONTENT)])
    free = {(0, 0), (0, 1)}
    (own,) = omissions(pages, collations(pages, placed, free), free)
    assert (own.lines, own.inside) == (((0, 0), (0, 1)), False)
    apart = make_pages([[STRAY, *ROWS[0], STRAY[::-1]], *ROWS[1:]])
    assert [o.lines for o in found(apart)[0]] == [((0, 0),), ((0, len(ROWS[0]) + 1),)]


def letterhead(*confidences: float) -> list[Page]:
    """Pages whose first begins with lines read so badly."""
    head = [make_line(f"{STRAY} {n}", 100, 100 + 60 * n, confidence=c) for n, c in enumerate(confidences)]
    body = [make_line(row, 100, 100 + 60 * (n + len(head))) for n, row in enumerate(ROWS[0])]
    return make_pages([head + body, *ROWS[1:]])


def test_a_sentence_left_out_below_a_letterhead_is_told_by_itself():
    """Lines that were read well and lead to the text are no part of the badly read ones above them."""
    pages = letterhead(0.55, 0.5, 0.55)
    content = " ".join([" ".join(ROWS[0][2:]), *(row for rows in ROWS[1:] for row in rows)])
    (head, left_out) = told(pages, content)
    assert head[:2] == ("line-not-in-text", "note")
    assert left_out == ("line-not-in-text", "warning", " ".join(ROWS[0][:2]))


def with_head(*head: tuple[str, int, float]) -> list[Page]:
    """Pages whose first has these lines above its text, each so far from the top, and read so surely."""
    lines = [make_line(text, 100, top, confidence=confidence) for text, top, confidence in head]
    body = [make_line(row, 100, 900 + 60 * n) for n, row in enumerate(ROWS[0])]
    return make_pages([lines + body, *ROWS[1:]])


def test_a_date_and_a_subject_above_the_text_are_told_by_themselves():
    """Blocks of a letterhead that stand off from the text are a note each, the date line and the subject too."""
    head = [
        ("НАРОДНЫЙ КОМИССАРИАТ", 100, 0.9), ("Москва, 4 апреля 1939 г.", 160, 0.9), ("Тема: Приезд посла", 220, 0.9),
        ("и его встреча", 280, 0.9),
    ]  # fmt: skip
    assert told(with_head(*head)) == [
        ("line-not-in-text", "note", "НАРОДНЫЙ КОМИССАРИАТ"),
        ("line-not-in-text", "note", "Москва, 4 апреля 1939 г."),
        ("line-not-in-text", "note", "Тема: Приезд посла и его встреча"),
    ]


def test_a_date_is_not_drowned_in_dirt():
    """Of a stamp read as letters, and dirt beside the date, nothing is told; the date is."""
    head = [("ъж ыц щэ", 100, 0.45), ("Москва, 4 апреля 1939 г.", 160, 0.9), ("а ь |", 220, 0.5), ("тт: ,.", 280, 0.4)]
    assert told(with_head(*head)) == [("line-not-in-text", "note", "Москва, 4 апреля 1939 г.")]


@pytest.mark.parametrize(("text", "confidence"), [("Вх. № б", 0.55), ("ъжщ ыцъ щэъ ывх", 0.45)])
def test_what_cannot_be_read_is_no_finding(text, confidence):
    """Strokes and fragments of stamps between lines of the text, read as letters, are told by nothing."""
    assert told(with_line(make_line(text, 100, 280, confidence=confidence))) == []


def test_an_empty_volume_has_none():
    """Without pages and texts there is nothing to leave out."""
    assert omissions([], [], ()) == []
    assert omission_findings([], [], []) == []


def test_the_second_half_of_a_divided_word_is_no_line_left_out():
    """A line that nothing claims and that a divided word of the text goes on in is shown by this word."""
    text = make_text("Вечером был у Тапли и говорил о переселении. Майору исполнилось девять лет.")
    pages = make_pages([["Вечером был у Тапли и говорил о пере-", "селении.", "Майору исполнилось девять лет."]])
    running_text = running_text_of([text])
    cut, last = running_text.content.index("селении"), running_text.content.index("Майору")
    lines = [place(0, 0, 0, cut), place(0, 2, last, len(running_text.content.rstrip()))]
    own = tuple(passages(pages, running_text, lines, {(0, 1)}))
    differing = tuple(d for passage in own for d in differences(pages, passage, running_text.content))
    assert omissions(pages, [Collation((text,), running_text, tuple(lines), own, differing)], {(0, 1)}) == []
