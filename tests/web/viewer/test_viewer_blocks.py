"""Texts as blocks and runs: nothing is lost, sentences keep their words, pages begin where they were found to."""

from __future__ import annotations

import re
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from align.model import Area, Box, Frame, Link, Page, Polygon, ScanInfo
from align.text.page_markers import find_markers
from align.web.viewer.blocks import PageBreak, Run, blocks

PAGES = {
    order: Page(
        order, f"v.p{order}", str(order), ScanInfo("a.jpg", None, 10, 10, None, ""), Frame(Box(0, 0, 10, 10)), "ok",
        (), None, label, "printed",
    )
    for order, label in ((1, "53"), (2, "54"))
}  # fmt: skip
BOX = Box(1, 1, 2, 2)


def area(page, *spans):
    return Area(page, (BOX,), (Polygon(BOX.corners),), (0,), spans or None)


def link(content, spans, areas=(), role="body", status="linked"):
    words = " ".join(content[a:b] for a, b in spans)
    state = status if areas else "unlinked"
    return Link("s", "k", "d", "t", "transcription", "ru", role, tuple(spans), words, state, 0.9, areas=tuple(areas))


def span(content, words):
    at = content.index(words)
    return (at, at + len(words))


def shown(content, links, page_marker=None):
    """Each block as its role and its parts in short: |n page begins, n:words a sentence, !words a marker."""
    return [
        (block.role + ("+" if block.continued else ""), [in_short(part) for part in block.parts])
        for block in blocks(content, links, find_markers(content, page_marker=page_marker), PAGES)
    ]


def in_short(part):
    if isinstance(part, PageBreak):
        return f"|{part.page}"
    if part.marker:
        return f"!{part.text}"
    return part.text if part.sentence is None else f"{part.sentence}:{part.text}"


def test_paragraphs_and_lines():
    """An empty line ends a paragraph, a line end alone stays within it; a heading is a block of its own."""
    text = "29 июля\nГод. Перечел\nзапись.\n\nВторой."
    links = [
        link(text, [span(text, "29 июля")], role="heading"),
        link(text, [span(text, "Год.")]),
        link(text, [span(text, "Перечел\nзапись.")]),
        link(text, [span(text, "Второй.")]),
    ]
    assert shown(text, links) == [
        ("heading", ["0:29 июля"]),
        ("body", ["1:Год.", " ", "2:Перечел\nзапись."]),
        ("body", ["3:Второй."]),
    ]  # fmt: skip


def test_a_page_begins_within_a_sentence():
    """A page begins where its first area's words begin, in the middle of a sentence too."""
    text = "Первое. Второе на двух страницах."
    first, second = span(text, "Второе на"), span(text, "двух страницах.")
    links = [
        link(text, [span(text, "Первое.")], [area(1, span(text, "Первое."))]),
        link(text, [(first[0], second[1])], [area(1, first), area(2, second)]),
    ]
    assert shown(text, links) == [("body", ["|1", "0:Первое.", " ", "1:Второе на ", "|2", "1:двух страницах."])]


def test_the_text_s_own_marker_and_the_page_are_one_mark():
    """A marker that says what the image says gives way to the page's mark; the paragraph goes on after it."""
    text = "Кричал о цене на\n[с. 54]\nхлеб, и старая дама."
    parts = [span(text, "Кричал о цене на"), span(text, "хлеб, и старая дама.")]
    links = [link(text, parts, [area(1, parts[0]), area(2, parts[1])])]
    assert shown(text, links) == [("body", ["|1", "0:Кричал о цене на", "|2", "0:хлеб, и старая дама."])]


def test_a_marker_that_no_page_confirms_stays():
    """A marker with another label than the page has is shown as it stands, and so is the page's own mark."""
    text = "Кричал о цене на\n[с. 61]\nхлеб."
    parts = [span(text, "Кричал о цене на"), span(text, "хлеб.")]
    links = [link(text, parts, [area(1, parts[0]), area(2, parts[1])])]
    assert shown(text, links) == [("body", ["|1", "0:Кричал о цене на", "\n", "![с. 61]", "|2", "0:хлеб."])]


def test_a_translation_that_cannot_be_divided():
    """The page begins at the marker within the sentence, else after the sentence; never in a place made up."""
    marked = "It costs\nPage 54\nyou?"
    parts = [span(marked, "It costs"), span(marked, "you?")]
    assert shown(marked, [link(marked, parts, [area(1), area(2)])]) == [("body", ["|1", "0:It costs", "|2", "0:you?"])]
    plain = "It costs you? Yes."
    links = [
        link(plain, [span(plain, "It costs you?")], [area(1), area(2)]),
        link(plain, [span(plain, "Yes.")], [area(2)]),
    ]
    assert shown(plain, links) == [("body", ["|1", "0:It costs you?", "|2", "1:Yes."])]


def test_doubtful_links_begin_no_page():
    """A link that is doubtful marks no page, and nor does a note that stands elsewhere."""
    text = "Одно. Другое."
    links = [
        link(text, [span(text, "Одно.")], [area(1, span(text, "Одно."))]),
        link(text, [span(text, "Другое.")], [area(2, span(text, "Другое."))], status="doubtful"),
    ]
    assert shown(text, links) == [("body", ["|1", "0:Одно.", " ", "1:Другое."])]
    links[1] = replace(links[1], status="linked", role="note")
    assert [parts for _, parts in shown(text, links)] == [["|1", "0:Одно."], ["1:Другое."]]


def test_a_note_in_the_middle_of_a_sentence():
    """A note dropped into a sentence is a block of its own, and the sentence goes on after it."""
    text = "Он привез жучка в\n*) Hylotrupes bajulus.\nкоробке."
    parts = [span(text, "Он привез жучка в"), span(text, "коробке.")]
    links = [link(text, parts), link(text, [span(text, "*) Hylotrupes bajulus.")], role="note")]
    assert shown(text, links) == [
        ("body", ["0:Он привез жучка в"]),
        ("note", ["1:*) Hylotrupes bajulus."]),
        ("body+", ["0:коробке."]),
    ]


WORDS = st.lists(
    st.sampled_from(["слово", "a", "\n", "\n\n", " ", "😀", "[с. 54]", "Page 53", "\r\n", "\u2028"]), max_size=30
)


@given(WORDS, st.data())
def test_nothing_is_lost(words, data):
    """Of any text with any sentences every letter is shown once and in order, but markers that a page confirms."""
    text = "".join(words)
    cuts = sorted(data.draw(st.lists(st.integers(0, len(text)), max_size=8)))
    links = []
    for a, b in zip(cuts[::2], cuts[1::2], strict=False):
        if text[a:b].strip():
            links.append(link(text, [(a, b)], [area(data.draw(st.sampled_from([1, 2])), (a, b))]))
    letters = lambda t: re.sub(r"\s", "", t)  # noqa: E731 - what stays of a text however its lines are broken
    found = blocks(text, links, find_markers(text), PAGES)
    runs = [part for block in found for part in block.parts if isinstance(part, Run)]
    seen = letters("".join(run.text for run in runs))
    assert seen == letters(text) or letters(re.sub(r"\[с\. 54\]|Page 53", "", text)) == re.sub(
        r"\[с\.54\]|Page53", "", seen
    )
    for n, own in enumerate(links):
        assert letters("".join(run.text for run in runs if run.sentence == n)) == letters(
            "".join(text[a:b] for a, b in own.spans)
        )
    orders = [part.page for block in found for part in block.parts if isinstance(part, PageBreak)]
    assert sorted(orders) == sorted({a.page for own in links for a in own.areas})
