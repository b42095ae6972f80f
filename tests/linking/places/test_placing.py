"""Placing: located lines to fragments, areas and matches."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.linked_volumes import cut_text, make_page, make_pages, make_text, placed, prose, wrapped

from align.linking.places.placing import PlacedLine, areas_of, line_matches, sentence_showings, spans_of
from align.linking.places.running_text import running_text_of
from align.model import Area, Box, SourceText, Span

NOTE = "* Так звали извозчика."
LONG = "Четвертый день идет дождь, и полисмен на углу стоит в нем по колено, как аист в болоте."
INTERRUPTED = f"Четвертый день идет дождь, и полисмен\n{NOTE}\nна углу стоит в нем по колено. Багрецов молчит."


def areas(lines_of_pages: list[list[str]], text: SourceText) -> tuple[list[tuple[Area, ...]], list[PlacedLine]]:
    """The areas of each sentence where every line stands in the running text word for word."""
    pages = make_pages(lines_of_pages)
    running_text = running_text_of([text])
    places, at = [], 0
    flat = "".join(running_text.content.split())
    offsets = [i for i, c in enumerate(running_text.content) if not c.isspace()]
    for p, lines in enumerate(lines_of_pages):
        for n, line in enumerate(lines):
            solid = "".join(line.rstrip("-").split())
            at = flat.index(solid, at)
            places.append(placed(p, n, offsets[at], offsets[at + len(solid) - 1] + 1))
    shown = sentence_showings(pages, [spans_of(text)], running_text, places)
    return [areas_of(pages, text.content, s.spans, shown.get((0, n), ())) for n, s in enumerate(text.sentences)], places


def said(text: SourceText, area: Area) -> list[str]:
    return [text.content[a:b] for a, b in area.spans]


def test_a_sentence_of_three_lines_has_one_area():
    """Its page shows it in three boxes, each with its polygon and line, and the span is one."""
    text = make_text(LONG)
    (found,), _ = areas([wrapped(LONG, 30)], text)
    (area,) = found
    assert area.page == 1
    assert area.lines == (0, 1, 2)
    assert len(area.boxes) == len(area.polygons) == 3
    assert said(text, area) == [LONG]


def test_a_sentence_over_two_pages_has_two_areas():
    """Each page has its area with its part of the sentence, in page order."""
    text = make_text(LONG)
    lines = wrapped(LONG, 30)
    (found,), _ = areas([lines[:1], lines[1:]], text)
    assert [(a.page, said(text, a)) for a in found] == [(1, [lines[0]]), (2, [LONG[len(lines[0]) + 1 :]])]


def test_a_word_divided_at_a_page_end_stands_on_both_pages():
    """Of a hyphenated word each page shows its part."""
    text = make_text("Утром была прогулка по набережной.")
    (found,), _ = areas([["Утром была прогу-"], ["лка по набережной."]], text)
    assert [said(text, a) for a in found] == [["Утром была прогу"], ["лка по набережной."]]


def test_a_note_inside_a_sentence_parts_its_spans():
    """The sentence has one area with two spans, and the note between them is in neither."""
    text = make_text(INTERRUPTED)
    assert [s.role for s in text.sentences] == ["body", "note", "body"]
    found, _ = areas(
        [["Четвертый день идет дождь, и полисмен на", "углу стоит в нем по колено. Багрецов молчит."]], text
    )
    assert said(text, found[0][0]) == ["Четвертый день идет дождь, и полисмен", "на углу стоит в нем по колено."]
    assert found[1] == ()
    assert said(text, found[2][0]) == ["Багрецов молчит."]
    assert found[2][0].boxes[0].left > found[0][0].boxes[1].left


def test_a_form_feed_inside_a_sentence_is_in_no_span():
    """Spans on both sides of a page break stay two, though but one character lies between."""
    text = make_text("Четвертый день идет\fдождь, и туман.")
    (found,), _ = areas([["Четвертый день идет"], ["дождь, и туман."]], text)
    assert [said(text, a) for a in found] == [["Четвертый день идет"], ["дождь, и туман."]]
    (found,), _ = areas([["Четвертый день идет дождь, и туман."]], text)
    assert said(text, found[0]) == ["Четвертый день идет", "дождь, и туман."]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r\n    ", "-\r\n"])
def test_line_ends_of_the_file_part_no_spans(end):
    """However the file breaks its lines, a sentence on one page has one span there."""
    text = make_text(f"Утром была долгая прогу{end}лка по набережной" if "-" in end else f"Утром была{end}прогулка")
    lines = ["Утром была долгая прогу-", "лка по набережной"] if "-" in end else ["Утром была", "прогулка"]
    (found,), _ = areas([lines], text)
    assert said(text, found[0]) == [text.content]


def test_a_line_with_a_note_or_a_marker_inside_has_two_matches():
    """A line that shows words on both sides of a note matches two spans, without outer white space."""
    text = make_text(INTERRUPTED)
    running_text = running_text_of([text])
    start, end = running_text.content.index("дождь"), running_text.content.index(" стоит")
    (matches,) = line_matches([text], running_text, [placed(0, 0, start, end, 0.9)])
    assert [text.content[slice(*m.span)] for m in matches] == ["дождь, и полисмен", "на углу"]
    assert {(m.text, m.similarity) for m in matches} == {(text.path, 0.9)}
    text = make_text("Четвертый день идет\n\nPage 54\n\nдождь, и туман.")
    running_text = running_text_of([text])
    (matches,) = line_matches([text], running_text, [placed(0, 0, 0, len(running_text.content) - 1)])
    assert [text.content[slice(*m.span)] for m in matches] == ["Четвертый день идет", "дождь, и туман."]


def test_a_line_over_two_texts_matches_both():
    """A line that ends one document and begins the next has a match in each."""
    texts = [make_text("Утро было серое.", document="a"), make_text("Шёл дождь.", document="b")]
    running_text = running_text_of(texts)
    (matches,) = line_matches(texts, running_text, [placed(0, 0, 5, 20)])
    assert [(m.text, m.span) for m in matches] == [(texts[0].path, (5, 16)), (texts[1].path, (0, 3))]


RUSSIAN = " ".join(prose("ru")[:25])


@settings(deadline=None)
@given(st.integers(8, 90), st.integers(1, 12), st.data())
def test_lines_read_rightly_show_every_sentence_once(width, per_page, data):
    """However lines and pages break, each sentence's areas hold its letters once, inside the lines."""
    text = make_text(RUSSIAN)
    lines = wrapped(RUSSIAN, width)
    pages = [lines[n : n + per_page] for n in range(0, len(lines), per_page)]
    found, places = areas(pages, text)
    made = make_pages(pages)
    covered: dict[tuple[int, int], list[Box]] = {}
    for sentence, own in zip(text.sentences, found, strict=True):
        assert [a.page for a in own] == sorted({a.page for a in own})
        spans: list[Span] = [span for a in own for span in a.spans]
        shown = "".join(text.content[a:b] for a, b in spans)
        assert [c for c in shown if c.isalnum()] == [c for c in sentence.content if c.isalnum()]
        for area in own:
            for box, line in zip(area.boxes, area.lines, strict=True):
                whole = made[area.page - 1].lines[line].box
                assert Box.union([whole, box]) == whole
                assert all(box.intersection(other) is None for other in covered.setdefault((area.page, line), []))
                covered[area.page, line].append(box)
    assert len(covered) == len(places)


def test_what_no_line_shows_has_no_area():
    """A sentence without a line has no showing, and a line without letters shows nothing."""
    text = make_text("Утро было серое. Шёл дождь.")
    page = make_page(["— * —"])
    running_text = running_text_of([text])
    assert sentence_showings([page], [spans_of(text)], running_text, [placed(0, 0, 0, 16)]) == {}
    assert sentence_showings([page], [spans_of(text)], running_text, []) == {}
    assert areas_of([page], text.content, text.sentences[0].spans, ()) == ()


def test_sentences_that_lie_in_each_other_each_get_their_own():
    """A heading inside a sentence (markup says so) parts it in two spans; neither takes the other's words."""
    content = "Утро было ЗАГОЛОВОК серое."
    text = cut_text(content, [("body", [(0, 9), (20, 26)]), ("heading", [(10, 19)])])
    found, _ = areas([[content]], text)
    assert said(text, found[0][0]) == ["Утро было", "серое."]
    assert said(text, found[1][0]) == ["ЗАГОЛОВОК"]
